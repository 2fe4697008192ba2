/** One form for every spelling: what people type and what editors write must meet here. */
import fc from 'fast-check';
import { normalize, tokenize } from '../../src/search/german/normalize';

test.each([
  // umlauts in every spelling
  ['Bürgergeld – wann?', 'burgergeld wann'],
  ['BUERGERGELD', 'burgergeld'],
  ['Burgergeld', 'burgergeld'],
  ['Bu\u0308rgergeld', 'burgergeld'],
  ['Straße', 'strasse'],
  ['Überzahlung', 'uberzahlung'],
  ['Ueberzahlung', 'uberzahlung'],
  // „ue“ that is no umlaut
  ['neue Quelle bauen', 'neue quelle bauen'],
  // spellings of the field
  ['ALG II', 'alg2'],
  ['alg-2', 'alg2'],
  ['ALG (2)', 'alg2'],
  ['Arbeitslosengeld 1', 'alg1'],
  ['Hartz IV', 'hartz4'],
  ['Hartz-IV-Satz', 'hartz4 satz'],
  ['harz 4', 'hartz4'],
  ['h4', 'hartz4'],
  ['§ 22 SGB II', 'par22 sgb ii'],
  ['§§ 22a', 'par22a'],
  ['Paragraf 31', 'par31'],
  ['Job-Center', 'jobcenter'],
  ['Jobcentre', 'jobcenter'],
  ['1-Euro-Job', 'eineurojob'],
  ['K.d.U.', 'kdu'],
  ['U 25', 'u25'],
  ['Bürger Geld', 'burgergeld'],
  // what is no word
  ['z. B. Miete', 'miete'],
  ['1.234,56 €', '1234'],
  ['Kund*innen', 'kundinnen'],
  ['Kund:innen', 'kundinnen'],
  ['Ände\u00adrung', 'anderung'],
  ['\u202eabc\u0000def', 'abc def'],
  ['hilfeeeee', 'hilfee'],
  ['café', 'cafe'],
  ['👨‍👩‍👧 Kind', 'kind'],
  ['', ''],
  ['?!', ''],
])('„%s“ becomes „%s“', (typed, expected) => {
  expect(normalize(typed)).toBe(expected);
});

test.each(['alge', 'harzer', 'jobs', 'burgergeldantrag', 'kdux'])(
  '%s is left alone: it only begins like a spelling of the field',
  (word) => {
    expect(normalize(word)).toBe(word);
  },
);

const PIECES = [
  'alg',
  'hartz',
  'IV',
  '2',
  '(',
  ')',
  '-',
  ' ',
  '.',
  '§',
  'k',
  'd',
  'u',
  '25',
  'job',
  'center',
  'ein',
  'euro',
  'ä',
  'ue',
  'a',
  'e',
  'u\u0308',
  'z',
  'b',
  '1.234',
  ',5',
  '\u00ad',
  '*innen',
  'ß',
  '\n',
  '😀',
  'bürger',
  'geld',
];

test('normalising twice is normalising once, whatever is typed', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const once = normalize(text);
      expect(normalize(once)).toBe(once);
    }),
    { numRuns: 3_000 },
  );
});

test('what comes out is lower case, without punctuation, with single blanks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const out = normalize(text);
      expect(out).toBe(out.trim());
      expect(out).not.toMatch(/[ ]{2}|[\p{P}\p{Cc}\p{S}äöüß]/u);
      for (const token of tokenize(out)) expect(token).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
