/** Fault matrix, rows 4, 5 and 32, on the embedded store. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { systemClock } from '../../src/clock';
import { readiness } from '../../src/http/health';
import { createLevelStorage } from '../../src/storage/level';
import type { Storage } from '../../src/storage/ports';
import { killScripts, startScript } from '../support/script';
import { tempFolder } from '../support/tempFolder';

const root = tempFolder('faults');
/** Small disks of their own want a mount namespace; containers may forbid it. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;
const itWithMounts = canMount ? it : it.skip;

afterEach(killScripts);
jest.setTimeout(30_000);

describe('the embedded store', () => {
  it('4 reopens after a torn last record with everything acknowledged before it', async () => {
    const directory = join(root, 'torn');
    const storage = await open(directory);
    const keys = Array.from({ length: 20 }, (_, index) => `k/${String(index).padStart(2, '0')}`);
    for (const key of keys) await storage.store.commit([{ key, value: `${key} ${'x'.repeat(300)}` }]);
    const whole = logBytes(directory);
    await storage.store.commit([{ key: 'last', value: 'y'.repeat(300) }]);
    const torn = logBytes(directory) - whole;
    expect(torn).toBeGreaterThan(300);
    for (const cut of [1, 2, 7, 100, torn - 1]) {
      const copy = join(root, `torn-${cut}`);
      cpSync(directory, copy, { recursive: true });
      rmSync(join(copy, 'LOCK'));
      truncateSync(logFile(copy), logBytes(copy) - cut);
      const reopened = await open(copy);
      expect((await reopened.store.list('k/')).map(([key]) => key)).toEqual(keys);
      expect((await reopened.store.read(['last'])).size).toBe(0);
      expect(await reopened.store.commit([{ key: 'last', value: 'again', expect: null }])).toBe('committed');
      await reopened.close();
    }
    await storage.close();
  });

  it('4 loses nothing acknowledged over kill -9 in the middle of writing', async () => {
    const directory = join(root, 'killed');
    const acknowledged: string[] = [];
    for (const run of ['a', 'b', 'c']) {
      const writer = startScript('storage', ['write', 'level', directory, run]);
      await writer.line((line) => line.endsWith('00000050'));
      writer.kill('SIGKILL');
      await writer.exited;
      acknowledged.push(...writer.lines.filter((line) => line.startsWith('w/')));
    }
    const storage = await open(directory);
    const found = await storage.store.read(acknowledged);
    expect(acknowledged.length).toBeGreaterThan(120);
    expect(acknowledged.filter((key) => found.get(key)?.value.startsWith(`${key} `) !== true)).toEqual([]);
    await storage.close();
  });

  it('4 in a folder without the right to write is not ready, and becomes ready when it has it', async () => {
    const parent = join(root, 'read-only');
    mkdirSync(parent);
    chmodSync(parent, 0o555);
    // Root may write anywhere: the process that tries is somebody else.
    const account = process.getuid?.() === 0 ? { account: { uid: 65_534, gid: 65_534 } } : {};
    chmodSync(root, 0o755);
    const process_ = startScript('storage', ['open', 'level', join(parent, 'state')], account);
    await process_.line((line) => line === 'open');
    process_.child.stdin?.write('first\n');
    expect(await process_.line((line) => line.startsWith('first'))).toBe('first STORAGE_UNAVAILABLE');
    chmodSync(parent, 0o777);
    process_.child.stdin?.write('second\n');
    expect(await process_.line((line) => line.startsWith('second'))).toBe('second ok');
    process_.child.stdin?.end();
    expect(await process_.exited).toBe(0);
  });

  it('4 that cannot be opened makes the service not ready instead of ending it', async () => {
    const file = join(root, 'a-file-where-the-folder-should-be');
    writeFileSync(file, '');
    const storage = await open(file);
    const sources = {
      ping: () => storage.store.ping(),
      draining: () => false,
      knowledge: () => ({ version: '1', stale: false }),
      pingTimeoutMs: 4_000,
    };
    expect(await readiness(sources)).toMatchObject({ ready: false, storage: 'failing' });
    await expect(storage.store.read(['k'])).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(storage.store.list('')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(storage.store.commit([{ key: 'k', value: '1' }])).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    rmSync(file);
    expect(await readiness(sources)).toMatchObject({ ready: true, storage: 'ok' });
    expect(await storage.store.commit([{ key: 'k', value: '1' }])).toBe('committed');
    await storage.close();
  });

  itWithMounts(
    `4 on a full disk refuses, and recovers with everything acknowledged${canMount ? '' : ' (NOT RUN: no mount namespaces here)'}`,
    async () => {
      const disk = join(root, 'disk');
      mkdirSync(disk);
      const script = startScript('storage', ['fill', 'level', join(disk, 'state'), join(disk, 'ballast')], {
        wrapper: ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=4m tmpfs ${disk} && exec "$@"`, 'sh'],
      });
      await script.exited;
      const [full, before, after, again, count = ''] = script.lines;
      expect([full, before, after, again]).toEqual([
        'full STORAGE_UNAVAILABLE',
        'ping STORAGE_UNAVAILABLE',
        'ping ok',
        'again committed',
      ]);
      const [, acknowledged, found] = /^acknowledged (\d+) found (\d+)$/.exec(count) ?? [];
      expect(Number(acknowledged)).toBeGreaterThan(100);
      expect(found).toBe(acknowledged);
    },
  );

  it('5 in the hands of another process refuses to start, and starts when that one has gone', async () => {
    const directory = join(root, 'owned');
    const owner = startScript('storage', ['open', 'level', directory]);
    await owner.line((line) => line === 'open');
    await expect(open(directory)).rejects.toMatchObject({ code: 'STORAGE_OWNED' });
    const second = startScript('storage', ['open', 'level', directory]);
    expect(await second.exited).toBe(1);
    expect(second.lines).toEqual(['STORAGE_OWNED']);
    owner.child.stdin?.write('still\n');
    expect(await owner.line((line) => line.startsWith('still'))).toBe('still ok');
    owner.kill('SIGKILL');
    await owner.exited;
    await (await open(directory)).close();
  });

  it('5 opened twice in one process refuses as well', async () => {
    const directory = join(root, 'twice');
    const first = await open(directory);
    await expect(open(directory)).rejects.toMatchObject({ code: 'STORAGE_OWNED' });
    await first.close();
  });

  it.each([
    ['names a file that is missing', 'CURRENT', 'MANIFEST-999999\n'],
    ['has lost its beginning', 'CURRENT', ''],
    ['has garbage for its list of files', 'MANIFEST-000002', 'garbage'.repeat(100)],
  ])('32 that %s is put aside, and the service starts afresh', async (name, file, content) => {
    const directory = join(root, name);
    const storage = await open(directory);
    await storage.store.commit([{ key: 'k', value: '1' }]);
    await storage.close();
    expect(existsSync(join(directory, file))).toBe(true);
    writeFileSync(join(directory, file), content);
    const fresh = await open(directory);
    expect(await fresh.store.list('')).toEqual([]);
    expect(await fresh.store.commit([{ key: 'k', value: '2', expect: null }])).toBe('committed');
    expect(readFileSync(join(`${directory}.corrupt`, file), 'utf8')).toBe(content);
    await fresh.close();
  });

  it('32 with a record that no version wrote reads it as absent and writes over it', async () => {
    const directory = join(root, 'foreign-record');
    await (await open(directory)).close();
    const raw = new ClassicLevel(directory);
    await raw.put('v:state/old', '{"from":"somewhere else"}');
    await raw.put('v:state/odd', 'tag\nnever\nvalue');
    await raw.close();
    const storage = await open(directory);
    expect((await storage.store.read(['state/old', 'state/odd'])).size).toBe(0);
    expect(await storage.store.list('state/')).toEqual([]);
    expect(await storage.store.commit([{ key: 'state/old', value: 'new', expect: null }])).toBe('committed');
    expect((await storage.store.read(['state/old'])).get('state/old')?.value).toBe('new');
    await storage.close();
  });

  it('32 of a newer version is refused and left as it is', async () => {
    const directory = join(root, 'newer');
    await (await open(directory)).close();
    const raw = new ClassicLevel(directory);
    await raw.put('m:format', '2');
    await raw.close();
    await expect(open(directory)).rejects.toMatchObject({ code: 'STORAGE_FORMAT' });
    const again = new ClassicLevel(directory);
    expect(await again.get('m:format')).toBe('2');
    await again.close();
  });
});

function open(directory: string): Promise<Storage> {
  return createLevelStorage({ directory, clock: systemClock });
}

function logFile(directory: string): string {
  return join(directory, readdirSync(directory).find((name) => /^\d+\.log$/.test(name)) ?? '');
}

function logBytes(directory: string): number {
  return statSync(logFile(directory)).size;
}
