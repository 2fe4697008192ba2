/**
 * The log of a Direct Line conversation: what was said, in the order of its sequence numbers, and the inbox of messages that still want a turn.
 * It is the outbox of a turn. An hour after the last message of the person nothing of it is left.
 *
 *   dl/conversation/<id>        who, and the next sequence number (its eTag orders all appends)
 *   dl/log/<id>/<sequence>      one activity
 *   dl/inbox/<id>/<sequence>    an accepted activity without its turn yet
 *   dl/posted/<id>/<client id>  the activity id a repeated post gets back
 */
import { LotseError } from '../../errors';
import type { Clock } from '../../clock';
import { createTurnGate } from './turnGate';
import type { Change, CommitResult, Fanout, Outbox, Store, StoredValue } from '../../storage/ports';

export interface Conversation {
  readonly version: 1;
  readonly userId: string;
  readonly origin: string;
  readonly nextSequence: number;
  /** Last message of the person. */
  readonly activeMs: number;
}

export interface LogPage {
  readonly activities: readonly unknown[];
  /** Sequence number after the last activity of the page. */
  readonly watermark: number;
}

export interface InboxItem {
  readonly key: string;
  readonly eTag: string;
  readonly json: string;
}

export interface PostedActivity {
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

export interface ConversationLogOptions {
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

export function createConversationLog(options: ConversationLogOptions): ConversationLog {
  const { store, fanout, clock } = options;
  /** Appends of one conversation take turns inside the process, so that only other replicas can make a commit fail. */
  const gate = createTurnGate();

  const load = async (id: string): Promise<{ conversation: Conversation; eTag: string } | undefined> => {
    const key = conversationKey(id);
    const stored = (await store.read([key])).get(key);
    if (stored === undefined) return undefined;
    const conversation = parseConversation(stored.value);
    return conversation === undefined ? undefined : { conversation, eTag: stored.eTag };
  };

  /** Appends under the conversation's fence; `build` gets the next number and says how many it takes. */
  const append = (
    id: string,
    build: (
      next: number,
      expiresAtMs: number,
    ) => { readonly changes: readonly Change[]; readonly taken: number; readonly active: boolean },
  ): Promise<'committed' | 'conflict' | 'gone'> =>
    gate(id, async () => {
      for (let attempt = 0; attempt < maxCommitAttempts; attempt += 1) {
        const found = await load(id);
        if (found === undefined) return 'gone';
        const { conversation, eTag } = found;
        const nowMs = clock.nowMs();
        const next = conversation.nextSequence;
        const { changes, taken, active } = build(next, nowMs + options.idleMs);
        const activeMs = active ? nowMs : conversation.activeMs;
        const meta: Change = {
          key: conversationKey(id),
          value: JSON.stringify({ ...conversation, nextSequence: next + taken, activeMs }),
          expect: eTag,
          expiresAtMs: activeMs + options.idleMs,
        };
        const trim = range(next - options.maxLogEntries, next + taken - options.maxLogEntries).map((sequence) => ({
          key: logKey(id, sequence),
          value: null,
        }));
        if ((await store.commit([meta, ...changes, ...trim])) === 'committed') return 'committed';
        const again = await load(id);
        // The fence that failed was not ours: the caller's state has changed.
        if (again?.eTag === eTag) return 'conflict';
      }
      throw new LotseError('STORAGE_CONTENTION', 'A conversation log could not be appended to');
    });

  return {
    async open(id, owner, first) {
      const nowMs = clock.nowMs();
      const expiresAtMs = nowMs + options.idleMs;
      const conversation: Conversation = { version: 1, ...owner, nextSequence: 1, activeMs: nowMs };
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
      const earlier = async (): Promise<string | undefined> =>
        marker === undefined ? undefined : (await store.read([marker])).get(marker)?.value;
      for (;;) {
        const repeated = await earlier();
        if (repeated !== undefined) return { status: 'repeated', id: repeated };
        if ((await store.list(inboxPrefix(id), { limit: options.maxInbox })).length >= options.maxInbox)
          return { status: 'full' };
        let assigned = '';
        const result = await append(id, (next, expiresAtMs) => {
          assigned = activityId(id, next);
          const changes: Change[] = [
            { key: inboxKey(id, next), value: JSON.stringify({ ...inbox, id: assigned }), expiresAtMs },
          ];
          if (echo !== undefined)
            changes.push({ key: logKey(id, next), value: JSON.stringify({ ...echo, id: assigned }), expiresAtMs });
          if (marker !== undefined) changes.push({ key: marker, value: assigned, expect: null, expiresAtMs });
          return { changes, taken: 1, active: true };
        });
        if (result === 'gone') return { status: 'gone' };
        if (result === 'committed') {
          await fanout.publish(logTopic(id));
          return { status: 'posted', id: assigned };
        }
      }
    },

    async page(id, watermark) {
      const conversation = (await load(id))?.conversation;
      if (conversation === undefined) return undefined;
      const after = watermark > 0 ? { after: logKey(id, watermark - 1) } : {};
      const entries = await store.list(logPrefix(id), { ...after, limit: pageSize });
      const last = entries.at(-1);
      return {
        activities: entries.map(([, { value }]) => JSON.parse(value) as unknown),
        watermark: last === undefined ? Math.min(watermark, conversation.nextSequence) : sequenceOf(last[0]) + 1,
      };
    },

    async inbox(id) {
      // Bounded by `maxInbox`, which `post` holds.
      const items = await store.list(inboxPrefix(id));
      return items.map(([key, { value, eTag }]: readonly [string, StoredValue]) => ({ key, eTag, json: value }));
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
        const old = forget ? [...(await store.list(logPrefix(id))), ...(await store.list(postedPrefix(id)))] : [];
        const result = await append(id, (next, expiresAtMs) => ({
          changes: [
            ...changes,
            ...old.map(([key]) => ({ key, value: null })),
            ...replies.map((json, index) => ({
              key: logKey(id, next + index),
              value: stamped(json, activityId(id, next + index), clock.nowMs()),
              expiresAtMs,
            })),
          ],
          taken: replies.length,
          active: false,
        }));
        // The person has gone meanwhile: the state may be settled, nobody is left to hear the replies.
        if (result === 'gone') return store.commit(changes);
        if (result === 'committed') await fanout.publish(logTopic(id));
        return result;
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
function sequenceOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1));
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
    return value?.version === 1 && typeof value.nextSequence === 'number' && typeof value.userId === 'string'
      ? (value as Conversation)
      : undefined;
  } catch {
    return undefined;
  }
}
