/**
 * What a conversation remembers between two messages: small, plain JSON, versioned. It is forgotten after an hour of silence and on
 * „meine Daten löschen“. Holds no names, no numbers, no answer text; the last question is kept masked, for the open choice only.
 */
import { z } from 'zod';
import type { Choice, EventFilter, TurnContext as Thought } from '../src/answering/outcome';

const THREAD_VERSION = 1;

/** What an answer was about; the way back („zurück“) is a list of these. */
export type Topic = NonNullable<Thought['topic']>;

export interface Offered {
  readonly about: 'topic' | 'place' | 'event' | 'feedback';
  readonly choices: readonly Choice[];
  readonly question: string;
}

interface PausedGuide {
  readonly guideId: string;
  readonly path: readonly string[];
}

export interface Thread {
  readonly version: typeof THREAD_VERSION;
  readonly seenMs: number;
  readonly greeted: boolean;
  readonly style: 'everyday' | 'simple';
  readonly language: string;
  /** Chosen by the person; a recognised language gives way to German again. */
  readonly languageChosen: boolean;
  /** What the client said last, so that its standing settings do not undo a typed command. */
  readonly client: { readonly style?: string; readonly language?: string; readonly jobcenter?: string };
  readonly jobcenter?: string;
  /** As the person said it: landlord, employer, or neither. */
  readonly role?: 'landlord' | 'employer' | 'none';
  readonly topic?: Topic;
  /** Entry of the last answer: „mehr“, feedback and the change of style go by it. */
  readonly entryId?: string;
  /** Entry whose details have been told: they are not told twice. */
  readonly detailed?: string;
  readonly trail: readonly Topic[];
  readonly offered: Offered | null;
  /** Pages of the last reply that wait for „mehr“, on a messenger; our own published words. */
  readonly rest?: readonly string[];
  readonly pausedGuide: PausedGuide | null;
  readonly feedbackHinted: boolean;
  readonly rudeness: number;
  /** Fingerprint of the last reply and how often it was given in a row. */
  readonly last: { readonly print: string; readonly times: number };
}

const TRAIL_LENGTH = 6;

export function newThread(
  nowMs: number,
  kept: Partial<
    Pick<Thread, 'style' | 'language' | 'languageChosen' | 'client' | 'greeted' | 'jobcenter' | 'last'>
  > = {},
): Thread {
  return {
    version: THREAD_VERSION,
    seenMs: nowMs,
    greeted: false,
    style: 'everyday',
    language: 'de',
    languageChosen: false,
    client: {},
    trail: [],
    offered: null,
    pausedGuide: null,
    feedbackHinted: false,
    rudeness: 0,
    last: { print: '', times: 0 },
    ...kept,
  };
}

const shortText = z.string().max(2_000);
const filterSchema = z.strictObject({
  jobcenters: z.array(shortText).optional(),
  town: shortText.optional(),
  from: shortText.optional(),
  to: shortText.optional(),
  eventIds: z.array(shortText).optional(),
});
const topicSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entry'), id: shortText, caseDay: shortText.optional() }),
  z.strictObject({ kind: z.literal('events'), filter: filterSchema, eventIds: z.array(shortText) }),
  z.strictObject({ kind: z.literal('jobcenter'), id: shortText }),
]);
const threadSchema = z.strictObject({
  version: z.literal(THREAD_VERSION),
  seenMs: z.number(),
  greeted: z.boolean(),
  style: z.enum(['everyday', 'simple']),
  language: z.string().max(10),
  languageChosen: z.boolean(),
  client: z.strictObject({
    style: shortText.optional(),
    language: shortText.optional(),
    jobcenter: shortText.optional(),
  }),
  jobcenter: shortText.optional(),
  role: z.enum(['landlord', 'employer', 'none']).optional(),
  topic: topicSchema.optional(),
  entryId: shortText.optional(),
  detailed: shortText.optional(),
  trail: z.array(topicSchema),
  offered: z
    .strictObject({
      about: z.enum(['topic', 'place', 'event', 'feedback']),
      choices: z.array(
        z.strictObject({ id: shortText, title: shortText, value: shortText, asked: z.literal(true).optional() }),
      ),
      question: z.string(),
    })
    .nullable(),
  rest: z.array(z.string()).optional(),
  pausedGuide: z.strictObject({ guideId: shortText, path: z.array(shortText) }).nullable(),
  feedbackHinted: z.boolean(),
  rudeness: z.number(),
  last: z.strictObject({ print: shortText, times: z.number() }),
});

/** The stored thread if it is whole, of this version and not older than `idleMs`; absent: start afresh. */
export function parseThread(stored: unknown, nowMs: number, idleMs: number): Thread | undefined {
  if (!threadSchema.safeParse(stored).success) return undefined;
  const thread = stored as Thread;
  return nowMs - thread.seenMs > idleMs ? undefined : thread;
}

const dialogStateSchema = z.object({ dialogStack: z.array(z.object({ id: z.string(), state: z.unknown() })) });

/** Whether a stored dialog stack can be continued. */
export function isDialogState(stored: unknown): boolean {
  return dialogStateSchema.safeParse(stored).success;
}

/** Adds a topic to the way back, unless it is where the person already is. */
export function follow(thread: Thread, topic: Topic): Thread {
  const same = JSON.stringify(thread.trail.at(-1)) === JSON.stringify(topic);
  return { ...thread, topic, trail: same ? thread.trail : [...thread.trail, topic].slice(-TRAIL_LENGTH) };
}

/** One filter or entry back; the thread is unchanged where there is no way back. */
export function stepBack(thread: Thread): { readonly thread: Thread; readonly topic?: Topic } {
  const trail = thread.trail.slice(0, -1);
  const topic = trail.at(-1);
  return topic === undefined ? { thread } : { thread: { ...thread, trail, topic }, topic };
}

export function eventsTopic(filter: EventFilter, eventIds: readonly string[]): Topic {
  return { kind: 'events', filter, eventIds };
}
