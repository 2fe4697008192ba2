/**
 * Replies on their way to Telegram: committed together with the turn's state, sent after the commit, in order, and struck out when Telegram
 * has taken them. A crash in between sends a reply twice at worst, never not at all.
 */
import type { Api } from 'grammy';
import type { Clock } from '../../clock';
import { errorCode, maskId, type Logger } from '../../observability/logger';
import type { Metrics } from '../../observability/metrics';
import type { Change, Locks, Outbox, Store } from '../../storage/ports';
import { send, type Outgoing } from './sender';

export interface TelegramOutboxOptions {
  readonly store: Store;
  readonly locks: Locks;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly api: Api;
}

export interface TelegramOutbox {
  /** The turn's outbox for one chat; `quote` marks replies to a message that is not the latest. */
  of(chatId: number, quote?: number): Outbox;
  /** One message outside any turn. */
  say(chatId: number, text: string): Promise<void>;
  /** Gives up what still waits for a chat. */
  drop(chatId: number): Promise<void>;
  /** Sends what waits, e.g. since a crash; called on a timer. */
  recover(): Promise<void>;
  /** Resolves when what waited for a chat was sent, or could not be for now. */
  tried(chatId: number): Promise<void>;
  /** Resolves when nothing is being sent. */
  drained(): Promise<void>;
  close(): void;
}

/** An answer later than this helps nobody, and the conversation is forgotten by then. */
const lifetimeMs = 60 * 60 * 1000;
const prefix = 'telegram/out/';

export function createTelegramOutbox(options: TelegramOutboxOptions): TelegramOutbox {
  const { store, locks, clock, logger, metrics, api } = options;
  const sending = new Map<number, Promise<void>>();
  const asked = new Set<number>();
  const paused = new Map<number, NodeJS.Timeout>();
  let closed = false;

  const chatPrefix = (chatId: number): string => `${prefix}${chatId}/`;
  const waiting = (chatId: number): ReturnType<Store['list']> => store.list(chatPrefix(chatId));

  const entries = async (chatId: number, outgoing: readonly Outgoing[]): Promise<readonly Change[]> => {
    const last = (await waiting(chatId)).at(-1)?.[0];
    const next = last === undefined ? 1 : Number(last.slice(last.lastIndexOf('/') + 1)) + 1;
    return outgoing.map((each, index) => ({
      key: `${chatPrefix(chatId)}${String(next + index).padStart(9, '0')}`,
      value: JSON.stringify(each),
      expect: null,
      expiresAtMs: clock.nowMs() + lifetimeMs,
    }));
  };

  /** Sends what waits for a chat; asked again meanwhile, it looks once more. */
  const deliver = (chatId: number): void => {
    if (closed || paused.has(chatId)) return;
    asked.add(chatId);
    if (sending.has(chatId)) return;
    const work = deliverWhileAsked(chatId).finally(() => sending.delete(chatId));
    sending.set(chatId, work);
  };

  const deliverWhileAsked = async (chatId: number): Promise<void> => {
    try {
      while (asked.delete(chatId)) {
        const waitMs = await locks.withLock(`telegram/out/${chatId}`, () => deliverAll(chatId));
        if (waitMs === undefined) continue;
        pause(chatId, waitMs);
        return;
      }
    } catch (error) {
      // What was not struck out stays; `recover` comes back to it.
      logger.warn('telegram.delivery.failed', { error: errorCode(error), chat: maskId(String(chatId)) });
    }
  };

  /** Resolves with how long Telegram wants us to wait, or undefined when all is sent. */
  const deliverAll = async (chatId: number): Promise<number | undefined> => {
    for (const [key, { value }] of await waiting(chatId)) {
      if (closed) return undefined;
      const outgoing = parseOutgoing(value);
      const result =
        outgoing === undefined ? ({ kind: 'refused', code: 0 } as const) : await send(api, chatId, outgoing);
      if (result.kind !== 'sent') metrics.refused(`telegram.send.${result.kind}`);
      if (result.kind === 'later') return result.waitMs;
      if (result.kind === 'refused')
        logger.warn('telegram.refused', { code: result.code, chat: maskId(String(chatId)) });
      if (result.kind === 'blocked') {
        await drop(chatId);
        return undefined;
      }
      await store.commit([{ key, value: null }]);
    }
    return undefined;
  };

  const pause = (chatId: number, waitMs: number): void => {
    const timer = setTimeout(() => {
      paused.delete(chatId);
      deliver(chatId);
    }, waitMs);
    timer.unref();
    paused.set(chatId, timer);
  };

  const drop = async (chatId: number): Promise<void> => {
    const keys = (await waiting(chatId)).map(([key]) => ({ key, value: null }));
    if (keys.length > 0) await store.commit(keys);
  };

  return {
    of: (chatId, quote) => ({
      async commit(changes, replies, { forget }) {
        const forgotten = forget ? (await waiting(chatId)).map(([key]) => ({ key, value: null })) : [];
        const added = await entries(
          chatId,
          replies.flatMap((json) => {
            const activity: unknown = JSON.parse(json);
            return isActivity(activity) ? [{ activity, ...(quote === undefined ? {} : { quote }) }] : [];
          }),
        );
        const result = await store.commit([...changes, ...forgotten, ...added]);
        if (result === 'committed') deliver(chatId);
        return result;
      },
    }),
    async say(chatId, text) {
      await store.commit([...(await entries(chatId, [{ activity: { type: 'message', text } }]))]);
      deliver(chatId);
    },
    drop,
    async recover() {
      const chats = new Set<number>();
      let after: string | undefined;
      for (;;) {
        const page = await store.list(prefix, { limit: 500, ...(after === undefined ? {} : { after }) });
        for (const [key] of page) chats.add(Number(key.slice(prefix.length).split('/')[0]));
        after = page.at(-1)?.[0];
        if (page.length < 500) break;
      }
      for (const chatId of chats) deliver(chatId);
    },
    async tried(chatId) {
      await sending.get(chatId);
    },
    async drained() {
      while (sending.size > 0) await Promise.all([...sending.values()]);
    },
    close() {
      closed = true;
      for (const timer of paused.values()) clearTimeout(timer);
      paused.clear();
    },
  };
}

function parseOutgoing(json: string): Outgoing | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('activity' in value) || !isActivity(value.activity))
      return undefined;
    const quote = 'quote' in value && typeof value.quote === 'number' ? { quote: value.quote } : {};
    return { activity: value.activity, ...quote };
  } catch {
    return undefined;
  }
}

function isActivity(value: unknown): value is Outgoing['activity'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
