/** Fault matrix, rows 1, 2, 4, 5, 6 and 32, on Azure Blob (Azurite). */
import { randomBytes } from 'node:crypto';
import { fixedClock, systemClock, type Clock } from '../../src/clock';
import { readiness } from '../../src/http/health';
import { createLogger } from '../../src/observability/logger';
import { createBlobStorage, openBlobStorage } from '../../src/storage/blob/blob';
import { createBlobContainer, unavailable, type BlobContainer } from '../../src/storage/blob/container';
import { journalLimits, type JournalLimits } from '../../src/storage/blob/ownedContainer';
import type { Storage, Store } from '../../src/storage/ports';
import { startAzurite, type AzuriteServer } from '../support/azurite';
import { killScripts, startScript } from '../support/script';
import { startTcpProxy } from '../support/tcpProxy';
import { until } from '../support/until';

let azurite: AzuriteServer;
const opened: Storage[] = [];
let name = '';
let events: string[] = [];

/** A lease takes its fifteen seconds: they pass while the other tests run. */
let waiting: ReturnType<typeof waitForOwners>;

beforeAll(async () => {
  azurite = await startAzurite();
  waiting = waitForOwners();
  waiting.catch(() => undefined);
}, 60_000);
beforeEach(() => {
  name = `faults-${randomBytes(5).toString('hex')}`;
  events = [];
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
});
afterAll(async () => {
  await killScripts();
  await azurite.stop();
});
jest.setTimeout(30_000);

const logger = createLogger((line) => events.push((JSON.parse(line) as { event: string }).event), systemClock);
const connect = (port = azurite.port): Promise<BlobContainer> =>
  createBlobContainer({ kind: 'connection', connection: azurite.connection(port) }, name);

interface Parts {
  /** What this one does otherwise than Azure. */
  readonly faults?: (container: BlobContainer) => Partial<BlobContainer>;
  readonly port?: number;
  readonly clock?: Clock;
  readonly limits?: Partial<JournalLimits>;
  readonly renewEveryMs?: number;
  readonly monotonicMs?: () => number;
}

async function open({ faults, port, clock = systemClock, limits, ...rest }: Parts = {}): Promise<Storage> {
  const container = await connect(port);
  const storage = await openBlobStorage({
    container: { ...container, ...faults?.(container) },
    clock,
    logger,
    waitMs: 0,
    limits: { ...journalLimits, ...limits },
    ...rest,
  });
  opened.push(storage);
  return storage;
}

/** As after a kill -9 fifteen seconds ago: the old process says no goodbye, the new one begins. */
async function reopen(parts: Parts = {}): Promise<Storage> {
  await azurite.expireLease(name);
  return open(parts);
}

const blobs = async (): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const blob of azurite.container(name).listBlobsFlat()) names.push(blob.name);
  return names;
};
const text = async (blob: string): Promise<string> =>
  (await azurite.container(name).getBlobClient(blob).downloadToBuffer()).toString('utf8');
const journal = async (): Promise<string> => (await blobs()).filter((blob) => blob.includes('-journal-')).at(-1) ?? '';
const keys = async (store: Store, prefix = ''): Promise<readonly string[]> =>
  (await store.list(prefix)).map(([key]) => key);
const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `k/${String(index).padStart(3, '0')}`);
const commitAll = async (store: Store, all: readonly string[]): Promise<void> => {
  for (const key of all) expect(await store.commit([{ key, value: `${key} ä` }])).toBe('committed');
};

describe('a journal', () => {
  it('4 with a torn end reopens with everything acknowledged before it, and goes on elsewhere', async () => {
    const first = await open();
    await commitAll(first.store, numbered(5));
    await first.close();
    const line = (await text(await journal())).trimEnd().split('\n').at(-1) ?? '';
    for (const torn of [line.slice(0, 40), `${line.slice(0, -3)}xyz`, '\0\0\0']) {
      await azurite
        .container(name)
        .getAppendBlobClient(await journal())
        .appendBlock(torn, Buffer.byteLength(torn));
      const again = await open();
      expect(await keys(again.store, 'k/')).toEqual(numbered(5));
      await commitAll(again.store, ['later']);
      await again.close();
      const after = await open();
      expect(await keys(after.store)).toEqual([...numbered(5), 'later']);
      await after.close();
    }
    expect(events.filter((event) => event === 'storage.torn').length).toBeGreaterThan(0);
    expect(events).not.toContain('storage.quarantined');
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'damaged before its end',
      async () => {
        const blob = azurite.container(name).getAppendBlobClient(await journal());
        const damaged = (await text(await journal())).replace('k/001', 'k/xxx');
        await blob.create();
        await blob.appendBlock(damaged, Buffer.byteLength(damaged));
      },
    ],
    ['missing', async () => azurite.container(name).deleteBlob(await journal())],
    ['without a manifest', () => azurite.container(name).deleteBlob('manifest.json')],
    ['with garbage for a manifest', () => azurite.container(name).getBlockBlobClient('manifest.json').upload('{"', 2)],
  ])('32 %s is put aside, and the service starts afresh', async (_, damage) => {
    const first = await open();
    await commitAll(first.store, numbered(3));
    const old = await journal();
    await first.close();
    const existing = await blobs();
    await damage();
    const kept = (await blobs()).filter((blob) => existing.includes(blob) && blob !== 'manifest.json');
    const clock = fixedClock(Date.now());
    const fresh = await open({ clock });
    expect(await keys(fresh.store)).toEqual([]);
    expect(events).toContain('storage.quarantined');
    expect(await fresh.store.commit([{ key: 'k/000', value: 'new', expect: null }])).toBe('committed');
    await fresh.store.purgeExpired();
    expect(await blobs()).toEqual(expect.arrayContaining([...kept]));
    expect(JSON.parse(await text('manifest.json'))).toMatchObject({ corrupt: [old] });
    await fresh.close();
    expect(await keys((await open()).store)).toEqual(['k/000']);
  });

  it('32 with a damaged snapshot is put aside too', async () => {
    const first = await open();
    await commitAll(first.store, numbered(3));
    await first.store.purgeExpired();
    await first.close();
    const snapshot = (await blobs()).find((blob) => blob.includes('-snapshot-')) ?? '';
    const halved = (await text(snapshot)).split('\n').slice(0, 1).join('\n');
    await azurite
      .container(name)
      .getBlockBlobClient(snapshot)
      .upload(`${halved}\n`, Buffer.byteLength(halved) + 1);
    expect(await keys((await open()).store)).toEqual([]);
    expect(JSON.parse(await text('manifest.json'))).toMatchObject({
      corrupt: expect.arrayContaining([snapshot]) as unknown,
    });
  });

  it('32 of a newer version is refused and left as it is', async () => {
    await (await open()).close();
    const newer = JSON.stringify({ ...(JSON.parse(await text('manifest.json')) as object), format: 2 });
    await azurite.container(name).getBlockBlobClient('manifest.json').upload(newer, newer.length);
    await expect(open()).rejects.toMatchObject({ code: 'STORAGE_FORMAT' });
    expect(await text('manifest.json')).toBe(newer);
  });

  it('holds nothing of what was deleted or has expired, within a quarter of an hour of purges', async () => {
    const clock = fixedClock(Date.UTC(2026, 10, 24));
    const { store } = await open({ clock });
    await store.purgeExpired();
    await store.commit([
      { key: 'deleted', value: 'Kanarienvogel-gelb' },
      { key: 'expired', value: 'Kanarienvogel-grau', expiresAtMs: clock.nowMs() + 1_000 },
      { key: 'overwritten', value: 'Kanarienvogel-blau' },
      { key: 'kept', value: 'Kanarienvogel-weiß' },
    ]);
    const canaries = async (): Promise<readonly string[]> => {
      const all = (await Promise.all((await blobs()).map(text))).join('');
      return [...new Set([...all.matchAll(/Kanarienvogel-(\p{L}+)/gu)].map(([, colour = '']) => colour))].sort();
    };
    expect(await canaries()).toEqual(['blau', 'gelb', 'grau', 'weiß']);
    await store.commit([
      { key: 'deleted', value: null },
      { key: 'overwritten', value: 'Amsel' },
    ]);
    for (let minute = 0; minute < 15; minute += 1) {
      clock.advance(60_000);
      await store.purgeExpired();
    }
    expect(await canaries()).toEqual(['weiß']);
    expect(await keys(store)).toEqual(['kept', 'overwritten']);
    // A manifest, a snapshot, a journal.
    expect(await blobs()).toHaveLength(3);
  });

  it('is replaced by a snapshot before it is full, while commits go on', async () => {
    let finish = (): void => undefined;
    const committed = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const storage = await open({
      limits: { blocks: 20 },
      // The snapshot takes as long as all the commits.
      faults: (container) => ({ upload: (...request) => committed.then(() => container.upload(...request)) }),
    });
    await commitAll(storage.store, numbered(100));
    finish();
    await storage.close();
    expect((await blobs()).some((blob) => blob.includes('-snapshot-'))).toBe(true);
    expect(await text(await journal())).not.toContain('k/010');
    expect(await keys((await open()).store)).toEqual(numbered(100));
  });

  it('takes no commit that is too large for a block, and the ones beside it all the same', async () => {
    const { store } = await open();
    const results = await Promise.allSettled([
      store.commit([{ key: 'a', value: '1' }]),
      store.commit([{ key: 'huge', value: 'x'.repeat(17 * 1024 * 1024) }]),
      store.commit([{ key: 'b', value: '1' }]),
    ]);
    expect(
      results.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as { code: string }).code)),
    ).toEqual(['committed', 'STORAGE_COMMIT_TOO_LARGE', 'committed']);
    expect(await keys(store)).toEqual(['a', 'b']);
  });
});

describe('an append', () => {
  it('2 whose answer is lost is committed, and stands in the journal once', async () => {
    let lost = 0;
    const { store } = await open({
      faults: (container) => ({
        append: async (...request) => {
          const done = await container.append(...request);
          if (!request[1].includes('k/001') || lost > 0) return done;
          lost += 1;
          throw unavailable();
        },
      }),
    });
    await commitAll(store, numbered(3));
    expect(lost).toBe(1);
    expect((await text(await journal())).match(/k\/001"/g)).toHaveLength(1);
  });

  it('1 2 that got no answer at all is refused if it comes late, when its writer has gone on', async () => {
    let late: (() => Promise<unknown>) | undefined;
    const { store } = await open({
      faults: (container) => ({
        append: async (...request) => {
          if (!request[1].includes('late') || late !== undefined) return container.append(...request);
          late = () => container.append(...request);
          await pause(1_100);
          throw unavailable();
        },
      }),
    });
    await expect(store.commit([{ key: 'late', value: '1' }])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await commitAll(store, ['next']);
    expect(await late?.()).toBe('refused');
    expect(await keys(store)).toEqual(['next']);
    expect(await keys((await reopen()).store)).toEqual(['next']);
  });

  it('1 2 that came through behind a failure is found again by the same process', async () => {
    let isDown = false;
    const { store } = await open({
      faults: (container) => ({
        append: async (...request) => {
          const done = await container.append(...request);
          if (!request[1].includes('through')) return done;
          isDown = true;
          await pause(1_100);
          throw unavailable();
        },
        lease: (...request) => (isDown ? Promise.reject(unavailable()) : container.lease(...request)),
      }),
    });
    await expect(store.commit([{ key: 'through', value: '1' }])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(store.read(['through'])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    isDown = false;
    expect((await store.read(['through'])).get('through')?.value).toBe('1');
    await commitAll(store, ['next']);
    expect(await keys((await reopen()).store)).toEqual(['next', 'through']);
  });

  it('2 in flight when its process dies is there or not, and everything acknowledged is', async () => {
    const dying = await open({
      faults: (container) => ({
        append: async (...request) => {
          const done = await container.append(...request);
          return request[1].includes('unanswered') ? new Promise(() => undefined) : done;
        },
      }),
    });
    opened.pop();
    await commitAll(dying.store, numbered(3));
    void dying.store.commit([{ key: 'unanswered', value: '1' }]);
    await pause(100);
    expect(await keys((await reopen()).store)).toEqual([...numbered(3), 'unanswered']);
  });
});

describe('a compaction', () => {
  it.each<[string, (container: BlobContainer) => Partial<BlobContainer>]>([
    ['before the new journal is named', () => ({ createJournal: () => Promise.reject(unavailable()) })],
    ['before the snapshot', () => ({ upload: () => Promise.reject(unavailable()) })],
    [
      'between snapshot and manifest',
      (container) => {
        let isWritten = false;
        return {
          upload: async (...request) => {
            await container.upload(...request);
            isWritten = true;
          },
          replace: (...request) => (isWritten ? Promise.reject(unavailable()) : container.replace(...request)),
        };
      },
    ],
    ['between manifest and removal', () => ({ remove: () => Promise.reject(unavailable()) })],
  ])('that ends %s loses nothing, and the next one clears up after it', async (_, faults) => {
    const first = await open();
    await commitAll(first.store, numbered(10));
    await first.close();
    const dying = await open({ faults });
    await expect(dying.store.purgeExpired()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    opened.pop();
    const { store } = await reopen();
    expect(await keys(store)).toEqual(numbered(10));
    await commitAll(store, ['later']);
    await store.purgeExpired();
    expect((await blobs()).length).toBeLessThanOrEqual(4);
    await store.commit([{ key: 'later', value: null }]);
    expect(await keys((await reopen()).store)).toEqual(numbered(10));
  });

  it('whose request for a new journal arrives long after it failed empties nothing', async () => {
    let late: (() => Promise<unknown>) | undefined;
    const { store } = await open({
      faults: (container) => ({
        createJournal: (...request) => {
          if (late !== undefined || opened.length === 0) return container.createJournal(...request);
          late = () => container.createJournal(...request);
          return Promise.reject(unavailable());
        },
      }),
    });
    await expect(store.purgeExpired()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await store.purgeExpired();
    await commitAll(store, numbered(3));
    await late?.();
    expect(late).toBeDefined();
    await commitAll(store, ['later']);
    expect(await keys((await reopen()).store)).toEqual([...numbered(3), 'later']);
  });

  it('that fails leaves the same process at work', async () => {
    let fails = 1;
    const clock = fixedClock(Date.now());
    const { store } = await open({
      clock,
      faults: (container) => ({
        upload: (...request) => ((fails -= 1) >= 0 ? Promise.reject(unavailable()) : container.upload(...request)),
      }),
    });
    await commitAll(store, numbered(3));
    await expect(store.purgeExpired()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await commitAll(store, ['later']);
    await store.purgeExpired();
    expect(await keys(store)).toEqual([...numbered(3), 'later']);
    expect(await blobs()).toHaveLength(3);
  });
});

describe('ownership', () => {
  it('5 is refused to a second one, and handed over by a goodbye', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'STORAGE_OWNED' });
    await commitAll(first.store, ['still']);
    await first.close();
    expect(await keys((await open()).store)).toEqual(['still']);
  });

  it('5 goes over when a lease has run out: the old owner writes nothing more, and is back without a restart when the new one has gone', async () => {
    const first = await open();
    await commitAll(first.store, ['first']);
    const second = await reopen();
    await commitAll(second.store, ['second']);
    await expect(first.store.commit([{ key: 'first', value: 'stale' }])).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    await expect(first.store.read(['first'])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await readiness(sources(first))).toMatchObject({ ready: false, storage: 'failing' });
    await commitAll(second.store, ['more']);
    await second.close();
    expect(await readiness(sources(first))).toMatchObject({ ready: true, storage: 'ok' });
    expect(await keys(first.store)).toEqual(['first', 'more', 'second']);
    await commitAll(first.store, ['again']);
  });

  it('5 lost without a successor comes back with what is held', async () => {
    const { store } = await open();
    await commitAll(store, numbered(3));
    await azurite.expireLease(name);
    await commitAll(store, ['later']);
    expect(await keys(store)).toEqual([...numbered(3), 'later']);
  });

  it('5 that went to another and back while its first owner looked away is noticed at the next renewal', async () => {
    const first = await open({ renewEveryMs: 300 });
    await commitAll(first.store, ['first']);
    const second = await reopen();
    await commitAll(second.store, ['second']);
    await second.close();
    await until(async () => (await first.store.read(['second'])).size === 1, 10_000);
    expect(events).toContain('storage.lost');
  });

  it('5 that could not be renewed for fifteen seconds is not read from any more', async () => {
    let nowMs = 0;
    let isDown = false;
    const { store } = await open({
      monotonicMs: () => nowMs,
      faults: (container) => ({
        lease: (...request) => (isDown ? Promise.reject(unavailable()) : container.lease(...request)),
      }),
    });
    await commitAll(store, ['k']);
    isDown = true;
    nowMs = 15_000;
    expect((await store.read(['k'])).size).toBe(1);
    nowMs = 15_001;
    await expect(store.read(['k'])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    isDown = false;
    expect((await store.read(['k'])).size).toBe(1);
  });

  it('4 loses nothing acknowledged over kill -9 in the middle of writing', async () => {
    const acknowledged: string[] = [];
    for (const run of ['a', 'b', 'c']) {
      const writer = startScript('storage', ['write', 'blob', `${azurite.port}/${name}`, run]);
      await writer.line((line) => line.endsWith('00000050'));
      writer.kill('SIGKILL');
      await writer.exited;
      await azurite.expireLease(name);
      acknowledged.push(...writer.lines.filter((line) => line.startsWith('w/')));
    }
    const { store } = await open();
    const found = await store.read(acknowledged);
    expect(acknowledged.length).toBeGreaterThan(120);
    expect(acknowledged.filter((key) => found.get(key)?.value.startsWith(`${key} `) !== true)).toEqual([]);
  });
});

describe('the network', () => {
  it('6 silent, answers within five seconds that the storage is away, and is back without a restart with everything acknowledged', async () => {
    const proxy = await startTcpProxy(azurite.port);
    const storage = await open({ port: proxy.port });
    await commitAll(storage.store, numbered(5));
    proxy.silence();
    const fromMs = performance.now();
    const commits = await Promise.allSettled(['x', 'y'].map((key) => storage.store.commit([{ key, value: '1' }])));
    expect(commits.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(performance.now() - fromMs).toBeLessThan(5_000);
    expect(await readiness(sources(storage))).toMatchObject({ ready: false, storage: 'failing' });
    await expect(storage.store.read(['k/001'])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    proxy.speak();
    await until(async () => (await readiness(sources(storage))).ready, 10_000);
    expect(await keys(storage.store, 'k/')).toEqual(numbered(5));
    await commitAll(storage.store, ['z']);
    await storage.close();
    await proxy.close();
  });

  it('6 away at the start makes the service not ready instead of ending it', async () => {
    const proxy = await startTcpProxy(azurite.port);
    const { port } = proxy;
    await proxy.close();
    const storage = await open({ port });
    expect(await readiness(sources(storage))).toMatchObject({ ready: false, storage: 'failing' });
    await expect(storage.store.list('')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});

// Last, because it has been waiting since the beginning.
describe('the lease', () => {
  it('5 of a living process outlasts the wait of another; that of a killed one does not', async () => {
    const { refused, taken, tookMs, stillOwned } = await waiting;
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_OWNED' } });
    expect(taken).toMatchObject({ status: 'fulfilled' });
    expect(tookMs).toBeLessThan(20_000);
    expect(stillOwned).toBe('still ok');
  });
});

/** Two containers with an owner each, one of which is killed; then somebody waits for both. */
async function waitForOwners(): Promise<{
  readonly refused: PromiseSettledResult<unknown> | undefined;
  readonly taken: PromiseSettledResult<unknown> | undefined;
  readonly tookMs: number;
  readonly stillOwned: string;
}> {
  const living = startScript('storage', ['open', 'blob', `${azurite.port}/living`]);
  const killed = startScript('storage', ['open', 'blob', `${azurite.port}/killed`]);
  await Promise.all([living, killed].map((owner) => owner.line((line) => line === 'open')));
  killed.kill('SIGKILL');
  const fromMs = performance.now();
  const access = { kind: 'connection', connection: azurite.connection() } as const;
  const [refused, taken] = await Promise.allSettled(
    ['living', 'killed'].map(async (container) => {
      await (await createBlobStorage({ access, container, clock: systemClock })).close();
    }),
  );
  const tookMs = performance.now() - fromMs;
  living.child.stdin?.write('still\n');
  const stillOwned = await living.line((line) => line.startsWith('still'));
  return { refused, taken, tookMs, stillOwned };
}

function sources(storage: Storage): Parameters<typeof readiness>[0] {
  return {
    ping: () => storage.store.ping(),
    draining: () => false,
    knowledge: () => ({ version: '1', stale: false }),
    pingTimeoutMs: 4_000,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
