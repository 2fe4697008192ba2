/**
 * The small knowledge base of the tests with every sentence the service says: enough for the real conversation, quick to load.
 */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function talkingKnowledge(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lotse-knowledge-'));
  cpSync('test/support/knowledge', folder, { recursive: true });
  cpSync('knowledge/texte', join(folder, 'texte'), { recursive: true });
  return folder;
}
