/**
 * Starts a TypeScript script as a process of its own and reads what it prints line by line. Whatever still runs at the end of the test file is killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Script {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** The first line, printed already or yet to come, that the test accepts. */
  line(accepts: (line: string) => boolean): Promise<string>;
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

export interface ScriptOptions {
  /** Runs the script under this account. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Put before the command, e.g. `['unshare', '-rm']`. */
  readonly wrapper?: readonly string[];
}

const root = join(__dirname, '..', '..');
const running = new Set<ChildProcess>();

/** `name` as in `test/faults/scripts`, without `.ts`. */
export function startScript(name: string, args: readonly string[], options: ScriptOptions = {}): Script {
  const command = [
    ...(options.wrapper ?? []),
    process.execPath,
    '--import',
    'tsx',
    join(root, 'test', 'faults', 'scripts', `${name}.ts`),
    ...args,
  ];
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options.account,
  });
  running.add(child);
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const waiter of [...waiting]) waiter();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  child.stdin.on('error', () => undefined);
  let ended = false;
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child);
    ended = true;
    wake();
    return typeof code === 'number' ? code : null;
  });
  return {
    child,
    lines,
    exited,
    line: (accepts) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(accepts);
          if (found === undefined && !ended) return;
          waiting.delete(look);
          if (found === undefined)
            reject(new Error(`The script ended without it:\n${[...lines, ...errors].join('\n')}`));
          else resolve(found);
        };
        waiting.add(look);
        look();
      }),
    kill: (signal) => {
      child.kill(signal);
    },
  };
}

export async function killScripts(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      return closed;
    }),
  );
}
