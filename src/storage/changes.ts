/**
 * Brings the changes of one commit into the shape a backend writes: one per key, sorted by key, so that two commits never wait for each other in a circle.
 */
import type { Change } from './ports';
import { encodeKey } from './storedText';

export interface MergedChange extends Change {
  /** As `encodeKey`. */
  readonly encodedKey: string;
}

/** Of several changes of one key the last value holds, and every fence; fences that contradict each other are a `conflict`. */
export function mergeChanges(changes: readonly Change[]): readonly MergedChange[] | 'conflict' {
  const merged = new Map<string, MergedChange>();
  for (const change of changes) {
    const encodedKey = encodeKey(change.key);
    const earlier = merged.get(encodedKey)?.expect;
    if (earlier !== undefined && change.expect !== undefined && earlier !== change.expect) return 'conflict';
    const { key, value, expect = earlier, expiresAtMs } = change;
    merged.set(encodedKey, {
      key,
      encodedKey,
      value,
      ...(expect === undefined ? {} : { expect }),
      ...(expiresAtMs === undefined || !Number.isFinite(expiresAtMs) ? {} : { expiresAtMs: Math.floor(expiresAtMs) }),
    });
  }
  return [...merged.values()].sort((a, b) => (a.encodedKey < b.encodedKey ? -1 : 1));
}
