/** The service's real wording, read straight from knowledge/texte: tests of rendering need every sentence, not a whole knowledge base. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Texts } from '../../src/knowledge/model';

const folder = join(__dirname, '../../knowledge/texte');

export function serviceTexts(): Texts {
  const texts: Record<string, Record<string, string>> = {};
  for (const file of readdirSync(folder)) {
    const language = file.replace('.yaml', '');
    const sentences = parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>;
    for (const [key, text] of Object.entries(sentences)) (texts[key] ??= {})[language] = text.trim();
  }
  return texts;
}
