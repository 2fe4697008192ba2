/**
 * The file `npm run train` writes and every start reads: the classifier as compressed bytes, and the rest with the figures it was
 * learned to as readable JSON. Refuses to know what the bytes mean.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const FOLDER = 'modell';
const BYTES = 'ranker.bin.br';
const JSON_FILE = 'ranker.json';
/** Beyond this, brotli takes twenty seconds for two per cent. */
const QUALITY = 7;

export interface ModelFile {
  readonly bytes: Uint8Array;
  readonly json: unknown;
}

/** Undefined when the knowledge base was never trained. */
export function readModelFile(knowledgeFolder: string): ModelFile | undefined {
  const folder = join(knowledgeFolder, FOLDER);
  if (!existsSync(join(folder, JSON_FILE)) || !existsSync(join(folder, BYTES))) return undefined;
  const json: unknown = JSON.parse(readFileSync(join(folder, JSON_FILE), 'utf8'));
  return { bytes: brotliDecompressSync(readFileSync(join(folder, BYTES))), json };
}

/** Changes with every training; empty when the knowledge base was never trained. */
export function modelVersion(knowledgeFolder: string): string {
  const files = [JSON_FILE, BYTES].map((name) => join(knowledgeFolder, FOLDER, name));
  if (!files.every((file) => existsSync(file))) return '';
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 12);
}

export function writeModelFile(knowledgeFolder: string, file: ModelFile): void {
  const folder = join(knowledgeFolder, FOLDER);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, BYTES), brotliCompressSync(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }));
  writeFileSync(join(folder, JSON_FILE), `${JSON.stringify(file.json, null, 2)}\n`);
}
