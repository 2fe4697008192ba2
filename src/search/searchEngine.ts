/**
 * The hybrid: BM25 per variant and a linear model propose candidates, learned weights rank them, a calibrated probability says how sure
 * that is. The public surface of src/search. Every hit carries the features it was ranked by. Knows no channel, no YAML, no dates.
 */
import { createAnalyzer, type Analysis, type Analyzer, type Synonyms, type Term } from './analyzer';
import { candidateFeatures, createVariantProfiles, type CandidateFeatures } from './candidateFeatures';
import { combine, type CombinerWeights } from './combiner';
import { createLexicalIndex, type LexicalIndex } from './lexicalIndex';
import { linearFeatures } from './linearFeatures';
import { classProbabilities, contributions, type LinearModel } from './linearModel';

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
  /** Probability of each class of the linear model that is no document (intents, "none"), best first. */
  readonly intents: readonly (readonly [name: string, probability: number])[];
  readonly analysis: Analysis;
}

export interface SearchEngine {
  search(question: string, limit?: number): SearchResult;
  analyze(text: string): Analysis;
  /** What the linear model saw for one class: feature, contribution. */
  explainLinear(question: string, id: string): readonly (readonly [string, number])[];
}

export interface SearchEngineOptions {
  readonly documents: readonly SearchDocument[];
  readonly synonyms: readonly Synonyms[];
  readonly weights: CombinerWeights;
  readonly model?: LinearModel;
  /** Texts that belong to no document but make words known (intents, events). */
  readonly otherTexts?: readonly string[];
}

const LEXICAL_CANDIDATES = 30;
const LINEAR_CANDIDATES = 12;

/** A class of the linear model that is no document: what a person wants that no document answers. */
function isIntent(name: string | undefined): boolean {
  return name?.startsWith('-') === true;
}

/** Variants of a document in the order the engine numbers them. */
export function variantsOf(document: SearchDocument): readonly string[] {
  const keywords = document.keywords.length > 0 ? [document.keywords.join(' ')] : [];
  return [document.title, ...document.questions, ...keywords, ...document.examples];
}

export function analyzerFor(
  documents: readonly SearchDocument[],
  synonyms: readonly Synonyms[],
  otherTexts: readonly string[] = [],
): Analyzer {
  return createAnalyzer({
    cleanTexts: [
      ...documents.flatMap(({ title, questions, keywords, answer }) => [title, ...questions, ...keywords, answer]),
      ...otherTexts,
    ],
    typedTexts: documents.map(({ examples }) => examples),
    synonyms,
  });
}

export function createSearchEngine(options: SearchEngineOptions): SearchEngine {
  const { documents, model, weights } = options;
  const analyzer = analyzerFor(documents, options.synonyms, options.otherTexts);
  const variants = documents.map((document) => variantsOf(document));
  const analysed: (readonly Term[])[][] = variants.map((texts) => texts.map((text) => analyzer.analyze(text).terms));
  const index: LexicalIndex = createLexicalIndex(
    documents.map((document, i) => ({ variants: analysed[i] ?? [], answer: analyzer.analyze(document.answer).terms })),
  );
  const variantTexts = variants.flat();
  const profiles = createVariantProfiles(analysed, variants, index);
  const positions = new Map(documents.map(({ id }, i) => [id, i]));
  const documentClasses = (model?.classes ?? []).map((name) => positions.get(name));

  return {
    analyze: (text) => analyzer.analyze(text),
    explainLinear(question, id) {
      return model === undefined ? [] : contributions(model, linearFeatures(analyzer.analyze(question)), id);
    },
    search(question, limit = 10) {
      const analysis = analyzer.analyze(question);
      const lexical = index.search(analysis.terms, LEXICAL_CANDIDATES);
      const probabilities = model === undefined ? undefined : classProbabilities(model, linearFeatures(analysis));

      const byEntry = new Map(lexical.map((hit) => [hit.entry, hit]));
      const linearOf = new Map<number, number>();
      const intents: [string, number][] = [];
      if (probabilities !== undefined && model !== undefined) {
        const ranked: [number, number][] = [];
        // Classes that are neither a document here nor an intent (staff topics in the public engine) lose their say to the others.
        let here = 0;
        for (const [c, probability] of probabilities.entries())
          if (documentClasses[c] !== undefined || isIntent(model.classes[c])) here += probability;
        for (const [c, share] of probabilities.entries()) {
          const entry = documentClasses[c];
          const probability = share / here;
          if (entry === undefined) {
            if (isIntent(model.classes[c])) intents.push([model.classes[c] ?? '', probability]);
          } else {
            linearOf.set(entry, probability);
            ranked.push([entry, probability]);
          }
        }
        ranked.sort((a, b) => b[1] - a[1]);
        for (const [entry] of ranked.slice(0, LINEAR_CANDIDATES)) {
          if (!byEntry.has(entry))
            byEntry.set(entry, { entry, score: 0, best: 0, sum: 0, answer: 0, variant: profiles.firstVariant(entry) });
        }
        intents.sort((a, b) => b[1] - a[1]);
      }

      const candidates = [...byEntry.values()];
      const top = lexical[0];
      const scored = candidates.map((candidate) => {
        const features = candidateFeatures(analysis, candidate, top, profiles, index, linearOf.get(candidate.entry));
        return { candidate, features, score: combine(weights, features) };
      });
      scored.sort((a, b) => b.score - a.score || a.candidate.entry - b.candidate.entry);

      // Documents and intents share one belief: what the linear model gives to intents is not available to documents.
      const intentMass = intents.reduce((sum, [, probability]) => sum + probability, 0);
      const best = scored[0]?.score ?? 0;
      const total = scored.reduce((sum, { score }) => sum + Math.exp(score - best), 0);
      const hits = scored.slice(0, limit).map(({ candidate, features, score }) => ({
        id: documents[candidate.entry]?.id ?? '',
        score,
        probability: (Math.exp(score - best) / total) * (1 - intentMass),
        features,
        variant: variantTexts[candidate.variant] ?? '',
      }));
      return { hits, intents, analysis };
    },
  };
}
