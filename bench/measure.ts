/**
 * What every bench measures alike: memory after a collection, time per question, quantiles. The machines these benches run on are
 * shared: a question that had to wait for another process was not slow.
 */
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Heap and buffers in use, MB. */
export async function memoryMb(): Promise<number> {
  // Buffers are given back a little after the collection that found them free.
  for (let round = 0; round < 3; round++) {
    collect();
    await setTimeout(100);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

/**
 * Starts a watch; the result is the lesser of clock and processor time, ms. Both are upper bounds: the clock runs on while another process has
 * the core, and asking for the processor time costs up to a millisecond itself.
 */
export function startWatch(): () => number {
  const processor = processorMs();
  const clock = performance.now();
  return () => {
    const byClock = performance.now() - clock;
    return Math.min(byClock, processorMs() - processor);
  };
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
