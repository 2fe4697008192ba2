import { join } from 'node:path';
import { createLevelStorage } from '../../src/storage/level';
import { coordinationContract } from '../contracts/coordinationContract';
import { storeContract } from '../contracts/storeContract';
import { tempFolder } from '../support/tempFolder';

const root = tempFolder('level');
storeContract('level', {
  durable: true,
  open: (clock, place) => createLevelStorage({ directory: join(root, place), clock }),
});

coordinationContract('level', {
  replicas: 1,
  open: (clock, place) => createLevelStorage({ directory: join(root, 'coordination', place), clock }),
});
