/** The section about storage: what bench/storage.ts measured, as a table. */
import { circumstances, table, writeSection } from './report';
import { benchStorage } from './storage';

export async function reportStorage(options: { readonly seconds: number; readonly kills: number }): Promise<void> {
  const { storage, kills } = await benchStorage(options);
  const speed = table(
    ['Backend', 'Start ms', 'p50 ms', 'p99 ms', 'Operations/s'],
    storage.map(({ backend, startMs, p50Ms, p99Ms, opsPerSecond }) => [
      backend,
      startMs.toFixed(0),
      p50Ms.toFixed(2),
      p99Ms.toFixed(1),
      opsPerSecond.toFixed(0),
    ]),
  );
  const losses = table(
    ['Backend', 'kill -9', 'Acknowledged', 'Lost'],
    kills.map((each) => [each.backend, String(each.kills), String(each.acknowledged), String(each.lost)]),
  );
  writeSection(
    'storage',
    `## Storage: 2 KB of state, read and conditional write, 32 workers\n\n${circumstances()} Azurite is Microsoft’s emulator on the same machine, in memory: its figures say what our side costs, not how fast Azure is; a write there is a request to a data centre.\n\n${speed}${kills.length === 0 ? '' : `\n\n${losses}`}`,
  );
}
