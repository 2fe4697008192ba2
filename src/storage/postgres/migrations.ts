/**
 * The database schema, step by step. A step that has been released is never changed; a new one is appended.
 * Everything lies in the schema `lotse`, so that the database can be shared. Replicas that start together take turns.
 */
import type { ClientBase } from 'pg';
import { LotseError } from '../../errors';

const migrations: readonly string[] = [
  `
  CREATE SEQUENCE lotse.etag;

  -- Key and value as src/storage/storedText.ts writes them; "C" sorts bytes, whatever the locale of the database.
  CREATE TABLE lotse.entry (
    key        text COLLATE "C" PRIMARY KEY,
    value      text NOT NULL,
    etag       bigint NOT NULL,
    expires_ms bigint
  ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
  CREATE INDEX entry_expires ON lotse.entry (expires_ms) WHERE expires_ms IS NOT NULL;

  -- Written by every readiness check: a database that only reads is not ready.
  CREATE TABLE lotse.probe (id integer PRIMARY KEY, at_ms bigint NOT NULL);

  -- All changes or none, in one round trip. The keys come sorted, so that two commits never wait in a circle.
  -- A fence is an eTag, '' for "must not exist", NULL for "whatever is there". A value of NULL deletes.
  CREATE FUNCTION lotse.commit_changes(keys text[], vals text[], fences text[], expiries bigint[], now_ms bigint)
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    touched integer;
  BEGIN
    FOR i IN 1 .. coalesce(array_length(keys, 1), 0) LOOP
      touched := 1;
      IF fences[i] IS NULL AND vals[i] IS NULL THEN
        DELETE FROM lotse.entry WHERE key = keys[i];
      ELSIF fences[i] IS NULL THEN
        INSERT INTO lotse.entry VALUES (keys[i], vals[i], nextval('lotse.etag'), expiries[i])
        ON CONFLICT (key) DO UPDATE
          SET value = excluded.value, etag = excluded.etag, expires_ms = excluded.expires_ms;
      ELSIF fences[i] = '' THEN
        -- Also where nothing shall stand afterwards: only an insert makes sure that nobody else inserts.
        INSERT INTO lotse.entry AS e VALUES (keys[i], coalesce(vals[i], ''), nextval('lotse.etag'), expiries[i])
        ON CONFLICT (key) DO UPDATE
          SET value = excluded.value, etag = excluded.etag, expires_ms = excluded.expires_ms
          WHERE e.expires_ms <= now_ms;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched > 0 AND vals[i] IS NULL THEN
          DELETE FROM lotse.entry WHERE key = keys[i];
        END IF;
      ELSIF vals[i] IS NULL THEN
        DELETE FROM lotse.entry
        WHERE key = keys[i] AND etag::text = fences[i] AND (expires_ms IS NULL OR expires_ms > now_ms);
        GET DIAGNOSTICS touched = ROW_COUNT;
      ELSE
        UPDATE lotse.entry SET value = vals[i], etag = nextval('lotse.etag'), expires_ms = expiries[i]
        WHERE key = keys[i] AND etag::text = fences[i] AND (expires_ms IS NULL OR expires_ms > now_ms);
        GET DIAGNOSTICS touched = ROW_COUNT;
      END IF;
      IF touched = 0 THEN
        RAISE EXCEPTION 'fence' USING ERRCODE = 'LT001';
      END IF;
    END LOOP;
    RETURN true;
  EXCEPTION WHEN SQLSTATE 'LT001' THEN
    -- The block is rolled back: nothing of this commit stays.
    RETURN false;
  END $$;
  `,
];

/** Any number that nobody else in a shared database is likely to lock. */
const migrationLock = '5207154906741218304';

/** Brings the database to the newest step. Throws `STORAGE_FORMAT` when a newer version of the service has been here, or on a foreign encoding. */
export async function migrate(client: ClientBase): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${migrationLock})`);
    const encoding = await client.query<{ readonly server_encoding: string }>('SHOW server_encoding');
    if (encoding.rows[0]?.server_encoding !== 'UTF8')
      throw new LotseError('STORAGE_FORMAT', 'The database must have the encoding UTF8');
    const existing = await client.query<{ readonly name: string | null }>(
      `SELECT to_regclass('lotse.migration')::text AS name`,
    );
    if (existing.rows[0]?.name == null) {
      await client.query('CREATE SCHEMA IF NOT EXISTS lotse');
      await client.query(
        'CREATE TABLE lotse.migration (step integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
      );
    }
    const applied = await client.query<{ readonly step: number }>(
      'SELECT coalesce(max(step), 0) AS step FROM lotse.migration',
    );
    const step = applied.rows[0]?.step ?? 0;
    if (step > migrations.length)
      throw new LotseError(
        'STORAGE_FORMAT',
        `The database is at step ${step}; this version knows ${migrations.length}`,
      );
    for (const [index, sql] of migrations.entries()) {
      if (index < step) continue;
      await client.query(sql);
      await client.query('INSERT INTO lotse.migration (step) VALUES ($1)', [index + 1]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
