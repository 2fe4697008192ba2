/** Fault matrix, rows 6, 7, 8 and 32, on PostgreSQL. Each test has a server that it may kill, or a proxy that may fall silent. */
import { Client } from 'pg';
import { systemClock } from '../../src/clock';
import { readiness, type Readiness } from '../../src/http/health';
import { createLogger } from '../../src/observability/logger';
import type { Storage } from '../../src/storage/ports';
import { createPostgresStorage } from '../../src/storage/postgres/postgres';
import { runSql, startEmbedded, type PostgresServer } from '../support/postgres';
import { killScripts, startScript } from '../support/script';
import { startTcpProxy, type TcpProxy } from '../support/tcpProxy';
import { until } from '../support/until';

let server: PostgresServer;
const open: Storage[] = [];
const proxies: TcpProxy[] = [];
const logLines: string[] = [];
const logger = createLogger((line) => logLines.push(line), systemClock);

jest.setTimeout(45_000);
beforeAll(async () => {
  server = await startEmbedded();
}, 60_000);
afterEach(async () => {
  await killScripts();
  await Promise.all(open.splice(0).map((storage) => storage.close()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(async () => {
  await server.stop();
}, 60_000);

describe('PostgreSQL', () => {
  it('6 down at the start makes the service not ready, and ready within ten seconds once it is there', async () => {
    const url = await server.createDatabase();
    await server.kill();
    const storage = connect(url);
    expect(await ready(storage)).toMatchObject({ ready: false, storage: 'failing' });
    await expect(storage.store.commit([{ key: 'k', value: '1' }])).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    await expect(storage.locks.withLock('k', () => Promise.resolve())).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    await server.start();
    expect(await waitUntilReady(storage)).toBeLessThan(10_000);
    expect(await storage.store.commit([{ key: 'k', value: '1' }])).toBe('committed');
  });

  it('6 going down in the middle of a turn makes its commit fail, state unchanged, and the next try succeed', async () => {
    const storage = connect(await server.createDatabase());
    await storage.store.commit([{ key: 'state', value: 'before' }]);
    const read = (await storage.store.read(['state'])).get('state');
    await server.kill();
    const change = { key: 'state', value: 'after', expect: read?.eTag ?? null };
    const seen = { key: 'seen', value: '1', expect: null };
    await expect(storage.store.commit([change, seen])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await server.start();
    await waitUntilReady(storage);
    expect((await storage.store.read(['state'])).get('state')).toEqual(read);
    expect((await storage.store.read(['seen'])).size).toBe(0);
    expect(await storage.store.commit([change, seen])).toBe('committed');
  });

  it('6 gone silent answers everything with STORAGE_UNAVAILABLE within five seconds, on old connections and on new ones', async () => {
    const { storage, proxy } = await throughProxy();
    await storage.store.commit([{ key: 'k', value: '1' }]);
    await storage.locks.withLock('warm', () => Promise.resolve());
    proxy.silence();
    for (const round of ['old connections', 'new connections']) {
      const startedMs = Date.now();
      const outcomes = await Promise.all([
        ...Array.from({ length: 30 }, () => code(storage.store.commit([{ key: 'k', value: round }]))),
        ...Array.from({ length: 30 }, (_, index) => code(storage.locks.withLock(`l${index}`, () => Promise.resolve()))),
        code(storage.store.read(['k'])),
        code(storage.store.list('k')),
        code(storage.store.ping()),
        code(storage.store.purgeExpired()),
        code(storage.store.deletePrefix('x')),
      ]);
      expect(new Set(outcomes)).toEqual(new Set(['STORAGE_UNAVAILABLE']));
      expect(Date.now() - startedMs).toBeLessThan(5_000);
    }
    expect(await ready(storage)).toMatchObject({ ready: false });
    proxy.speak();
    expect(await waitUntilReady(storage)).toBeLessThan(10_000);
    expect((await storage.store.read(['k'])).get('k')?.value).toBe('1');
  });

  it('6 silent does not keep the storage from closing within three seconds', async () => {
    const { storage, proxy } = await throughProxy();
    await storage.store.ping();
    await storage.locks.withLock('warm', () => Promise.resolve());
    await pause(200);
    proxy.silence();
    const startedMs = Date.now();
    await storage.close();
    expect(Date.now() - startedMs).toBeLessThan(3_000);
    open.splice(open.indexOf(storage), 1);
  });

  it('6 silent from the very start is answered within five seconds too', async () => {
    const { storage, proxy } = await throughProxy();
    proxy.silence();
    const startedMs = Date.now();
    expect(await code(storage.store.ping())).toBe('STORAGE_UNAVAILABLE');
    expect(Date.now() - startedMs).toBeLessThan(5_000);
  });

  it('6 silent for a while: what another replica published meanwhile is heard afterwards', async () => {
    const { storage, proxy, url } = await throughProxy();
    const other = connect(url);
    const heard: string[] = [];
    storage.fanout.subscribe('topic', () => heard.push('topic'));
    await until(async () => {
      await other.fanout.publish('topic');
      return heard.length > 0;
    });
    proxy.silence();
    await other.fanout.publish('topic');
    await pause(100);
    heard.length = 0;
    proxy.speak();
    await until(() => heard.length > 0);
    // And what this one says during a silence reaches the others when it is over.
    const elsewhere: string[] = [];
    other.fanout.subscribe('mine', () => elsewhere.push('mine'));
    proxy.silence();
    await storage.fanout.publish('mine');
    await pause(3_000);
    expect(elsewhere).toEqual([]);
    proxy.speak();
    await until(() => elsewhere.length > 0);
  });

  it('7 killing idle connections leaves the process alive and the next question answered', async () => {
    const url = await server.createDatabase();
    const storage = connect(url);
    const heard: string[] = [];
    storage.fanout.subscribe('topic', () => heard.push('topic'));
    await storage.store.commit([{ key: 'k', value: '1' }]);
    await storage.locks.withLock('warm', () => Promise.resolve());
    logLines.length = 0;
    await terminate(url, 'jobcenter-lotse%');
    await until(() => logLines.filter((line) => line.includes('"storage.connection.lost"')).length >= 2);
    expect((await storage.store.read(['k'])).get('k')?.value).toBe('1');
    expect(await storage.locks.withLock('warm', () => Promise.resolve('held'))).toBe('held');
    const other = connect(url);
    await until(async () => {
      await other.fanout.publish('topic');
      return heard.length > 0;
    });
  });

  it('7 killing the whole database in the middle of writing loses nothing acknowledged', async () => {
    const storage = connect(await server.createDatabase());
    const acknowledged: string[] = [];
    let next = 0;
    const writer = async (): Promise<void> => {
      for (;;) {
        const key = `w/${(next += 1)}`;
        await storage.store.commit([{ key, value: key }]);
        acknowledged.push(key);
      }
    };
    const writers = Promise.allSettled(Array.from({ length: 8 }, writer));
    await until(() => acknowledged.length > 200);
    await server.kill();
    const ends = await writers;
    expect(ends.map((end) => (end.status === 'rejected' ? (end.reason as { code?: string }).code : 'written'))).toEqual(
      Array.from({ length: 8 }, () => 'STORAGE_UNAVAILABLE'),
    );
    await server.start();
    expect(await waitUntilReady(storage)).toBeLessThan(10_000);
    const found = await storage.store.read(acknowledged);
    expect(acknowledged.filter((key) => found.get(key)?.value !== key)).toEqual([]);
  });

  it('8 a lock whose holder was killed is free within ten seconds', async () => {
    const url = await server.createDatabase();
    const holder = startScript('storage', ['hold', 'postgres', url, 'conversation']);
    await holder.line((line) => line === 'held');
    const storage = connect(url);
    const startedMs = Date.now();
    const taken = storage.locks.withLock('conversation', () => Promise.resolve(Date.now()));
    await pause(300);
    holder.kill('SIGKILL');
    const takenMs = await taken;
    expect(takenMs - startedMs).toBeGreaterThan(250);
    expect(takenMs - startedMs).toBeLessThan(10_000);
  });

  it('8 a lock whose holder hangs is free within ten seconds', async () => {
    const url = await server.createDatabase();
    const holder = startScript('storage', ['hold', 'postgres', url, 'conversation']);
    await holder.line((line) => line === 'held');
    holder.kill('SIGSTOP');
    const startedMs = Date.now();
    await connect(url).locks.withLock('conversation', () => Promise.resolve());
    expect(Date.now() - startedMs).toBeLessThan(10_000);
  });

  it('8 a lock that is not free in time is a LOCK_TIMEOUT, told from silence', async () => {
    const url = await server.createDatabase();
    const storage = connect(url);
    // A foreign session that takes the same lock and, unlike ours, may keep it as long as it likes.
    const foreign = new Client({ connectionString: url });
    await foreign.connect();
    await storage.locks.withLock('conversation', async () => {
      await foreign.query(`CREATE TEMPORARY TABLE held AS SELECT (classid::bigint << 32) | objid::bigint AS number
        FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    });
    await foreign.query('SELECT pg_advisory_lock(number) FROM held');
    expect(await code(storage.locks.withLock('conversation', () => Promise.resolve()))).toBe('LOCK_TIMEOUT');
    await foreign.end();
    expect(await code(storage.locks.withLock('conversation', () => Promise.resolve()))).toBe('done');
  });

  it('8 a lock whose holder lives is kept however long the work takes', async () => {
    const url = await server.createDatabase();
    const [holder, waiter] = [connect(url), connect(url)];
    let done = false;
    const held = holder.locks.withLock('conversation', async () => {
      await pause(11_000);
      done = true;
    });
    await pause(1_000);
    expect(await waiter.locks.withLock('conversation', () => Promise.resolve(done))).toBe(true);
    await held;
  });

  it('8 a lock that is lost in the middle of a turn lets the next one in, and the fence rejects the first', async () => {
    const url = await server.createDatabase();
    const [first, second] = [connect(url), connect(url)];
    await first.store.commit([{ key: 'state', value: '0' }]);
    const order: string[] = [];
    const result = await first.locks.withLock('conversation', async () => {
      const read = (await first.store.read(['state'])).get('state');
      await terminate(url, 'jobcenter-lotse locks');
      await second.locks.withLock('conversation', async () => {
        const current = (await second.store.read(['state'])).get('state');
        order.push(await second.store.commit([{ key: 'state', value: 'second', expect: current?.eTag ?? null }]));
      });
      return first.store.commit([{ key: 'state', value: 'first', expect: read?.eTag ?? null }]);
    });
    expect([...order, result]).toEqual(['committed', 'conflict']);
    expect((await first.store.read(['state'])).get('state')?.value).toBe('second');
    // The process that lost its session takes the lock again as if nothing had been.
    expect(await first.locks.withLock('conversation', () => Promise.resolve('held'))).toBe('held');
  });

  it('32 of a newer version is refused and left as it is', async () => {
    const url = await server.createDatabase();
    await connect(url).store.ping();
    await runSql(url, 'INSERT INTO lotse.migration (step) VALUES (99)');
    await expect(connect(url).store.ping()).rejects.toMatchObject({ code: 'STORAGE_FORMAT' });
    expect(await runSql(url, 'SELECT max(step) AS step FROM lotse.migration')).toEqual([{ step: 99 }]);
  });

  it('32 several replicas that start on an empty database migrate it once', async () => {
    const url = await server.createDatabase();
    const replicas = Array.from({ length: 5 }, () => connect(url));
    await Promise.all(replicas.map((storage) => storage.store.ping()));
    expect(await runSql(url, 'SELECT count(*)::int AS steps FROM lotse.migration')).toEqual([{ steps: 1 }]);
  });
});

function connect(url: string): Storage {
  const storage = createPostgresStorage({ url, clock: systemClock, logger });
  open.push(storage);
  return storage;
}

async function throughProxy(): Promise<{ readonly storage: Storage; readonly proxy: TcpProxy; readonly url: string }> {
  const url = await server.createDatabase();
  const proxy = await startTcpProxy(server.port);
  proxies.push(proxy);
  const proxied = new URL(url);
  proxied.port = String(proxy.port);
  return { storage: connect(proxied.href), proxy, url };
}

async function terminate(url: string, applications: string): Promise<void> {
  await runSql(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name LIKE '${applications}' AND datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

function ready(storage: Storage): Promise<Readiness> {
  return readiness({
    ping: () => storage.store.ping(),
    draining: () => false,
    knowledge: () => ({ version: '1', stale: false }),
    pingTimeoutMs: 4_000,
  });
}

/** How long it took. */
async function waitUntilReady(storage: Storage): Promise<number> {
  const startedMs = Date.now();
  await until(async () => (await ready(storage)).ready);
  return Date.now() - startedMs;
}

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
