/**
 * Two replicas on one storage, dropped sockets, the same message twice, time: rows 9, 11, 12 and 31 of the fault matrix, and the idle hour.
 */
import { WebSocket } from 'ws';
import { fixedClock } from '../../src/clock';
import { createMemoryStorage } from '../../src/storage/memory';
import type { Storage } from '../../src/storage/ports';
import { call, openConversation, type LoggedActivity, type OpenConversation } from '../support/rawDirectLine';
import { echoRunner, startService, type TestService } from '../support/service';

const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));
let storage: Storage;
let replicas: readonly [TestService, TestService];
const runner = echoRunner();

beforeEach(async () => {
  storage = createMemoryStorage(clock);
  const parts = { runner, clock, storage, env: { DIRECT_LINE_SECRET: 'the same secret on every replica of ours' } };
  replicas = [await startService(parts), await startService(parts)];
});
afterEach(async () => {
  await Promise.all(replicas.map(({ service }) => service.close()));
});

const post = (
  replica: TestService,
  { id, token }: OpenConversation,
  text: string,
  clientActivityId?: string,
): ReturnType<typeof call> =>
  call(replica.base, 'POST', `/v3/directline/conversations/${id}/activities`, {
    token,
    body: {
      type: 'message',
      text,
      ...(clientActivityId === undefined ? {} : { channelData: { clientActivityID: clientActivityId } }),
    },
  });

interface Follower {
  readonly socket: WebSocket;
  readonly heard: LoggedActivity[];
  watermark: string;
  readonly closed: Promise<number>;
}

async function follow(url: string): Promise<Follower> {
  const socket = new WebSocket(url);
  const follower: Follower = {
    socket,
    heard: [],
    watermark: '',
    closed: new Promise((resolve) => socket.on('close', resolve)),
  };
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as { activities: LoggedActivity[]; watermark: string };
    follower.heard.push(...frame.activities);
    follower.watermark = frame.watermark;
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return follower;
}

async function until(condition: () => boolean): Promise<void> {
  const endMs = Date.now() + 8_000;
  while (!condition()) {
    if (Date.now() > endMs) throw new Error('Waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('9 answers 100 messages that come to two replicas at once, all of them, each after its question', async () => {
  const conversation = await openConversation(replicas[0].base);
  const posted = await Promise.all(
    Array.from({ length: 100 }, (_, index) => post(replicas[index % 2 === 0 ? 0 : 1], conversation, `n${index}`)),
  );
  expect(posted.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
  await conversation.replies(101);
  const log = await conversation.activities();
  const questions = log.filter(({ from }) => from.id !== 'jobcenter-lotse').map(({ text }) => text);
  const answers = log.filter(({ replyToId }) => replyToId !== undefined && replyToId !== '').map(({ text }) => text);
  expect(questions).toHaveLength(100);
  // The answers stand in the order in which the questions were accepted.
  expect(answers.filter((text) => text !== 'Willkommen')).toEqual(questions.map((text) => `Echo: ${text}`));
});

it('11 gives a message that is posted twice one turn and one id, also on the other replica', async () => {
  const conversation = await openConversation(replicas[0].base);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => post(replicas[index % 2 === 0 ? 0 : 1], conversation, 'Hallo', 'same')),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
  await conversation.replies(2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await conversation.activities()).map(({ text }) => text)).toEqual(['Willkommen', 'Hallo', 'Echo: Hallo']);
});

it('12 goes on at another replica after a dropped socket, without a gap and without a repetition', async () => {
  const conversation = await openConversation(replicas[0].base);
  const before = await follow(conversation.streamUrl);
  await post(replicas[0], conversation, 'eins');
  await until(() => before.heard.length >= 3);
  void post(replicas[0], conversation, 'zwei');
  before.socket.terminate();
  await post(replicas[1], conversation, 'drei');

  const reconnected = await call(
    replicas[1].base,
    'GET',
    `/v3/directline/conversations/${conversation.id}?watermark=${before.watermark}`,
    { token: conversation.token },
  );
  const after = await follow(String(reconnected.body['streamUrl']));
  await post(replicas[0], conversation, 'vier');
  await until(() => before.heard.length + after.heard.length >= 9);
  await new Promise((resolve) => setTimeout(resolve, 100));

  const ids = [...before.heard, ...after.heard].map(({ id }) => id);
  expect(ids).toEqual((await conversation.activities()).map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  after.socket.terminate();
});

it('12 lets a second socket of a conversation close the first', async () => {
  const conversation = await openConversation(replicas[0].base);
  const first = await follow(conversation.streamUrl);
  const again = await call(replicas[0].base, 'GET', `/v3/directline/conversations/${conversation.id}`, {
    token: conversation.token,
  });
  const second = await follow(String(again.body['streamUrl']));
  expect(await first.closed).toBe(1000);
  await post(replicas[1], conversation, 'Hallo');
  await until(() => second.heard.some(({ text }) => text === 'Echo: Hallo'));
  second.socket.terminate();
});

describe('31 time', () => {
  it.each([
    ['an hour back', -3_600_000],
    ['half an hour on', 1_800_000 - 1],
  ])('31 keeps the order of a conversation when the clock jumps %s', async (_, jumpMs) => {
    const conversation = await openConversation(replicas[0].base);
    await post(replicas[0], conversation, 'eins');
    await conversation.replies(2);
    clock.advance(jumpMs);
    await post(replicas[1], conversation, 'zwei');
    await conversation.replies(3);
    expect((await conversation.activities()).map(({ text }) => text)).toEqual([
      'Willkommen',
      'eins',
      'Echo: eins',
      'zwei',
      'Echo: zwei',
    ]);
  });

  it('31 lets a token end after 30 minutes and a fresh one go on', async () => {
    const conversation = await openConversation(replicas[0].base);
    clock.advance(29 * 60_000);
    const refreshed = await call(replicas[1].base, 'POST', '/v3/directline/tokens/refresh', {
      token: conversation.token,
    });
    expect(refreshed.status).toBe(200);
    clock.advance(2 * 60_000);
    expect(
      (
        await call(replicas[0].base, 'GET', `/v3/directline/conversations/${conversation.id}/activities`, {
          token: conversation.token,
        })
      ).status,
    ).toBe(403);
    expect(
      (
        await call(replicas[0].base, 'GET', `/v3/directline/conversations/${conversation.id}/activities`, {
          token: String(refreshed.body['token']),
        })
      ).status,
    ).toBe(200);
  });
});

it('leaves nothing of a conversation an hour after its last message, however long a tab stays open', async () => {
  const conversation = await openConversation(replicas[0].base);
  await post(replicas[0], conversation, 'Hallo');
  await conversation.replies(2);
  let token = conversation.token;
  for (let minutes = 0; minutes < 60; minutes += 20) {
    const refreshed = await call(replicas[0].base, 'POST', '/v3/directline/tokens/refresh', { token });
    expect(refreshed.status).toBe(200);
    token = String(refreshed.body['token']);
    clock.advance(20 * 60_000);
  }
  expect(
    (await call(replicas[0].base, 'GET', `/v3/directline/conversations/${conversation.id}/activities`, { token }))
      .status,
  ).toBe(404);
  expect((await call(replicas[0].base, 'POST', '/v3/directline/tokens/refresh', { token })).status).toBe(404);
  expect((await post(replicas[0], { ...conversation, token }, 'noch da?')).status).toBe(404);
  await storage.store.purgeExpired();
  expect((await storage.store.list('')).map(([key]) => key)).toEqual([]);
});
