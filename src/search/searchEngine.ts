/**
 * The hybrid: BM25 per variant and a classifier propose candidates, learned weights rank them, a calibrated probability says how sure
 * that is. The public surface of src/search. Every hit carries the features it was ranked by. Knows no channel, no YAML, no dates.
 */
import { createAnalyzer, type Analysis, type Analyzer, type Synonyms } from './analyzer';
import { candidateMeasure, createVariantGrams, type CandidateFeatures } from './candidateFeatures';
import { classProbabilities, contributions, type Classifier } from './classifier';
import { combine, type CombinerWeights } from './combiner';
import { buildLexicalIndex, type IndexedEntry, type LexicalHit, type LexicalIndex } from './lexicalIndex';
import { textFeatures, type Feature } from './textFeatures';
import { runSteps, type Steps } from './steps';

/** One thing that can be found. */
export interface SearchDocument {
  readonly id: string;
  readonly title: string;
  /** Written by editors; correctly spelled. */
  readonly questions: readonly string[];
  /** As typed by citizens. */
  readonly examples: readonly string[];
  readonly keywords: readonly string[];
  readonly answer: string;
}

export interface Hit {
  readonly id: string;
  /** Unbounded; comparable within one question only. */
  readonly score: number;
  /** Share of belief among the candidates and the intents, 0..1. Calibration turns it into a confidence. */
  readonly probability: number;
  readonly features: CandidateFeatures;
  /** The variant that matched best. */
  readonly variant: string;
}

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** Probability of each class of the classifier that is no document (intents, "none"), best first. */
  readonly intents: readonly (readonly [name: string, probability: number])[];
  readonly analysis: Analysis;
}

export interface SearchEngine {
  search(question: string, limit?: number): SearchResult;
  analyze(text: string): Analysis;
  /** What spoke for one class: feature, contribution. */
  explainClass(question: string, id: string): readonly (readonly [string, number])[];
}

interface SearchEngineOptions {
  readonly documents: readonly SearchDocument[];
  readonly synonyms: readonly Synonyms[];
  readonly weights: CombinerWeights;
  readonly classifier?: Classifier;
  /** Texts that belong to no document but make words known (intents, events). */
  readonly otherTexts?: readonly string[];
  /** Another way to `normalize` the documents, e.g. one that remembers. */
  readonly normalized?: (text: string) => string;
}

/** The lexical ranker names this many, the classifier half as many. */
const CANDIDATES_PER_RANKER = 10;

/** A class of the classifier that is no document: what a person wants that no document answers. */
function isIntent(name: string | undefined): boolean {
  return name?.startsWith('-') === true;
}

/** Variants of a document in the order the engine numbers them. */
export function variantsOf(document: SearchDocument): readonly string[] {
  const keywords = document.keywords.length > 0 ? [document.keywords.join(' ')] : [];
  return [document.title, ...document.questions, ...keywords, ...document.examples];
}

/** `variantsOf(document)[at]`, without the list. */
function variantAt({ title, questions, keywords, examples }: SearchDocument, at: number): string {
  if (at === 0) return title;
  if (at <= questions.length) return questions[at - 1] ?? '';
  const behind = at - 1 - questions.length;
  if (keywords.length === 0) return examples[behind] ?? '';
  return behind === 0 ? keywords.join(' ') : (examples[behind - 1] ?? '');
}

export function analyzerFor(
  documents: readonly SearchDocument[],
  synonyms: readonly Synonyms[],
  otherTexts: readonly string[] = [],
  normalized?: (text: string) => string,
): Analyzer {
  return createAnalyzer({
    cleanTexts: [
      ...documents.flatMap(({ title, questions, keywords, answer }) => [title, ...questions, ...keywords, answer]),
      ...otherTexts,
    ],
    typedTexts: documents.map(({ examples }) => examples),
    synonyms,
    ...(normalized === undefined ? {} : { normalized }),
  });
}

export function createSearchEngine(options: SearchEngineOptions): SearchEngine {
  return runSteps(buildSearchEngine(options));
}

/** The same in steps, for whoever serves meanwhile: one per document, and the analyzer. */
export function* buildSearchEngine(options: SearchEngineOptions): Steps<SearchEngine> {
  const { documents, classifier, weights, normalized } = options;
  const analyzer = analyzerFor(documents, options.synonyms, options.otherTexts, normalized);
  yield;
  const index: LexicalIndex = yield* buildLexicalIndex(
    analysed(documents, (text) => analyzer.analyze(text, normalized)),
  );
  yield;
  const variantText = (entry: number, variant: number): string => {
    const document = documents[entry];
    return document === undefined ? '' : variantAt(document, variant - index.firstVariant(entry));
  };
  const grams = createVariantGrams((variant) => variantText(index.entryOf(variant), variant));
  const positions = new Map(documents.map(({ id }, i) => [id, i]));
  const documentClasses = (classifier?.classes ?? []).map((name) => positions.get(name));

  /** What the classifier believes: per document, and per intent. Classes that are neither (staff topics) lose their say. */
  function believe(features: readonly Feature[]): { byDocument: Map<number, number>; intents: [string, number][] } {
    const byDocument = new Map<number, number>();
    const intents: [string, number][] = [];
    if (classifier === undefined) return { byDocument, intents };
    const probabilities = classProbabilities(classifier, features);
    let here = 0;
    for (const [c, probability] of probabilities.entries()) {
      if (documentClasses[c] !== undefined || isIntent(classifier.classes[c])) here += probability;
    }
    for (const [c, probability] of probabilities.entries()) {
      const entry = documentClasses[c];
      if (entry !== undefined) byDocument.set(entry, probability / here);
      else if (isIntent(classifier.classes[c])) intents.push([classifier.classes[c] ?? '', probability / here]);
    }
    intents.sort((a, b) => b[1] - a[1]);
    return { byDocument, intents };
  }

  /** The best of each ranker; the lexical figures come along wherever there are any. */
  function candidatesFor(analysis: Analysis, beliefs: ReadonlyMap<number, number>): readonly LexicalHit[] {
    const also = new Set(best(beliefs, CANDIDATES_PER_RANKER / 2));
    const lexical = index.search(analysis.terms, CANDIDATES_PER_RANKER, also);
    for (const { entry } of lexical) also.delete(entry);
    const unseen = [...also].map((entry) => ({
      entry,
      score: 0,
      best: 0,
      sum: 0,
      answer: 0,
      variant: index.firstVariant(entry),
    }));
    return [...lexical, ...unseen];
  }

  return {
    analyze: (text) => analyzer.analyze(text),
    explainClass(question, id) {
      return classifier === undefined ? [] : contributions(classifier, textFeatures(analyzer.analyze(question)), id);
    },
    search(question, limit = 10) {
      const analysis = analyzer.analyze(question);
      const features = textFeatures(analysis);
      const { byDocument, intents } = believe(features);
      const candidates = candidatesFor(analysis, byDocument);
      const measure = candidateMeasure(analysis, candidates, grams, index);
      const scored = candidates.map((candidate) => {
        const measured = measure(candidate, byDocument.get(candidate.entry));
        return { candidate, features: measured, score: combine(weights, measured) };
      });
      scored.sort((a, b) => b.score - a.score || a.candidate.entry - b.candidate.entry);

      // Documents and intents share one belief: what the classifier gives to intents is not available to documents.
      const intentMass = intents.reduce((sum, [, probability]) => sum + probability, 0);
      const top = scored[0]?.score ?? 0;
      const total = scored.reduce((sum, { score }) => sum + Math.exp(score - top), 0);
      const hits = scored.slice(0, limit).map(({ candidate, features: measured, score }) => ({
        id: documents[candidate.entry]?.id ?? '',
        score,
        probability: (Math.exp(score - top) / total) * (1 - intentMass),
        features: measured,
        variant: variantText(candidate.entry, candidate.variant),
      }));
      return { hits, intents, analysis };
    },
  };
}

/** One document at a time: what the index does not keep is gone before the next is analysed. */
function* analysed(documents: readonly SearchDocument[], analyze: (text: string) => Analysis): Generator<IndexedEntry> {
  for (const document of documents) {
    yield {
      variants: variantsOf(document).map((text) => analyze(text).terms),
      answer: analyze(document.answer).terms,
    };
  }
}

/** The keys of the largest values, largest first, of equals the one that comes first; none where all are the same, for then nothing was recognised. */
function best(values: Iterable<readonly [number, number]>, count: number): readonly number[] {
  const top: (readonly [key: number, value: number])[] = [];
  let least = Infinity;
  for (const pair of values) {
    const [, value] = pair;
    least = Math.min(least, value);
    const last = top[count - 1];
    if (last !== undefined && value <= last[1]) continue;
    let at = Math.min(top.length, count - 1);
    while (at > 0 && (top[at - 1]?.[1] ?? 0) < value) {
      top[at] = top[at - 1] ?? pair;
      at -= 1;
    }
    top[at] = pair;
  }
  return top[0]?.[1] === least ? [] : top.map(([key]) => key);
}
