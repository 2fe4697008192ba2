/**
 * Commits of a backend with one owner: those that come while the disk or the line is busy are decided one after the other, each on what the
 * ones before it leave, and written together. Knows no medium; how a group is written and what was there before is the backend's.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import type { Change, CommitResult, StoredValue } from './ports';

export interface StoredRecord extends StoredValue {
  readonly expiresAtMs?: number;
}

export interface GroupChange extends Change {
  /** A purge: only while the record has really expired. */
  readonly onlyIfExpired?: true;
}

export interface Decided {
  /** One per commit of the group. */
  readonly results: readonly CommitResult[];
  /** What every key that was changed holds then; undefined: nothing. */
  readonly after: ReadonlyMap<string, StoredRecord | undefined>;
}

const maxCommitsPerGroup = 128;
/** A commit of more is written, but not together with others. */
const maxCharsPerGroup = 1_000_000;

interface CommitQueue<C extends GroupChange> {
  /** Rejects with what the writing of its group threw. */
  commit(changes: readonly C[]): Promise<CommitResult>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

/** `write`: makes a group durable and says what became of each commit; never called twice at once. */
export function createCommitQueue<C extends GroupChange>(
  write: (group: readonly (readonly C[])[]) => Promise<readonly CommitResult[]>,
): CommitQueue<C> {
  const queue: Pending<C>[] = [];
  let writing: Promise<void> | undefined;

  const nextGroup = (): readonly Pending<C>[] => {
    let chars = 0;
    let count = 0;
    while (count < maxCommitsPerGroup && count < queue.length) {
      chars += (queue[count]?.changes ?? []).reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
      if (count > 0 && chars > maxCharsPerGroup) break;
      count += 1;
    }
    return queue.splice(0, count);
  };

  const writeAll = async (): Promise<void> => {
    // Those who commit in the same turn of the loop go together.
    await Promise.resolve();
    while (queue.length > 0) {
      const group = nextGroup();
      try {
        const results = await write(group.map(({ changes }) => changes));
        group.forEach(({ resolve }, index) => {
          resolve(results[index] ?? 'conflict');
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
  };

  return {
    commit: (changes) =>
      new Promise((resolve, reject) => {
        queue.push({ changes, resolve, reject });
        writing ??= writeAll().finally(() => {
          writing = undefined;
        });
      }),
    async idle() {
      await writing;
    },
  };
}

interface Pending<C extends GroupChange> {
  readonly changes: readonly C[];
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Decider {
  readonly isLive: (record: StoredRecord | undefined) => record is StoredRecord;
  /** What of the keys has not expired, as `Store.read` gives it. */
  readonly live: (
    keys: readonly string[],
    recordOf: (key: string) => StoredRecord | undefined,
  ) => ReadonlyMap<string, StoredValue>;
  /** `before`: what a key holds before the group. */
  readonly decide: (
    group: readonly (readonly GroupChange[])[],
    before: (key: string) => StoredRecord | undefined,
  ) => Decided;
}

export function createDecider(clock: Clock): Decider {
  /** Never the same in two lives of a store, so that no eTag comes back. */
  const life = randomBytes(9).toString('base64url');
  let sequence = 0;

  const isLive = (record: StoredRecord | undefined): record is StoredRecord =>
    record !== undefined && (record.expiresAtMs === undefined || record.expiresAtMs > clock.nowMs());

  return {
    isLive,
    live: (keys, recordOf) => {
      const found = new Map<string, StoredValue>();
      for (const key of keys) {
        const record = recordOf(key);
        if (isLive(record)) found.set(key, { value: record.value, eTag: record.eTag });
      }
      return found;
    },
    decide: (group, before) => {
      const after = new Map<string, StoredRecord | undefined>();
      const now = (key: string): StoredRecord | undefined => (after.has(key) ? after.get(key) : before(key));
      const results = group.map((changes): CommitResult => {
        const holds = changes.every(({ key, expect }) => {
          if (expect === undefined) return true;
          const record = now(key);
          return (isLive(record) ? record.eTag : null) === expect;
        });
        if (!holds) return 'conflict';
        for (const { key, value, expiresAtMs, onlyIfExpired } of changes) {
          if (onlyIfExpired === true && isLive(now(key))) continue;
          const eTag = `${life}.${(sequence += 1)}`;
          after.set(
            key,
            value === null ? undefined : { value, eTag, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) },
          );
        }
        return 'committed';
      });
      return { results, after };
    },
  };
}
