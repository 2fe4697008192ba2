/** Fault matrix, rows 6, 9, 11 and 12, on the whole service with two replicas that share nothing but PostgreSQL. */
import { WebSocket } from 'ws';
import { systemClock } from '../../src/clock';
import { createPostgresStorage } from '../../src/storage/postgres/postgres';
import { startEmbedded, type PostgresServer } from '../support/postgres';
import { call, openConversation, type LoggedActivity } from '../support/rawDirectLine';
import { echoRunner, startService, type TestService } from '../support/service';
import { startTcpProxy, type TcpProxy } from '../support/tcpProxy';

let server: PostgresServer;
let proxy: TcpProxy;
let replicas: readonly [TestService, TestService];
let runner = echoRunner();

jest.setTimeout(45_000);
beforeAll(async () => {
  server = await startEmbedded();
}, 60_000);
beforeEach(async () => {
  const url = await server.createDatabase();
  proxy = await startTcpProxy(server.port);
  const proxied = new URL(url);
  proxied.port = String(proxy.port);
  runner = echoRunner();
  replicas = [await replica(proxied.href), await replica(url)];
});
afterEach(async () => {
  await Promise.all(replicas.map(({ service }) => service.close()));
  await proxy.close();
});
afterAll(async () => {
  await server.stop();
}, 60_000);

describe('two replicas on PostgreSQL', () => {
  it('9 answer 100 messages of one conversation that come to both at once, each once and in the order they were taken', async () => {
    const conversation = await openConversation(replicas[0].base);
    const posted = await Promise.all(
      Array.from({ length: 100 }, (_, index) => say(replicas[index % 2 === 0 ? 0 : 1], conversation, `n${index}`)),
    );
    expect(posted.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
    await conversation.replies(101);
    const log = await conversation.activities();
    const questions = log.filter(({ from }) => from.id !== 'jobcenter-lotse').map(({ text }) => text);
    const answers = log.filter(({ from, text }) => from.id === 'jobcenter-lotse' && text !== 'Willkommen');
    expect(new Set(questions).size).toBe(100);
    expect(answers.map(({ text }) => text)).toEqual(questions.map((text) => `Echo: ${text}`));
    expect(runner.heard).toHaveLength(100);
  });

  it('11 give a message that comes to both at once one turn and one id', async () => {
    const conversation = await openConversation(replicas[0].base);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => say(replicas[index % 2 === 0 ? 0 : 1], conversation, 'Hallo', 'same')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    await conversation.replies(2);
    await pause(300);
    expect((await conversation.activities()).map(({ text }) => text)).toEqual(['Willkommen', 'Hallo', 'Echo: Hallo']);
  });

  it('12 bring what one of them answered to the socket at the other', async () => {
    const conversation = await openConversation(replicas[0].base);
    const heard: LoggedActivity[] = [];
    const socket = new WebSocket(conversation.streamUrl);
    socket.on('message', (data: Buffer) => {
      heard.push(...(JSON.parse(data.toString()) as { activities: LoggedActivity[] }).activities);
    });
    await new Promise((resolve) => socket.on('open', resolve));
    await until(() => heard.length > 0);
    const startedMs = Date.now();
    await say(replicas[1], conversation, 'über die andere');
    await until(() => heard.some(({ text }) => text === 'Echo: über die andere'));
    expect(Date.now() - startedMs).toBeLessThan(2_000);
    socket.terminate();
  });

  it('6 started without a database are alive and not ready, refuse with 503, and are ready within ten seconds of its return', async () => {
    const url = await server.createDatabase();
    await server.kill();
    const fresh = await replica(url);
    const statuses = async (): Promise<readonly number[]> => [
      (await call(fresh.base, 'GET', '/healthz')).status,
      (await call(fresh.base, 'GET', '/readyz')).status,
      (await call(fresh.base, 'POST', '/v3/directline/tokens/generate')).status,
    ];
    expect((await statuses()).slice(0, 2)).toEqual([200, 503]);
    await expect(openConversation(fresh.base)).rejects.toThrow('503');
    await server.start();
    await untilStatus(fresh, '/readyz', 200);
    expect(await statuses()).toEqual([200, 200, 200]);
    const conversation = await openConversation(fresh.base);
    await say(fresh, conversation, 'wieder da');
    await conversation.replies(2);
    await fresh.service.close();
  });

  it('6 with a database that falls silent answer 503 within five seconds, and what was taken before is answered afterwards', async () => {
    const conversation = await openConversation(replicas[0].base);
    await say(replicas[0], conversation, 'vorher');
    await conversation.replies(2);
    proxy.silence();
    const startedMs = Date.now();
    const [refused, readiness, alive] = await Promise.all([
      say(replicas[0], conversation, 'im Schweigen', 'retried'),
      call(replicas[0].base, 'GET', '/readyz'),
      call(replicas[0].base, 'GET', '/healthz'),
    ]);
    expect([refused.status, readiness.status, alive.status]).toEqual([503, 503, 200]);
    expect(Date.now() - startedMs).toBeLessThan(5_000);
    // The other replica does not notice.
    expect((await say(replicas[1], conversation, 'nebenan')).status).toBe(200);
    proxy.speak();
    await untilStatus(replicas[0], '/readyz', 200);
    expect((await say(replicas[0], conversation, 'im Schweigen', 'retried')).status).toBe(200);
    await conversation.replies(4);
    expect(runner.heard).toEqual(['vorher', 'nebenan', 'im Schweigen']);
  });
});

function replica(url: string): Promise<TestService> {
  return startService({
    runner,
    storage: createPostgresStorage({ url, clock: systemClock }),
    env: { DIRECT_LINE_SECRET: 'the same secret on every replica of ours' },
  });
}

function say(
  { base }: TestService,
  { id, token }: { readonly id: string; readonly token: string },
  text: string,
  clientActivityId?: string,
): ReturnType<typeof call> {
  const channelData = clientActivityId === undefined ? {} : { channelData: { clientActivityID: clientActivityId } };
  return call(base, 'POST', `/v3/directline/conversations/${id}/activities`, {
    token,
    body: { type: 'message', text, ...channelData },
  });
}

async function untilStatus(service: TestService, path: string, status: number): Promise<void> {
  const deadlineMs = Date.now() + 10_000;
  while ((await call(service.base, 'GET', path)).status !== status) {
    if (Date.now() > deadlineMs) throw new Error(`${path} did not become ${status}`);
    await pause(100);
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadlineMs) throw new Error('It did not come about');
    await pause(10);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
