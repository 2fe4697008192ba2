/**
 * What is measured, as a process of its own: the service as it is (`lotse`), the same service with a bot that says back what it hears (`echo`),
 * and the bare echo bot of the SDK's samples without any storage (`sdk`, /api/messages only). Tells its processor time and memory when asked.
 *
 * Started by serve.ts; settings come through the environment, as for the service itself.
 */
import { join } from 'node:path';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type TurnContext,
} from 'botbuilder';
import { createServer } from 'restify';
import type { ConversationRunner } from '../../src/bot/conversation';
import { systemClock } from '../../src/clock';
import { readConfig } from '../../src/config';
import { keepHeapSmall } from '../../src/heap';
import { createLogger } from '../../src/observability/logger';
import { createService } from '../../src/service';
import type { Usage } from './serve';

const echo: ConversationRunner = {
  async run(context: TurnContext): Promise<void> {
    const { type, text } = context.activity;
    if (type === 'message') await context.sendActivity(`Echo: ${text}`);
    else if (type === 'conversationUpdate') await context.sendActivity('Willkommen');
  },
};

async function serveOurs(kind: 'lotse' | 'echo'): Promise<number> {
  const config = readConfig();
  const logger = createLogger((line) => process.stderr.write(`${line}\n`), systemClock, config.LOG_LEVEL ?? 'error');
  const service = await createService(config, {
    logger,
    root: join(__dirname, '..'),
    ...(kind === 'echo' ? { runner: echo } : {}),
  });
  process.once('SIGTERM', () => {
    void service.close().then(() => process.exit(0));
  });
  return service.listen(config.PORT ?? 0);
}

/** As in the SDK's samples. */
function serveSdk(): Promise<number> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`);
    await next();
  });
  const server = createServer();
  server.post('/api/messages', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Activity;
    // Its restify is older than ours and typed without exactOptionalPropertyTypes.
    const read = Object.assign(request, { body: { ...body } }) as unknown as Parameters<typeof adapter.process>[0];
    await adapter.process(read, response, (context) => bot.run(context));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server.address().port);
    });
  });
}

async function main(): Promise<void> {
  keepHeapSmall();
  const kind = process.argv[2];
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const usage: Usage = { cpuMs: (user + system) / 1_000, rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 };
    process.send?.(usage);
  });
  // Whoever measures may be killed; then nobody needs this any more.
  process.once('disconnect', () => process.exit(0));
  const port = await (kind === 'sdk' ? serveSdk() : serveOurs(kind === 'echo' ? 'echo' : 'lotse'));
  process.send?.({ port, ...process.cpuUsage() });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
