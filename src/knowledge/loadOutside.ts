/**
 * Loads a knowledge folder outside the serving thread, within time and memory: whatever an edit does to the parser, the service goes
 * on. A thread that dies or hangs is a finding like any other.
 */
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { finding } from './findings';
import type { LoadResult } from './load';
import type { Texts } from './model';

const MAX_MEMORY_MB = 256;

export interface LoadOutsideOptions {
  readonly timeoutMs: number;
  /** Another program than loadWorker: one that looks more closely, or a broken one in tests. */
  readonly program?: string;
  readonly maxMemoryMb?: number;
}

export function loadOutside(folder: string, options: LoadOutsideOptions): Promise<LoadResult> {
  return new Promise((resolve) => {
    const worker = startWorker(folder, options.program ?? join(__dirname, `loadWorker${extname(__filename)}`), options.maxMemoryMb ?? MAX_MEMORY_MB);
    const failed = (why: string): void => {
      settle({ findings: [finding('error', 'KB_LOAD_FAILED', { file: folder, line: 1, column: 1 }, `Die Wissensbasis ließ sich nicht lesen (${why}).`)] });
    };
    const timer = setTimeout(() => {
      failed('zu langsam');
    }, options.timeoutMs);
    const settle = (result: LoadResult): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(result);
    };
    worker.once('message', (result: LoadResult) => {
      settle(withPlainTexts(result));
    });
    worker.once('error', () => {
      failed('abgebrochen');
    });
    worker.once('exit', () => {
      failed('beendet');
    });
  });
}

function startWorker(folder: string, program: string, maxMemoryMb: number): Worker {
  const limits = { workerData: folder, resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb } };
  if (extname(program) !== '.ts') return new Worker(program, limits);
  // From source (development, tests): a thread does not inherit the loader of TypeScript on Node 20.
  const source = `require(${JSON.stringify(require.resolve('tsx/cjs'))}); require(${JSON.stringify(program)});`;
  return new Worker(source, { ...limits, eval: true });
}

/** What crosses threads comes back with a prototype; texts are looked up by key and must not have one. */
function withPlainTexts(result: LoadResult): LoadResult {
  if (result.knowledge === undefined) return result;
  const texts = Object.assign(Object.create(null) as Record<string, Texts[string]>, result.knowledge.texts);
  for (const [key, byLanguage] of Object.entries(texts)) {
    texts[key] = Object.assign(Object.create(null) as Record<string, string>, byLanguage);
  }
  return { ...result, knowledge: { ...result.knowledge, texts } };
}
