/**
 * config → service → listen; signals; the only process.exit. Prints one line for the operator: where the chat is. Logs go to stderr.
 */
import { join } from 'node:path';
import { systemClock } from './clock';
import { readConfig, type Config } from './config';
import { LotseError } from './errors';
import { keepHeapSmall } from './heap';
import { createLogger, errorCode, type Logger } from './observability/logger';
import { createService, type Service } from './service';

const defaultPort = 3978;
const portsTried = 20;

async function main(): Promise<void> {
  keepHeapSmall();
  const config = readConfig();
  const level = config.LOG_LEVEL ?? (config.NODE_ENV === 'production' ? 'info' : 'warn');
  const logger = createLogger((line) => process.stderr.write(`${line}\n`), systemClock, level);
  quietLibraries(logger);

  const service = await createService(config, { logger, root: projectRoot() });
  const port = await listenSomewhere(service, config);
  console.log(`Jobcenter-Lotse: ${config.PUBLIC_URL ?? `http://${config.HOST}:${port}`}/`);

  let stopping = false;
  const stop = (reason: string, exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    logger.info('service.stopping', { reason });
    // Whatever hangs, the process is gone before an orchestrator kills it.
    setTimeout(() => process.exit(exitCode), config.DRAIN_MS + 1_800).unref();
    service.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error('service.stop.failed', { error: errorCode(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => {
    stop('SIGTERM', 0);
  });
  process.on('SIGINT', () => {
    stop('SIGINT', 0);
  });
  // A bug left the process in an unknown state: end what is running, let the supervisor start a fresh one.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => {
      logger.error('process.failed', { kind: event, error: errorCode(error) });
      stop(event, 1);
    });
  }
}

/** The operator's port or none; without one, the first free from the usual on. */
async function listenSomewhere(service: Service, config: Config): Promise<number> {
  if (config.PORT !== undefined) return service.listen(config.PORT);
  for (let port = defaultPort; ; port += 1) {
    try {
      return await service.listen(port);
    } catch (error) {
      const taken = error instanceof LotseError && error.code === 'PORT_TAKEN';
      if (!taken || port >= defaultPort + portsTried) throw error;
    }
  }
}

/** The SDK prints rejected tokens with keys and texts; of that one word is worth a line. */
function quietLibraries(logger: Logger): void {
  const say = (level: string) => (): void => {
    logger.warn('library.console', { kind: level });
  };
  console.error = say('error');
  console.warn = say('warn');
}

/** From dist/src/main.js as from src/main.ts. */
function projectRoot(): string {
  const parent = join(__dirname, '..');
  return parent.endsWith('dist') ? join(parent, '..') : parent;
}

main().catch((error: unknown) => {
  const known = error instanceof LotseError;
  process.stderr.write(
    known
      ? `${error.code}: ${error.message}\n`
      : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
