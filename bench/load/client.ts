/**
 * A Direct Line client with little cost of its own: kept connections, one socket per conversation, a promise per question. Loopback only.
 */
import { Agent, request as httpRequest } from 'node:http';
import { WebSocket } from 'ws';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

export function send(method: 'GET' | 'POST', url: string, body?: unknown, token?: string): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method,
        agent,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(text === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const heard = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            body: heard.startsWith('{') ? (JSON.parse(heard) as Answer['body']) : {},
          });
        });
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that the server closed just then: every client tries again on a fresh one.
      if (request.reusedSocket && error.code === 'ECONNRESET') send(method, url, body, token).then(resolve, reject);
      else reject(error);
    });
    request.setTimeout(30_000, () => request.destroy(new Error('No answer in 30 s')));
    request.end(text);
  });
}

export interface Logged {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly replyToId?: string;
  readonly from: { readonly id: string };
}

export interface Conversation {
  readonly id: string;
  readonly token: string;
}

/** Tokens, then the conversation: as the widget does it. */
export async function open(base: string): Promise<Conversation & { readonly streamUrl: string }> {
  const generated = await send('POST', `${base}/v3/directline/tokens/generate`);
  const token = String(generated.body['token']);
  const started = await send('POST', `${base}/v3/directline/conversations`, {}, token);
  if (started.status !== 201) throw new Error(`No conversation: ${generated.status} ${started.status}`);
  return { id: String(started.body['conversationId']), token, streamUrl: String(started.body['streamUrl']) };
}

export function post(base: string, { id, token }: Conversation, text: string, key?: string): Promise<Answer> {
  return send(
    'POST',
    `${base}/v3/directline/conversations/${id}/activities`,
    {
      type: 'message',
      text,
      from: { id: 'bench' },
      ...(key === undefined ? {} : { channelData: { clientActivityID: key } }),
    },
    token,
  );
}

/** The whole conversation as its client reads it. */
export async function logOf(base: string, { id, token }: Conversation): Promise<readonly Logged[]> {
  const all: Logged[] = [];
  for (let watermark = '0'; ;) {
    const { status, body } = await send(
      'GET',
      `${base}/v3/directline/conversations/${id}/activities?watermark=${watermark}`,
      undefined,
      token,
    );
    if (status !== 200) throw new Error(`The log cannot be read: ${status}`);
    const page = body['activities'] as readonly Logged[];
    if (page.length === 0) return all;
    all.push(...page);
    watermark = String(body['watermark']);
  }
}

export interface Talk extends Conversation {
  /** Resolves with the status of the post and, when it was taken, after its first reply. */
  ask(text: string): Promise<{ readonly status: number; readonly postMs: number; readonly answerMs: number }>;
  close(): void;
}

const ANSWER_MS = 30_000;

/** A conversation whose replies come over its socket. */
export async function talk(base: string): Promise<Talk> {
  const conversation = await open(base);
  const socket = new WebSocket(conversation.streamUrl);
  const replied = new Map<string, number>();
  const waiting = new Map<string, (atMs: number) => void>();
  socket.on('message', (data: Buffer) => {
    const at = performance.now();
    for (const { replyToId } of (JSON.parse(data.toString()) as { readonly activities: readonly Logged[] })
      .activities) {
      if (replyToId === undefined) continue;
      const resolve = waiting.get(replyToId);
      if (resolve === undefined) replied.set(replyToId, replied.get(replyToId) ?? at);
      else {
        waiting.delete(replyToId);
        resolve(at);
      }
    }
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  const replyTo = (id: string): Promise<number> => {
    const at = replied.get(id);
    replied.delete(id);
    if (at !== undefined) return Promise.resolve(at);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error('No reply in 30 s'));
      }, ANSWER_MS);
      waiting.set(id, (atMs) => {
        clearTimeout(timer);
        resolve(atMs);
      });
    });
  };
  return {
    ...conversation,
    async ask(text) {
      const from = performance.now();
      const { status, body } = await post(base, conversation, text);
      const postMs = performance.now() - from;
      if (status !== 200) return { status, postMs, answerMs: Number.NaN };
      return { status, postMs, answerMs: (await replyTo(String(body['id']))) - from };
    },
    close: () => {
      socket.terminate();
    },
  };
}

/** Runs `work` for every item, `width` at a time. */
export async function pool<T>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  // One iterator for all: each takes the next.
  const entries = items.entries();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const [index, item] of entries) await work(item, index);
    }),
  );
}
