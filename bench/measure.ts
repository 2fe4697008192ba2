/**
 * What every bench measures alike: memory after a collection, processor time per question, quantiles. Processor time because the machines
 * these benches run on are shared: a question that had to wait for another process was not slow.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Heap and buffers in use, MB. */
export function memoryMb(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

/** Processor time of this process since it started, ms. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Progress for whoever waits; results go to the report. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
