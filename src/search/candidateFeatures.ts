/**
 * What the second stage knows of a candidate: how well its variants cover the question and the question them, in words and in characters,
 * and what the linear model believes. All values are scaled to about 0..1 (log probability: 0 at certainty, -1 at one in a million; naive Bayes: 0 for the best candidate).
 */
import type { Analysis, Term } from './analyzer';
import { charGrams } from './charGrams';
import { isFunctionWord } from './german/functionWords';
import { normalize, tokenize } from './german/normalize';
import type { LexicalHit, LexicalIndex } from './lexicalIndex';

export const FEATURE_NAMES = [
  'linearLog',
  'linear',
  'bayes',
  'bestShare',
  'bestRelative',
  'sumRelative',
  'queryCoverage',
  'entryCoverage',
  'variantCoverage',
  'charCosine',
  'answerShare',
  'hasLinear',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];
export type CandidateFeatures = Readonly<Record<FeatureName, number>>;

export interface VariantProfiles {
  firstVariant(entry: number): number;
  terms(variant: number): ReadonlySet<string>;
  entryTerms(entry: number): ReadonlySet<string>;
  grams(variant: number): ReadonlySet<string>;
  /** Sum of idf over the terms of a variant. */
  mass(variant: number): number;
}

/** Profiles are made when first asked for: most variants never become a candidate. */
export function createVariantProfiles(
  analysed: readonly (readonly (readonly Term[])[])[],
  texts: readonly (readonly string[])[],
  index: LexicalIndex,
): VariantProfiles {
  const starts: number[] = [];
  let count = 0;
  for (const variants of analysed) {
    starts.push(count);
    count += variants.length;
  }
  const flatTerms = analysed.flat();
  const flatTexts = texts.flat();
  const termSets: (ReadonlySet<string> | undefined)[] = [];
  const gramSets: (ReadonlySet<string> | undefined)[] = [];
  const entrySets: (ReadonlySet<string> | undefined)[] = [];
  const masses: (number | undefined)[] = [];
  const terms = (variant: number): ReadonlySet<string> =>
    (termSets[variant] ??= new Set((flatTerms[variant] ?? []).map(({ term }) => term)));
  return {
    firstVariant: (entry) => starts[entry] ?? 0,
    terms,
    entryTerms: (entry) => (entrySets[entry] ??= new Set((analysed[entry] ?? []).flat().map(({ term }) => term))),
    grams: (variant) => (gramSets[variant] ??= new Set(contentGrams(tokenize(normalize(flatTexts[variant] ?? ''))))),
    mass(variant) {
      return (masses[variant] ??= (flatTerms[variant] ?? []).reduce(
        (sum, { term, weight }) => sum + weight * index.idf(term),
        0,
      ));
    },
  };
}

export function contentGrams(tokens: readonly string[]): readonly string[] {
  return charGrams(
    tokens.filter((token) => !isFunctionWord(token)),
    3,
    4,
  );
}

/** Measures the candidates of one question; `linear`: probability, `likelihood`: log-likelihood below the best candidate's. */
export function candidateMeasure(
  analysis: Analysis,
  candidates: readonly LexicalHit[],
  profiles: VariantProfiles,
  index: LexicalIndex,
): (candidate: LexicalHit, linear: number | undefined, likelihood: number | undefined) => CandidateFeatures {
  const weights = new Map<string, number>();
  for (const { term, weight } of analysis.terms)
    weights.set(term, Math.max(weights.get(term) ?? 0, weight * index.idf(term)));
  let mass = 0;
  for (const weight of weights.values()) mass += weight;
  const grams = new Set(contentGrams(analysis.tokens));
  let topBest = 0;
  let topSum = 0;
  for (const { best, sum } of candidates) {
    topBest = Math.max(topBest, best);
    topSum = Math.max(topSum, sum);
  }
  const share = (value: number): number => (mass === 0 ? 0 : value / mass);

  return (candidate, linear, likelihood) => {
    const found = candidate.best > 0;
    const variantTerms = profiles.terms(candidate.variant);
    const entryTerms = profiles.entryTerms(candidate.entry);
    let inVariant = 0;
    let inEntry = 0;
    for (const [term, weight] of weights) {
      if (found && variantTerms.has(term)) inVariant += weight;
      if (entryTerms.has(term)) inEntry += weight;
    }
    let shared = 0;
    if (found) for (const term of variantTerms) if (weights.has(term)) shared += index.idf(term);
    const variantMass = profiles.mass(candidate.variant);
    const probability = linear ?? 0;
    return {
      linearLog: linear === undefined ? 0 : Math.log(probability + 1e-6) / 13.8,
      linear: probability,
      bayes: likelihood === undefined ? 0 : Math.max(-2, likelihood / 10),
      bestShare: Math.min(1.5, share(candidate.best) / 2.2),
      bestRelative: topBest === 0 ? 0 : candidate.best / topBest,
      sumRelative: topSum === 0 ? 0 : candidate.sum / topSum,
      queryCoverage: share(inVariant),
      entryCoverage: share(inEntry),
      variantCoverage: variantMass === 0 ? 0 : Math.min(1, shared / variantMass),
      charCosine: found ? cosine(grams, profiles.grams(candidate.variant)) : 0,
      answerShare: Math.min(1.5, share(candidate.answer) / 2.2),
      hasLinear: linear === undefined ? 0 : 1,
    };
  };
}

function cosine(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return shared / Math.sqrt(a.size * b.size);
}
