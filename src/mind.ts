/**
 * What questions are answered with: the knowledge base, its trained ranker and the answering made of both; and the living one, which
 * takes over an edit when the check and the gold questions pass. Part of the composition: knows knowledge, answering and evaluation.
 *
 * An edit is read and checked on a thread of its own, so that a broken one costs the serving thread nothing. One that loads is built and
 * asked the gold questions here, in steps between which turns are served.
 */
import { setImmediate } from 'node:timers/promises';
import { createAnswering, type Answering } from './answering/answering';
import { modelFor } from './answering/modelFor';
import type { TurnContext } from './answering/outcome';
import type { RankerModel } from './answering/ranker';
import { goldFindings } from './evaluation/goldGate';
import type { Finding } from './knowledge/findings';
import type { KnowledgeBase } from './knowledge/model';
import { modelVersion } from './knowledge/modelFile';
import { createLiveKnowledge, type ReloadEvent } from './knowledge/reload';

/** One per turn, so that a reload never splits a turn. */
export interface Mind {
  readonly knowledge: KnowledgeBase;
  readonly answering: Answering;
}

type Audience = TurnContext['audience'];
const EVERYBODY: readonly Audience[] = ['citizens', 'staff'];

export interface LiveMindOptions {
  readonly folder: string;
  readonly onEvent?: (event: ReloadEvent) => void;
  /** `false`: the first load stays for good. */
  readonly watch?: boolean;
  /** `false`: whatever loads goes live; for the preview. */
  readonly askGold?: boolean;
  /** Explanations for the preview. */
  readonly explain?: boolean;
  /** How often is looked for an edit. */
  readonly pollMs?: number;
  /** Who is served: their indexes are made before the first question, and an edit is asked their gold questions. Both unless told. */
  readonly audiences?: readonly Audience[];
}

export interface LiveMind {
  /** Undefined as long as nothing good was ever loaded. */
  current(): Mind | undefined;
  /** For `/readyz`. */
  status(): { readonly version: string; readonly stale: boolean } | undefined;
  /** What the last load found, warnings included. */
  findings(): readonly Finding[];
  /** Looks now; resolves when what was found is live or rejected. */
  reload(): Promise<void>;
  close(): void;
}

/** Live within five seconds: two looks until the files are quiet, the rest for building. */
const POLL_MS = 300;

/** Resolves after the first load, good or not. */
export async function createLiveMind(options: LiveMindOptions): Promise<LiveMind> {
  const { folder, onEvent, audiences = EVERYBODY } = options;
  let serving = false;
  let learned: { readonly version: string; readonly model: RankerModel } | undefined;
  /** Unpacking a trained file takes a moment, learning seconds: both only when something new was trained. */
  const modelOf = (knowledge: KnowledgeBase): RankerModel => {
    const version = modelVersion(folder);
    if (learned?.version !== version) learned = { version, model: modelFor(folder, knowledge) };
    return learned.model;
  };
  const live = await createLiveKnowledge<Mind>({
    folder,
    build: async (knowledge) => {
      const answering = createAnswering(knowledge, { model: modelOf(knowledge), explain: options.explain ?? false });
      const mind = { knowledge, answering };
      await prepare(mind, audiences);
      return mind;
    },
    // Where nothing is served yet, anything that loads is better than nothing.
    gate: (mind) => (serving && options.askGold !== false ? goldFindings(folder, mind.answering, audiences) : []),
    pollMs: options.watch === false ? 0 : (options.pollMs ?? POLL_MS),
    onEvent: (event) => {
      serving ||= event.kind === 'live';
      onEvent?.(event);
    },
  });
  return {
    current: () => live.current(),
    status: () => live.status(),
    findings: () => live.findings(),
    reload: () => live.reload(),
    close: () => {
      live.close();
    },
  };
}

/** The first person should not wait for the indexes; turns run between the steps. */
async function prepare({ answering }: Mind, audiences: readonly Audience[]): Promise<void> {
  for (const audience of audiences) {
    for (const steps = answering.prepare(audience); steps.next().done !== true;) await setImmediate();
  }
}
