/**
 * Faults that need a process: killed, drained, ended by a bug. Rows 1, 2, 3, 5 and 33 of the fault matrix, on the embedded store.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { call, logOf, openConversation, type LoggedActivity } from '../support/rawDirectLine';
import { startProcess, temporaryFolder, type ServiceProcess } from '../support/serviceProcess';
import { until } from '../support/until';

const started: ServiceProcess[] = [];
async function start(env: Readonly<Record<string, string>>, preload?: string): Promise<ServiceProcess> {
  const service = await startProcess(env, preload === undefined ? {} : { preload });
  started.push(service);
  return service;
}
afterAll(async () => {
  await Promise.all(
    started
      .filter(({ child }) => child.exitCode === null && child.signalCode === null)
      .map((service) => service.kill('SIGKILL')),
  );
});

it('1 2 answers every acknowledged message exactly once over kill -9 at any moment, and a retried one no second time', async () => {
  const env = { DATA_DIR: temporaryFolder() };
  let service = await start(env);
  const conversation = await openConversation(service.base);
  await conversation.replies(1);
  const acknowledged = new Map<string, string>();
  const rounds = 6;
  for (let round = 0; round < rounds; round += 1) {
    const path = `/v3/directline/conversations/${conversation.id}/activities`;
    const texts = [0, 1, 2].map((index) => `Frage ${round}.${index}`);
    const post = (text: string): Promise<void> =>
      call(service.base, 'POST', path, {
        token: conversation.token,
        body: { type: 'message', text, channelData: { clientActivityID: text.replace(' ', '-') } },
      }).then(
        ({ status, body }) => {
          if (status === 200) acknowledged.set(text, String(body['id']));
        },
        // Killed under the request: no acknowledgement, no promise.
        () => undefined,
      );
    const posting = Promise.all(texts.map(post));
    // From before the first commit to after the last send.
    await new Promise((resolve) => setTimeout(resolve, round * 6));
    await service.kill('SIGKILL');
    await posting;
    service = await start(env);
    // The client tries again what it has no acknowledgement for, and once what it has.
    await Promise.all(texts.map(post));
    expect([...acknowledged.keys()]).toEqual(expect.arrayContaining(texts));
  }
  await until(
    async () =>
      (await logOf(service.base, conversation)).filter(({ from }) => from.id === 'jobcenter-lotse').length >=
      1 + rounds * 3,
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const log = await logOf(service.base, conversation);
  const mine = log.filter(({ from }) => from.id !== 'jobcenter-lotse').map(({ text }) => text);
  const answered = log.filter(({ replyToId }) => replyToId !== undefined).map(({ replyToId }) => String(replyToId));
  expect([...mine].sort()).toEqual([...acknowledged.keys()].sort());
  for (const id of acknowledged.values()) expect(answered.filter((other) => other === id)).toHaveLength(1);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  expect(started.map(({ stderr }) => stderr()).join('')).not.toContain('turn.failed');
}, 150_000);

it('3 ends within ten seconds of SIGTERM: answers what it took, closes its sockets, takes nothing new', async () => {
  const service = await start({ DATA_DIR: temporaryFolder() });
  const conversation = await openConversation(service.base);
  const socket = new WebSocket(conversation.streamUrl);
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString()));
  await new Promise((resolve) => socket.on('open', resolve));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await Promise.all(['a', 'b', 'c'].map((text) => conversation.say(text)));
  const end = await service.kill('SIGTERM');
  expect(end).toMatchObject({ code: 0, signal: null });
  expect(end.afterMs).toBeLessThan(10_000);
  expect(await closed).toBe(1001);
  const replies = frames
    .flatMap((frame) => (JSON.parse(frame) as { activities: LoggedActivity[] }).activities)
    .filter(({ replyToId }) => replyToId !== undefined);
  expect(replies.length).toBeGreaterThanOrEqual(3);
  await expect(fetch(`${service.base}/healthz`)).rejects.toThrow();
}, 40_000);

it('5 does not start a second time on the same data folder', async () => {
  const env = { DATA_DIR: temporaryFolder() };
  const first = await start(env);
  await expect(start(env)).rejects.toThrow(/Ended with 1: .*STORAGE_OWNED/s);
  expect((await fetch(`${first.base}/readyz`)).status).toBe(200);
}, 40_000);

it('33 logs an unhandled rejection without its text, drains and ends, so that a supervisor starts it afresh', async () => {
  const folder = temporaryFolder();
  const bomb = join(folder, 'bomb.cjs');
  writeFileSync(bomb, `process.on('SIGUSR2', () => { Promise.reject(new Error('Frau Beispiel, DE89 3704')); });`);
  const service = await start({ DATA_DIR: folder }, bomb);
  const end = await service.kill('SIGUSR2');
  expect(end.code).toBe(1);
  expect(end.afterMs).toBeLessThan(10_000);
  expect(service.stderr()).toMatch(/"event":"process\.failed"/);
  expect(service.stderr()).toMatch(/"event":"service\.stopped"/);
  expect(service.stderr()).not.toMatch(/Beispiel|DE89/);
  const again = await start({ DATA_DIR: folder });
  expect((await fetch(`${again.base}/readyz`)).status).toBe(200);
}, 40_000);

it('says one line to the operator, and refuses to start open to the world', async () => {
  const service = await start({ DATA_DIR: temporaryFolder() });
  expect(service.stdout()).toBe(`Jobcenter-Lotse: ${service.base}/\n`);
  await expect(start({ DATA_DIR: temporaryFolder(), NODE_ENV: 'production' })).rejects.toThrow(
    /CONFIG_INVALID.*MicrosoftAppId/s,
  );
  await expect(start({ DATA_DIR: temporaryFolder(), HOST: '0.0.0.0' })).rejects.toThrow(/CONFIG_INVALID.*HOST/s);
}, 40_000);
