/**
 * The storage port in memory: for tests and for trying out. Keeps nothing over a restart; the lock and the fan-out reach this process only.
 */
import type { Clock } from '../clock';
import type { Change, CommitResult, Fanout, Locks, Storage, Store, StoredValue } from './ports';

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

  return {
    read(keys) {
      const found = new Map<string, StoredValue>();
      for (const key of keys) {
        const record = live(key);
        if (record !== undefined) found.set(key, { value: record.value, eTag: record.eTag });
      }
      return Promise.resolve(found);
    },
    list(prefix, { after, limit } = {}) {
      const keys = [...records.keys()].filter(
        (key) => key.startsWith(prefix) && (after === undefined || key > after) && live(key) !== undefined,
      );
      keys.sort((a, b) => (a < b ? -1 : 1));
      const page = limit === undefined ? keys : keys.slice(0, limit);
      return Promise.resolve(
        page.flatMap((key) => {
          const record = live(key);
          return record === undefined ? [] : [[key, { value: record.value, eTag: record.eTag }] as const];
        }),
      );
    },
    commit(changes: readonly Change[]): Promise<CommitResult> {
      const holds = changes.every(({ key, expect }) => expect === undefined || (live(key)?.eTag ?? null) === expect);
      if (!holds) return Promise.resolve('conflict');
      for (const { key, value, expiresAtMs } of changes) {
        if (value === null) records.delete(key);
        else
          records.set(key, {
            value,
            eTag: String((sequence += 1)),
            ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
          });
      }
      return Promise.resolve('committed');
    },
    deletePrefix(prefix) {
      const keys = [...records.keys()].filter((key) => key.startsWith(prefix));
      for (const key of keys) records.delete(key);
      return Promise.resolve(keys.length);
    },
    purgeExpired() {
      const expired = [...records].filter(([, record]) => isExpired(record));
      for (const [key] of expired) records.delete(key);
      return Promise.resolve(expired.length);
    },
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** First come, first served, within this process. */
export function createProcessLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async withLock(name, work) {
      const before = tails.get(name) ?? Promise.resolve();
      const run = before.then(work);
      const tail = run.catch(() => undefined);
      tails.set(name, tail);
      try {
        return await run;
      } finally {
        if (tails.get(name) === tail) tails.delete(name);
      }
    },
  };
}

export function createProcessFanout(): Fanout {
  const listeners = new Map<string, Set<() => void>>();
  return {
    publish(topic) {
      for (const listener of [...(listeners.get(topic) ?? [])]) listener();
      return Promise.resolve();
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      set.add(listener);
      listeners.set(topic, set);
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(topic);
      };
    },
  };
}
