/**
 * What questions are answered with: the knowledge base, its trained ranker and the answering made of both; and the living one, which
 * takes over an edit when the check and the gold questions pass. Part of the composition: knows knowledge, answering and evaluation.
 *
 * An edit is loaded, built and asked the gold questions on a thread of its own (mindWorker.ts), so that a broken one costs the serving
 * thread nothing. Only an accepted one is built here.
 */
import { extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createAnswering, type Answering } from './answering/answering';
import { modelFor } from './answering/modelFor';
import { LotseError } from './errors';
import { formatFinding } from './knowledge/findings';
import { loadOutside } from './knowledge/loadOutside';
import type { KnowledgeBase } from './knowledge/model';
import { createLiveKnowledge } from './knowledge/reload';

/** One per turn, so that a reload never splits a turn. */
export interface Mind {
  readonly knowledge: KnowledgeBase;
  readonly answering: Answering;
}

const LOAD_TIMEOUT_MS = 30_000;
/** The gate holds a whole second copy of the indexes. */
const LOAD_MEMORY_MB = 512;
const ANY_DAY = '2026-01-01';

/** Throws LotseError `MODEL_UNREADABLE`. */
export function createMind(
  folder: string,
  knowledge: KnowledgeBase,
  options: { readonly explain?: boolean } = {},
): Mind {
  return { knowledge, answering: createAnswering(knowledge, { model: modelFor(folder, knowledge), ...options }) };
}

export type MindEvent =
  | { readonly kind: 'live'; readonly version: string }
  /** `findings` are printable German lines. */
  | { readonly kind: 'rejected'; readonly findings: readonly string[] };

export interface LiveMindOptions {
  readonly folder: string;
  readonly onEvent?: (event: MindEvent) => void;
  /** `false`: the first load stays for good. */
  readonly watch?: boolean;
  /** Explanations for the preview. */
  readonly explain?: boolean;
  /** How often is looked for an edit. */
  readonly pollMs?: number;
}

export interface LiveMind {
  /** Throws LotseError `KNOWLEDGE_MISSING` as long as nothing good was ever loaded. */
  current(): Mind;
  /** For `/readyz`. */
  status(): { readonly version: string; readonly stale: boolean } | undefined;
  /** What the last load found, warnings included, as printable German lines. */
  findings(): readonly string[];
  /** Looks now; resolves when what was found is live or rejected. */
  reload(): Promise<void>;
  close(): void;
}

/** Resolves after the first load, good or not. */
export async function createLiveMind(options: LiveMindOptions): Promise<LiveMind> {
  const { folder, onEvent } = options;
  const live = await createLiveKnowledge<Mind>({
    folder,
    build: async (knowledge) => {
      const mind = createMind(folder, knowledge, options.explain === undefined ? {} : { explain: options.explain });
      await warm(mind);
      return mind;
    },
    load: (from) =>
      loadOutside(from, { timeoutMs: LOAD_TIMEOUT_MS, maxMemoryMb: LOAD_MEMORY_MB, program: workerProgram() }),
    ...(options.watch === false ? { pollMs: 0 } : options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
    onEvent: (event) => {
      onEvent?.(event.kind === 'live' ? event : { kind: 'rejected', findings: event.findings.map(formatFinding) });
    },
  });
  return {
    current() {
      const mind = live.current();
      if (mind === undefined) throw new LotseError('KNOWLEDGE_MISSING', 'No knowledge base has been loaded yet');
      return mind;
    },
    status: () => live.status(),
    findings: () => live.findings().map(formatFinding),
    reload: () => live.reload(),
    close: () => {
      live.close();
    },
  };
}

/** Indexes are made with the first question; the first person should not wait for them. Turns run between the two. */
async function warm({ knowledge, answering }: Mind): Promise<void> {
  const question = knowledge.entries[0]?.title ?? 'Hilfe';
  for (const audience of ['citizens', 'staff'] as const) {
    await setImmediate();
    answering.answer(question, { today: ANY_DAY, audience, style: 'everyday', language: 'de' });
  }
  await setImmediate();
}

function workerProgram(): string {
  return join(__dirname, `mindWorker${extname(__filename)}`);
}
