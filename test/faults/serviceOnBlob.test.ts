/** Fault matrix, rows 1, 2 and 6, on the whole service with Azure Blob (Azurite) as its storage. */
import { systemClock } from '../../src/clock';
import { createBlobStorage } from '../../src/storage/blob/blob';
import { startAzurite, type AzuriteServer } from '../support/azurite';
import { call, logOf, openConversation, type LoggedActivity } from '../support/rawDirectLine';
import { echoRunner, startService, type TestService } from '../support/service';
import { startProcess, type ServiceProcess } from '../support/serviceProcess';
import { talkingKnowledge } from '../support/talkingKnowledge';
import { startTcpProxy } from '../support/tcpProxy';
import { until } from '../support/until';

let azurite: AzuriteServer;
const processes: ServiceProcess[] = [];
jest.setTimeout(60_000);
beforeAll(async () => {
  azurite = await startAzurite();
}, 60_000);
afterAll(async () => {
  await Promise.all(processes.map((service) => service.kill('SIGKILL')));
  await azurite.stop();
});

it('a conversation over Direct Line goes on after the service was ended and started again', async () => {
  const knowledge = talkingKnowledge();
  const start = async (): Promise<TestService> => {
    const access = { kind: 'connection', connection: azurite.connection() } as const;
    const storage = await createBlobStorage({ access, container: 'talk', clock: systemClock });
    return startService({ storage, env: { KNOWLEDGE_DIR: knowledge, KNOWLEDGE_RELOAD: 'off' } });
  };
  const first = await start();
  const conversation = await openConversation(first.base);
  await conversation.say('Ich habe meinen Termin verpasst, was nun?');
  const before = await conversation.replies(2);
  await first.service.close();
  const second = await start();
  const { id, token } = conversation;
  expect((await logOf(second.base, conversation)).filter(isReply)).toEqual(before);
  const path = `/v3/directline/conversations/${id}/activities`;
  const body = { type: 'message', text: 'Und was kostet das?', from: { id: 'me' } };
  expect(await call(second.base, 'POST', path, { token, body })).toMatchObject({ status: 200 });
  await until(async () => (await logOf(second.base, conversation)).filter(isReply).length > before.length);
  expect(second.logLines.join('')).not.toContain('turn.failed');
  await second.service.close();
});

it('1 2 answers every acknowledged message exactly once over kill -9, and a retried one no second time', async () => {
  const env = { STORAGE: 'blob', BLOB_CONNECTION: azurite.connection(), BLOB_CONTAINER: 'killed' };
  const start = async (): Promise<ServiceProcess> => {
    const service = await startProcess(env);
    processes.push(service);
    return service;
  };
  let service = await start();
  const conversation = await openConversation(service.base);
  await conversation.replies(1);
  const acknowledged = new Map<string, string>();
  const rounds = 2;
  for (let round = 0; round < rounds; round += 1) {
    const texts = [0, 1, 2].map((index) => `Frage ${round}.${index}`);
    const post = async (text: string): Promise<void> => {
      const path = `/v3/directline/conversations/${conversation.id}/activities`;
      const body = { type: 'message', text, channelData: { clientActivityID: text.replace(' ', '-') } };
      const answer = await call(service.base, 'POST', path, { token: conversation.token, body }).catch(() => undefined);
      // Killed under the request: no acknowledgement, no promise.
      if (answer?.status === 200) acknowledged.set(text, String(answer.body['id']));
    };
    const posting = Promise.all(texts.map(post));
    await new Promise((resolve) => setTimeout(resolve, round * 25));
    await service.kill('SIGKILL');
    await posting;
    await azurite.expireLease('killed');
    service = await start();
    await Promise.all(texts.map(post));
    expect([...acknowledged.keys()]).toEqual(expect.arrayContaining(texts));
  }
  await until(async () => (await logOf(service.base, conversation)).filter(isReply).length >= 1 + rounds * 3);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const log = await logOf(service.base, conversation);
  const answered = log.filter(({ replyToId }) => replyToId !== undefined).map(({ replyToId }) => String(replyToId));
  for (const id of acknowledged.values()) expect(answered.filter((other) => other === id)).toHaveLength(1);
  expect(
    log
      .filter((each) => !isReply(each))
      .map(({ text }) => text)
      .sort(),
  ).toEqual([...acknowledged.keys()].sort());
  expect(processes.map(({ stderr }) => stderr()).join('')).not.toContain('turn.failed');
});

it('6 answers 503 while the network is silent, says so in /readyz, and goes on when it is back', async () => {
  const proxy = await startTcpProxy(azurite.port);
  const access = { kind: 'connection', connection: azurite.connection(proxy.port) } as const;
  const storage = await createBlobStorage({ access, container: 'silent', clock: systemClock });
  const runner = echoRunner();
  const { base, service } = await startService({ storage, runner });
  const conversation = await openConversation(base);
  await conversation.say('vorher');
  await conversation.replies(2);
  proxy.silence();
  const fromMs = performance.now();
  expect((await conversation.say('während')).status).toBe(503);
  expect(performance.now() - fromMs).toBeLessThan(5_000);
  expect((await fetch(`${base}/readyz`)).status).toBe(503);
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  proxy.speak();
  await until(async () => (await fetch(`${base}/readyz`)).status === 200);
  expect((await conversation.say('nachher')).status).toBe(200);
  await conversation.replies(3);
  expect(runner.heard.filter((text) => text !== 'während')).toEqual(['vorher', 'nachher']);
  await service.close();
  await proxy.close();
});

function isReply({ from }: LoggedActivity): boolean {
  return from.id === 'jobcenter-lotse';
}
