/**
 * The log of a Direct Line conversation: what was said, in the order of its sequence numbers, and the inbox of messages that still want a turn.
 * It is the outbox of a turn. An hour after the last message of the person nothing of it is left.
 *
 *   dl/conversation/<id>        who, the next sequence number and those in the inbox (its eTag orders all appends)
 *   dl/log/<id>/<sequence>      one activity
 *   dl/inbox/<id>/<sequence>    an accepted activity without its turn yet
 *   dl/posted/<id>/<client id>  the activity id a repeated post gets back
 */
import { LotseError } from '../../errors';
import type { Clock } from '../../clock';
import { createTurnGate } from './turnGate';
import type { Change, CommitResult, Fanout, Outbox, Store, StoredValue } from '../../storage/ports';

export interface Conversation {
  readonly version: 2;
  readonly userId: string;
  readonly origin: string;
  readonly nextSequence: number;
  /** Sequence numbers of the inbox, ascending. */
  readonly waiting: readonly number[];
  /** Last message of the person. */
  readonly activeMs: number;
}

interface LogPage {
  readonly activities: readonly unknown[];
  /** Sequence number to read on from. */
  readonly watermark: number;
  /** Whether the log had more when this was read. */
  readonly more: boolean;
}

export interface InboxItem {
  readonly key: string;
  readonly eTag: string;
  readonly json: string;
}

interface PostedActivity {
  readonly echo?: Readonly<Record<string, unknown>>;
  readonly inbox: Readonly<Record<string, unknown>>;
  /** The client's own id; the same one again is the same post. */
  readonly clientActivityId?: string;
}

export type PostResult =
  | { readonly status: 'posted' | 'repeated'; readonly id: string }
  | { readonly status: 'gone' }
  | { readonly status: 'full' };

export interface ConversationLog {
  open(
    id: string,
    owner: { readonly userId: string; readonly origin: string },
    first: Readonly<Record<string, unknown>>,
  ): Promise<'opened' | 'exists'>;
  find(id: string): Promise<Conversation | undefined>;
  /** Takes an activity of the person: echo and inbox in one batch, durable when it resolves. */
  post(id: string, posted: PostedActivity): Promise<PostResult>;
  /** Activities from the watermark on; undefined when the conversation is gone. */
  page(id: string, watermark: number): Promise<LogPage | undefined>;
  inbox(id: string): Promise<readonly InboxItem[]>;
  /** Conversations with something in the inbox, e.g. after a crash. */
  waiting(): Promise<readonly string[]>;
  outbox(id: string): Outbox;
  countOpen(): Promise<number>;
}

interface ConversationLogOptions {
  readonly store: Store;
  readonly fanout: Fanout;
  readonly clock: Clock;
  readonly idleMs: number;
  /** Oldest activities go when a log is longer. */
  readonly maxLogEntries: number;
  /** Messages that may wait for their turn. */
  readonly maxInbox: number;
}

const maxCommitAttempts = 50;
const pageSize = 200;
/** A reader that keeps up has missed no more than this; what it asks for comes with the look at the conversation. */
const usuallyMissed = 4;

/** What an append writes beside the conversation itself. */
interface Batch {
  readonly changes: readonly Change[];
  /** The conversation as it is then; the time of its end is set by `append`. */
  readonly conversation: Conversation;
}

type Appended = { readonly status: 'committed' } | { readonly status: 'conflict' } | { readonly status: 'gone' };

interface Found {
  readonly conversation: Conversation;
  /** Values of the keys that were read along. */
  readonly along: ReadonlyMap<string, StoredValue>;
  readonly expiresAtMs: number;
}

export function createConversationLog(options: ConversationLogOptions): ConversationLog {
  const { store, fanout, clock } = options;
  /** Appends of one conversation take turns inside the process, so that only other replicas can make a commit fail. */
  const gate = createTurnGate();

  /** The conversation and, seen at the same moment, other keys. */
  const load = async (
    id: string,
    along: readonly string[] = [],
  ): Promise<{ conversation: Conversation; eTag: string; along: ReadonlyMap<string, StoredValue> } | undefined> => {
    const key = conversationKey(id);
    const values = await store.read([key, ...along]);
    const stored = values.get(key);
    const conversation = stored === undefined ? undefined : parseConversation(stored.value);
    return stored === undefined || conversation === undefined
      ? undefined
      : { conversation, eTag: stored.eTag, along: values };
  };

  /** Appends what `build` says under the conversation's fence; what it says that is no batch is given back, and nothing is written. */
  const append = <T extends { readonly status: string }>(
    id: string,
    along: readonly string[],
    build: (found: Found) => Batch | T,
  ): Promise<T | Appended> =>
    gate(id, async () => {
      for (let attempt = 0; attempt < maxCommitAttempts; attempt += 1) {
        const found = await load(id, along);
        if (found === undefined) return { status: 'gone' };
        const expiresAtMs = clock.nowMs() + options.idleMs;
        const built = build({ conversation: found.conversation, along: found.along, expiresAtMs });
        if (!('changes' in built)) return built;
        const { conversation, changes } = built;
        const meta: Change = {
          key: conversationKey(id),
          value: JSON.stringify(conversation),
          expect: found.eTag,
          expiresAtMs: conversation.activeMs + options.idleMs,
        };
        const trimmed = range(
          found.conversation.nextSequence - options.maxLogEntries,
          conversation.nextSequence - options.maxLogEntries,
        ).map((sequence) => ({ key: logKey(id, sequence), value: null }));
        if ((await store.commit([meta, ...changes, ...trimmed])) === 'committed') return { status: 'committed' };
        const again = await load(id);
        // The fence that failed was not ours: the caller's state has changed.
        if (again?.eTag === found.eTag) return { status: 'conflict' };
      }
      throw new LotseError('STORAGE_CONTENTION', 'A conversation log could not be appended to');
    });

  return {
    async open(id, owner, first) {
      const nowMs = clock.nowMs();
      const expiresAtMs = nowMs + options.idleMs;
      const conversation: Conversation = { version: 2, ...owner, nextSequence: 1, waiting: [0], activeMs: nowMs };
      const result = await store.commit([
        { key: conversationKey(id), value: JSON.stringify(conversation), expect: null, expiresAtMs },
        { key: inboxKey(id, 0), value: JSON.stringify({ ...first, id: activityId(id, 0) }), expiresAtMs },
      ]);
      return result === 'committed' ? 'opened' : 'exists';
    },

    async find(id) {
      return (await load(id))?.conversation;
    },

    async post(id, { echo, inbox, clientActivityId }) {
      const marker = clientActivityId === undefined ? undefined : postedKey(id, clientActivityId);
      for (;;) {
        let assigned = '';
        const result = await append<PostResult>(
          id,
          marker === undefined ? [] : [marker],
          ({ conversation, along, expiresAtMs }) => {
            const earlier = marker === undefined ? undefined : along.get(marker);
            if (earlier !== undefined) return { status: 'repeated', id: earlier.value };
            const { nextSequence: next, waiting } = conversation;
            if (waiting.length >= options.maxInbox) return { status: 'full' };
            assigned = activityId(id, next);
            const changes: Change[] = [
              { key: inboxKey(id, next), value: JSON.stringify({ ...inbox, id: assigned }), expiresAtMs },
            ];
            if (echo !== undefined)
              changes.push({ key: logKey(id, next), value: JSON.stringify({ ...echo, id: assigned }), expiresAtMs });
            if (marker !== undefined) changes.push({ key: marker, value: assigned, expect: null, expiresAtMs });
            return {
              changes,
              conversation: {
                ...conversation,
                nextSequence: next + 1,
                waiting: [...waiting, next],
                activeMs: clock.nowMs(),
              },
            };
          },
        );
        if (result.status === 'committed') {
          await fanout.publish(logTopic(id));
          return { status: 'posted', id: assigned };
        }
        // Of two posts of the same activity the other one was first: it is found now.
        if (result.status !== 'conflict') return result;
      }
    },

    async page(id, watermark) {
      const guessed = range(watermark, watermark + usuallyMissed).map((sequence) => logKey(id, sequence));
      const found = await load(id, guessed);
      if (found === undefined) return undefined;
      const { nextSequence } = found.conversation;
      const from = Math.max(watermark, nextSequence - options.maxLogEntries);
      const to = Math.min(nextSequence, from + pageSize);
      const keys = range(from, to).map((sequence) => logKey(id, sequence));
      const known = from === watermark && keys.length <= usuallyMissed;
      const values = known ? found.along : await store.read(keys);
      return {
        // Not every number is an activity of the log: some of the inbox are not shown.
        activities: keys.flatMap((key) => values.get(key) ?? []).map(({ value }) => JSON.parse(value) as unknown),
        watermark: to,
        more: to < nextSequence,
      };
    },

    async inbox(id) {
      const waiting = (await load(id))?.conversation.waiting ?? [];
      const keys = waiting.map((sequence) => inboxKey(id, sequence));
      const values = keys.length === 0 ? new Map<string, StoredValue>() : await store.read(keys);
      return keys.flatMap((key) => {
        const found = values.get(key);
        return found === undefined ? [] : [{ key, eTag: found.eTag, json: found.value }];
      });
    },

    async waiting() {
      const ids = new Set<string>();
      let after: string | undefined;
      for (;;) {
        const page: readonly (readonly [string, StoredValue])[] = await store.list('dl/inbox/', {
          limit: pageSize,
          ...(after === undefined ? {} : { after }),
        });
        for (const [key] of page) ids.add(key.split('/')[2] ?? '');
        after = page.at(-1)?.[0];
        if (page.length < pageSize) return [...ids];
      }
    },

    outbox: (id) => ({
      async commit(changes, replies, { forget }): Promise<CommitResult> {
        const posted = forget ? (await store.list(postedPrefix(id))).map(([key]) => key) : [];
        const taken = new Set(changes.flatMap(({ key, value }) => (value === null ? [key] : [])));
        const { status } = await append<never>(id, [], ({ conversation, expiresAtMs }) => {
          const next = conversation.nextSequence;
          const forgotten = forget
            ? [...range(next - options.maxLogEntries, next).map((sequence) => logKey(id, sequence)), ...posted]
            : [];
          return {
            changes: [
              ...changes,
              ...forgotten.map((key) => ({ key, value: null })),
              ...replies.map((json, index) => ({
                key: logKey(id, next + index),
                value: stamped(json, activityId(id, next + index), clock.nowMs()),
                expiresAtMs,
              })),
            ],
            conversation: {
              ...conversation,
              nextSequence: next + replies.length,
              waiting: conversation.waiting.filter((sequence) => !taken.has(inboxKey(id, sequence))),
            },
          };
        });
        // The person has gone meanwhile: the state may be settled, nobody is left to hear the replies.
        if (status === 'gone') return store.commit(changes);
        if (status === 'committed') await fanout.publish(logTopic(id));
        return status;
      },
    }),

    async countOpen() {
      let count = 0;
      let after: string | undefined;
      for (;;) {
        const page: readonly (readonly [string, StoredValue])[] = await store.list('dl/conversation/', {
          limit: 1000,
          ...(after === undefined ? {} : { after }),
        });
        count += page.length;
        after = page.at(-1)?.[0];
        if (page.length < 1000) return count;
      }
    },
  };
}

/** Rings when something new lies in a conversation's log. */
export function logTopic(id: string): string {
  return `dl/${id}`;
}

function conversationKey(id: string): string {
  return `dl/conversation/${id}`;
}
function logPrefix(id: string): string {
  return `dl/log/${id}/`;
}
function logKey(id: string, sequence: number): string {
  return `${logPrefix(id)}${padded(sequence)}`;
}
function inboxPrefix(id: string): string {
  return `dl/inbox/${id}/`;
}
function inboxKey(id: string, sequence: number): string {
  return `${inboxPrefix(id)}${padded(sequence)}`;
}
function postedPrefix(id: string): string {
  return `dl/posted/${id}/`;
}
function postedKey(id: string, clientActivityId: string): string {
  return `${postedPrefix(id)}${encodeURIComponent(clientActivityId)}`;
}
function padded(sequence: number): string {
  return String(sequence).padStart(9, '0');
}
function activityId(id: string, sequence: number): string {
  return `${id}|${padded(sequence)}`;
}

function stamped(json: string, id: string, nowMs: number): string {
  return JSON.stringify({ ...(JSON.parse(json) as object), id, timestamp: new Date(nowMs).toISOString() });
}

function range(from: number, to: number): readonly number[] {
  const start = Math.max(0, from);
  return Array.from({ length: Math.max(0, to - start) }, (_, index) => start + index);
}

function parseConversation(json: string): Conversation | undefined {
  try {
    const value = JSON.parse(json) as Partial<Conversation> | null;
    return value?.version === 2 &&
      typeof value.nextSequence === 'number' &&
      typeof value.userId === 'string' &&
      Array.isArray(value.waiting)
      ? (value as Conversation)
      : undefined;
  } catch {
    return undefined;
  }
}
