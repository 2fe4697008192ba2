/**
 * Two processes of the service on one PostgreSQL: rows 6, 8, 9, 11 and 12 of the fault matrix, from the client's side.
 * The token secret is nobody's setting here: the replicas share it through the database.
 */
import { WebSocket } from 'ws';
import { startEmbedded, type PostgresServer } from '../support/postgres';
import {
  call,
  openConversation,
  type Answer,
  type LoggedActivity,
  type OpenConversation,
} from '../support/rawDirectLine';
import { startProcess, type ServiceProcess } from '../support/serviceProcess';

let postgres: PostgresServer;
let env: Readonly<Record<string, string>>;
let a: ServiceProcess;
let b: ServiceProcess;

beforeAll(async () => {
  postgres = await startEmbedded();
  env = { STORAGE: 'postgres', DATABASE_URL: await postgres.createDatabase() };
  [a, b] = await Promise.all([startProcess(env, { timeoutMs: 40_000 }), startProcess(env, { timeoutMs: 40_000 })]);
}, 90_000);
afterAll(async () => {
  await Promise.all([a, b].map((service) => service.kill('SIGKILL')));
  await postgres.stop();
}, 30_000);

const post = (replica: ServiceProcess, { id, token }: OpenConversation, text: string): Promise<Answer> =>
  call(replica.base, 'POST', `/v3/directline/conversations/${id}/activities`, {
    token,
    body: { type: 'message', text, channelData: { clientActivityID: text } },
  });

async function logAt(replica: ServiceProcess, { id, token }: OpenConversation): Promise<readonly LoggedActivity[]> {
  const all: LoggedActivity[] = [];
  for (let watermark = '0'; ;) {
    const { body } = await call(
      replica.base,
      'GET',
      `/v3/directline/conversations/${id}/activities?watermark=${watermark}`,
      { token },
    );
    const page = body['activities'] as readonly LoggedActivity[];
    if (page.length === 0) return all;
    all.push(...page);
    watermark = String(body['watermark']);
  }
}

const isMine = ({ from }: LoggedActivity): boolean => from.id !== 'jobcenter-lotse';

/** Which questions have an answer, in the order of the answers; several replies to one question count once. */
function answeredIn(log: readonly LoggedActivity[]): readonly string[] {
  const questions = new Map(log.filter(isMine).map(({ id, text }) => [id, text ?? '']));
  return [
    ...new Set(
      log.filter((activity) => !isMine(activity)).flatMap(({ replyToId }) => questions.get(String(replyToId)) ?? []),
    ),
  ];
}

async function until(condition: () => Promise<boolean> | boolean, timeoutMs = 30_000): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error('Waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('9 11 answers 100 parallel messages on two replicas, each of them once and in order, though every one is posted to both', async () => {
  const conversation = await openConversation(a.base);
  const texts = Array.from({ length: 50 }, (_, index) => `frage-${index}`);
  const posted = await Promise.all(texts.flatMap((text) => [post(a, conversation, text), post(b, conversation, text)]));
  expect(posted.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
  expect(new Set(posted.map(({ body }) => body['id'])).size).toBe(50);
  await until(async () => answeredIn(await logAt(b, conversation)).length === 50);
  const log = await logAt(a, conversation);
  expect(answeredIn(log)).toEqual(log.filter(isMine).map(({ text }) => text));
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
}, 60_000);

it('12 replays at the other replica what a dropped socket missed, without a gap and without a repetition', async () => {
  const conversation = await openConversation(a.base);
  const heard: LoggedActivity[] = [];
  let watermark = '';
  const follow = async (url: string): Promise<WebSocket> => {
    const socket = new WebSocket(url);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as { activities: LoggedActivity[]; watermark: string };
      heard.push(...frame.activities);
      watermark = frame.watermark;
    });
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    return socket;
  };
  const first = await follow(conversation.streamUrl);
  await post(b, conversation, 'eins');
  await until(() => answeredIn(heard).includes('eins'));
  first.terminate();
  await Promise.all([post(a, conversation, 'zwei'), post(b, conversation, 'drei')]);
  const again = await call(b.base, 'GET', `/v3/directline/conversations/${conversation.id}?watermark=${watermark}`, {
    token: conversation.token,
  });
  const second = await follow(String(again.body['streamUrl']));
  await post(a, conversation, 'vier');
  await until(() => answeredIn(heard).length === 4);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(heard.map(({ id }) => id)).toEqual((await logAt(a, conversation)).map(({ id }) => id));
  second.terminate();
}, 60_000);

it('8 answers on the other replica what a killed one had accepted, within ten seconds', async () => {
  const conversation = await openConversation(a.base);
  const texts = Array.from({ length: 10 }, (_, index) => `vor-${index}`);
  const statuses = await Promise.all(texts.map(async (text) => (await post(a, conversation, text)).status));
  await a.kill('SIGKILL');
  const killedMs = Date.now();
  expect(statuses).toEqual(texts.map(() => 200));
  await until(async () => answeredIn(await logAt(b, conversation)).length === texts.length, 20_000);
  expect(Date.now() - killedMs).toBeLessThan(10_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const log = await logAt(b, conversation);
  const replied = log.filter((activity) => !isMine(activity)).map(({ replyToId }) => replyToId);
  for (const { id } of log.filter(isMine)) expect(replied.filter((other) => other === id)).toHaveLength(1);
  a = await startProcess(env, { timeoutMs: 40_000 });
}, 90_000);

it('6 answers 503 within five seconds while the database is gone, and goes on by itself when it is back', async () => {
  const conversation = await openConversation(b.base);
  await post(b, conversation, 'vorher');
  await until(async () => answeredIn(await logAt(b, conversation)).length === 1);
  await postgres.kill();
  const askedMs = Date.now();
  const [refused, ready, alive] = await Promise.all([
    post(b, conversation, 'mitten'),
    call(b.base, 'GET', '/readyz'),
    call(b.base, 'GET', '/healthz'),
  ]);
  expect(Date.now() - askedMs).toBeLessThan(6_000);
  expect([refused.status, ready.status, alive.status]).toEqual([503, 503, 200]);
  expect(ready.body).toMatchObject({ ready: false, storage: 'failing' });
  const waiting = await startProcess(env, { timeoutMs: 40_000 });
  expect((await call(waiting.base, 'GET', '/readyz')).status).toBe(503);
  await postgres.start();
  await until(
    async () =>
      (await call(b.base, 'GET', '/readyz')).status === 200 &&
      (await call(waiting.base, 'GET', '/readyz')).status === 200,
    15_000,
  );
  expect((await post(waiting, conversation, 'mitten')).status).toBe(200);
  await until(async () => answeredIn(await logAt(b, conversation)).length === 2);
  expect(answeredIn(await logAt(waiting, conversation))).toEqual(['vorher', 'mitten']);
  await waiting.kill('SIGTERM');
}, 120_000);
