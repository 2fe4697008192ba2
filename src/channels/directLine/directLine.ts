/**
 * Direct Line 3.0 on our own ground: the protocol of botframework-directlinejs and Web Chat over the local turn, REST and web socket.
 * An accepted message is durable before it is acknowledged and has exactly one turn, whenever the process dies. No uploads, no secrets in a browser.
 */
import type { Activity } from 'botbuilder';
import type { Clock } from '../../clock';
import { httpError, type HttpErrorName } from '../../http/errors';
import { errorCode, maskId, type Logger } from '../../observability/logger';
import type { Metrics } from '../../observability/metrics';
import type { Capabilities } from '../../rendering/reply';
import type { Fanout, Locks, Store } from '../../storage/ports';
import type { LocalTurn } from '../local';
import type { Admission, ChannelRequest, ChannelResponse, Limits, Route, SocketRoute } from '../routes';
import { createConversationLog, type InboxItem } from './conversationLog';
import { directLineChannelId, joinActivity, readIncoming } from './incoming';
import { createLanes } from './lanes';
import { createSockets } from './sockets';
import { createTokens, randomId, tokenLifetimeSeconds, type Tokens, type TokenSubject } from './tokens';

export interface DirectLineOptions {
  readonly store: Store;
  readonly locks: Locks;
  readonly fanout: Fanout;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly localTurn: LocalTurn;
  readonly mask: (text: string) => string;
  /** The first signs, all verify. Asked until the storage, where they may be kept, answers. */
  readonly secrets: () => Promise<readonly [string, ...string[]]>;
  /** Sites besides our own whose pages may use the chat, e.g. `https://www.jobcenter-beispiel.de`. */
  readonly allowedOrigins: readonly string[];
  readonly idleMs: number;
  readonly maxConversations: number;
  readonly maxLogEntries: number;
  readonly maxInbox: number;
  readonly maxSockets: number;
  readonly maxTextChars: number;
  readonly pingIntervalMs: number;
  readonly lockName: (conversationId: string) => string;
}

/**
 * So many conversations have their turn at once, the others wait: as many turns end in a second, each sooner, and what one leaves behind is
 * collected while it is young (measured: 20 at once took 800 MB).
 */
const turnsAtOnce = 6;

export interface DirectLine {
  readonly routes: readonly Route[];
  readonly sockets: SocketRoute;
  readonly socketCount: number;
  /** Messages that are being accepted, wait for their turn or have it. */
  readonly waiting: number;
  /** Runs what was accepted and never answered, e.g. before a crash; called at start and on a timer. */
  recover(): Promise<void>;
  /** Counts open conversations anew, for the cap; called on a timer. */
  recount(): Promise<void>;
  /** Resolves when no accepted message waits in this process. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

/** Our widget understands the structured reply; other clients show the text and the suggested actions. */
const capabilities: Capabilities = {
  markdown: true,
  suggestedActions: true,
  maxSuggestedActions: 10,
  adaptiveCards: false,
  structuredReply: true,
  maxChars: 20_000,
};

const prefix = '/v3/directline';
const welcomeWaitMs = 500;
const streamPath = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/;

export function createDirectLine(options: DirectLineOptions): DirectLine {
  const { clock, logger, metrics, limits, store } = options;
  let known: Tokens | undefined;
  const tokens = async (): Promise<Tokens> => (known ??= createTokens({ secrets: await options.secrets(), clock }));
  const log = createConversationLog(options);
  const sockets = createSockets({ ...options, log, maxBufferedBytes: 1024 * 1024, maxPayloadBytes: 64 * 1024 });
  const draining = new Map<string, Round>();
  const inLane = createLanes(turnsAtOnce);
  let openConversations = 0;
  let posting = 0;

  const refuse = (name: HttpErrorName): ChannelResponse => {
    metrics.refused(name);
    return httpError(name);
  };

  const tooMany = (request: ChannelRequest, admission: Admission & { admitted: false }): ChannelResponse => {
    // botframework-directlinejs (it names itself in this header) reads Retry-After as milliseconds; everybody else as seconds.
    const inMs = request.header('x-ms-bot-agent') !== undefined;
    const retryAfter = inMs ? admission.retryAfterMs : Math.ceil(admission.retryAfterMs / 1000);
    return { ...refuse('tooMany'), headers: { 'Retry-After': String(retryAfter) } };
  };

  /** Who asks, as the token says; the conversation of the path must be the token's. */
  const authenticate = async (request: ChannelRequest): Promise<TokenSubject | ChannelResponse> => {
    const token = /^Bearer ([\w.-]{20,2048})$/.exec(request.header('authorization') ?? '')?.[1];
    const verified = token === undefined ? { status: 'invalid' as const } : (await tokens()).verify(token);
    if (verified.status === 'expired') return refuse('tokenExpired');
    if (verified.status === 'invalid') return refuse('tokenInvalid');
    const { subject } = verified;
    const origin = request.header('origin');
    if (origin !== undefined && subject.origin !== '' && origin !== subject.origin) return refuse('tokenInvalid');
    const named = request.params['conversationId'];
    // Somebody else's conversation and one that never was look the same.
    if (named !== undefined && named !== subject.conversationId) return refuse('tokenInvalid');
    return subject;
  };

  const originAllowed = (request: ChannelRequest): boolean => {
    const origin = request.header('origin');
    return origin === undefined || origin === request.baseUrl || options.allowedOrigins.includes(origin);
  };

  const conversationBody = async (
    request: ChannelRequest,
    subject: TokenSubject,
    watermark: number,
  ): Promise<unknown> => ({
    conversationId: subject.conversationId,
    token: (await tokens()).issue(subject),
    expires_in: tokenLifetimeSeconds,
    streamUrl: streamUrl(request.baseUrl, subject, watermark, (await tokens()).issueStream(subject)),
  });

  /** The answer of both token routes; Direct Line names the keys. */
  const grant = async (subject: TokenSubject): Promise<ChannelResponse> => ({
    status: 200,
    body: {
      conversationId: subject.conversationId,
      token: (await tokens()).issue(subject),
      expires_in: tokenLifetimeSeconds,
    },
  });

  const generate = async (request: ChannelRequest): Promise<ChannelResponse> => {
    if (!originAllowed(request)) return refuse('originRefused');
    const admission = await limits.start(request.address);
    if (!admission.admitted) return tooMany(request, admission);
    const subject: TokenSubject = {
      conversationId: randomId(),
      userId: `dl_${randomId()}`,
      origin: request.header('origin') ?? '',
    };
    return grant(subject);
  };

  const refresh = async (request: ChannelRequest): Promise<ChannelResponse> => {
    const subject = await authenticate(request);
    if ('status' in subject) return subject;
    if ((await log.find(subject.conversationId)) === undefined) return httpError('conversationGone');
    return grant(subject);
  };

  const start = async (request: ChannelRequest): Promise<ChannelResponse> => {
    const subject = await authenticate(request);
    if ('status' in subject) return subject;
    if (openConversations >= options.maxConversations)
      return { ...refuse('overloaded'), headers: { 'Retry-After': '30' } };
    const join = joinActivity(subject, clock.nowMs(), request.body);
    const opened = await log.open(subject.conversationId, { userId: subject.userId, origin: subject.origin }, join);
    if (opened === 'opened') {
      openConversations += 1;
      metrics.openConversations(openConversations);
      drain(subject.conversationId);
      // The welcome should stand before the first message; a slow one is not waited for.
      await Promise.race([draining.get(subject.conversationId)?.done, pause(welcomeWaitMs)]);
    }
    return { status: opened === 'opened' ? 201 : 200, body: await conversationBody(request, subject, 0) };
  };

  const reconnect = async (request: ChannelRequest): Promise<ChannelResponse> => {
    const subject = await authenticate(request);
    if ('status' in subject) return subject;
    const watermark = readWatermark(request.query.get('watermark'));
    if (watermark === undefined) return refuse('badRequest');
    if ((await log.find(subject.conversationId)) === undefined) return httpError('conversationGone');
    return { status: 200, body: await conversationBody(request, subject, watermark) };
  };

  const activities = async (request: ChannelRequest): Promise<ChannelResponse> => {
    const subject = await authenticate(request);
    if ('status' in subject) return subject;
    const watermark = readWatermark(request.query.get('watermark'));
    if (watermark === undefined) return refuse('badRequest');
    const page = await log.page(subject.conversationId, watermark);
    if (page === undefined) return httpError('conversationGone');
    return { status: 200, body: { activities: page.activities, watermark: String(page.watermark) } };
  };

  const post = async (request: ChannelRequest): Promise<ChannelResponse> => {
    const subject = await authenticate(request);
    if ('status' in subject) return subject;
    const incoming = readIncoming(request.body, subject, clock.nowMs(), options);
    if (incoming.kind === 'invalid') return refuse('badRequest');
    if (incoming.kind === 'typing') return { status: 200, body: { id: '' } };
    const admission = await limits.message(subject.conversationId, request.address);
    if (!admission.admitted) return tooMany(request, admission);
    const { activity, clientActivityId } = incoming;
    posting += 1;
    try {
      const posted = await log.post(subject.conversationId, {
        inbox: activity,
        ...(activity.type === 'message' ? { echo: activity } : {}),
        ...(clientActivityId === undefined ? {} : { clientActivityId }),
      });
      if (posted.status === 'gone') return httpError('conversationGone');
      if (posted.status === 'full') return tooMany(request, { admitted: false, retryAfterMs: 1000 });
      drain(subject.conversationId);
      return { status: 200, body: { id: posted.id } };
    } finally {
      posting -= 1;
    }
  };

  /** Brings the waiting messages of a conversation to the bot, in order; asked again meanwhile, it looks again at its end. */
  const drain = (conversationId: string): void => {
    const running = draining.get(conversationId);
    if (running !== undefined) {
      running.again = true;
      running.messages += 1;
      return;
    }
    const round: Round = { again: true, messages: 1, done: Promise.resolve() };
    draining.set(conversationId, round);
    round.done = drainWhileAsked(conversationId, round);
  };

  const drainWhileAsked = async (conversationId: string, round: Round): Promise<void> => {
    try {
      while (round.again) {
        round.again = false;
        await inLane(() =>
          options.locks.withLock(options.lockName(conversationId), () => runInbox(conversationId, round)),
        );
      }
    } catch (error) {
      // The message stays in the inbox; `recover` comes back to it.
      logger.error('directline.turn.postponed', { error: errorCode(error), conversation: maskId(conversationId) });
    } finally {
      draining.delete(conversationId);
    }
  };

  const runInbox = async (conversationId: string, round: Round): Promise<void> => {
    const outbox = log.outbox(conversationId);
    // What is posted meanwhile asks for a round of its own.
    for (const item of await log.inbox(conversationId)) {
      const activity = parseInbox(item);
      if (activity === undefined) {
        logger.error('directline.inbox.unreadable', { conversation: maskId(conversationId) });
        await outbox.commit([{ key: item.key, value: null }], [], { forget: false });
        continue;
      }
      const jobcenter = (activity.channelData as { readonly jobcenter?: string } | undefined)?.jobcenter;
      await options.localTurn(activity, {
        capabilities,
        audience: 'citizens',
        outbox,
        serialised: true,
        alongside: [{ key: item.key, value: null }],
        ...(jobcenter === undefined ? {} : { jobcenter }),
      });
      round.messages = Math.max(0, round.messages - 1);
    }
  };

  const route = (
    method: Route['method'],
    path: string,
    name: string,
    sheddable: boolean,
    handle: (request: ChannelRequest) => Promise<ChannelResponse>,
  ): Route => ({ method, path: `${prefix}${path}`, name: `directline.${name}`, sheddable, crossOrigin: true, handle });

  return {
    routes: [
      route('POST', '/tokens/generate', 'generate', true, generate),
      route('POST', '/tokens/refresh', 'refresh', false, refresh),
      route('POST', '/conversations', 'start', true, start),
      route('GET', '/conversations/:conversationId', 'reconnect', false, reconnect),
      // An error here makes the client stop polling without a word: never shed.
      route('GET', '/conversations/:conversationId/activities', 'activities', false, activities),
      route('POST', '/conversations/:conversationId/activities', 'post', true, post),
      {
        ...route('POST', '/conversations/:conversationId/upload', 'upload', false, () =>
          Promise.resolve(httpError('uploadRefused')),
        ),
        ignoresBody: true,
      },
    ],
    sockets: {
      async upgrade(request, socket, head, baseUrl) {
        const url = new URL(request.url ?? '/', 'http://local');
        const named = streamPath.exec(url.pathname)?.[1];
        if (named === undefined) return false;
        const verified = (await tokens()).verifyStream(url.searchParams.get('t') ?? '');
        const watermark = readWatermark(url.searchParams.get('watermark'));
        if (verified.status !== 'valid' || verified.subject.conversationId !== named || watermark === undefined) {
          metrics.refused('streamToken');
          return false;
        }
        const { origin } = request.headers;
        const { subject } = verified;
        const known = origin === undefined || origin === baseUrl || options.allowedOrigins.includes(origin);
        if (!known || (origin !== undefined && subject.origin !== '' && origin !== subject.origin)) {
          metrics.refused('socketOrigin');
          return false;
        }
        if (sockets.count >= options.maxSockets) {
          metrics.refused('sockets');
          return false;
        }
        const spent = {
          key: `dl/spent/${subject.tokenId}`,
          value: '1',
          expect: null,
          expiresAtMs: clock.nowMs() + 120_000,
        };
        if ((await store.commit([spent])) === 'conflict') {
          metrics.refused('streamTokenReused');
          return false;
        }
        if ((await log.find(named)) === undefined) return false;
        sockets.follow(request, socket, head, named, watermark);
        return true;
      },
    },
    get socketCount() {
      return sockets.count;
    },
    get waiting() {
      let messages = posting;
      for (const round of draining.values()) messages += round.messages;
      return messages;
    },
    async recover() {
      for (const conversationId of await log.waiting()) drain(conversationId);
    },
    async recount() {
      openConversations = await log.countOpen();
      metrics.openConversations(openConversations);
    },
    async drained() {
      while (draining.size > 0) await Promise.all([...draining.values()].map(({ done }) => done));
    },
    close: () => sockets.close(),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** One run through a conversation's inbox; asked again meanwhile, it looks once more. */
interface Round {
  again: boolean;
  /** Of those that asked for it, the ones still without their turn. */
  messages: number;
  done: Promise<void>;
}

/** The watermark is the sequence number to read from; absent or empty: from the beginning. */
function readWatermark(text: string | null): number | undefined {
  if (text === null || text === '' || text === 'null' || text === 'undefined') return 0;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function streamUrl(baseUrl: string, subject: TokenSubject, watermark: number, token: string): string {
  const url = `${baseUrl.replace(/^http/, 'ws')}${prefix}/conversations/${subject.conversationId}/stream`;
  return `${url}?watermark=${watermark}&t=${token}`;
}

/** Written by `post` in this or an earlier version; anything else is set aside. */
function parseInbox(item: InboxItem): Activity | undefined {
  try {
    const value = JSON.parse(item.json) as Partial<Activity> | null;
    if (value?.channelId !== directLineChannelId || typeof value.type !== 'string') return undefined;
    return { ...value, timestamp: new Date(value.timestamp ?? 0) } as Activity;
  } catch {
    return undefined;
  }
}
