/**
 * How much garbage the process lets lie: V8 lets a small heap grow fourfold before it collects, which under load was 550 MB around 120 MB
 * that are in use; with this it is 420 MB, for no measurable processor time (bench/README.md). Sets no limit: a reload may take what it needs.
 */
import { setFlagsFromString } from 'node:v8';

/** The heap is collected when it has doubled. To be called before anything large is made. */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
}
