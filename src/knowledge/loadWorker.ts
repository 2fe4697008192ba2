/**
 * The other side of loadOutside.ts: reads one folder on a thread of its own and sends what it found.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { loadKnowledge } from './load';

parentPort?.postMessage(loadKnowledge(String(workerData)));
