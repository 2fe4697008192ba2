/**
 * The clusters as a file beside the storage (`lernen.json`): an embedded store belongs to one process, and `npm run suggest` is another.
 * Holds only what may be shown (clusters.ts), never what is kept.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFileSchema, type Cluster } from './clusters';

const FILE = 'lernen.json';

/** Written when it has changed, as a whole or not at all. No file where there has never been anything to show. */
export function keepClusters(dataDir: string, clusters: readonly Cluster[]): void {
  const file = join(dataDir, FILE);
  const text = `${JSON.stringify({ version: 1, clusters }, null, 2)}\n`;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === before || (before === undefined && clusters.length === 0)) return;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file}.neu`, text);
  renameSync(`${file}.neu`, file);
}

/** Undefined when it is no such file. */
export function readClusters(file: string): readonly Cluster[] | undefined {
  try {
    return clusterFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).clusters;
  } catch {
    return undefined;
  }
}
