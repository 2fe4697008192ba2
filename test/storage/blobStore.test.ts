/** The contracts on Azurite. One server for all tests, a container for each. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/clock';
import { createBlobStorage } from '../../src/storage/blob/blob';
import type { Storage } from '../../src/storage/ports';
import { coordinationContract } from '../contracts/coordinationContract';
import { storeContract } from '../contracts/storeContract';
import { startAzurite, type AzuriteServer } from '../support/azurite';

let azurite: AzuriteServer;
const run = randomBytes(4).toString('hex');

beforeAll(async () => {
  azurite = await startAzurite();
}, 20_000);
afterAll(async () => {
  await azurite.stop();
});

function open(clock: Clock, place: string): Promise<Storage> {
  return createBlobStorage({
    access: { kind: 'connection', connection: azurite.connection() },
    container: `${place}-${run}`,
    clock,
  });
}

storeContract('blob', { durable: true, open });
coordinationContract('blob', { replicas: 1, open: (clock, place) => open(clock, `coordination-${place}`) });
