/** The contracts on a real PostgreSQL. One database for all tests: a place that was not opened before begins empty. */
import { systemClock, type Clock } from '../../src/clock';
import type { Storage } from '../../src/storage/ports';
import { createPostgresStorage } from '../../src/storage/postgres/postgres';
import { coordinationContract } from '../contracts/coordinationContract';
import { storeContract } from '../contracts/storeContract';
import { startPostgres, type PostgresServer } from '../support/postgres';

let server: PostgresServer;
let url = '';
const opened = new Set<string>();

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
}, 60_000);
afterAll(async () => {
  await server.stop();
}, 60_000);

async function open(clock: Clock, place: string): Promise<Storage> {
  const storage = createPostgresStorage({ url, clock });
  const isNew = !opened.has(place);
  opened.add(place);
  if (isNew) await storage.store.deletePrefix('');
  return storage;
}

storeContract('postgres', { durable: true, open });
coordinationContract('postgres', { replicas: 2, open: (clock, place) => open(clock, `coordination ${place}`) });

it('more locks than connections are asked for at once: everyone is served in turn, nobody is told that the database is away', async () => {
  const storage = await open(systemClock, 'many locks');
  let served = 0;
  await Promise.all(
    Array.from({ length: 120 }, (_, index) =>
      storage.locks.withLock(`conversation ${index}`, async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        served += 1;
      }),
    ),
  );
  expect(served).toBe(120);
  await storage.close();
}, 15_000);
