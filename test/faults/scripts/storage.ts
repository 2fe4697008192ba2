/**
 * A process that uses a storage until it is killed, for the fault matrix and the benches. What it has done it prints, one line each.
 *
 *   storage.ts open  level|blob <place>     "open" or the error's code; then the answer of a ping whenever a line comes in
 *   storage.ts write level|postgres|blob <place> <run>   the number of every commit that was acknowledged, as fast as it goes
 *   storage.ts hold  postgres <url> <name>  "held" once it has the lock, which it keeps
 *   storage.ts fill  level <folder> <ballast>        writes until the disk is full, makes room, writes on; prints what happened
 *
 * A place is a folder, the URL of a database, or `<port of Azurite>/<container>`.
 */
import { rmSync, writeFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/clock';
import { errorCode } from '../../../src/observability/logger';
import { createBlobStorage } from '../../../src/storage/blob/blob';
import { createLevelStorage } from '../../../src/storage/level';
import type { Storage } from '../../../src/storage/ports';
import { createPostgresStorage } from '../../../src/storage/postgres/postgres';
import { azuriteConnection } from '../../support/azurite';

const parallelWriters = 8;

/** Synchronous: what was acknowledged must be told before the process can be killed. */
function print(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error;
      // The pipe is full: the reader is slower than we are.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function openStorage(kind: string, place: string): Promise<Storage> {
  switch (kind) {
    case 'postgres':
      return Promise.resolve(createPostgresStorage({ url: place, clock: systemClock }));
    case 'blob': {
      const [port = '', container = ''] = place.split('/');
      const access = { kind: 'connection', connection: azuriteConnection(Number(port)) } as const;
      return createBlobStorage({ access, container, clock: systemClock });
    }
    default:
      return createLevelStorage({ directory: place, clock: systemClock });
  }
}

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    const result = await work;
    return typeof result === 'string' ? result : 'ok';
  } catch (error) {
    return errorCode(error);
  }
}

async function answerPings(storage: Storage): Promise<void> {
  print('open');
  for await (const line of createInterface({ input: process.stdin }))
    print(`${line} ${await outcome(storage.store.ping())}`);
  await storage.close();
}

async function write(storage: Storage, run: string): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const key = `w/${run}/${String((next += 1)).padStart(8, '0')}`;
      if ((await storage.store.commit([{ key, value: `${key} ${'x'.repeat(500)}` }])) === 'committed') print(key);
    }
  };
  await Promise.all(Array.from({ length: parallelWriters }, writer));
}

/** The folder lies on a small disk of its own; `ballast` takes most of it. */
async function fill(folder: string, ballast: string): Promise<void> {
  writeFileSync(ballast, Buffer.alloc(1_500_000));
  const storage = await createLevelStorage({ directory: folder, clock: systemClock });
  const { store } = storage;
  const acknowledged: string[] = [];
  const commit = async (): Promise<string> => {
    const key = `f/${acknowledged.length}`;
    const value = Array.from({ length: 2_000 }, (_, index) =>
      String.fromCharCode(33 + ((index * index + acknowledged.length) % 90)),
    );
    const result = await outcome(store.commit([{ key, value: value.join('') }]));
    if (result === 'committed') acknowledged.push(key);
    return result;
  };
  let result = 'committed';
  for (let round = 0; round < 20_000 && result === 'committed'; round += 1) result = await commit();
  print(`full ${result}`);
  print(`ping ${await outcome(store.ping())}`);
  rmSync(ballast);
  print(`ping ${await outcome(store.ping())}`);
  print(`again ${await commit()}`);
  const found = await store.read(acknowledged);
  print(`acknowledged ${acknowledged.length} found ${found.size}`);
  await storage.close();
}

async function main([mode = '', kind = '', place = '', name = '']: readonly string[]): Promise<void> {
  if (mode === 'fill') {
    await fill(place, name);
    return;
  }
  const storage = await openStorage(kind, place);
  if (mode === 'open') await answerPings(storage);
  else if (mode === 'write') await write(storage, name);
  else if (mode === 'hold')
    await storage.locks.withLock(name, () => {
      print('held');
      return new Promise((resolve) => setTimeout(resolve, 600_000));
    });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  print(errorCode(error));
  process.exitCode = 1;
});
