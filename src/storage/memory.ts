/**
 * The storage port in memory: for tests and for trying out. Keeps nothing over a restart; the lock and the fan-out reach this process only.
 */
import type { Clock } from '../clock';
import { mergeChanges } from './changes';
import { createProcessFanout } from './fanout';
import { createProcessLocks } from './locks';
import type { Change, CommitResult, Storage, Store, StoredValue } from './ports';
import { encodeKey } from './storedText';

interface Kept {
  readonly value: string;
  readonly eTag: string;
  readonly expiresAtMs?: number;
}

export function createMemoryStorage(clock: Clock): Storage {
  const store = createMemoryStore(clock);
  return { store, locks: createProcessLocks(), fanout: createProcessFanout(), close: () => store.close() };
}

export function createMemoryStore(clock: Clock): Store {
  const records = new Map<string, Kept>();
  let sequence = 0;
  const live = (key: string): Kept | undefined => {
    const record = records.get(key);
    return record === undefined || isExpired(record) ? undefined : record;
  };
  const isExpired = (record: Kept): boolean => record.expiresAtMs !== undefined && record.expiresAtMs <= clock.nowMs();

  // The methods are async so that a key that is refused rejects, as on the other backends.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    async read(keys) {
      const found = new Map<string, StoredValue>();
      for (const key of keys) {
        encodeKey(key);
        const record = live(key);
        if (record !== undefined) found.set(key, { value: record.value, eTag: record.eTag });
      }
      return found;
    },
    async list(prefix, { after, limit } = {}) {
      const keys = [...records.keys()].filter(
        (key) => key.startsWith(prefix) && (after === undefined || key > after) && live(key) !== undefined,
      );
      keys.sort((a, b) => (a < b ? -1 : 1));
      const page = limit === undefined ? keys : keys.slice(0, limit);
      return page.flatMap((key) => {
        const record = live(key);
        return record === undefined ? [] : [[key, { value: record.value, eTag: record.eTag }] as const];
      });
    },
    async commit(changes: readonly Change[]): Promise<CommitResult> {
      const merged = mergeChanges(changes);
      if (merged === 'conflict') return 'conflict';
      const holds = merged.every(({ key, expect }) => expect === undefined || (live(key)?.eTag ?? null) === expect);
      if (!holds) return 'conflict';
      for (const { key, value, expiresAtMs } of merged) {
        if (value === null) records.delete(key);
        else
          records.set(key, {
            value,
            eTag: String((sequence += 1)),
            ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
          });
      }
      return 'committed';
    },
    async deletePrefix(prefix) {
      const keys = [...records.keys()].filter((key) => key.startsWith(prefix));
      for (const key of keys) records.delete(key);
      return keys.length;
    },
    async purgeExpired() {
      const expired = [...records].filter(([, record]) => isExpired(record));
      for (const [key] of expired) records.delete(key);
      return expired.length;
    },
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  /* eslint-enable @typescript-eslint/require-await */
}
