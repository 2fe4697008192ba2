/**
 * The storage port in a folder, on LevelDB: the embedded default. One owner process; a second one refuses to start (`STORAGE_OWNED`).
 * A commit is on disk when it resolves. Commits that come while the disk is busy are written together, which is what makes `sync` affordable.
 * What is deleted is also gone from the files, within a quarter of an hour (`compactEveryMs`): LevelDB by itself only marks it.
 * After a failed write LevelDB refuses all further ones, so the folder is opened again at the next use: a full disk heals itself.
 *
 *   v:<key>                 eTag LF expiry LF value
 *   x:<expiry>:<key>        nothing; the order in which records expire
 *   m:format                version of this layout
 */
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { Clock } from '../clock';
import { LotseError } from '../errors';
import { errorCode, silentLogger, type Logger } from '../observability/logger';
import { mergeChanges } from './changes';
import { createProcessFanout } from './fanout';
import { createCommitQueue, createDecider, type GroupChange, type StoredRecord } from './groupCommit';
import { createProcessLocks } from './locks';
import type { Change, Storage, Store, StoredValue } from './ports';
import { decodeKey, decodeValue, encodeKey, encodePrefix, encodeValue, endOfPrefix } from './storedText';

type Database = ClassicLevel;

interface LevelOptions {
  /** Made if it is missing; belongs to this process alone. */
  readonly directory: string;
  readonly clock: Clock;
  readonly logger?: Logger;
}

interface LevelChange extends GroupChange {
  /** A purge: this entry among the expiries goes in any case. */
  readonly expiryEntry?: string;
}

type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

const format = '1';
const formatKey = 'm:format';
const purgePage = 1_000;
/** An iterator keeps room for what it reads ahead (64 bytes each, and values whole) until its object is collected: 100 MB under load with a thousand. */
const listPage = 50;
/** Rewriting the folder costs more the more it holds; it has to happen for the sake of those who asked for deletion. */
const compactEveryMs = 15 * 60_000;
/** A key before and one behind all of ours. */
const everything = ['a', 'z'] as const;

/**
 * Opens the folder. Throws `STORAGE_OWNED` when another process has it and `STORAGE_FORMAT` when a newer version wrote it; a folder that cannot be used
 * for other reasons (rights, full disk) gives a storage whose `ping` fails until that has ended. A damaged folder is put aside as `<directory>.corrupt`.
 */
export async function createLevelStorage(options: LevelOptions): Promise<Storage> {
  const folder = createFolder(options);
  try {
    await folder.database();
  } catch (error) {
    if (!(error instanceof LotseError) || error.code !== 'STORAGE_UNAVAILABLE') throw error;
  }
  const store = createLevelStore(folder, options.clock);
  return { store, locks: createProcessLocks(), fanout: createProcessFanout(), close: () => store.close() };
}

interface Folder {
  /** The open database; opens it if need be. */
  database(): Promise<Database>;
  /** A write failed: close, and open afresh at the next use. */
  abandon(failed: Database): Promise<void>;
  close(): Promise<void>;
}

function createFolder({ directory, logger = silentLogger }: LevelOptions): Folder {
  let opening: Promise<Database> | undefined;
  let closed = false;

  const open = async (): Promise<Database> => {
    try {
      return await openDatabase(directory);
    } catch (error) {
      if (!(await isDamaged(error, directory))) throw openingFailed(error, directory);
      logger.error('storage.quarantined', { error: codeOf(error) });
      try {
        // At most one damaged folder is kept: it may hold personal data.
        await rm(`${directory}.corrupt`, { recursive: true, force: true });
        await rename(directory, `${directory}.corrupt`);
        return await openDatabase(directory);
      } catch (again) {
        throw openingFailed(again, directory);
      }
    }
  };

  return {
    database() {
      if (closed) return Promise.reject(unavailable('The storage is closed'));
      if (opening === undefined) {
        const attempt = open();
        opening = attempt;
        attempt.catch((error: unknown) => {
          logger.error('storage.opening.failed', { error: codeOf(error) });
          if (opening === attempt) opening = undefined;
        });
      }
      return opening;
    },
    async abandon(failed) {
      logger.error('storage.write.failed');
      opening = undefined;
      await failed.close().catch(() => undefined);
    },
    async close() {
      closed = true;
      const database = await opening?.catch(() => undefined);
      opening = undefined;
      await database?.close();
    },
  };
}

async function openDatabase(directory: string): Promise<Database> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const database: Database = new ClassicLevel(directory, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
  await database.open();
  try {
    const found: string | undefined = await database.get(formatKey);
    if (found !== undefined && found !== format)
      throw new LotseError(
        'STORAGE_FORMAT',
        `The data folder ${directory} has format ${found}; this version knows ${format}`,
      );
    // Written at every opening: a folder that can only be read is found out now.
    await database.put(formatKey, format, { sync: true });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function openingFailed(error: unknown, directory: string): LotseError {
  if (error instanceof LotseError) return error;
  if (codeOf(error) === 'LEVEL_LOCKED')
    return new LotseError('STORAGE_OWNED', `Another process has the data folder ${directory}`, { cause: error });
  return unavailable(`The data folder ${directory} cannot be opened`, error);
}

function createLevelStore(folder: Folder, clock: Clock): Store {
  const { isLive, live, decide } = createDecider(clock);
  /** Files may hold what was deleted or overwritten: also what an earlier process left. */
  let hasRemains = true;
  let compactedMs = -Infinity;

  const queue = createCommitQueue<LevelChange>(async (group) => {
    const database = await folder.database();
    const before = readRecords(database, [...new Set(group.flatMap((changes) => changes.map(({ key }) => key)))]);
    const { results, after } = decide(group, (key) => before.get(key));
    const operations = [
      ...[...after].flatMap(([key, record]) => difference(encodeKey(key), before.get(key), record)),
      ...group.flatMap((changes) => changes.flatMap(droppedExpiry)),
    ];
    if (operations.length === 0) return results;
    hasRemains = true;
    try {
      await database.batch(operations, { sync: true });
    } catch (error) {
      await folder.abandon(database);
      throw unavailable('The data folder cannot be written', error);
    }
    return results;
  });

  const compactIfDue = async (): Promise<void> => {
    if (!hasRemains || clock.nowMs() < compactedMs + compactEveryMs) return;
    const database = await folder.database();
    hasRemains = false;
    compactedMs = clock.nowMs();
    try {
      await database.compactRange(...everything);
      // LevelDB leaves files of the lowest level alone unless something above them spans their keys.
      await database.batch(everything.map((key) => ({ type: 'del', key })));
      await database.compactRange(...everything);
    } catch (error) {
      hasRemains = true;
      throw unavailable('The data folder cannot be compacted', error);
    }
  };

  return {
    async read(keys) {
      const database = await folder.database();
      const records = readRecords(database, keys);
      return live(keys, (key) => records.get(key));
    },

    async list(prefix, { after, limit = Infinity } = {}) {
      const database = await folder.database();
      const start = encodePrefix(prefix);
      const from = after === undefined ? undefined : encodePrefix(after);
      const found: (readonly [string, StoredValue])[] = [];
      if (limit <= 0) return found;
      try {
        const range = {
          ...(from === undefined || from < start ? { gte: `v:${start}` } : { gt: `v:${from}` }),
          lt: `v:${endOfPrefix(start)}`,
        };
        const keys = database.keys(range);
        try {
          const size = Math.min(limit, listPage);
          for (let page = await keys.nextv(size); page.length > 0; page = await keys.nextv(size)) {
            for (const [key, record] of readRecords(
              database,
              page.map((text) => decodeKey(text.slice(2))),
            )) {
              if (isLive(record)) found.push([key, { value: record.value, eTag: record.eTag }]);
              if (found.length >= limit) return found;
            }
          }
        } finally {
          await keys.close();
        }
      } catch (error) {
        throw unavailable('The data folder cannot be read', error);
      }
      return found;
    },

    async commit(changes: readonly Change[]) {
      const merged = mergeChanges(changes);
      return merged === 'conflict' ? 'conflict' : queue.commit(merged);
    },

    async deletePrefix(prefix) {
      const start = encodePrefix(prefix);
      let count = 0;
      for (;;) {
        const keys = await readKeys(await folder.database(), {
          gte: `v:${start}`,
          lt: `v:${endOfPrefix(start)}`,
          limit: purgePage,
        });
        await queue.commit(keys.map((key) => deletion(key.slice(2))));
        count += keys.length;
        if (keys.length < purgePage) return count;
      }
    },

    async purgeExpired() {
      let count = 0;
      for (;;) {
        const entries = await readKeys(await folder.database(), {
          gte: 'x:',
          lt: `x:${expiryText(clock.nowMs() + 1)}`,
          limit: purgePage,
        });
        await queue.commit(
          entries.map((entry) => ({
            ...deletion(entry.slice(expiryDigits + 3)),
            onlyIfExpired: true,
            expiryEntry: entry,
          })),
        );
        count += entries.length;
        if (entries.length < purgePage) break;
      }
      await compactIfDue();
      return count;
    },

    async ping() {
      const database = await folder.database();
      try {
        await database.put(formatKey, format, { sync: true });
      } catch (error) {
        await folder.abandon(database);
        throw unavailable('The data folder cannot be written', error);
      }
    },

    async close() {
      await queue.idle();
      await folder.close();
    },
  };
}

/** On this thread: what is asked for was written within the hour and is in memory, and a thread's hop costs five times the look. */
function readRecords(database: Database, keys: readonly string[]): Map<string, StoredRecord> {
  const records = new Map<string, StoredRecord>();
  const encoded = keys.map((key) => [key, `v:${encodeKey(key)}`] as const);
  try {
    for (const [key, place] of encoded) {
      const text = database.getSync(place);
      const record = text === undefined ? undefined : parseRecord(text);
      if (record !== undefined) records.set(key, record);
    }
  } catch (error) {
    throw unavailable('The data folder cannot be read', error);
  }
  return records;
}

async function readKeys(
  database: Database,
  range: { readonly gte: string; readonly lt: string; readonly limit: number },
): Promise<readonly string[]> {
  try {
    return await database.keys(range).all();
  } catch (error) {
    throw unavailable('The data folder cannot be read', error);
  }
}

/** What to write so that the record and its place among the expiries become what they are after the commits. */
function difference(
  key: string,
  before: StoredRecord | undefined,
  after: StoredRecord | undefined,
): readonly Operation[] {
  if (before === undefined && after === undefined) return [];
  const operations: Operation[] = [];
  if (before?.expiresAtMs !== undefined && before.expiresAtMs !== after?.expiresAtMs)
    operations.push({ type: 'del', key: expiryKey(key, before.expiresAtMs) });
  if (after === undefined) operations.push({ type: 'del', key: `v:${key}` });
  else {
    operations.push({ type: 'put', key: `v:${key}`, value: recordText(after) });
    if (after.expiresAtMs !== undefined && after.expiresAtMs !== before?.expiresAtMs)
      operations.push({ type: 'put', key: expiryKey(key, after.expiresAtMs), value: '' });
  }
  return operations;
}

function droppedExpiry({ expiryEntry }: LevelChange): readonly Operation[] {
  return expiryEntry === undefined ? [] : [{ type: 'del', key: expiryEntry }];
}

function deletion(encodedKey: string): LevelChange {
  return { key: decodeKey(encodedKey), value: null };
}

function recordText({ value, eTag, expiresAtMs }: StoredRecord): string {
  return `${eTag}\n${expiresAtMs ?? ''}\n${encodeValue(value)}`;
}

/** Undefined for what no version ever wrote: such a record is as good as absent and is overwritten by the next commit. */
function parseRecord(text: string): StoredRecord | undefined {
  const tagEnd = text.indexOf('\n');
  const expiryEnd = text.indexOf('\n', tagEnd + 1);
  const expiry = text.slice(tagEnd + 1, expiryEnd);
  if (tagEnd < 1 || expiryEnd < 0 || !/^\d*$/.test(expiry)) return undefined;
  const value = decodeValue(text.slice(expiryEnd + 1));
  return { value, eTag: text.slice(0, tagEnd), ...(expiry === '' ? {} : { expiresAtMs: Number(expiry) }) };
}

const expiryDigits = 16;
function expiryText(ms: number): string {
  return String(Math.max(0, Math.floor(ms))).padStart(expiryDigits, '0');
}
function expiryKey(key: string, expiresAtMs: number): string {
  return `x:${expiryText(expiresAtMs)}:${key}`;
}

function unavailable(message: string, cause?: unknown): LotseError {
  return new LotseError('STORAGE_UNAVAILABLE', message, { cause });
}

/** LevelDB's own code, which the library wraps once. Errors of native code need not be instances of our `Error`. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  const inner = 'cause' in error && typeof error.cause === 'object' ? error.cause : null;
  if (inner !== null && 'code' in inner && typeof inner.code === 'string') return inner.code;
  return 'code' in error && typeof error.code === 'string' ? error.code : errorCode(error);
}

/** Damaged, as against unreachable: LevelDB says so, or the file that holds everything together is missing. */
async function isDamaged(error: unknown, directory: string): Promise<boolean> {
  if (codeOf(error) === 'LEVEL_CORRUPTION') return true;
  const current = await readFile(join(directory, 'CURRENT'), 'utf8').catch(() => undefined);
  if (current === undefined) return false;
  return access(join(directory, current.trim())).then(
    () => false,
    (missing: unknown) => codeOf(missing) === 'ENOENT',
  );
}
