/**
 * The store with every operation timed, counted and traced. Changes nothing of what it says.
 */
import type { Clock } from '../clock';
import type { Store } from '../storage/ports';
import type { Metrics } from './metrics';
import type { Traces } from './traces';

export function measuredStore(store: Store, metrics: Metrics, traces: Traces, clock: Clock): Store {
  const timed = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    const startedMs = clock.nowMs();
    try {
      const result = await traces.span(`storage.${operation}`, work);
      metrics.storage(operation, 'ok', clock.nowMs() - startedMs);
      return result;
    } catch (error) {
      metrics.storage(operation, 'failed', clock.nowMs() - startedMs);
      throw error;
    }
  };
  return {
    read: (keys) => timed('read', () => store.read(keys)),
    list: (prefix, options) => timed('list', () => store.list(prefix, options)),
    commit: (changes) => timed('commit', () => store.commit(changes)),
    deletePrefix: (prefix) => timed('deletePrefix', () => store.deletePrefix(prefix)),
    purgeExpired: () => timed('purgeExpired', () => store.purgeExpired()),
    ping: () => timed('ping', () => store.ping()),
    close: () => store.close(),
  };
}
