import { createMemoryStorage } from '../../src/storage/memory';
import { coordinationContract } from '../contracts/coordinationContract';
import { storeContract } from '../contracts/storeContract';

storeContract('memory', { durable: false, open: (clock) => Promise.resolve(createMemoryStorage(clock)) });

coordinationContract('memory', { replicas: 1, open: (clock) => Promise.resolve(createMemoryStorage(clock)) });
