/**
 * The service as a process of its own, for faults that need one: killed, drained, started again. Built once per test file from the sources as they are,
 * so that a start costs what it costs in production.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle';
import { generous } from './service';
import { talkingKnowledge } from './talkingKnowledge';

export interface ServiceProcess {
  readonly base: string;
  readonly child: ChildProcess;
  /** Milliseconds from the spawn to the address line. */
  readonly readyMs: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  kill(
    signal: NodeJS.Signals,
  ): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly afterMs: number }>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lotse-'));
}

export async function startProcess(
  env: Readonly<Record<string, string>>,
  options: { readonly timeoutMs?: number; readonly preload?: string } = {},
): Promise<ServiceProcess> {
  const startedMs = Date.now();
  const preload = options.preload === undefined ? [] : ['--require', options.preload];
  const child = spawn(process.execPath, [...preload, program()], {
    env: {
      ...cleanEnvironment(),
      ...generous,
      STORAGE: 'level',
      PORT: '0',
      KNOWLEDGE_DIR: knowledge(),
      KNOWLEDGE_RELOAD: 'off',
      LOG_LEVEL: 'info',
      DATA_DIR: temporaryFolder(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const base = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`No address after ${options.timeoutMs ?? 20_000} ms: ${stderr}`));
    }, options.timeoutMs ?? 20_000);
    child.stdout.on('data', () => {
      const address = /Jobcenter-Lotse: (http:\/\/[^/]+)\//.exec(stdout)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    void exited.then(({ code }) => {
      clearTimeout(timer);
      reject(new Error(`Ended with ${code ?? 'a signal'}: ${stderr}`));
    });
  });
  return {
    base,
    child,
    readyMs: Date.now() - startedMs,
    stdout: () => stdout,
    stderr: () => stderr,
    async kill(signal) {
      const askedMs = Date.now();
      child.kill(signal);
      return { ...(await exited), afterMs: Date.now() - askedMs };
    },
  };
}

let folder: string | undefined;
function knowledge(): string {
  folder ??= talkingKnowledge();
  return folder;
}

let built: string | undefined;
function program(): string {
  built ??= bundle('lotse-tests', ['src/main.ts']);
  return join(built, 'main.cjs');
}

/** The tests' own environment must not configure the service. */
function cleanEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}
