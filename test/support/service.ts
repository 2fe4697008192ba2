/**
 * The real service on a free port for tests: memory storage, generous limits, a runner of the test's own.
 */
import { createService, type Service } from '../../src/service';
import { parseConfig } from '../../src/config';
import type { ConversationRunner } from '../../src/bot/conversation';
import type { Clock } from '../../src/clock';
import { createLogger, type Logger } from '../../src/observability/logger';
import { systemClock } from '../../src/clock';
import type { Storage } from '../../src/storage/ports';

export interface TestService {
  readonly base: string;
  readonly port: number;
  readonly service: Service;
  readonly logLines: readonly string[];
}

export const generous = {
  NODE_ENV: 'test',
  STORAGE: 'memory',
  MESSAGES_PER_SECOND: '10000',
  MESSAGE_BURST: '10000',
  MESSAGES_PER_MINUTE: '1000000',
  STARTS_PER_MINUTE: '1000000',
  QUEUE_DEPTH: '1000',
  MAX_TURNS_IN_FLIGHT: '5000',
  MAX_WAIT_MS: '60000',
  MAX_LOOP_LAG_MS: '10000',
  DRAIN_MS: '2000',
};

export interface TestParts {
  /** Absent: the real conversation over the real knowledge base. */
  readonly runner?: ConversationRunner;
  readonly storage?: Storage;
  readonly clock?: Clock;
  readonly env?: Readonly<Record<string, string>>;
  readonly switchesPollMs?: number;
}

export async function startService(parts: TestParts): Promise<TestService> {
  const logLines: string[] = [];
  const logger: Logger = createLogger((line) => logLines.push(line), parts.clock ?? systemClock);
  const service = await createService(parseConfig({ ...generous, ...parts.env }), {
    logger,
    root: process.cwd(),
    ...(parts.runner === undefined ? {} : { runner: parts.runner }),
    ...(parts.storage === undefined ? {} : { storage: parts.storage }),
    ...(parts.clock === undefined ? {} : { clock: parts.clock }),
    ...(parts.switchesPollMs === undefined ? {} : { switchesPollMs: parts.switchesPollMs }),
  });
  const port = await service.listen(0);
  return { base: `http://127.0.0.1:${port}`, port, service, logLines };
}

/** Says back what it hears and counts the turns. */
export function echoRunner(): ConversationRunner & { readonly heard: string[]; turns: number } {
  const runner = {
    heard: [] as string[],
    turns: 0,
    async run(context: Parameters<ConversationRunner['run']>[0]): Promise<void> {
      runner.turns += 1;
      if (context.activity.type === 'conversationUpdate') {
        await context.sendActivity('Willkommen');
        return;
      }
      const text = context.activity.type === 'message' ? context.activity.text : context.activity.type;
      runner.heard.push(text);
      await context.sendActivity(`Echo: ${text}`);
    },
  };
  return runner;
}
