/**
 * The storage port on PostgreSQL (14 or newer), for several replicas: store, lock and fan-out on one engine. Needs direct connections: sessions carry locks
 * and LISTEN, so a pooler in transaction mode between us and the server will not do.
 */
import type { Clock } from '../../clock';
import { silentLogger, type Logger } from '../../observability/logger';
import type { Storage } from '../ports';
import { createPostgresFanout } from './fanout';
import { createPostgresLocks } from './locks';
import { createPools } from './pools';
import { createPostgresStore } from './store';

export interface PostgresOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly logger?: Logger;
}

/** Connects at the first use; a database that is away makes every use fail with `STORAGE_UNAVAILABLE` until it is back. */
export function createPostgresStorage({ url, clock, logger = silentLogger }: PostgresOptions): Storage {
  const pools = createPools(url, logger);
  const fanout = createPostgresFanout(url, pools.store, logger);
  return {
    store: createPostgresStore(pools.store, clock),
    locks: createPostgresLocks(pools.locks),
    fanout,
    async close() {
      await fanout.close();
      await pools.close();
    },
  };
}
