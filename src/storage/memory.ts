/**
 * The storage port in memory: for tests and for trying out. Keeps nothing over a restart; the lock and the fan-out reach this process only.
 */
import type { Clock } from '../clock';
import { mergeChanges } from './changes';
import { createProcessFanout } from './fanout';
import { createDecider, type StoredRecord } from './groupCommit';
import { createProcessLocks } from './locks';
import type { Change, CommitResult, Storage, Store } from './ports';
import { encodeKey } from './storedText';

export function createMemoryStorage(clock: Clock): Storage {
  const store = createMemoryStore(clock);
  return { store, locks: createProcessLocks(), fanout: createProcessFanout(), close: () => store.close() };
}

export function createMemoryStore(clock: Clock): Store {
  const records = new Map<string, StoredRecord>();
  const { isLive, live, decide } = createDecider(clock);

  // The methods are async so that a key that is refused rejects, as on the other backends.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    async read(keys) {
      for (const key of keys) encodeKey(key);
      return live(keys, (key) => records.get(key));
    },
    async list(prefix, { after, limit } = {}) {
      const keys = [...records.keys()].filter(
        (key) => key.startsWith(prefix) && (after === undefined || key > after) && isLive(records.get(key)),
      );
      keys.sort((a, b) => (a < b ? -1 : 1));
      const page = limit === undefined ? keys : keys.slice(0, limit);
      return page.flatMap((key) => {
        const record = records.get(key);
        return record === undefined ? [] : [[key, { value: record.value, eTag: record.eTag }] as const];
      });
    },
    async commit(changes: readonly Change[]): Promise<CommitResult> {
      const merged = mergeChanges(changes);
      if (merged === 'conflict') return 'conflict';
      const { results, after } = decide([merged], (key) => records.get(key));
      for (const [key, record] of after) {
        if (record === undefined) records.delete(key);
        else records.set(key, record);
      }
      return results[0] ?? 'conflict';
    },
    async deletePrefix(prefix) {
      const keys = [...records.keys()].filter((key) => key.startsWith(prefix));
      for (const key of keys) records.delete(key);
      return keys.length;
    },
    async purgeExpired() {
      const expired = [...records].filter(([, record]) => !isLive(record));
      for (const [key] of expired) records.delete(key);
      return expired.length;
    },
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  /* eslint-enable @typescript-eslint/require-await */
}
