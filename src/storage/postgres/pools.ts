/**
 * Connections to PostgreSQL that never hang and never kill the process: every wait has its end, every connection its error listener.
 * A server that has gone silent is answered with `STORAGE_UNAVAILABLE` within five seconds: two to get a connection, two and a half for the query.
 */
import { Pool, type PoolConfig } from 'pg';
import { LotseError } from '../../errors';
import { errorCode, type Logger } from '../../observability/logger';

export const connectTimeoutMs = 2_000;
const queryTimeoutMs = 2_500;
/** Where the server itself gives up, so that nothing goes on behind our back. */
const statementTimeoutMs = 2_200;

/** A lock whose holder says nothing for so long is free again: the server ends the session. */
export const lockIdleMs = 9_000;
/** One round of waiting for a lock; after it the wait begins anew, so that waiting is told from silence. */
export const lockRoundMs = 1_500;

const maxStoreConnections = 10;
const maxLockConnections = 20;

export interface Pools {
  readonly store: Pool;
  /** Its own, so that turns that wait for a lock never starve the turn that has it. */
  readonly locks: Pool;
  close(): Promise<void>;
}

export function createPools(url: string, logger: Logger): Pools {
  const common = connectionOptions(url);
  const store = new Pool({
    ...common,
    max: maxStoreConnections,
    query_timeout: queryTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 5_000,
  });
  const locks = new Pool({
    ...common,
    application_name: 'jobcenter-lotse locks',
    max: maxLockConnections,
    query_timeout: queryTimeoutMs,
    lock_timeout: lockRoundMs,
    // A holder whose machine has vanished is noticed by keepalives, one that hangs by its silence.
    options: `-c idle_session_timeout=${lockIdleMs} -c tcp_keepalives_idle=3 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2`,
    // Below the server's, so that an idle connection ends from our side.
    idleTimeoutMillis: lockIdleMs - 3_000,
  });
  for (const pool of [store, locks])
    pool.on('error', (error) => {
      logger.warn('storage.connection.lost', { error: errorCode(error) });
    });
  return {
    store,
    locks,
    async close() {
      await withinASecond(Promise.all([store.end(), locks.end()]));
    },
  };
}

export function connectionOptions(url: string): PoolConfig {
  return {
    connectionString: url,
    application_name: 'jobcenter-lotse',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  };
}

export function unavailable(error: unknown): LotseError {
  return error instanceof LotseError
    ? error
    : new LotseError('STORAGE_UNAVAILABLE', 'The database does not answer as it should', { cause: error });
}

/** For goodbyes: a server that is silent does not answer them either. */
export async function withinASecond(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 1_000);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
