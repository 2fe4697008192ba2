/** From text to terms: corrected, stemmed, split, with synonyms; the same for documents and questions. */
import fc from 'fast-check';
import { createAnalyzer, MAX_TOKENS } from '../../src/search/analyzer';

const analyzer = createAnalyzer({
  cleanTexts: [
    'Wer übernimmt Mietschulden?',
    'Die Wohnung und der Umzug',
    'Antrag auf Bürgergeld stellen',
    'Das Jobcenter zahlt die Krankenkasse',
    'Klassenfahrt der Schule',
  ],
  typedTexts: [['grusswort zupf'], ['zupf'], ['zupf']],
  synonyms: [
    { term: 'Grundsicherungsgeld', alternatives: ['Stütze', 'Hartz IV'] },
    { term: 'Klassenfahrt', alternatives: ['Schule weg', 'Schulreise'] },
    { term: 'das', alternatives: ['dat'] },
  ],
});
const terms = (text: string): readonly string[] => analyzer.analyze(text).terms.map(({ term }) => term);

test('an unknown word is corrected, and the correction is told', () => {
  expect(analyzer.analyze('jobcneter').corrections).toEqual([['jobcneter', 'jobcenter']]);
  expect(analyzer.analyze('jobcenter').corrections).toEqual([]);
});

test('parts of a compound count less than the word, synonyms too', () => {
  const { terms: found } = analyzer.analyze('Mietschulden Schulreise');
  expect(found).toContainEqual({ term: 'schuld', weight: 0.6, from: 'part' });
  expect(found).toContainEqual({ term: 'klassenfahrt', weight: 0.7, from: 'synonym' });
  expect(found[0]).toEqual({ term: 'mietschuld', weight: 1, from: 'word' });
});

test('a synonym of several words counts only where they stand together', () => {
  expect(terms('fährt mit der schule weg')).toContain('klassenfahrt');
  expect(terms('der weg zur schule')).not.toContain('klassenfahrt');
});

test('dialect for a function word is the function word', () => {
  expect(analyzer.analyze('dat').tokens).toEqual(['das']);
});

test('legacy names lead to the present one', () => {
  expect(terms('Hartz IV')).toContain('grundsicherungsgeld');
  expect(terms('stütze')).toContain('grundsicherungsgeld');
});

test('a word typed in several entries is known, in one it is not', () => {
  expect(analyzer.isKnown('zupf')).toBe(true);
  expect(analyzer.isKnown('grusswort')).toBe(false);
});

test('the share of known words tells German from noise', () => {
  expect(analyzer.analyze('Antrag stellen').knownShare).toBe(1);
  expect(analyzer.analyze('qwrtz xcvbn plmkj').knownShare).toBe(0);
  expect(analyzer.analyze('').knownShare).toBe(1);
});

test('analysing what was analysed changes nothing', () => {
  const words = fc.constantFrom(
    ...'wer jobcneter mietschulden wonung umzg antragstellen bürgergeld stütze dat schulreise qwrtz und nicht krankenkase § 22 hartz iv klassenfahr'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 25 }), (typed) => {
      const once = analyzer.analyze(typed.join(' '));
      const again = analyzer.analyze(once.tokens.join(' '));
      expect(again.tokens).toEqual(once.tokens);
      expect(again.terms).toEqual(once.terms);
    }),
    { numRuns: 500 },
  );
});

test.each([
  '',
  ' ',
  '\u0000\u0007',
  '😀'.repeat(3_000),
  'a'.repeat(10_000),
  'ab'.repeat(5_000),
  '§'.repeat(10_000),
  `k${' '.repeat(9_999)}`,
  'alg '.repeat(2_500),
  'ue'.repeat(5_000),
  '\ud800'.repeat(5_000),
  '__proto__ constructor toString',
  'mietschulden'.repeat(800),
  'x y '.repeat(2_500),
])('hostile text %# is cut to size and gives plain terms', (text) => {
  const start = performance.now();
  const { terms: found, tokens } = analyzer.analyze(text);
  // A guard against growth with the square (seconds), not a measurement: machines are loaded.
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(tokens.length).toBeLessThanOrEqual(2 * MAX_TOKENS);
  for (const { term, weight } of found) {
    expect(typeof term).toBe('string');
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThanOrEqual(1);
  }
});
