import { createPostgresStorage } from '../../src/storage/postgres/postgres';
import { coordinationContract } from '../contracts/coordinationContract';
import { storeContract } from '../contracts/storeContract';
import { startPostgres, type PostgresServer } from '../support/postgres';

let server: PostgresServer;
const databases = new Map<string, Promise<string>>();

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(async () => {
  await server.stop();
}, 20_000);

function databaseOf(place: string): Promise<string> {
  const url = databases.get(place) ?? server.createDatabase();
  databases.set(place, url);
  return url;
}

storeContract('postgres', {
  durable: true,
  open: async (clock, place) => createPostgresStorage({ url: await databaseOf(place), clock }),
});

coordinationContract('postgres', {
  replicas: 2,
  open: async (clock, place) => createPostgresStorage({ url: await databaseOf(`coordination ${place}`), clock }),
});
