/**
 * Many web sockets and slow ones: row 27 of the fault matrix, as far as one process shows it.
 */
import { WebSocket } from 'ws';
import { openConversation } from '../support/rawDirectLine';
import { echoRunner, startService } from '../support/service';

const open = (url: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      resolve(socket);
    });
    socket.on('error', reject);
  });

it('27 holds 500 sockets below 100 KB each (both ends counted), answers over all, refuses the one too many', async () => {
  const { base, service } = await startService({ runner: echoRunner(), env: { MAX_SOCKETS: '500' } });
  const conversations = [];
  for (let index = 0; index < 501; index += 1) conversations.push(await openConversation(base));
  const before = process.memoryUsage();
  const sockets: WebSocket[] = [];
  let echoes = 0;
  for (const { streamUrl } of conversations.slice(0, 500)) {
    const socket = await open(streamUrl);
    socket.on('message', (data: Buffer) => {
      if (data.includes('Echo: Hallo')) echoes += 1;
    });
    sockets.push(socket);
  }
  const after = process.memoryUsage();
  // Client and server are both in this process: twice the service's share.
  expect((after.heapUsed + after.external - before.heapUsed - before.external) / 500).toBeLessThan(100_000);
  await expect(open(conversations[500]?.streamUrl ?? '')).rejects.toThrow('403');
  await Promise.all(conversations.slice(0, 500).map((conversation) => conversation.say('Hallo')));
  const endMs = Date.now() + 15_000;
  while (echoes < 500 && Date.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(echoes).toBe(500);
  for (const socket of sockets) socket.terminate();
  await service.close();
}, 60_000);

it('27 cuts a reader off that does not keep up, and leaves the others alone', async () => {
  const { base, service } = await startService({
    runner: {
      async run(context) {
        if (context.activity.type === 'message') await context.sendActivity('x'.repeat(400_000));
      },
    },
  });
  const slow = await openConversation(base);
  const other = await openConversation(base);
  const socket = await open(slow.streamUrl);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.pause();
  for (let index = 0; index < 40; index += 1) await slow.say(`n${index}`);
  await other.say('Hallo');
  await other.replies(1);
  await slow.replies(40);
  socket.resume();
  await closed;
  const text = await (await fetch(`${base}/metrics`)).text();
  expect(text).toContain('lotse_refused_total{reason="slowReader"} 1');
  await service.close();
}, 30_000);
