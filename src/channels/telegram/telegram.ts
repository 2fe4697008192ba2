/**
 * Telegram without Azure: updates come by webhook (with a secret that is checked here) or by long polling, replies leave through an outbox.
 * Every update has exactly one turn, however often it is delivered; what cannot be stored is not confirmed, so that Telegram brings it again.
 */
import type { Activity } from 'botbuilder';
import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bot, BotError, type Api, type Context } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../../clock';
import { LotseError } from '../../errors';
import { errorCode, type Logger } from '../../observability/logger';
import type { Metrics } from '../../observability/metrics';
import type { Capabilities } from '../../rendering/reply';
import type { Locks, Store } from '../../storage/ports';
import type { LocalTurn } from '../local';
import type { ChannelRequest, ChannelResponse, Limits, Route } from '../routes';
import { createTelegramOutbox } from './outbox';
import { failure, maxMessageChars } from './sender';
import { commands, isUpdate, readUpdate, subscribedUpdates, type Said, type TelegramIncoming } from './updates';

export interface TelegramOptions {
  readonly token: string;
  /** `https://api.telegram.org`, or an own Bot API server. */
  readonly apiRoot: string;
  /** Absent: long polling. */
  readonly webhook?: { readonly secret: string; readonly publicUrl: string };
  readonly store: Store;
  readonly locks: Locks;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly localTurn: LocalTurn;
  /** Replaces personal data before anything is answered. */
  readonly mask: (text: string) => string;
  /** The service's own sentence for a key of knowledge/texte. */
  readonly say: (key: string) => string;
  readonly maxTextChars: number;
  /** How long Telegram may hold a poll open. */
  readonly pollSeconds?: number;
}

export interface Telegram {
  readonly routes: readonly Route[];
  /** Tells Telegram where updates go, or begins to poll; keeps trying in the background. */
  start(): void;
  /** Sends what was committed and not sent, e.g. before a crash. */
  recover(): Promise<void>;
  drained(): Promise<void>;
  close(): Promise<void>;
}

export const telegramCapabilities: Capabilities = {
  markdown: false,
  suggestedActions: true,
  maxSuggestedActions: 12,
  adaptiveCards: false,
  structuredReply: false,
  maxChars: maxMessageChars,
  paged: true,
};

const channelId = 'telegram';
/** Local turns never leave the process; an Azure request that claims such an address is refused. */
const serviceUrl = 'urn:lotse:telegram';
const retryMs = { first: 500, most: 30_000 } as const;
const lastSeenMs = 24 * 60 * 60 * 1000;
const noticeEveryMs = 60_000;

export function createTelegram(options: TelegramOptions): Telegram {
  const { store, clock, logger, metrics, limits } = options;
  const bot = new Bot(options.token, { client: { apiRoot: options.apiRoot } });
  const outbox = createTelegramOutbox({ ...options, api: bot.api });
  const stopped = new AbortController();
  const running = (): boolean => !stopped.signal.aborted;
  let work: Promise<void> = Promise.resolve();
  bot.use(async (context: Context) => {
    await receive(context.update.update_id, readUpdate(context.update));
  });

  const receive = async (updateId: number, incoming: TelegramIncoming): Promise<void> => {
    switch (incoming.kind) {
      case 'ignored':
        return;
      case 'blocked':
        return outbox.drop(incoming.chatId);
      case 'group':
        return leave(updateId, incoming.chatId);
      case 'press':
        confirm(incoming.callbackId);
        return converse(incoming.chatId, String(updateId), { type: 'text', text: incoming.text });
      case 'turns': {
        const { chatId, messageId, edited, said } = incoming;
        const latest = await latestMessage(chatId);
        // Correcting an old question is no new question; correcting the last one is.
        if (edited && messageId !== latest) return;
        const quote = latest !== undefined && messageId < latest ? messageId : undefined;
        for (const [index, each] of said.entries())
          await converse(chatId, `${updateId}.${index}`, each, {
            ...(quote === undefined ? { latest: messageId } : { quote }),
          });
      }
    }
  };

  /** One turn, exactly once. A chat that writes faster than anybody reads is told so, once a minute. */
  const converse = async (
    chatId: number,
    id: string,
    said: Said,
    place: { readonly latest?: number; readonly quote?: number } = {},
  ): Promise<void> => {
    const name = String(chatId);
    const admission = await limits.message(`telegram/${name}`, `telegram/${name}`);
    if (!admission.admitted) return slowDown(chatId);
    typing(chatId);
    const result = await options.localTurn(activityOf(chatId, id, said), {
      capabilities: telegramCapabilities,
      audience: 'citizens',
      outbox: outbox.of(chatId, place.quote),
      alongside:
        place.latest === undefined
          ? []
          : [{ key: latestKey(chatId), value: String(place.latest), expiresAtMs: clock.nowMs() + lastSeenMs }],
    });
    if (result === 'rejected') await slowDown(chatId);
  };

  const activityOf = (chatId: number, id: string, said: Said): Activity => {
    const content: Partial<Activity> =
      said.type === 'start'
        ? { type: 'event', name: 'lotse/start' }
        : said.type === 'file'
          ? { type: 'message', text: '', attachments: [{ contentType: said.contentType }] }
          : {
              type: 'message',
              textFormat: 'plain',
              // One character more than allowed is kept, so that the answer can say that it was too long.
              text: options.mask(said.text.slice(0, options.maxTextChars + 1).replace(/[\ud800-\udfff]/gu, '\ufffd')),
            };
    const envelope = {
      id,
      channelId,
      serviceUrl,
      from: { id: `tg${chatId}`, name: '', role: 'user' },
      recipient: { id: 'jobcenter-lotse', name: 'Jobcenter-Lotse', role: 'bot' },
      conversation: { id: String(chatId), isGroup: false, conversationType: 'personal', name: '' },
      timestamp: new Date(clock.nowMs()),
    };
    // The SDK's type demands fields that no channel fills.
    return { ...content, ...envelope } as Activity;
  };

  const latestMessage = async (chatId: number): Promise<number | undefined> => {
    const key = latestKey(chatId);
    const stored = (await store.read([key])).get(key);
    return stored === undefined ? undefined : Number(stored.value);
  };

  /** `true` the first time within `ms`, on whichever replica. */
  const once = async (key: string, ms: number): Promise<boolean> =>
    (await store.commit([{ key, value: '1', expect: null, expiresAtMs: clock.nowMs() + ms }])) === 'committed';

  const slowDown = async (chatId: number): Promise<void> => {
    metrics.refused('telegram.rateLimit');
    if (await once(`telegram/slow/${chatId}`, noticeEveryMs)) await outbox.say(chatId, options.say('kanal.zu-schnell'));
  };

  /** Others would read along: one polite sentence, then out. */
  const leave = async (updateId: number, chatId: number): Promise<void> => {
    metrics.refused('telegram.group');
    if (!(await once(`telegram/group/${chatId}/${updateId}`, lastSeenMs))) return;
    await outbox.say(chatId, options.say('kanal.gruppe'));
    await outbox.tried(chatId);
    await bot.api.leaveChat(chatId).catch((error: unknown) => {
      logger.warn('telegram.leave.failed', { error: errorCode(error) });
    });
  };

  /** Worth something only now: neither waited for nor repeated. */
  const typing = (chatId: number): void => {
    bot.api.sendChatAction(chatId, 'typing').catch(() => undefined);
  };
  const confirm = (callbackId: string): void => {
    bot.api.answerCallbackQuery(callbackId).catch(() => undefined);
  };

  const handleUpdate = async (update: Update): Promise<void> => {
    if (!bot.isInited()) await bot.init();
    try {
      await bot.handleUpdate(update);
    } catch (error) {
      const cause: unknown = error instanceof BotError ? error.error : error;
      if (passes(cause)) throw cause;
      // A bug with one update must not stop all the others; brought again it would fail again.
      logger.error('telegram.update.failed', { error: errorCode(cause) });
    }
  };

  const webhook = async (request: ChannelRequest, secret: string): Promise<ChannelResponse> => {
    if (!sameSecret(request.header('x-telegram-bot-api-secret-token') ?? '', secret)) {
      metrics.refused('telegram.secret');
      return { status: 401 };
    }
    if (!isUpdate(request.body)) return { status: 400 };
    try {
      await handleUpdate(request.body);
      return { status: 200 };
    } catch (error) {
      // Not confirmed: Telegram brings it again.
      logger.warn('telegram.update.postponed', { error: errorCode(error) });
      return { status: 503 };
    }
  };

  /** Tries until it works or the service stops; the wait doubles up to half a minute. */
  const insist = async (what: string, attempt: () => Promise<unknown>): Promise<void> => {
    let waitMs: number = retryMs.first;
    while (running()) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (!running()) return;
        const meant = failure(error);
        logger.warn('telegram.unreachable', { what, error: errorCode(error) });
        await sleep(meant.kind === 'later' ? Math.max(waitMs, meant.waitMs) : waitMs, undefined, {
          signal: stopped.signal,
        }).catch(() => undefined);
        waitMs = Math.min(waitMs * 2, retryMs.most);
      }
    }
  };

  const poll = async (): Promise<void> => {
    await insist('deleteWebhook', () => bot.api.deleteWebhook());
    let offset = 0;
    while (running()) {
      let updates: readonly Update[] = [];
      await insist('getUpdates', async () => {
        updates = await bot.api.getUpdates(
          { offset, timeout: options.pollSeconds ?? 25, allowed_updates: [...subscribedUpdates] },
          grammySignal(stopped.signal),
        );
      });
      await Promise.all([...byChat(updates).values()].map(handleInOrder));
      for (const { update_id: id } of updates) offset = Math.max(offset, id + 1);
    }
  };

  /** A failing storage postpones: asking for the next updates would confirm this one. */
  const handleInOrder = async (updates: readonly Update[]): Promise<void> => {
    for (const update of updates) await insist('handleUpdate', () => handleUpdate(update));
  };

  const setUp = async (): Promise<void> => {
    await insist('init', () => bot.init());
    await insist('setMyCommands', () =>
      bot.api.setMyCommands(commands.map(([command, , description]) => ({ command, description }))),
    );
    const { webhook: hook } = options;
    if (hook === undefined) return poll();
    await insist('setWebhook', () =>
      bot.api.setWebhook(`${hook.publicUrl}${webhookPath}`, {
        secret_token: hook.secret,
        allowed_updates: [...subscribedUpdates],
      }),
    );
  };

  const { webhook: hook } = options;
  return {
    routes:
      hook === undefined
        ? []
        : [
            {
              method: 'POST',
              path: webhookPath,
              name: 'telegram',
              sheddable: true,
              crossOrigin: false,
              quiet: true,
              handle: (request) => webhook(request, hook.secret),
            },
          ],
    start() {
      work = setUp().catch((error: unknown) => {
        logger.error('telegram.stopped', { error: errorCode(error) });
      });
    },
    recover: () => outbox.recover(),
    drained: () => outbox.drained(),
    async close() {
      stopped.abort(new LotseError('STOPPING', 'The service stops'));
      outbox.close();
      await work;
    },
  };
}

export const webhookPath = '/api/telegram';

/** grammY types its signal after a polyfill; at run time it takes Node's own. */
function grammySignal(signal: AbortSignal): Parameters<Api['getUpdates']>[1] {
  return signal as unknown as Parameters<Api['getUpdates']>[1];
}

function latestKey(chatId: number): string {
  return `telegram/latest/${chatId}`;
}

/** Order matters within a chat only. */
function byChat(updates: readonly Update[]): ReadonlyMap<string, readonly Update[]> {
  const groups = new Map<string, Update[]>();
  for (const update of [...updates].sort((a, b) => a.update_id - b.update_id)) {
    const incoming = readUpdate(update);
    const key = 'chatId' in incoming ? String(incoming.chatId) : '';
    groups.set(key, [...(groups.get(key) ?? []), update]);
  }
  return groups;
}

/** Whether waiting helps. */
function passes(error: unknown): boolean {
  return ['STORAGE_UNAVAILABLE', 'STORAGE_CONTENTION', 'LOCK_TIMEOUT', 'TURN_CONFLICT', 'HttpError'].includes(
    errorCode(error),
  );
}

/** Takes as long for a wrong secret as for a nearly right one. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
