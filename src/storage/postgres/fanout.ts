/**
 * The fan-out across replicas on LISTEN/NOTIFY. Listeners of this process are told at once, the others through the database. Whoever was cut off rings
 * every listener when it is back: a notification carries no data, so one too many costs a read and one too few would cost a reply.
 */
import { randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { errorCode, type Logger } from '../../observability/logger';
import { createProcessFanout } from '../fanout';
import type { Fanout } from '../ports';
import { decodeKey, encodeKey } from '../storedText';
import { connectionOptions, withinASecond } from './pools';

const channel = 'lotse';
const firstRetryMs = 100;
const lastRetryMs = 2_000;
const heartbeatMs = 5_000;
/** Topics that wait for the database to come back. More of them, and everybody is told of everything anyway. */
const maxUnsent = 10_000;

export interface PostgresFanout extends Fanout {
  close(): Promise<void>;
}

export function createPostgresFanout(url: string, pool: Pool, logger: Logger): PostgresFanout {
  const local = createProcessFanout();
  /** Marks our own notifications, which have been delivered already. */
  const self = randomBytes(6).toString('hex');
  const unsent = new Set<string>();
  let sending: Promise<void> | undefined;
  let listening: Client | undefined;
  let closed = false;
  let retryMs = firstRetryMs;
  let retryTimer: NodeJS.Timeout | undefined;
  let connectedBefore = false;

  const send = async (): Promise<void> => {
    while (unsent.size > 0) {
      const topics = [...unsent];
      unsent.clear();
      try {
        await pool.query({
          name: 'lotse-notify',
          text: 'SELECT pg_notify($1, topic) FROM unnest($2::text[]) AS topic',
          values: [channel, topics.map((topic) => `${self}:${encodeKey(topic)}`)],
        });
      } catch (error) {
        // What was published is committed: it must not fail now. It is sent when the listener is connected again, or with the next publish.
        for (const topic of topics) if (unsent.size < maxUnsent) unsent.add(topic);
        logger.warn('storage.notify.failed', { error: errorCode(error) });
        return;
      }
    }
  };
  const flush = (): Promise<void> => {
    sending ??= send().finally(() => {
      sending = undefined;
    });
    return sending;
  };

  const connect = (): void => {
    retryTimer = undefined;
    if (closed) return;
    const client = new Client({
      ...connectionOptions(url),
      application_name: 'jobcenter-lotse listener',
      query_timeout: 2_500,
    });
    let heartbeat: NodeJS.Timeout | undefined;
    let over = false;
    const lost = (error?: unknown): void => {
      if (over) return;
      over = true;
      clearInterval(heartbeat);
      if (listening === client) listening = undefined;
      client.end().catch(() => undefined);
      if (closed) return;
      logger.warn('storage.listener.lost', { error: errorCode(error) });
      retryTimer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    };
    client.on('error', lost);
    client.on('end', () => {
      lost();
    });
    client.on('notification', ({ payload = '' }) => {
      const [sender, topic] = [payload.slice(0, self.length), payload.slice(self.length + 1)];
      if (sender !== self) void local.publish(decodeKey(topic));
    });
    client
      .connect()
      .then(() => client.query(`LISTEN ${channel}`))
      .then(() => {
        if (closed) {
          client.end().catch(() => undefined);
          return;
        }
        listening = client;
        retryMs = firstRetryMs;
        // A server that has gone silent is noticed only by asking it.
        heartbeat = setInterval(() => {
          client.query('SELECT 1').catch(lost);
        }, heartbeatMs);
        heartbeat.unref();
        if (connectedBefore) local.ringAll();
        connectedBefore = true;
        void flush();
      })
      .catch(lost);
  };
  connect();

  return {
    async publish(topic) {
      await local.publish(topic);
      unsent.add(topic);
      // Not awaited: who publishes has committed and owes the sender an answer, not the other replicas.
      void flush();
    },
    subscribe: (topic, listener) => local.subscribe(topic, listener),
    async close() {
      closed = true;
      clearTimeout(retryTimer);
      await withinASecond(Promise.all([sending, listening?.end().catch(() => undefined)]));
    },
  };
}
