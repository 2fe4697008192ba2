/**
 * The storage backends beside each other and beside the SDK's own MemoryStorage, in one run: 2 KB of state, read and conditional write, 32 workers;
 * then kill -9 in the middle of writing, again and again, and how much of what was acknowledged is missing afterwards.
 *
 *   node --import tsx bench/storage.ts [--seconds 5] [--kills 100]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { MemoryStorage } from 'botbuilder';
import { systemClock } from '../src/clock';
import { createBlobStorage } from '../src/storage/blob/blob';
import { createLevelStorage } from '../src/storage/level';
import { createMemoryStorage } from '../src/storage/memory';
import type { Storage, Store } from '../src/storage/ports';
import { createPostgresStorage } from '../src/storage/postgres/postgres';
import { startAzurite } from '../test/support/azurite';
import { startEmbedded } from '../test/support/postgres';

const workers = 32;
const keysPerWorker = 50;
const valueChars = 2_048;

export interface StorageFigures {
  readonly backend: string;
  readonly startMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly opsPerSecond: number;
}

export interface KillFigures {
  readonly backend: string;
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
}

/** One operation: reads a state and writes it back under the eTag it had. */
type Operation = (key: string, value: string) => Promise<void>;

function throughPort(store: Store): Operation {
  return async (key, value) => {
    const eTag = (await store.read([key])).get(key)?.eTag ?? null;
    if ((await store.commit([{ key, value, expect: eTag }])) !== 'committed')
      throw new Error(`${key} had another writer`);
  };
}

function throughSdk(storage: MemoryStorage): Operation {
  return async (key, value) => {
    const found = (await storage.read([key])) as Readonly<Record<string, { readonly eTag: string } | undefined>>;
    await storage.write({ [key]: { value, eTag: found[key]?.eTag ?? '*' } });
  };
}

async function measure(
  backend: string,
  startMs: number,
  operation: Operation,
  seconds: number,
): Promise<StorageFigures> {
  const value = JSON.stringify({ version: 1, text: 'Grundsicherungsgeld '.repeat(valueChars / 20) }).slice(
    0,
    valueChars,
  );
  const durations: number[] = [];
  const endMs = performance.now() + seconds * 1_000;
  const beganMs = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let round = 0; performance.now() < endMs; round += 1) {
        const from = performance.now();
        await operation(`state/directline/${worker}-${round % keysPerWorker}`, value);
        durations.push(performance.now() - from);
        // A backend that never waits would starve the other workers.
        if (round % 16 === 0) await new Promise(setImmediate);
      }
    }),
  );
  const tookMs = performance.now() - beganMs;
  durations.sort((a, b) => a - b);
  const quantile = (share: number): number => durations[Math.floor(durations.length * share)] ?? Number.NaN;
  return {
    backend,
    startMs,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    opsPerSecond: (durations.length / tookMs) * 1_000,
  };
}

async function measurePort(backend: string, open: () => Promise<Storage>, seconds: number): Promise<StorageFigures> {
  const fromMs = performance.now();
  const storage = await open();
  await storage.store.ping();
  const startMs = performance.now() - fromMs;
  try {
    return await measure(backend, startMs, throughPort(storage.store), seconds);
  } finally {
    await storage.close();
  }
}

/** Kills a writing process at a random moment, `kills` times, on the same data; every acknowledged commit must be there in the end. */
async function killSeries(
  backend: 'level' | 'postgres' | 'blob',
  place: string,
  open: () => Promise<Storage>,
  kills: number,
  /** What the killed process still holds, as if its time had run out. */
  release: () => Promise<void> = () => Promise.resolve(),
): Promise<KillFigures> {
  let acknowledged = 0;
  let lost = 0;
  for (let run = 0; run < kills; run += 1) {
    const keys = await writeUntilKilled(backend, place, `run${run}`);
    await release();
    const storage = await open();
    const found = await storage.store.read(keys);
    acknowledged += keys.length;
    lost += keys.filter((key) => found.get(key)?.value.startsWith(`${key} `) !== true).length;
    await storage.store.deletePrefix(`w/run${run - 1}/`);
    await storage.close();
  }
  return { backend, kills, acknowledged, lost };
}

async function writeUntilKilled(backend: string, place: string, run: string): Promise<readonly string[]> {
  const script = join(__dirname, '..', 'test', 'faults', 'scripts', 'storage.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, 'write', backend, place, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const keys: string[] = [];
  const closed = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (key) => {
    if (keys.length === 0) setTimeout(() => child.kill('SIGKILL'), 20 + Math.random() * 200);
    if (key.startsWith(`w/${run}/`)) keys.push(key);
  });
  await closed;
  return keys;
}

/** Opens every backend afresh, measures one after the other. */
export async function benchStorage({ seconds, kills }: { readonly seconds: number; readonly kills: number }): Promise<{
  readonly storage: readonly StorageFigures[];
  readonly kills: readonly KillFigures[];
}> {
  const root = mkdtempSync(join(tmpdir(), 'lotse-bench-'));
  const server = await startEmbedded();
  const url = await server.createDatabase();
  const openLevel = (name: string) => (): Promise<Storage> =>
    createLevelStorage({ directory: join(root, name), clock: systemClock });
  const azurite = await startAzurite();
  const openBlob = (container: string) => (): Promise<Storage> =>
    createBlobStorage({
      access: { kind: 'connection', connection: azurite.connection() },
      container,
      clock: systemClock,
    });
  const openPostgres = (): Promise<Storage> => Promise.resolve(createPostgresStorage({ url, clock: systemClock }));
  try {
    const storage = [
      await measure('SDK MemoryStorage', 0, throughSdk(new MemoryStorage()), seconds),
      await measurePort('memory', () => Promise.resolve(createMemoryStorage(systemClock)), seconds),
      await measurePort('level (sync)', openLevel('measure'), seconds),
      await measurePort('postgres', openPostgres, seconds),
      await measurePort('blob (Azurite)', openBlob('measure'), seconds),
    ];
    const series =
      kills === 0
        ? []
        : [
            await killSeries('level', join(root, 'kills'), openLevel('kills'), kills),
            await killSeries('postgres', url, openPostgres, kills),
            await killSeries('blob', `${azurite.port}/kills`, openBlob('kills'), kills, () =>
              azurite.expireLease('kills'),
            ),
          ];
    return { storage, kills: series };
  } finally {
    await Promise.all([server.stop(), azurite.stop()]);
    rmSync(root, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '5' }, kills: { type: 'string', default: '100' } },
  });
  const { storage, kills } = await benchStorage({ seconds: Number(values.seconds), kills: Number(values.kills) });
  console.log('| Backend | start ms | p50/p99 ms | ops/s |\n|---|---|---|---|');
  for (const { backend, startMs, p50Ms, p99Ms, opsPerSecond } of storage)
    console.log(
      `| ${backend} | ${startMs.toFixed(0)} | ${p50Ms.toFixed(2)}/${p99Ms.toFixed(1)} | ${opsPerSecond.toFixed(0)} |`,
    );
  if (kills.length === 0) return;
  console.log('\n| Backend | kill -9 | acknowledged | lost |\n|---|---|---|---|');
  for (const { backend, kills: count, acknowledged, lost } of kills)
    console.log(`| ${backend} | ${count} | ${acknowledged} | ${lost} |`);
  if (kills.some(({ lost }) => lost > 0)) process.exitCode = 1;
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
