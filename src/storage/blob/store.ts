/**
 * The store on a container that is owned: decides commits one after the other, each on what the ones before it leave, and writes those that came while
 * the line was busy as one block. Knows nothing of blobs.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock';
import { mergeChanges, type MergedChange } from '../changes';
import type { Change, CommitResult, Store, StoredValue } from '../ports';
import { encodeKey } from '../storedText';
import type { BlobRecord, Frame } from './frames';
import type { OwnedContainer } from './ownedContainer';
import type { Records } from './records';

interface PendingChange extends Omit<MergedChange, 'encodedKey'> {
  /** A purge: only while the record has really expired. */
  readonly onlyIfExpired?: true;
}

interface PendingCommit {
  readonly changes: readonly PendingChange[];
  /** Writes even if nothing changes: to see whether it can. */
  readonly isProbe: boolean;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

const maxCommitsPerBlock = 128;
/** More is written, but not together with others. */
const maxCharsPerBlock = 1_000_000;
const page = 1_000;
const compactEveryMs = 15 * 60_000;

export function createBlobStore(owned: OwnedContainer, clock: Clock): Store {
  /** Never the same in two processes, so that no eTag comes back. */
  const life = randomBytes(9).toString('base64url');
  let sequence = 0;
  const queue: PendingCommit[] = [];
  let writing: Promise<void> | undefined;
  /** Blobs may hold what was deleted or overwritten: also what an earlier process left. */
  let hasRemains = true;
  let compactedMs = -Infinity;

  const isLive = (record: BlobRecord | undefined): record is BlobRecord =>
    record !== undefined && (record.expiresAtMs === undefined || record.expiresAtMs > clock.nowMs());

  const enqueue = (changes: readonly PendingChange[], isProbe = false): Promise<CommitResult> =>
    new Promise((resolve, reject) => {
      queue.push({ changes, isProbe, resolve, reject });
      writing ??= writeAll().finally(() => {
        writing = undefined;
      });
    });

  const nextGroup = (): readonly PendingCommit[] => {
    let chars = 0;
    let count = 0;
    while (count < maxCommitsPerBlock && count < queue.length) {
      chars += (queue[count]?.changes ?? []).reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
      if (count > 0 && chars > maxCharsPerBlock) break;
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
        const results = await owned.write((records) => decide(group, records));
        group.forEach(({ resolve }, index) => {
          resolve(results[index] ?? 'conflict');
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
  };

  const decide = (
    group: readonly PendingCommit[],
    records: Records,
  ): { readonly result: readonly CommitResult[]; readonly frame: Frame | null } => {
    const changed = new Map<string, BlobRecord | undefined>();
    const now = (key: string): BlobRecord | undefined => (changed.has(key) ? changed.get(key) : records.get(key));
    const result = group.map(({ changes }): CommitResult => {
      const holds = changes.every(({ key, expect }) => {
        if (expect === undefined) return true;
        const record = now(key);
        return (isLive(record) ? record.eTag : null) === expect;
      });
      if (!holds) return 'conflict';
      for (const { key, value, expiresAtMs, onlyIfExpired } of changes) {
        if (onlyIfExpired === true && isLive(now(key))) continue;
        if (value === null) changed.set(key, undefined);
        else {
          const eTag = `${life}.${(sequence += 1)}`;
          changed.set(key, { value, eTag, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) });
        }
      }
      return 'committed';
    });
    const put: (readonly [string, BlobRecord])[] = [];
    const del: string[] = [];
    for (const [key, record] of changed) {
      if (record !== undefined) put.push([key, record]);
      else if (records.get(key) !== undefined) del.push(key);
    }
    const isEmpty = put.length === 0 && del.length === 0;
    if (!isEmpty) hasRemains = true;
    return { result, frame: isEmpty && !group.some(({ isProbe }) => isProbe) ? null : { put, del } };
  };

  const compactIfDue = async (): Promise<void> => {
    if (!hasRemains || clock.nowMs() < compactedMs + compactEveryMs) return;
    hasRemains = false;
    const nowMs = clock.nowMs();
    try {
      await owned.compact();
      compactedMs = nowMs;
    } catch (error) {
      hasRemains = true;
      throw error;
    }
  };

  return {
    async read(keys) {
      const records = await owned.records();
      const found = new Map<string, StoredValue>();
      for (const key of keys) {
        encodeKey(key);
        const record = records.get(key);
        if (isLive(record)) found.set(key, { value: record.value, eTag: record.eTag });
      }
      return found;
    },

    async list(prefix, { after, limit = Infinity } = {}) {
      const found: (readonly [string, StoredValue])[] = [];
      const records = await owned.records();
      if (limit <= 0) return found;
      for (const [key, record] of records.withPrefix(prefix, after)) {
        if (!isLive(record)) continue;
        found.push([key, { value: record.value, eTag: record.eTag }]);
        if (found.length >= limit) break;
      }
      return found;
    },

    async commit(changes: readonly Change[]) {
      const merged = mergeChanges(changes);
      return merged === 'conflict' ? 'conflict' : enqueue(merged);
    },

    async deletePrefix(prefix) {
      let count = 0;
      for (;;) {
        const keys: string[] = [];
        for (const [key] of (await owned.records()).withPrefix(prefix)) {
          keys.push(key);
          if (keys.length >= page) break;
        }
        if (keys.length > 0) await enqueue(keys.map((key) => ({ key, value: null })));
        count += keys.length;
        if (keys.length < page) return count;
      }
    },

    async purgeExpired() {
      let count = 0;
      for (;;) {
        const keys = (await owned.records()).expired(clock.nowMs(), page);
        if (keys.length > 0) await enqueue(keys.map((key) => ({ key, value: null, onlyIfExpired: true })));
        count += keys.length;
        if (keys.length < page) break;
      }
      await compactIfDue();
      return count;
    },

    async ping() {
      await enqueue([], true);
    },

    async close() {
      await writing;
      await owned.close();
    },
  };
}
