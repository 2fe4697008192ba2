/**
 * The fan-out within one process. A listener that fails is the listener's own affair: the publisher has committed already.
 */
import type { Fanout } from './ports';

export interface ProcessFanout extends Fanout {
  /** Tells the listeners of every topic: something may have been missed. */
  ringAll(): void;
}

export function createProcessFanout(): ProcessFanout {
  const listeners = new Map<string, Set<() => void>>();
  const ring = (topic: string): void => {
    for (const listener of [...(listeners.get(topic) ?? [])]) listener();
  };
  return {
    publish(topic) {
      ring(topic);
      return Promise.resolve();
    },
    subscribe(topic, listener) {
      // Wrapped, so that the same function subscribed twice is two subscriptions.
      const entry = (): void => {
        listener();
      };
      const set = listeners.get(topic) ?? new Set();
      set.add(entry);
      listeners.set(topic, set);
      return () => {
        set.delete(entry);
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic);
      };
    },
    ringAll() {
      for (const topic of [...listeners.keys()]) ring(topic);
    },
  };
}
