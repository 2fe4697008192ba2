/**
 * What the second stage knows of a candidate: how well its variants cover the question and the question them, in words and in characters,
 * and what the linear model believes. All values are scaled to about 0..1 (log probability: 0 at certainty, -1 at one in a million).
 */
import type { Analysis, Term } from './analyzer';
import { charGrams } from './charGrams';
import { isFunctionWord } from './german/functionWords';
import { normalize, tokenize } from './german/normalize';
import type { LexicalHit, LexicalIndex } from './lexicalIndex';

export const FEATURE_NAMES = [
  'linearLog',
  'linear',
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

export function candidateFeatures(
  analysis: Analysis,
  candidate: LexicalHit,
  top: LexicalHit | undefined,
  profiles: VariantProfiles,
  index: LexicalIndex,
  linear: number | undefined,
): CandidateFeatures {
  const weights = new Map<string, number>();
  for (const { term, weight } of analysis.terms)
    weights.set(term, Math.max(weights.get(term) ?? 0, weight * index.idf(term)));
  let mass = 0;
  let inVariant = 0;
  let inEntry = 0;
  const variantTerms = profiles.terms(candidate.variant);
  const entryTerms = profiles.entryTerms(candidate.entry);
  for (const [term, weight] of weights) {
    mass += weight;
    if (candidate.best > 0 && variantTerms.has(term)) inVariant += weight;
    if (entryTerms.has(term)) inEntry += weight;
  }
  let shared = 0;
  const variantMass = profiles.mass(candidate.variant);
  if (candidate.best > 0) for (const term of variantTerms) if (weights.has(term)) shared += index.idf(term);

  const probability = linear ?? 0;
  return {
    linearLog: linear === undefined ? 0 : Math.log(probability + 1e-6) / 13.8,
    linear: probability,
    bestShare: mass === 0 ? 0 : Math.min(1.5, candidate.best / (2.2 * mass)),
    bestRelative: ratio(candidate.best, top?.best),
    sumRelative: ratio(candidate.sum, top?.sum),
    queryCoverage: mass === 0 ? 0 : inVariant / mass,
    entryCoverage: mass === 0 ? 0 : inEntry / mass,
    variantCoverage: variantMass === 0 ? 0 : Math.min(1, shared / variantMass),
    charCosine:
      candidate.best > 0 ? cosine(new Set(contentGrams(analysis.tokens)), profiles.grams(candidate.variant)) : 0,
    answerShare: mass === 0 ? 0 : Math.min(1.5, candidate.answer / (2.2 * mass)),
    hasLinear: linear === undefined ? 0 : 1,
  };
}

function ratio(value: number, by: number | undefined): number {
  return by === undefined || by === 0 ? 0 : Math.min(1.5, value / by);
}

function cosine(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return shared / Math.sqrt(a.size * b.size);
}
