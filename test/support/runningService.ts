/**
 * The built service as an operator starts it: a process of its own on a free port, with everything real.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface RunningService {
  readonly base: string;
  readonly port: number;
  /** Ends it as an orchestrator would. */
  stop(): Promise<void>;
}

const root = join(__dirname, '..', '..');
const START_MS = 50_000;

export async function runService(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: '0',
      STORAGE: 'memory',
      KNOWLEDGE_RELOAD: 'off',
      STARTS_PER_MINUTE: '100000',
      MESSAGES_PER_MINUTE: '100000',
      MESSAGES_PER_SECOND: '1000',
      MESSAGE_BURST: '1000',
      MAX_LOOP_LAG_MS: '10000',
      DRAIN_MS: '1000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const base = await addressOf(child);
  return { base, port: Number(new URL(base).port), stop: () => stop(child) };
}

/** The one line the operator sees. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const fail = (reason: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`${reason}: ${heard}`));
    };
    const timer = setTimeout(() => {
      fail('The service did not start in time');
    }, START_MS);
    const listen = (chunk: Buffer): void => {
      heard += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(heard)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
    });
    child.on('exit', () => {
      clearTimeout(timer);
      fail('The service ended');
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.on('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
