/** The hybrid as a whole: the order of hits and why, what a new entry changes, and what nobody should be able to break. */
import fc from 'fast-check';
import { DEFAULT_WEIGHTS } from '../../src/search/combiner';
import { createSearchEngine, type SearchDocument, type SearchEngine } from '../../src/search/searchEngine';

function documentOf(
  id: string,
  title: string,
  questions: readonly string[] = [],
  changes: Partial<SearchDocument> = {},
): SearchDocument {
  return { id, title, questions, examples: [], keywords: [], answer: '', ...changes };
}

const DOCUMENTS: readonly SearchDocument[] = [
  documentOf('miete', 'Mietkosten', ['Wird meine Miete übernommen?', 'Was gilt als angemessene Miete?'], {
    answer: 'Die Miete wird übernommen, solange sie angemessen ist.',
  }),
  documentOf(
    'mietschulden',
    'Mietschulden',
    ['Wer hilft bei Mietschulden?', 'Kann das Jobcenter Mietschulden übernehmen?'],
    { answer: 'Ein Darlehen ist möglich, wenn die Wohnung sonst verloren geht.' },
  ),
  documentOf('umzug', 'Umzug', ['Muss ich einen Umzug vorher genehmigen lassen?', 'Wer zahlt die Umzugskosten?'], {
    answer: 'Fragen Sie vor dem Mietvertrag nach der Zusicherung.',
  }),
  documentOf('strom', 'Stromschulden', ['Der Strom wurde abgestellt, was nun?', 'Wer zahlt meine Stromrechnung?'], {
    keywords: ['Stromsperre'],
  }),
  documentOf('klassenfahrt', 'Klassenfahrt', ['Wer zahlt die Klassenfahrt?'], {
    examples: ['meine tochter fährt mit der schule weg'],
  }),
];

const engineOf = (documents: readonly SearchDocument[]): SearchEngine =>
  createSearchEngine({
    documents,
    synonyms: [{ term: 'Klassenfahrt', alternatives: ['Schulausflug'] }],
    weights: DEFAULT_WEIGHTS,
  });
const engine = engineOf(DOCUMENTS);
const order = (question: string): readonly string[] => engine.search(question).hits.map(({ id }) => id);

test('„Wer übernimmt Mietschulden?“: the word itself, then its part with „wer“, then its other part, then „wer“ alone', () => {
  expect(order('Wer übernimmt Mietschulden?')).toEqual(['mietschulden', 'strom', 'miete', 'umzug', 'klassenfahrt']);
});

test.each([
  ['wird die miete übernommen', 'miete', 'both content words stand in one question'],
  ['mietschuldne', 'mietschulden', 'the typo is corrected'],
  ['stromsperre', 'strom', 'a keyword is found like a title'],
  ['umgezogen kosten', 'umzug', 'the irregular stem and the part of „Umzugskosten“'],
  ['tochter schule weg', 'klassenfahrt', 'only the utterance shares words with it'],
  ['schulausflug', 'klassenfahrt', 'the synonym leads there'],
  ['zusicherung', 'umzug', 'only the answer has the word'],
  ['MIETE!!!', 'miete', 'case and punctuation say nothing'],
])('„%s“ finds %s: %s', (question, expected) => {
  expect(order(question)[0]).toBe(expected);
});

test('a hit tells by which variant it was found, and the features are those it was ranked by', () => {
  const [hit] = engine.search('wer zahlt die umzugskosten').hits;
  expect(hit?.variant).toBe('Wer zahlt die Umzugskosten?');
  expect(hit?.features.bestRelative).toBe(1);
  expect(hit?.features.queryCoverage).toBeGreaterThan(0.9);
});

test('probabilities of the hits sum to one at most and fall', () => {
  const { hits } = engine.search('miete strom umzug', 10);
  const probabilities = hits.map(({ probability }) => probability);
  expect(probabilities.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1.000001);
  expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
});

test('the same question gives the same answer, whatever was asked in between', () => {
  const before = engine.search('wer hilft bei schulden');
  for (const question of ['zusicherung', 'strom', '', 'qwrtz']) engine.search(question);
  expect(engine.search('wer hilft bei schulden')).toEqual(before);
});

test('an entry without a word in common never wins, and changes who wins by no more than its share', () => {
  const words = fc.constantFrom(
    ...'miete mietschulden umzug strom abgestellt klassenfahrt zahlt wer tochter rechnung genehmigen hilft'.split(' '),
  );
  const question = fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
  const other = fc.constantFrom(
    documentOf('zz', 'Hundesteuer', ['Wohin mit Hundekot im Stadtpark?'], { answer: 'Beutel gibt es im Rathaus.' }),
    documentOf('zz', 'Fahrradverleih', ['Gibt es Lastenräder?']),
    documentOf('zz', '', ['']),
    documentOf('zz', '😀', ['\u0000']),
  );
  const engines = new Map<string, SearchEngine>();
  fc.assert(
    fc.property(question, other, (asked, unrelated) => {
      const key = JSON.stringify(unrelated);
      const bigger = engines.get(key) ?? engineOf([...DOCUMENTS, unrelated]);
      engines.set(key, bigger);
      const before = engine.search(asked).hits;
      const after = bigger.search(asked).hits;
      const share = after.find(({ id }) => id === 'zz')?.probability ?? 0;
      const [winner, second] = before;
      expect(after[0]?.id).not.toBe('zz');
      // The statistics of the words shift a little with the number of entries: only a tie may turn.
      if ((winner?.probability ?? 0) > 1.5 * (second?.probability ?? 0) + share) expect(after[0]?.id).toBe(winner?.id);
    }),
    { numRuns: 100 },
  );
});

const HOSTILE = [
  '',
  ' ',
  '?',
  '\u0000',
  '😀',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u202e\u202d',
  '\ud800',
  'a'.repeat(10_000),
  'miete '.repeat(2_000),
  'mietschulden'.repeat(900),
  '<script>alert(1)</script>',
  "'; DROP TABLE",
  '{{betrag:rbs1}}',
  'ß'.repeat(10_000),
  '§ '.repeat(5_000),
  'alg-'.repeat(2_500),
];

test('hostile questions are answered like any other', () => {
  const times: number[] = [];
  for (const question of HOSTILE) {
    const start = performance.now();
    const { hits } = engine.search(question);
    times.push(performance.now() - start);
    for (const { id, score, probability } of hits) {
      expect(DOCUMENTS.map((each) => each.id)).toContain(id);
      expect(Number.isFinite(score)).toBe(true);
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
  }
  // 20 ms are the aim (bench/README.md measures it); the median of a loaded machine gets ten times that.
  expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(200);
});

test('any text at all is answered with finite figures', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (question) => {
      for (const { score, probability } of engine.search(question).hits) {
        expect(Number.isFinite(score)).toBe(true);
        expect(Number.isFinite(probability)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test.each(['__proto__', 'constructor', 'toString'])('an entry called %s is found by its title', (id) => {
  const own = engineOf([...DOCUMENTS, documentOf(id, 'Hundesteuer', [id])]);
  expect(own.search('hundesteuer').hits[0]?.id).toBe(id);
  expect(own.search(id).hits[0]?.id).toBe(id);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('no entries, no hits', () => {
  expect(engineOf([]).search('miete')).toMatchObject({ hits: [], intents: [] });
});
