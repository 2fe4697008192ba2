/**
 * One turn, exactly once: waits for its place in the conversation, drops what was already answered, runs the bot with its replies held back,
 * commits state, deduplication key and replies as one batch, and only then sends. On a conflict the turn is run again, replies discarded.
 * Refuses to know channels: an arrival says what the channel can do and where its outbox is.
 */
import type { Activity, ResourceResponse, TurnContext } from 'botbuilder';
import type { Clock } from '../clock';
import { LotseError } from '../errors';
import { errorCode, maskId, type Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { Change, CommitResult, Locks, Outbox, Store } from '../storage/ports';
import type { Turn } from './conversation';
import {
  conversationIdleMs,
  conversationKey,
  isDeletionRequested,
  keyPart,
  type ConversationStateStore,
} from './state';

export interface Arrival extends Turn {
  /** Where replies are committed with the state; absent: the channel sends them itself after the commit. */
  readonly outbox?: Outbox;
  /** The caller already holds the conversation's place (`exclusively`). */
  readonly serialised?: boolean;
  /** Committed with the turn, whatever its result: e.g. the message taken out of the inbox. */
  readonly alongside?: readonly Change[];
}

export type TurnResult = 'committed' | 'duplicate' | 'failed' | 'rejected';

export interface Turns {
  run(context: TurnContext, arrival: Arrival): Promise<TurnResult>;
  /** Resolves when no turn is running. */
  idle(): Promise<void>;
  readonly inFlight: number;
}

interface TurnsOptions {
  readonly store: Store;
  readonly locks: Locks;
  readonly state: ConversationStateStore;
  readonly handle: (context: TurnContext, turn: Turn) => Promise<void>;
  /** What is said when a turn fails: „Da ist etwas schiefgegangen …“, by channel capability neutral text. */
  readonly apology: (context: TurnContext) => Partial<Activity>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Turns of one conversation that may wait; one more is refused. */
  readonly queueDepth: number;
}

const maxRuns = 3;

export function createTurns(options: TurnsOptions): Turns {
  const { store, locks, state, clock, logger, metrics } = options;
  const waiting = new Map<string, number>();
  const idleListeners = new Set<() => void>();
  let inFlight = 0;

  const enter = (key: string): boolean => {
    const depth = waiting.get(key) ?? 0;
    if (depth > options.queueDepth) return false;
    waiting.set(key, depth + 1);
    inFlight += 1;
    metrics.turnsInFlight(inFlight);
    return true;
  };
  const leave = (key: string): void => {
    const depth = (waiting.get(key) ?? 1) - 1;
    if (depth === 0) waiting.delete(key);
    else waiting.set(key, depth);
    inFlight -= 1;
    metrics.turnsInFlight(inFlight);
    if (inFlight === 0) for (const listener of [...idleListeners]) listener();
  };

  const commit = (
    { outbox }: Arrival,
    changes: readonly Change[],
    replies: readonly string[],
    forget: boolean,
  ): Promise<CommitResult> =>
    outbox === undefined ? store.commit(changes) : outbox.commit(changes, replies, { forget });

  const runExclusively = async (context: TurnContext, arrival: Arrival): Promise<TurnResult> => {
    const seen = seenKey(context);
    /** Whether the activity had its turn; then what that turn did not get to send is sent. */
    const wasSeen = async (): Promise<boolean> => {
      const earlier = seen === undefined ? undefined : (await store.read([seen])).get(seen);
      if (seen === undefined || earlier === undefined) return false;
      if (arrival.alongside !== undefined) await commit(arrival, arrival.alongside, [], false);
      const unsent = parseUnsent(earlier.value);
      if (unsent.length > 0) {
        await context.adapter.sendActivities(context, [...unsent]);
        await store.commit([sentMark(seen)]);
      }
      return true;
    };
    const sentMark = (key: string, unsent = sent): Change => ({
      key,
      value: unsent,
      expiresAtMs: clock.nowMs() + conversationIdleMs,
    });

    if (await wasSeen()) return 'duplicate';
    for (let attempt = 1; attempt <= maxRuns; attempt += 1) {
      const { replies, failed } = await collect(context, arrival);
      const keepsReplies = arrival.outbox === undefined && sendsByItself(context) && replies.length > 0;
      const changes = [
        ...(failed ? [] : present(state.change(context, clock.nowMs()))),
        ...(seen === undefined ? [] : [{ ...sentMark(seen, keepsReplies ? unsentText(replies) : sent), expect: null }]),
        ...(arrival.alongside ?? []),
      ];
      const forget = !failed && isDeletionRequested(context);
      const result = await commit(arrival, changes, replies.flatMap(texts), forget);
      if (result === 'committed') {
        if (arrival.outbox === undefined) for (const reply of replies) await reply.send();
        if (keepsReplies && seen !== undefined) await store.commit([sentMark(seen)]);
        return failed ? 'failed' : 'committed';
      }
      metrics.turnConflict();
      state.reset(context);
      if (await wasSeen()) return 'duplicate';
    }
    throw new LotseError('TURN_CONFLICT', `The state changed under ${maxRuns} runs of a turn`);
  };

  /** Runs the bot with its replies held back. */
  const collect = async (
    context: TurnContext,
    arrival: Arrival,
  ): Promise<{ replies: HeldReply[]; failed: boolean }> => {
    state.reset(context);
    const replies: HeldReply[] = [];
    const release = hold(context, replies);
    try {
      await options.handle(context, arrival);
      return { replies, failed: false };
    } catch (error) {
      if (error instanceof LotseError && error.code === 'STORAGE_UNAVAILABLE') throw error;
      logger.error('turn.failed', { error: errorCode(error), conversation: maskId(conversationKey(context)) });
      replies.length = 0;
      await context.sendActivity(options.apology(context));
      return { replies, failed: true };
    } finally {
      release();
    }
  };

  return {
    async run(context, arrival) {
      const key = conversationKey(context);
      const channel = context.activity.channelId;
      const startedMs = clock.nowMs();
      const finish = (result: TurnResult): TurnResult => {
        const durationMs = clock.nowMs() - startedMs;
        metrics.turn(channel, result, durationMs);
        logger.info('turn', { channel, result, type: context.activity.type, durationMs, conversation: maskId(key) });
        return result;
      };
      if (!enter(key)) return finish('rejected');
      try {
        const work = (): Promise<TurnResult> => runExclusively(context, arrival);
        return finish(arrival.serialised === true ? await work() : await locks.withLock(turnLock(key), work));
      } catch (error) {
        finish('failed');
        throw error;
      } finally {
        leave(key);
      }
    },
    idle() {
      if (inFlight === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const listener = (): void => {
          idleListeners.delete(listener);
          resolve();
        };
        idleListeners.add(listener);
      });
    },
    get inFlight() {
      return inFlight;
    },
  };
}

/** The lock that gives a conversation's turns their order; `key` as in `conversationKey`. */
export function turnLock(key: string): string {
  return `turn/${key}`;
}

interface HeldReply {
  readonly activities: readonly Partial<Activity>[];
  readonly send: () => Promise<unknown>;
}

/** SDK handlers cannot be removed; a released one lets everything pass. Typing is not held back: it is worth something only now. */
function hold(context: TurnContext, replies: HeldReply[]): () => void {
  let holding = true;
  context.onSendActivities(async (_, activities, next): Promise<ResourceResponse[]> => {
    if (!holding || activities.every((activity) => activity.type === 'typing')) return next();
    replies.push({ activities, send: next });
    context.responded = true;
    return activities.map(() => ({ id: '' }));
  });
  return () => {
    holding = false;
  };
}

function texts(reply: HeldReply): readonly string[] {
  return reply.activities
    .filter(({ type }) => type !== 'trace' && type !== 'delay' && type !== 'typing')
    .map((activity) => JSON.stringify(activity));
}

/** Deduplication is by the channel's activity id; an activity without one cannot be recognised when it comes again. */
function seenKey(context: TurnContext): string | undefined {
  const { id } = context.activity;
  return id === undefined || id === ''
    ? undefined
    : `seen/${conversationKey(context).slice('state/'.length)}/${keyPart(id)}`;
}

/** Value of a deduplication key: `1`, or the replies that still have to be sent. */
const sent = '1';

function unsentText(replies: readonly HeldReply[]): string {
  return `[${replies.flatMap(texts).join(',')}]`;
}

function parseUnsent(value: string): readonly Partial<Activity>[] {
  return value === sent ? [] : (JSON.parse(value) as readonly Partial<Activity>[]);
}

/** Replies that travel in the response to the request cannot be sent a second time. */
function sendsByItself(context: TurnContext): boolean {
  return context.activity.deliveryMode !== 'expectReplies' && context.activity.type !== 'invoke';
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
