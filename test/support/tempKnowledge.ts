/**
 * A copy of the sample knowledge base in a folder of its own, to be broken by a test and removed after it.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const SAMPLE_KNOWLEDGE = join(__dirname, 'knowledge');

export interface TempKnowledge {
  readonly folder: string;
  write(path: string, content: string | Uint8Array): void;
  /** Replaces the first occurrence; throws when there is none, so that no test passes for the wrong reason. */
  replace(path: string, search: string, replacement: string): void;
  remove(path: string): void;
  dispose(): void;
}

export function tempKnowledge(): TempKnowledge {
  const folder = mkdtempSync(join(tmpdir(), 'lotse-wissen-'));
  cpSync(SAMPLE_KNOWLEDGE, folder, { recursive: true });
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  return {
    folder,
    write,
    replace(path, search, replacement) {
      const text = readFileSync(join(folder, path), 'utf8');
      if (!text.includes(search)) throw new Error(`${path} holds no „${search}“`);
      write(
        path,
        text.replace(search, () => replacement),
      );
    },
    remove(path) {
      rmSync(join(folder, path), { recursive: true });
    },
    dispose() {
      rmSync(folder, { recursive: true });
    },
  };
}
