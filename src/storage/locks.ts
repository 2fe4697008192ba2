/**
 * The lock within one process: first come, first served. The whole lock of a backend with one process; the first half of the one across replicas.
 */
import { LotseError } from '../errors';
import type { Locks } from './ports';

/** Longer than a queue of turns takes; who waits longer stands behind a turn that hangs. */
const defaultWaitMs = 30_000;

export function createProcessLocks({ waitMs = defaultWaitMs }: { readonly waitMs?: number } = {}): Locks {
  /** Who waits, by name; a name that is held has a queue, be it empty. */
  const queues = new Map<string, (() => void)[]>();

  const enter = (name: string): Promise<void> => {
    const queue = queues.get(name);
    if (queue === undefined) {
      queues.set(name, []);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(admit), 1);
        reject(new LotseError('LOCK_TIMEOUT', `A lock was not free within ${waitMs} ms`));
      }, waitMs);
      queue.push(admit);
    });
  };
  const leave = (name: string): void => {
    const next = queues.get(name)?.shift();
    if (next === undefined) queues.delete(name);
    else next();
  };

  return {
    async withLock(name, work) {
      await enter(name);
      try {
        return await work();
      } finally {
        leave(name);
      }
    },
  };
}
