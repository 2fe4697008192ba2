/**
 * Keeps a knowledge base live: looks for changes, loads them outside the serving thread, lets the caller build and test what it serves
 * from, and swaps one reference. A failure at any step keeps the last good one and marks it stale. Knows no gold questions (the caller
 * brings the gate) and logs nothing.
 *
 * Looks by polling file times: that works on every file system and for a `git pull`, which replaces files instead of writing them.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from './findings';
import { loadKnowledge, type LoadResult } from './load';
import { loadOutside } from './loadOutside';
import type { KnowledgeBase } from './model';
import { modelVersion } from './modelFile';

export type ReloadEvent =
  | { readonly kind: 'live'; readonly version: string }
  | { readonly kind: 'rejected'; readonly version: string | undefined; readonly findings: readonly Finding[] };

export interface LiveKnowledgeOptions<T> {
  readonly folder: string;
  /** Builds what is served (indexes and the like). May throw; then the edit is rejected. */
  readonly build: (knowledge: KnowledgeBase) => T | Promise<T>;
  /** The gold questions; findings of severity `error` reject the edit. */
  readonly gate?: (built: T) => readonly Finding[] | Promise<readonly Finding[]>;
  readonly onEvent?: (event: ReloadEvent) => void;
  /** 0: never looks by itself. */
  readonly pollMs?: number;
  readonly load?: (folder: string) => Promise<LoadResult>;
}

export interface LiveKnowledge<T> {
  /** What the last accepted edit built; a turn reads it once, so that it sees one version from beginning to end. */
  current(): T | undefined;
  /** For `/readyz`: nothing before the first good load; `stale` while the files hold an edit that was rejected. */
  status(): { readonly version: string; readonly stale: boolean } | undefined;
  /** What the last load reported, warnings included. */
  findings(): readonly Finding[];
  /** Looks now; resolves when what was found is live or rejected. */
  reload(): Promise<void>;
  close(): void;
}

const POLL_MS = 1_000;
const LOAD_TIMEOUT_MS = 15_000;

/** Resolves after the first load, good or not. */
export async function createLiveKnowledge<T>(options: LiveKnowledgeOptions<T>): Promise<LiveKnowledge<T>> {
  const { folder, build, gate, onEvent } = options;
  const load = options.load ?? ((from: string) => loadOutside(from, { timeoutMs: LOAD_TIMEOUT_MS }));
  let live: { readonly built: T; readonly version: string; readonly trained: string } | undefined;
  let stale = false;
  let findings: readonly Finding[] = [];
  let seen = signature(folder);
  let running: Promise<void> = Promise.resolve();

  const reject = (version: string | undefined, why: readonly Finding[]): void => {
    findings = why;
    stale = true;
    onEvent?.({ kind: 'rejected', version, findings: why });
  };

  const take = async (result: LoadResult): Promise<void> => {
    const { knowledge } = result;
    if (knowledge === undefined) {
      reject(undefined, result.findings);
      return;
    }
    const trained = modelVersion(folder);
    if (knowledge.version === live?.version && trained === live.trained) {
      // Undone: the files are what is served again.
      findings = result.findings;
      const wasStale = stale;
      stale = false;
      if (wasStale) onEvent?.({ kind: 'live', version: knowledge.version });
      return;
    }
    try {
      const built = await build(knowledge);
      const all = [...result.findings, ...((await gate?.(built)) ?? [])];
      if (all.some((each) => each.severity === 'error')) {
        reject(knowledge.version, all);
        return;
      }
      live = { built, version: knowledge.version, trained };
      findings = all;
      stale = false;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      reject(knowledge.version, [finding('error', 'KB_BUILD_FAILED', { file: folder, line: 1, column: 1 }, `Aus der Wissensbasis ließ sich kein Index bauen: ${why}`)]);
      return;
    }
    onEvent?.({ kind: 'live', version: knowledge.version });
  };

  /** One load at a time, in the order in which they were asked for. Never rejects, or no later edit would be taken. */
  const enqueue = (loaded: () => Promise<LoadResult>): Promise<void> => {
    running = running.then(async () => {
      let result: LoadResult;
      try {
        result = await loaded();
      } catch {
        const at = { file: folder, line: 1, column: 1 };
        result = { findings: [finding('error', 'KB_LOAD_FAILED', at, 'Die Wissensbasis ließ sich nicht lesen.')] };
      }
      await take(result);
    });
    return running;
  };

  // Nothing is served yet, so the first load needs no thread of its own.
  await enqueue(() => Promise.resolve(loadKnowledge(folder)));

  const pollMs = options.pollMs ?? POLL_MS;
  let changing = false;
  const look = (): void => {
    const now = signature(folder);
    if (now !== seen) {
      // Still being written: wait until it has been quiet for one look.
      changing = true;
      seen = now;
    } else if (changing) {
      changing = false;
      void enqueue(() => load(folder));
    }
  };
  const timer = pollMs > 0 ? setInterval(look, pollMs) : undefined;
  timer?.unref();

  return {
    current: () => live?.built,
    status: () => (live === undefined ? undefined : { version: live.version, stale }),
    findings: () => findings,
    reload: () => enqueue(() => load(folder)),
    close: () => {
      clearInterval(timer);
    },
  };
}

/** Changes with every write, rename or deletion of a YAML file below the folder, of the trained model and of the stored figures. */
function signature(folder: string): string {
  const parts: string[] = [];
  const descend = (relative: string, depth: number): void => {
    for (const each of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = join(relative, each.name);
      if (each.name.startsWith('.')) continue;
      if (each.isDirectory() && depth < 4) descend(path, depth + 1);
      else if (/\.ya?ml$|^ranker\.|^baseline\.json$/.test(each.name)) {
        const { mtimeMs, size, ino } = statSync(join(folder, path));
        parts.push(`${path}:${mtimeMs}:${size}:${ino}`);
      }
    }
  };
  try {
    descend('', 0);
  } catch {
    // A file vanished while looking, or the folder is gone: differs from every complete look.
    return `unlesbar:${parts.length}`;
  }
  return parts.sort().join('\n');
}
