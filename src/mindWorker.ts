/**
 * The other side of an edit (mind.ts): loads the folder on a thread of its own, builds what would be served from it and asks the gold
 * questions. Sends the knowledge base only when all of that is good.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { goldFindings } from './evaluation/goldGate';
import { finding, sortFindings } from './knowledge/findings';
import { loadKnowledge, type LoadResult } from './knowledge/load';
import { createMind } from './mind';

function examine(folder: string): LoadResult {
  const loaded = loadKnowledge(folder);
  if (loaded.knowledge === undefined) return loaded;
  try {
    const gold = goldFindings(folder, createMind(folder, loaded.knowledge).answering);
    return gold.length === 0 ? loaded : { findings: sortFindings([...loaded.findings, ...gold]) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const at = { file: folder, line: 1, column: 1 };
    const built = finding('error', 'KB_BUILD_FAILED', at, `Aus der Wissensbasis ließ sich kein Index bauen: ${why}`);
    return { findings: [...loaded.findings, built] };
  }
}

parentPort?.postMessage(examine(String(workerData)));
