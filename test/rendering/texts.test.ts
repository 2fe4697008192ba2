/** knowledge/texte is complete: every key the code uses exists, and every language has every sentence with the same places. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceTexts } from '../support/serviceTexts';

const texts = serviceTexts();
const root = join(__dirname, '../..');
/** What a button sends and what is understood is German only; simple German has no counterpart; staff are spoken to in German. */
const isGermanOnly = (key: string): boolean =>
  key.startsWith('personal.') || /\.(wert|woerter)$/.test(key) || (key.endsWith('.einfach') && key !== 'wahl.einfach');
const places = (text: string): readonly string[] => [...new Set(text.match(/\{[a-z]+\}/g) ?? [])].sort();

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

test('every key that the code names literally has a German sentence', () => {
  const code = [...sources('src/rendering'), ...sources('dialogs')].join('\n');
  const used = [
    ...code.matchAll(
      /(?:say|saying|standing|sends|told|phrases)\([^'"`()]*'([a-zA-Z][\w-]*\.[\w.-]+|willkommen|fehler)'/g,
    ),
  ].map((match) => match[1] ?? '');
  expect(used.length).toBeGreaterThan(60);
  for (const key of new Set(used)) {
    const found = texts[key]?.['de'] ?? texts[`${key}.woerter`]?.['de'];
    expect({ key, found: found !== undefined }).toEqual({ key, found: true });
  }
});

test.each(['en', 'uk', 'ru', 'tr', 'ar'])('%s has every sentence, and nothing that German has not', (language) => {
  const missing = Object.entries(texts).filter(
    ([key, byLanguage]) => !isGermanOnly(key) && byLanguage['de'] !== undefined && byLanguage[language] === undefined,
  );
  expect(missing.map(([key]) => key)).toEqual([]);
  expect(
    Object.entries(texts)
      .filter(([key, byLanguage]) => byLanguage['de'] === undefined && !/^thema\..+\.woerter$/.test(key))
      .map(([key]) => key),
  ).toEqual([]);
});

test.each(['en', 'uk', 'ru', 'tr', 'ar'])('%s fills the same places as German', (language) => {
  for (const [key, byLanguage] of Object.entries(texts)) {
    const [german, other] = [byLanguage['de'], byLanguage[language]];
    if (german !== undefined && other !== undefined)
      expect({ key, places: places(other) }).toEqual({ key, places: places(german) });
  }
});

test('a simple sentence fills no place that its everyday sentence lacks', () => {
  for (const [key, byLanguage] of Object.entries(texts)) {
    if (!key.endsWith('.einfach') || key === 'wahl.einfach') continue;
    const everyday = texts[key.replace(/\.einfach$/, '')]?.['de'] ?? '';
    for (const place of places(byLanguage['de'] ?? '')) expect(places(everyday)).toContain(place);
  }
});

test('simple sentences have at most twelve words', () => {
  for (const [key, byLanguage] of Object.entries(texts)) {
    if (!key.endsWith('.einfach') || key === 'wahl.einfach') continue;
    for (const sentence of (byLanguage['de'] ?? '').split(/[.!?:]\s|\n/)) {
      const words = sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word));
      expect({ key, sentence, tooLong: words.length > 12 }).toEqual({ key, sentence, tooLong: false });
    }
  }
});

test('no sentence of the service stands in the code', () => {
  for (const source of [...sources('src/rendering'), ...sources('dialogs')]) {
    const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const literals = [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map((match) => match[1] ?? match[2] ?? '');
    // A sentence: three German words in a row, the first with a capital letter.
    expect(
      literals.filter(
        (text) =>
          /^[A-ZÄÖÜ][a-zäöüß]+ [a-zäöüß]+ [a-zäöüß]+/.test(text) &&
          /[äöüß]|\b(?:ist|sie|das|die|der|nicht|und)\b/i.test(text),
      ),
    ).toEqual([]);
  }
});
