/** Corrections: unknown words only, the nearest known word, the missing blank; the index finds what comparing with every word finds. */
import fc from 'fast-check';
import { createDeleteIndex, LONG_WORD } from '../../src/search/deleteIndex';
import { createSpeller, editDistance } from '../../src/search/spelling';

const VOCABULARY =
  'miete wohnung jobcenter termin krankmeldung antrag stellen kinderzuschlag arbeitslosengeld mutter butter widerspruch mietvertrag heizkostenabrechnung bewerbungsunterlagen anwalt'.split(
    ' ',
  );
const speller = createSpeller(new Map(VOCABULARY.map((word) => [word, word === 'mutter' ? 9 : 3])));

test.each([
  ['meite', 'miete'], // swapped
  ['wonung', 'wohnung'], // left out
  ['termiin', 'termin'], // doubled
  ['jobcneter', 'jobcenter'],
  ['krannkmeldug', 'krankmeldung'], // two errors in a long word
  ['abeitslosnegeld', 'arbeitslosengeld'],
  ['heizkostenabrechnugn', 'heizkostenabrechnung'],
  ['utter', 'mutter'], // the more frequent of two
])('%s is meant to be %s', (typed, meant) => {
  expect(speller.correct(typed)).toEqual([meant]);
});

test('a missing blank gives two words', () => {
  expect(speller.correct('antragstellen')).toEqual(['antrag', 'stellen']);
});

test.each(['xqzw', 'mit', 'mohnunk', 'u25', 'привет', 'a'.repeat(10_000), '', '__proto__', 'constructor'])(
  'hopeless or too short, left as it is: %#',
  (typed) => {
    expect(speller.correct(typed)).toEqual([typed]);
  },
);

test('a known word is never changed', () => {
  const words = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'm', 'n'), minLength: 3, maxLength: 12 }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(words, (known) => {
      const own = createSpeller(new Map(known.map((word, i) => [word, i + 1])));
      for (const word of known) expect(own.correct(word)).toEqual([word]);
    }),
    { numRuns: 200 },
  );
});

test('the index names every word that comparing with all words finds', () => {
  const letters = fc.constantFrom('a', 'b', 'e', 'n', 's');
  const word = fc.string({ unit: letters, minLength: 4, maxLength: 24 });
  const typo = fc.record({
    word,
    changes: fc.array(fc.record({ at: fc.nat(30), kind: fc.nat(3), letter: letters }), { minLength: 1, maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 20 }), typo, (others, { word: meant, changes }) => {
      let typed = meant;
      for (const { at, kind, letter } of changes) {
        const i = at % typed.length;
        if (kind === 0) typed = typed.slice(0, i) + typed.slice(i + 1);
        else if (kind === 1) typed = typed.slice(0, i) + letter + typed.slice(i);
        else if (kind === 2) typed = typed.slice(0, i) + letter + typed.slice(i + 1);
        else typed = typed.slice(0, i) + typed.slice(i + 1, i + 2) + typed.slice(i, i + 1) + typed.slice(i + 2);
      }
      fc.pre(typed.length >= 4);
      const words = [...new Set([meant, ...others])];
      const found: string[] = [];
      createDeleteIndex(words).candidates(typed, (candidate) => found.push(candidate));
      // Two errors are looked for where both words are long, one where not.
      const near = words.filter((candidate) => {
        const errors = typed.length >= LONG_WORD && candidate.length >= LONG_WORD ? 2 : 1;
        return editDistance(typed, candidate, errors) <= errors;
      });
      expect(found).toEqual(expect.arrayContaining(near));
      expect(new Set(found).size).toBe(found.length);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['miete', 'miete', 0],
  ['miete', 'meite', 1],
  ['miete', 'mite', 1],
  ['miete', 'mieter', 1],
  ['miete', 'meiter', 2],
  ['', 'ab', 2],
])('from %s to %s it is %d', (a, b, distance) => {
  expect(editDistance(a, b, 3)).toBe(distance);
  expect(editDistance(b, a, 3)).toBe(distance);
});

test('what is further away than asked for is just further away', () => {
  expect(editDistance('miete', 'wohnung', 2)).toBe(3);
});
