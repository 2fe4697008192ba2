/**
 * A small client for Direct Line 3.0: token, conversation, web socket; polling where no socket gets through; reconnect from the watermark.
 * Delivers every activity once and in order. Knows nothing of what is said.
 */
import { parseActivity, record, type Activity } from './activity';
import type { EarlyConversation } from './early';
import type { Ticket } from './session';

/** `waiting`: not connected, trying again by itself. `lost`: the service no longer knows the conversation. */
export type Connection = 'connecting' | 'online' | 'waiting';

export type PostResult =
  | { readonly status: 'taken' }
  | { readonly status: 'later'; readonly afterMs: number }
  | { readonly status: 'refused' }
  | { readonly status: 'lost' };

export interface DirectLineOptions {
  readonly service: string;
  readonly locale: string;
  /** What the page has set, told with the start of a conversation. */
  readonly channelData: () => Readonly<Record<string, string>>;
  /** A conversation that was begun before this code was there. */
  readonly early?: EarlyConversation;
  readonly onActivity: (activity: Activity) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly onTicket: (ticket: Ticket) => void;
  /** The conversation before is gone; a new one has begun. */
  readonly onLost: () => void;
}

export interface DirectLineClient {
  /** Takes up the ticket's conversation, or begins one. */
  start(ticket: Ticket | undefined): void;
  post(activity: Readonly<Record<string, unknown>>): Promise<PostResult>;
  /** Tries at once instead of waiting for the next turn, e.g. when the network is back. */
  wake(): void;
  /** Ends the conversation here and begins another. */
  restart(): void;
  stop(): void;
}

const SOCKET_OPEN_MS = 6_000;
const POLL_MS = 2_000;
const REFRESH_BEFORE_MS = 10 * 60_000;
const MAX_WAIT_MS = 15_000;
const KEEP_ALIVE_MS = 20_000;
const REQUEST_MS = 15_000;

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number;
}

export function createDirectLine(options: DirectLineOptions): DirectLineClient {
  const { service } = options;
  const seen = new Set<string>();
  let { early } = options;
  let ticket: Ticket | undefined;
  let watermark = '';
  let socket: WebSocket | undefined;
  let socketFailures = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts attempts; what an earlier attempt still brings is dropped. */
  let round = 0;
  let stopped = false;

  const call = async (method: string, path: string, body?: unknown, token?: string): Promise<Answer> => {
    const abort = new AbortController();
    const limit = setTimeout(() => {
      abort.abort();
    }, REQUEST_MS);
    try {
      const response = await fetch(`${service}/v3/directline${path}`, {
        method,
        credentials: 'omit',
        cache: 'no-store',
        signal: abort.signal,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const json: unknown = await response.json().catch(() => undefined);
      const after = Number(response.headers.get('Retry-After') ?? NaN);
      return {
        status: response.status,
        body: record(json) ?? {},
        retryAfterMs: Number.isFinite(after) ? after * 1000 : 2_000,
      };
    } catch {
      return { status: 0, body: {}, retryAfterMs: 2_000 };
    } finally {
      clearTimeout(limit);
    }
  };

  const take = (answer: Answer): boolean => {
    const { conversationId, token, expires_in: seconds } = answer.body;
    if (typeof conversationId !== 'string' || typeof token !== 'string') return false;
    ticket = { conversationId, token, expiresMs: Date.now() + Number(seconds ?? 1800) * 1000 };
    options.onTicket(ticket);
    return true;
  };

  const deliver = (body: Readonly<Record<string, unknown>>): void => {
    for (const value of Array.isArray(body['activities']) ? body['activities'] : []) {
      const activity = parseActivity(value);
      if (activity === undefined || seen.has(activity.id)) continue;
      seen.add(activity.id);
      options.onActivity(activity);
    }
    if (typeof body['watermark'] === 'string' && body['watermark'] !== '') watermark = body['watermark'];
  };

  const later = (ms: number, work: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };

  const waitAndRetry = (): void => {
    if (stopped) return;
    failures += 1;
    options.onConnection('waiting');
    const wait = Math.min(MAX_WAIT_MS, 500 * 2 ** Math.min(failures - 1, 5));
    later(wait * (0.7 + Math.random() * 0.6), () => void connect());
  };

  const forget = (): void => {
    ticket = undefined;
    watermark = '';
    seen.clear();
  };

  const connect = async (): Promise<void> => {
    round += 1;
    const mine = round;
    clearTimeout(timer);
    closeSocket();
    const answer = ticket === undefined ? await begin() : await resume();
    if (mine !== round || stopped) return;
    if (answer === undefined) {
      waitAndRetry();
      return;
    }
    // The first page comes by itself, one round trip earlier than the socket's.
    let listening = false;
    void poll(mine).then(() => (listening = true));
    const { streamUrl } = answer.body;
    if (socketFailures < 2 && typeof streamUrl === 'string') follow(streamUrl, mine, () => listening);
    else keepPolling(mine);
  };

  const begin = async (): Promise<Answer | undefined> => {
    const begun = record(await early);
    early = undefined;
    if (begun !== undefined) {
      const answer = { status: 201, body: begun, retryAfterMs: 0 };
      if (take(answer)) return answer;
    }
    const first = await call('POST', '/tokens/generate');
    if (first.status !== 200 || typeof first.body['token'] !== 'string') return undefined;
    const start = { locale: options.locale, channelData: options.channelData() };
    const answer = await call('POST', '/conversations', start, first.body['token']);
    return (answer.status === 201 || answer.status === 200) && take(answer) ? answer : undefined;
  };

  const resume = async (): Promise<Answer | undefined> => {
    if (ticket === undefined) return undefined;
    const answer = await call(
      'GET',
      `/conversations/${ticket.conversationId}?watermark=${watermark}`,
      undefined,
      ticket.token,
    );
    if (answer.status === 403 || answer.status === 404) {
      forget();
      options.onLost();
      return begin();
    }
    return answer.status === 200 && take(answer) ? answer : undefined;
  };

  const fetchPage = async (): Promise<Answer> =>
    ticket === undefined
      ? { status: 404, body: {}, retryAfterMs: 0 }
      : call(
          'GET',
          `/conversations/${ticket.conversationId}/activities?watermark=${watermark}`,
          undefined,
          ticket.token,
        );

  const poll = async (mine: number): Promise<boolean> => {
    const answer = await fetchPage();
    if (mine !== round || stopped) return false;
    if (answer.status === 200) {
      failures = 0;
      deliver(answer.body);
      options.onConnection('online');
      return true;
    }
    return false;
  };

  const keepPolling = (mine: number): void => {
    later(document.hidden ? POLL_MS * 5 : POLL_MS, () => {
      void poll(mine).then((ok) => {
        if (mine !== round || stopped) return;
        if (ok) keepPolling(mine);
        else waitAndRetry();
      });
    });
  };

  const follow = (address: string, mine: number, listening: () => boolean): void => {
    let opened = false;
    let keepAlive: ReturnType<typeof setInterval> | undefined;
    let current: WebSocket;
    try {
      current = new WebSocket(address);
    } catch {
      socketFailures = 2;
      keepPolling(mine);
      return;
    }
    socket = current;
    const limit = setTimeout(() => {
      current.close();
    }, SOCKET_OPEN_MS);
    current.onopen = () => {
      clearTimeout(limit);
      opened = true;
      socketFailures = 0;
      failures = 0;
      // Before the first page it is not yet known what was said.
      if (listening()) options.onConnection('online');
      keepAlive = setInterval(() => {
        if (current.readyState === WebSocket.OPEN) current.send('');
      }, KEEP_ALIVE_MS);
    };
    current.onmessage = ({ data }) => {
      if (mine !== round || typeof data !== 'string' || data === '') return;
      try {
        deliver(record(JSON.parse(data)) ?? {});
        options.onConnection('online');
      } catch {
        // Not a frame of ours; the next reconnect reads from the watermark.
      }
    };
    current.onclose = () => {
      clearTimeout(limit);
      clearInterval(keepAlive);
      if (mine !== round || stopped) return;
      if (!opened) socketFailures += 1;
      if (!opened && socketFailures >= 2) keepPolling(mine);
      else waitAndRetry();
    };
  };

  const closeSocket = (): void => {
    const open = socket;
    socket = undefined;
    open?.close();
  };

  const refresh = setInterval(() => {
    if (ticket === undefined || ticket.expiresMs - Date.now() > REFRESH_BEFORE_MS) return;
    void call('POST', '/tokens/refresh', undefined, ticket.token).then((answer) => {
      if (answer.status === 200) take(answer);
    });
  }, 60_000);

  return {
    start(known) {
      ticket = known;
      options.onConnection('connecting');
      void connect();
    },
    async post(activity) {
      if (ticket === undefined) return { status: 'later', afterMs: 500 };
      const answer = await call('POST', `/conversations/${ticket.conversationId}/activities`, activity, ticket.token);
      if (answer.status >= 200 && answer.status < 300) {
        // Without a socket nothing else would bring the reply soon.
        if (socket?.readyState !== WebSocket.OPEN) void poll(round);
        return { status: 'taken' };
      }
      if (answer.status === 403 || answer.status === 404) {
        void connect();
        return { status: 'lost' };
      }
      if (answer.status === 0) options.onConnection('waiting');
      if (answer.status === 0 || answer.status === 429 || answer.status >= 500)
        return { status: 'later', afterMs: answer.retryAfterMs };
      return { status: 'refused' };
    },
    wake() {
      failures = 0;
      if (socket?.readyState !== WebSocket.OPEN && !stopped) void connect();
    },
    restart() {
      forget();
      void connect();
    },
    stop() {
      stopped = true;
      round += 1;
      clearTimeout(timer);
      clearInterval(refresh);
      closeSocket();
    },
  };
}
