/**
 * The store on a container that is owned: commits that come while the line is busy are one block. Knows nothing of blobs.
 */
import type { Clock } from '../../clock';
import { mergeChanges } from '../changes';
import { createCommitQueue, createDecider, type GroupChange, type StoredRecord } from '../groupCommit';
import type { Change, Store, StoredValue } from '../ports';
import { encodeKey } from '../storedText';
import type { OwnedContainer } from './ownedContainer';

const page = 1_000;
const compactEveryMs = 15 * 60_000;

export function createBlobStore(owned: OwnedContainer, clock: Clock): Store {
  const { isLive, live, decide } = createDecider(clock);
  /** Blobs may hold what was deleted or overwritten: also what an earlier process left. */
  let hasRemains = true;
  let compactedMs = -Infinity;

  const queue = createCommitQueue<GroupChange>((group) =>
    owned.write((records) => {
      const { results, after } = decide(group, (key) => records.get(key));
      const put: (readonly [string, StoredRecord])[] = [];
      const del: string[] = [];
      for (const [key, record] of after) {
        if (record !== undefined) put.push([key, record]);
        else if (records.get(key) !== undefined) del.push(key);
      }
      const isEmpty = put.length === 0 && del.length === 0;
      if (!isEmpty) hasRemains = true;
      // Nothing at all is asked for by whoever wants to know whether it can be written.
      const isProbe = group.some((changes) => changes.length === 0);
      return { result: results, frame: isEmpty && !isProbe ? null : { put, del } };
    }),
  );

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
      for (const key of keys) encodeKey(key);
      return live(keys, (key) => records.get(key));
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
      if (merged === 'conflict') return 'conflict';
      return merged.length === 0 ? 'committed' : queue.commit(merged);
    },

    async deletePrefix(prefix) {
      let count = 0;
      for (;;) {
        const keys: string[] = [];
        for (const [key] of (await owned.records()).withPrefix(prefix)) {
          keys.push(key);
          if (keys.length >= page) break;
        }
        if (keys.length > 0) await queue.commit(keys.map((key) => ({ key, value: null })));
        count += keys.length;
        if (keys.length < page) return count;
      }
    },

    async purgeExpired() {
      let count = 0;
      for (;;) {
        const keys = (await owned.records()).expired(clock.nowMs(), page);
        if (keys.length > 0) await queue.commit(keys.map((key) => ({ key, value: null, onlyIfExpired: true })));
        count += keys.length;
        if (keys.length < page) break;
      }
      await compactIfDue();
      return count;
    },

    async ping() {
      await queue.commit([]);
    },

    async close() {
      await queue.idle();
      await owned.close();
    },
  };
}
