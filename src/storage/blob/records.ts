/**
 * Everything the store holds, in memory: what the owner of a container reads from. Changed only by what has been written to the journal.
 */
import type { StoredRecord } from '../groupCommit';
import type { Frame } from './frames';
import { createSortedKeys } from './sortedKeys';

export interface Records {
  get(key: string): StoredRecord | undefined;
  apply(frame: Frame): void;
  /** In order of keys; must not be changed meanwhile. */
  withPrefix(prefix: string, after?: string): Iterable<readonly [string, StoredRecord]>;
  /** As of now: what comes later changes nothing of it. */
  all(): readonly (readonly [string, StoredRecord])[];
  expired(nowMs: number, limit: number): readonly string[];
}

export function createRecords(): Records {
  const records = new Map<string, StoredRecord>();
  const keys = createSortedKeys();
  return {
    get: (key) => records.get(key),
    apply({ put, del }) {
      for (const [key, record] of put) {
        if (!records.has(key)) keys.add(key);
        records.set(key, record);
      }
      for (const key of del) if (records.delete(key)) keys.remove(key);
    },
    *withPrefix(prefix, after) {
      const isLater = after !== undefined && after >= prefix;
      for (const key of keys.from(isLater ? after : prefix, { after: isLater })) {
        if (!key.startsWith(prefix)) return;
        const record = records.get(key);
        if (record !== undefined) yield [key, record];
      }
    },
    all: () => [...records],
    expired(nowMs, limit) {
      const found: string[] = [];
      for (const [key, { expiresAtMs }] of records) {
        if (expiresAtMs === undefined || expiresAtMs > nowMs) continue;
        found.push(key);
        if (found.length >= limit) break;
      }
      return found;
    },
  };
}
