/**
 * The web sockets of Direct Line: each one follows the log of its conversation from a watermark on. The log is the truth: a socket that drops
 * loses nothing, it reads on after reconnecting. A second socket of a conversation closes the first; a reader that does not keep up is cut off.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Fanout } from '../../storage/ports';
import { errorCode, maskId, type Logger } from '../../observability/logger';
import type { Metrics } from '../../observability/metrics';
import { logTopic, type ConversationLog } from './conversationLog';

export interface Sockets {
  readonly count: number;
  /** Completes the handshake and follows the conversation. */
  follow(request: IncomingMessage, socket: Duplex, head: Buffer, conversationId: string, watermark: number): void;
  /** Asks every client to reconnect (elsewhere) and closes. */
  close(): Promise<void>;
}

interface SocketsOptions {
  readonly log: ConversationLog;
  readonly fanout: Fanout;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly maxBufferedBytes: number;
  readonly maxPayloadBytes: number;
  readonly pingIntervalMs: number;
}

interface Follower {
  readonly socket: WebSocket;
  readonly stop: () => void;
  /** Sends what is new; resolves when it is sent. */
  readonly advance: () => Promise<void>;
}

export function createSockets(options: SocketsOptions): Sockets {
  const { log, fanout, logger, metrics } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxPayloadBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const followers = new Map<string, Follower>();
  const alive = new WeakSet<WebSocket>();

  const heartbeat = setInterval(() => {
    for (const { socket } of followers.values()) {
      if (!alive.has(socket)) {
        socket.terminate();
        continue;
      }
      alive.delete(socket);
      socket.ping();
    }
  }, options.pingIntervalMs);
  heartbeat.unref();

  const attach = (socket: WebSocket, conversationId: string, from: number): void => {
    let watermark = from;
    let reading = false;
    let again = false;
    let current: Promise<void> = Promise.resolve();

    /** Sends what is new; rings during the reading are answered by one more round. */
    const advance = (): Promise<void> => {
      again = true;
      if (!reading) current = follow();
      return current;
    };
    const follow = async (): Promise<void> => {
      reading = true;
      try {
        do {
          again = false;
          const page = await log.page(conversationId, watermark);
          if (page === undefined) {
            socket.close(1000, 'ended');
            return;
          }
          if (socket.readyState !== socket.OPEN) return;
          again ||= page.more;
          watermark = page.watermark;
          if (page.activities.length === 0) continue;
          socket.send(JSON.stringify({ activities: page.activities, watermark: String(watermark) }));
          if (socket.bufferedAmount > options.maxBufferedBytes) {
            metrics.refused('slowReader');
            socket.terminate();
            return;
          }
        } while (again);
      } catch (error) {
        // The client reconnects and reads on from its watermark.
        logger.warn('socket.read.failed', { error: errorCode(error), conversation: maskId(conversationId) });
        socket.terminate();
      } finally {
        reading = false;
      }
    };

    const unsubscribe = fanout.subscribe(logTopic(conversationId), () => void advance());
    const follower: Follower = {
      socket,
      advance,
      stop: () => {
        unsubscribe();
        if (followers.get(conversationId) === follower) followers.delete(conversationId);
        metrics.sockets(followers.size);
      },
    };
    const earlier = followers.get(conversationId);
    followers.set(conversationId, follower);
    earlier?.stop();
    earlier?.socket.close(1000, 'replaced');
    metrics.sockets(followers.size);

    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    // The client's frames are keep-alives ("" every 20 s); their content means nothing to us.
    socket.on('message', () => alive.add(socket));
    socket.on('error', () => {
      socket.terminate();
    });
    socket.on('close', follower.stop);
    void advance();
  };

  return {
    get count() {
      return followers.size;
    },
    follow(request, socket, head, conversationId, watermark) {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        attach(webSocket, conversationId, watermark);
      });
    },
    async close() {
      clearInterval(heartbeat);
      const open = [...followers.values()];
      // The last replies of the drained turns.
      await Promise.all(open.map(({ advance }) => advance()));
      for (const { socket, stop } of open) {
        stop();
        socket.close(1001, 'restarting');
      }
      // A client that does not answer the closing handshake is not waited for.
      await new Promise((resolve) => setTimeout(resolve, open.length === 0 ? 0 : 200));
      for (const { socket } of open) socket.terminate();
      server.close();
    },
  };
}
