/**
 * What the lock and the fan-out of every backend must do; with `replicas: 2` also between two storages on the same data.
 */
import { systemClock, type Clock } from '../../src/clock';
import type { Storage } from '../../src/storage/ports';

export interface CoordinationBackend {
  readonly replicas: 1 | 2;
  open(clock: Clock, place: string): Promise<Storage>;
}

export function coordinationContract(name: string, backend: CoordinationBackend): void {
  describe(`locks and fan-out of ${name}`, () => {
    let storages: readonly Storage[] = [];
    let places = 0;

    beforeEach(async () => {
      const place = `place${(places += 1)}`;
      storages = await Promise.all(Array.from({ length: backend.replicas }, () => backend.open(systemClock, place)));
      // Everybody listens before anybody speaks.
      await heardByAll(storages);
    });
    afterEach(async () => {
      await Promise.all(storages.map((storage) => storage.close()));
    });

    const replica = (index: number): Storage => {
      const storage = storages[index % storages.length];
      if (storage === undefined) throw new Error('no storage');
      return storage;
    };

    it('never two at once hold a lock, on any replica', async () => {
      let inside = 0;
      let most = 0;
      let runs = 0;
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          replica(index).locks.withLock('same', async () => {
            inside += 1;
            most = Math.max(most, inside);
            runs += 1;
            await pause(1);
            inside -= 1;
          }),
        ),
      );
      expect({ most, runs }).toEqual({ most: 1, runs: 40 });
    });

    it('within one process the first to ask is the first to hold', async () => {
      const order: number[] = [];
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          replica(0).locks.withLock('order', async () => {
            await pause(index % 3);
            order.push(index);
          }),
        ),
      );
      expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
    });

    it('locks of different names do not wait for each other', async () => {
      await replica(0).locks.withLock('one', () => replica(0).locks.withLock('two', () => pause(0)));
      await replica(0).locks.withLock('name\0\ud800', () => replica(1).locks.withLock('name\0\ud801', () => pause(0)));
    });

    it('gives back what the work gives, and is free again after the work has failed', async () => {
      const failing = replica(0).locks.withLock('failing', () => Promise.reject(new Error('of the work')));
      await expect(failing).rejects.toThrow('of the work');
      expect(await replica(1).locks.withLock('failing', () => Promise.resolve('free'))).toBe('free');
    });

    it('100 updates without any fence survive on all replicas, because the lock holds', async () => {
      await replica(0).store.commit([{ key: 'count', value: '0' }]);
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => {
          const { store, locks } = replica(index);
          return locks.withLock('count', async () => {
            const count = Number((await store.read(['count'])).get('count')?.value);
            await store.commit([{ key: 'count', value: String(count + 1) }]);
          });
        }),
      );
      expect((await replica(0).store.read(['count'])).get('count')?.value).toBe('100');
    });

    it('tells every replica of a topic, and only those who listen to it', async () => {
      const heard: string[] = [];
      storages.forEach((storage, index) => {
        storage.fanout.subscribe('topic', () => heard.push(`topic ${index}`));
        storage.fanout.subscribe('other', () => heard.push(`other ${index}`));
      });
      await replica(0).fanout.publish('topic');
      await until(() => heard.length >= storages.length);
      await pause(50);
      expect(heard.sort()).toEqual(storages.map((_, index) => `topic ${index}`));
    });

    it('after unsubscribing a listener hears nothing, the others still do', async () => {
      const heard: string[] = [];
      const last = replica(storages.length - 1).fanout;
      const leave = last.subscribe('topic', () => heard.push('left'));
      last.subscribe('topic', () => heard.push('stayed'));
      leave();
      leave();
      await replica(0).fanout.publish('topic');
      await until(() => heard.length > 0);
      expect(heard).toEqual(['stayed']);
    });

    it('rings after the commit can be read', async () => {
      const last = replica(storages.length - 1);
      const read = new Promise((resolve) => {
        last.fanout.subscribe('log', () => {
          resolve(last.store.read(['log']).then((found) => found.get('log')?.value));
        });
      });
      await replica(0).store.commit([{ key: 'log', value: 'committed' }]);
      await replica(0).fanout.publish('log');
      expect(await read).toBe('committed');
    });
  });
}

async function heardByAll(storages: readonly Storage[]): Promise<void> {
  const [speaker] = storages;
  const heard = new Set<number>();
  const leave = storages.map((storage, index) => storage.fanout.subscribe('hello', () => heard.add(index)));
  await until(async () => {
    await speaker?.fanout.publish('hello');
    await pause(10);
    return heard.size === storages.length;
  });
  for (const unsubscribe of leave) unsubscribe();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    if (await holds()) return;
    await pause(5);
  }
  throw new Error('It did not come about');
}
