/**
 * docs/befunde.md explains exactly the codes that the check can report.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const codesIn = (text: string): ReadonlySet<string> => new Set(text.match(/\bKB_[A-Z]+(?:_[A-Z]+)*\b/g));

test('every code is explained, and no other', () => {
  const sources = ['src/knowledge', 'src/evaluation'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(root, folder, path)),
  );
  const used = codesIn(sources.map((path) => readFileSync(path, 'utf8')).join('\n'));
  expect([...codesIn(readFileSync(join(root, 'docs/befunde.md'), 'utf8'))].sort()).toEqual([...used].sort());
});
