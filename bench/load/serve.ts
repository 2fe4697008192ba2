/**
 * Starts what is measured as a process of its own, built from the sources as they are, on loopback and a free port; with the limits that would
 * turn a load generator away set wide, the others as an operator has them. Never answers a question itself.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../test/support/bundle';

export type Kind = 'lotse' | 'echo' | 'sdk';

export interface Usage {
  /** Processor time since the start. */
  readonly cpuMs: number;
  /** Without a collection first, unless started with `--expose-gc`. */
  readonly rssMb: number;
  readonly heapMb: number;
}

export interface Served {
  readonly base: string;
  readonly pid: number;
  /** From the spawn to the open port, by the clock and in processor time. */
  readonly readyMs: number;
  readonly readyCpuMs: number;
  usage(): Promise<Usage>;
  /** The most memory it ever had. */
  peakRssMb(): number;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** As deploymentTemplates set it: with glibc's arenas the memory of the process grew by a megabyte a minute that nothing held (docs/betrieb.md). */
const MALLOC_ARENA_MAX = '1';

/** A load generator is one address and one hasty conversation; these limits are for people. */
export const WIDE = {
  MESSAGES_PER_SECOND: '10000',
  MESSAGE_BURST: '10000',
  MESSAGES_PER_MINUTE: '1000000',
  STARTS_PER_MINUTE: '1000000',
} as const;

const START_MS = 90_000;
const running = new Set<() => void>();
// However this process ends, nothing of it stays.
process.once('exit', () => {
  for (const end of running) end();
});

export async function serve(kind: Kind, env: Readonly<Record<string, string>> = {}, gc = false): Promise<Served> {
  const from = performance.now();
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [...(gc ? ['--expose-gc'] : []), program(), kind], {
    env: {
      PATH,
      HOME,
      TMPDIR,
      MALLOC_ARENA_MAX,
      PORT: '0',
      NODE_ENV: 'test',
      KNOWLEDGE_RELOAD: 'off',
      ...WIDE,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const end = (): void => {
    child.kill('SIGKILL');
  };
  running.add(end);
  let heard = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    heard = (heard + chunk.toString()).slice(-2_000);
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(end);
      resolve();
    });
  });
  const { port, user, system } = await new Promise<{ port: number; user: number; system: number }>(
    (resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${kind} did not start in time: ${heard}`));
      }, START_MS);
      child.once('message', (message) => {
        clearTimeout(timer);
        resolve(message as { port: number; user: number; system: number });
      });
      void exited.then(() => {
        clearTimeout(timer);
        reject(new Error(`${kind} ended: ${heard}`));
      });
    },
  );
  const pid = child.pid ?? 0;
  return {
    base: `http://127.0.0.1:${port}`,
    pid,
    readyMs: performance.now() - from,
    readyCpuMs: (user + system) / 1_000,
    usage: () =>
      new Promise((resolve) => {
        child.once('message', (message) => {
          resolve(message as Usage);
        });
        child.send('usage');
      }),
    peakRssMb() {
      const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return Number(kb) / 1024;
    },
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

let built: string | undefined;
function program(): string {
  // A reload reads on a thread of its own, from a file beside.
  built ??= bundle('lotse-bench', ['bench/load/served.ts', 'src/knowledge/loadWorker.ts']);
  return join(built, 'served.cjs');
}
