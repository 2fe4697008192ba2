/**
 * A Direct Line service that answers from a script, in milliseconds and with faults on demand: no bot, no storage, no knowledge.
 * Serves the built widget with the same files and page policy as the real one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { pageSecurityPolicy } from '../../src/http/headers';
import { loadStaticFiles } from '../../src/http/staticFiles';

export type Said = Readonly<Record<string, unknown>>;

export interface FakeDirectLine {
  readonly base: string;
  /** What was posted, in order. */
  readonly posted: Said[];
  /** Answers a text; a function decides by what was said. */
  answer: (text: string, post: Said) => readonly Said[];
  /** Wait before an answer. */
  delayMs: number;
  /** `down`: nothing gets through and sockets drop. `noSocket`: only polling. `refuse`: messages are refused for good. */
  mode: 'up' | 'down' | 'noSocket' | 'refuse';
  /** Sockets open now. */
  readonly sockets: number;
  dropSockets(): void;
  /** The service forgets every conversation. */
  forget(): void;
  close(): Promise<void>;
}

interface Conversation {
  readonly log: Said[];
  readonly sockets: Set<{ readonly socket: WebSocket; at: number }>;
}

export async function startFakeDirectLine(): Promise<FakeDirectLine> {
  const files = loadStaticFiles(join(__dirname, '..', '..', 'dist', 'widget'));
  const conversations = new Map<string, Conversation>();
  const posted: Said[] = [];
  let counter = 0;

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const append = (conversation: Conversation, activity: Said): void => {
    counter += 1;
    conversation.log.push({ id: `a${counter}`, timestamp: new Date().toISOString(), ...activity });
    for (const follower of conversation.sockets) push(conversation, follower);
  };
  const push = (conversation: Conversation, follower: { readonly socket: WebSocket; at: number }): void => {
    const activities = conversation.log.slice(follower.at);
    follower.at = conversation.log.length;
    if (activities.length > 0) follower.socket.send(JSON.stringify({ activities, watermark: String(follower.at) }));
  };
  const speak = (conversation: Conversation, activities: readonly Said[]): void => {
    for (const activity of activities)
      append(conversation, { type: 'message', from: { id: 'jobcenter-lotse', role: 'bot' }, ...activity });
  };
  const ticket = (id: string, watermark: string): Said => ({
    conversationId: id,
    token: `token-${id}`,
    expires_in: 1800,
    streamUrl: `${base.replace('http', 'ws')}/stream/${id}?watermark=${watermark}`,
  });

  const fake: FakeDirectLine = {
    base,
    posted,
    answer: () => [],
    delayMs: 0,
    mode: 'up',
    get sockets() {
      return sockets.clients.size;
    },
    dropSockets() {
      for (const socket of sockets.clients) socket.terminate();
    },
    forget() {
      conversations.clear();
      this.dropSockets();
    },
    async close() {
      this.dropSockets();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', base);
    const file = files.get(url.pathname);
    if (file !== undefined) {
      response.writeHead(200, {
        'Content-Type': file.contentType,
        'Content-Encoding': 'br',
        'Cache-Control': file.cacheControl,
        ...(file.isPage
          ? { 'Content-Security-Policy': pageSecurityPolicy(base) }
          : { 'Cross-Origin-Resource-Policy': 'cross-origin' }),
      });
      response.end(file.brotli);
      return;
    }
    const origin = request.headers.origin ?? '*';
    const headers = {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    };
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, headers);
      response.end(JSON.stringify(body));
    };
    if (fake.mode === 'down') {
      request.socket.destroy();
      return;
    }
    if (request.method === 'OPTIONS') {
      send(204, undefined);
      return;
    }
    const path = url.pathname.replace('/v3/directline', '');
    const body = await read(request);
    if (path === '/tokens/generate') {
      counter += 1;
      send(200, { conversationId: `c${counter}`, token: `token-c${counter}`, expires_in: 1800 });
      return;
    }
    const id = /token-(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (path === '/conversations') {
      const conversation: Conversation = { log: [], sockets: new Set() };
      conversations.set(id, conversation);
      speak(conversation, fake.answer('', {}));
      send(201, ticket(id, ''));
      return;
    }
    const conversation = conversations.get(id);
    if (conversation === undefined) {
      send(404, { error: { code: 'ConversationNotFound' } });
      return;
    }
    const watermark = url.searchParams.get('watermark') ?? '';
    if (path === `/conversations/${id}`) {
      send(200, ticket(id, watermark));
      return;
    }
    if (request.method === 'GET') {
      send(200, { activities: conversation.log.slice(Number(watermark)), watermark: String(conversation.log.length) });
      return;
    }
    if (fake.mode === 'refuse') {
      send(400, { error: { code: 'BadArgument' } });
      return;
    }
    const post = JSON.parse(body) as {
      readonly type: string;
      readonly text?: string;
      readonly channelData?: { readonly clientActivityID?: string };
    };
    const clientId = post.channelData?.clientActivityID;
    const repeated = clientId !== undefined && conversation.log.some((each) => JSON.stringify(each).includes(clientId));
    send(200, { id: 'posted' });
    if (repeated) return;
    posted.push(post);
    if (post.type === 'message') append(conversation, { ...post, from: { id: 'dl_person', role: 'user' } });
    await new Promise((resolve) => setTimeout(resolve, fake.delayMs).unref());
    if (post.type === 'message') speak(conversation, fake.answer(post.text ?? '', post));
  };

  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', base);
    const conversation = conversations.get(url.pathname.split('/')[2] ?? '');
    if (fake.mode !== 'up' || conversation === undefined) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const follower = { socket: webSocket, at: Number(url.searchParams.get('watermark') ?? 0) };
      conversation.sockets.add(follower);
      webSocket.on('close', () => conversation.sockets.delete(follower));
      push(conversation, follower);
    });
  });

  return fake;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** An activity of our own service: structured, with the markdown beside it. */
export function replied(reply: {
  readonly kind?: string;
  readonly language?: string;
  readonly blocks: readonly Said[];
  readonly choices?: readonly Said[];
  readonly feedbackFor?: string;
}): Said {
  const full = { kind: 'answer', entries: [], language: 'de', choices: [], ...reply };
  return {
    text: 'Text für andere Programme',
    textFormat: 'markdown',
    locale: full.language,
    channelData: { reply: full },
  };
}
