/** BM25 per variant: the same scores as a naive reference, the order of the hits, what they say about an entry. */
import fc from 'fast-check';
import type { Term } from '../../src/search/analyzer';
import { createLexicalIndex, type IndexedEntry } from '../../src/search/lexicalIndex';

const term = (text: string, weight = 1): Term => ({ term: text, weight, from: 'word' });
const terms = (text: string): readonly Term[] => (text === '' ? [] : text.split(' ').map((word) => term(word)));
const entryOf = (variants: readonly string[], answer = ''): IndexedEntry => ({
  variants: variants.map(terms),
  answer: terms(answer),
});

test('hits come best first: both words in one variant, both in two variants, one word, the word only in the answer', () => {
  const index = createLexicalIndex([
    entryOf(['umzug'], 'nichts'),
    entryOf(['kosten umzug']),
    entryOf(['kosten miete', 'umzug wann']),
    entryOf(['strom'], 'umzug'),
    entryOf(['kind']),
  ]);
  // One variant with both words beats two with one each: a variant is one question, not a bag.
  expect(index.search(terms('kosten umzug'), 10).map(({ entry }) => entry)).toEqual([1, 2, 0, 3]);
});

test('a rare word counts more than a frequent one', () => {
  const index = createLexicalIndex([
    entryOf(['antrag bildung']),
    entryOf(['antrag miete']),
    entryOf(['antrag strom']),
    entryOf(['miete strom']),
  ]);
  expect(index.idf('bildung')).toBeGreaterThan(index.idf('antrag'));
  expect(index.search(terms('antrag bildung'), 1)).toMatchObject([{ entry: 0 }]);
});

test('of two equally good entries the one added first stands first, on every run', () => {
  const index = createLexicalIndex([entryOf(['miete']), entryOf(['miete'])]);
  for (let run = 0; run < 3; run++) expect(index.search(terms('miete'), 2).map(({ entry }) => entry)).toEqual([0, 1]);
});

test('one question leaves nothing behind for the next', () => {
  const index = createLexicalIndex([entryOf(['miete', 'strom'], 'kind'), entryOf(['kind'])]);
  const first = index.search(terms('kind'), 5);
  index.search(terms('strom'), 5);
  expect(index.search(terms('kind'), 5)).toEqual(first);
  // Only its answer has the word: no variant matched, so the first stands for the entry.
  expect(first.find(({ entry }) => entry === 0)).toMatchObject({ best: 0, variant: 0 });
});

test('entries asked for by name come along behind the best, with their figures', () => {
  const index = createLexicalIndex([entryOf(['miete kind']), entryOf(['miete strom wann']), entryOf(['strom'])]);
  const hits = index.search(terms('miete kind'), 1, new Set([1, 2]));
  expect(hits.map(({ entry }) => entry)).toEqual([0, 1]);
  expect(hits[1]?.best).toBeGreaterThan(0);
});

test('what an index of nothing finds is nothing', () => {
  const index = createLexicalIndex([]);
  expect(index.search(terms('miete'), 5)).toEqual([]);
  expect(createLexicalIndex([entryOf([])]).search(terms('miete'), 5)).toEqual([]);
  expect(createLexicalIndex([entryOf(['miete'])]).search([], 5)).toEqual([]);
});

test.each(['__proto__', 'constructor', 'toString'])('%s is a term like any other', (word) => {
  const index = createLexicalIndex([entryOf([word]), entryOf(['miete'])]);
  expect(index.search(terms(word), 5).map(({ entry }) => entry)).toEqual([0]);
  expect(createLexicalIndex([entryOf(['miete'])]).search(terms(word), 5)).toEqual([]);
});

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const weighted = fc
  .record({ word, weight: fc.constantFrom(0.3, 0.45, 0.6, 0.7, 1) })
  .map((each) => term(each.word, each.weight));
const text = fc.array(weighted, { maxLength: 6 });
const entries = fc.array(fc.record({ variants: fc.array(text, { minLength: 1, maxLength: 4 }), answer: text }), {
  minLength: 1,
  maxLength: 8,
});

test('scores are those of BM25 written down naively', () => {
  fc.assert(
    fc.property(entries, text, (list, query) => {
      const hits = createLexicalIndex(list).search(query, list.length);
      const expected = naive(list, query);
      expect(new Set(hits.map(({ entry }) => entry))).toEqual(new Set(expected.keys()));
      for (const { entry, best, answer } of hits) {
        expect(best).toBeCloseTo(expected.get(entry)?.best ?? NaN, 3);
        expect(answer).toBeCloseTo(expected.get(entry)?.answer ?? NaN, 3);
      }
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }),
    { numRuns: 300 },
  );
});

test('what the index says a variant and an entry have is what they have', () => {
  fc.assert(
    fc.property(entries, word, (list, wanted) => {
      const index = createLexicalIndex(list);
      const id = index.termId(wanted);
      const has = (found: readonly Term[]): boolean => found.some(({ term: each }) => each === wanted);
      for (const [entry, { variants }] of list.entries()) {
        const first = index.firstVariant(entry);
        if (id !== undefined) expect(index.entryHas(entry, id)).toBe(variants.some(has));
        for (const [i, variant] of variants.entries()) {
          expect(index.entryOf(first + i)).toBe(entry);
          if (id !== undefined) expect(index.variantHas(first + i, id)).toBe(has(variant));
          const mass = variant.reduce((sum, each) => sum + each.weight * index.idf(each.term), 0);
          expect(index.mass(first + i)).toBeCloseTo(mass, 3);
        }
      }
      if (id === undefined) expect(list.some(({ variants, answer }) => has(answer) || variants.some(has))).toBe(false);
    }),
    { numRuns: 200 },
  );
});

/** k1 1.2, b 0.5, idf over entries; a term asked for twice counts once with its larger weight. */
function naive(list: readonly IndexedEntry[], query: readonly Term[]): Map<number, { best: number; answer: number }> {
  const tf = (found: readonly Term[], wanted: string): number =>
    found.reduce((sum, each) => sum + (each.term === wanted ? each.weight : 0), 0);
  const length = (found: readonly Term[]): number => found.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (all: readonly (readonly Term[])[]): number =>
    all.reduce((sum, found) => sum + length(found), 0) / Math.max(1, all.length) || 1;
  const meanVariant = mean(list.flatMap(({ variants }) => variants));
  const meanAnswer = mean(list.map(({ answer }) => answer));
  const asked = new Map<string, number>();
  for (const each of query) asked.set(each.term, Math.max(asked.get(each.term) ?? 0, each.weight));
  const idf = (wanted: string): number => {
    const n = list.filter(
      ({ variants, answer }) => tf(answer, wanted) > 0 || variants.some((found) => tf(found, wanted) > 0),
    ).length;
    return Math.log(1 + (list.length - n + 0.5) / (n + 0.5));
  };
  const bm25 = (found: readonly Term[], meanLength: number): number => {
    let sum = 0;
    for (const [wanted, weight] of asked) {
      const f = tf(found, wanted);
      if (f > 0) sum += (weight * idf(wanted) * f * 2.2) / (f + 1.2 * (0.5 + (0.5 * length(found)) / meanLength));
    }
    return sum;
  };
  const out = new Map<number, { best: number; answer: number }>();
  for (const [entry, { variants, answer }] of list.entries()) {
    const best = Math.max(0, ...variants.map((found) => bm25(found, meanVariant)));
    const inAnswer = bm25(answer, meanAnswer);
    if (best > 0 || inAnswer > 0) out.set(entry, { best, answer: inAnswer });
  }
  return out;
}
