/**
 * The store in PostgreSQL: one table, one function for a commit. Knows nothing of locks and fan-out.
 */
import { DatabaseError, type Pool, type QueryResultRow } from 'pg';
import type { Clock } from '../../clock';
import { mergeChanges } from '../changes';
import type { Store, StoredValue } from '../ports';
import { decodeKey, decodeValue, encodeKey, encodePrefix, encodeValue, endOfPrefix } from '../storedText';
import { migrate } from './migrations';
import { unavailable } from './pools';

interface EntryRow {
  readonly key: string;
  readonly value: string;
  readonly etag: string;
}

/** Deadlock or serialisation failure: the server undid everything and asks to come again. */
const comeAgain: ReadonlySet<string> = new Set(['40P01', '40001']);
const maxAttempts = 4;
const purgePage = 2_000;

export function createPostgresStore(pool: Pool, clock: Clock): Store {
  let migrated: Promise<void> | undefined;

  /** The schema is made at the first use that reaches the database. */
  const ready = (): Promise<void> => {
    if (migrated === undefined) {
      const attempt = migrateWith(pool);
      migrated = attempt;
      attempt.catch(() => {
        if (migrated === attempt) migrated = undefined;
      });
    }
    return migrated;
  };

  /** `name` lets the server keep the plan. */
  const query = async <T>(
    name: string,
    text: string,
    values: readonly unknown[],
    parse: (row: QueryResultRow) => T,
  ): Promise<{ readonly rows: readonly T[]; readonly count: number }> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ready();
        const { rows, rowCount } = await pool.query<QueryResultRow>({ name, text, values: [...values] });
        return { rows: rows.map(parse), count: rowCount ?? 0 };
      } catch (error) {
        const code = error instanceof DatabaseError ? (error.code ?? '') : '';
        if (!comeAgain.has(code) || attempt >= maxAttempts) throw unavailable(error);
      }
    }
  };

  return {
    async read(keys) {
      if (keys.length === 0) return new Map();
      const { rows } = await query(
        'lotse-read',
        `SELECT key, value, etag FROM lotse.entry
         WHERE key = ANY($1::text[]) AND (expires_ms IS NULL OR expires_ms > $2)`,
        [keys.map(encodeKey), clock.nowMs()],
        entry,
      );
      return new Map(rows);
    },

    async list(prefix, { after, limit } = {}) {
      const start = encodePrefix(prefix);
      const { rows } = await query(
        'lotse-list',
        `SELECT key, value, etag FROM lotse.entry
         WHERE key >= $1 AND key < $2 AND ($3::text IS NULL OR key > $3) AND (expires_ms IS NULL OR expires_ms > $4)
         ORDER BY key LIMIT $5`,
        [start, endOfPrefix(start), after === undefined ? null : encodePrefix(after), clock.nowMs(), limit ?? null],
        entry,
      );
      return rows;
    },

    async commit(changes) {
      const merged = mergeChanges(changes);
      if (merged === 'conflict') return 'conflict';
      if (merged.length === 0) return 'committed';
      const { rows } = await query(
        'lotse-commit',
        'SELECT lotse.commit_changes($1::text[], $2::text[], $3::text[], $4::bigint[], $5) AS committed',
        [
          merged.map(({ encodedKey }) => encodedKey),
          merged.map(({ value }) => (value === null ? null : encodeValue(value))),
          merged.map(({ expect }) => (expect === undefined ? null : (expect ?? ''))),
          merged.map(({ expiresAtMs }) => expiresAtMs ?? null),
          clock.nowMs(),
        ],
        ({ committed }) => committed === true,
      );
      return rows[0] === true ? 'committed' : 'conflict';
    },

    async deletePrefix(prefix) {
      const start = encodePrefix(prefix);
      const { count } = await query(
        'lotse-delete',
        'DELETE FROM lotse.entry WHERE key >= $1 AND key < $2',
        [start, endOfPrefix(start)],
        nothing,
      );
      return count;
    },

    async purgeExpired() {
      let total = 0;
      for (;;) {
        // Rows that a turn is writing right now are left for the next purge.
        const { count } = await query(
          'lotse-purge',
          `DELETE FROM lotse.entry WHERE key IN
             (SELECT key FROM lotse.entry WHERE expires_ms <= $1 ORDER BY expires_ms LIMIT ${purgePage} FOR UPDATE SKIP LOCKED)`,
          [clock.nowMs()],
          nothing,
        );
        total += count;
        if (count < purgePage) return total;
      }
    },

    async ping() {
      await query(
        'lotse-ping',
        'INSERT INTO lotse.probe VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at_ms = excluded.at_ms',
        [clock.nowMs()],
        nothing,
      );
    },

    close: () => Promise.resolve(),
  };
}

/** Text and bigint columns both come as strings. */
function entry(row: QueryResultRow): readonly [string, StoredValue] {
  const { key, value, etag } = row as EntryRow;
  return [decodeKey(key), { value: decodeValue(value), eTag: etag }];
}

function nothing(): undefined {
  return undefined;
}

async function migrateWith(pool: Pool): Promise<void> {
  const client = await pool.connect();
  const ignore = (): void => undefined;
  client.on('error', ignore);
  let failure: Error | undefined;
  try {
    await migrate(client);
  } catch (error) {
    failure = unavailable(error);
    throw failure;
  } finally {
    client.off('error', ignore);
    client.release(failure);
  }
}
