/**
 * The lock across replicas: first in line within the process, then a session advisory lock that PostgreSQL frees when the session ends, however it ends.
 * Refuses to be a guarantee: a session may end while the work goes on. What the work commits is fenced by eTags (src/storage/ports.ts).
 */
import { createHash } from 'node:crypto';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { LotseError } from '../../errors';
import { createProcessLocks } from '../locks';
import type { Locks } from '../ports';
import { lockIdleMs, lockRoundMs, unavailable } from './pools';

/** Longer than `lockIdleMs`, within which a holder that died is noticed. */
const maxRounds = 8;
const beatMs = lockIdleMs / 3;
const lockNotAvailable = '55P03';

export function createPostgresLocks(pool: Pool): Locks {
  const line = createProcessLocks();
  const places = createPlaces(pool.options.max);
  return {
    withLock: (name, work) =>
      line.withLock(name, async () => {
        await places.take();
        try {
          const session = await acquire(pool, lockNumber(name));
          try {
            return await work();
          } finally {
            await session.release();
          }
        } finally {
          places.give();
        }
      }),
  };
}

/** One place per connection: who waits for a busy pool is in a queue, who waits for a connection has a database that does not answer. */
function createPlaces(count: number): { take(): Promise<void>; give(): void } {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    take() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}

interface LockSession {
  release(): Promise<void>;
}

async function acquire(pool: Pool, number: string): Promise<LockSession> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  // A session that ends in the middle of the work is no event: the server has freed the lock, the fence guards the commit.
  let lost = false;
  const onError = (): void => {
    lost = true;
  };
  client.on('error', onError);
  const giveBack = (broken: boolean): void => {
    client.off('error', onError);
    client.release(broken);
  };
  try {
    await wait(client, number);
  } catch (error) {
    giveBack(!isLotseError(error));
    throw unavailable(error);
  }
  // A process that lives keeps its lock however long the work takes; one that hangs, or whose machine has gone, says nothing and loses it.
  let beat: Promise<unknown> = Promise.resolve();
  const heart = setInterval(() => {
    beat = client.query('SELECT 1').catch(onError);
  }, beatMs);
  return {
    async release() {
      clearInterval(heart);
      await beat;
      try {
        if (!lost) await client.query('SELECT pg_advisory_unlock($1)', [number]);
      } catch {
        lost = true;
      }
      giveBack(lost);
    },
  };
}

async function wait(client: PoolClient, number: string): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      await client.query('SELECT pg_advisory_lock($1)', [number]);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== lockNotAvailable) throw error;
      if (round >= maxRounds)
        throw new LotseError('LOCK_TIMEOUT', `A lock was not free within ${maxRounds * lockRoundMs} ms`, {
          cause: error,
        });
    }
  }
}

/** PostgreSQL locks 64-bit numbers; names are hashed into them. */
function lockNumber(name: string): string {
  return createHash('sha256').update(`jobcenter-lotse\n${name}`, 'utf16le').digest().readBigInt64BE(0).toString();
}

function isLotseError(error: unknown): boolean {
  return error instanceof LotseError;
}
