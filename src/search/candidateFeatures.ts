/**
 * What the second stage knows of a candidate: how well its variants cover the question and the question them, in words and in characters,
 * and what the classifier believes. All values are scaled to about 0..1 (log probability: 0 at certainty, -1 at one in a million).
 */
import type { Analysis } from './analyzer';
import { charGrams } from './charGrams';
import { isFunctionWord } from './german/functionWords';
import { normalize, tokenize } from './german/normalize';
import type { LexicalHit, LexicalIndex, TermId } from './lexicalIndex';

export const FEATURE_NAMES = [
  'classifierLog',
  'classifier',
  'bestShare',
  'bestRelative',
  'sumRelative',
  'queryCoverage',
  'entryCoverage',
  'variantCoverage',
  'charCosine',
  'answerShare',
  'hasClassifier',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];
export type CandidateFeatures = Readonly<Record<FeatureName, number>>;

/** The character n-grams of a variant's text, packed and sorted. */
export interface VariantGrams {
  grams(variant: number): Uint32Array;
}

const GRAM_CACHE = 20_000;

/** Made when first asked for: most variants never become a candidate. */
export function createVariantGrams(textOf: (variant: number) => string): VariantGrams {
  const cache = new Map<number, Uint32Array>();
  return {
    grams(variant) {
      const known = cache.get(variant);
      if (known !== undefined) return known;
      const made = contentGrams(tokenize(normalize(textOf(variant))));
      if (cache.size >= GRAM_CACHE) cache.clear();
      cache.set(variant, made);
      return made;
    },
  };
}

/** 3- and 4-grams of the content words, each once, ascending. */
export function contentGrams(tokens: readonly string[]): Uint32Array {
  const content = tokens.filter((token) => !isFunctionWord(token));
  return new Uint32Array(new Set(charGrams(content, 3, 4).map(packGram))).sort();
}

/** Four letters fit into 32 bits; letters beyond Latin-1 share a place, which costs a wrong match in millions. */
function packGram(gram: string): number {
  let packed = 0;
  for (let i = 0; i < gram.length; i++) {
    const code = gram.charCodeAt(i);
    packed = (packed << 8) | (code < 256 ? code : (code ^ (code >> 8)) & 255);
  }
  return packed >>> 0;
}

/** Measures the candidates of one question; `belief`: the classifier's probability. */
export function candidateMeasure(
  analysis: Analysis,
  candidates: readonly LexicalHit[],
  variants: VariantGrams,
  index: LexicalIndex,
): (candidate: LexicalHit, belief: number | undefined) => CandidateFeatures {
  const weights = new Map<string, number>();
  for (const { term, weight } of analysis.terms)
    weights.set(term, Math.max(weights.get(term) ?? 0, weight * index.idf(term)));
  let mass = 0;
  for (const weight of weights.values()) mass += weight;
  const known: { readonly id: TermId; readonly weight: number; readonly idf: number }[] = [];
  for (const [term, weight] of weights) {
    const id = index.termId(term);
    if (id !== undefined) known.push({ id, weight, idf: index.idf(term) });
  }
  const grams = contentGrams(analysis.tokens);
  let topBest = 0;
  let topSum = 0;
  for (const { best, sum } of candidates) {
    topBest = Math.max(topBest, best);
    topSum = Math.max(topSum, sum);
  }
  const share = (value: number): number => (mass === 0 ? 0 : value / mass);

  return (candidate, belief) => {
    const found = candidate.best > 0;
    let inVariant = 0;
    let inEntry = 0;
    let shared = 0;
    for (const { id, weight, idf } of known) {
      if (!index.entryHas(candidate.entry, id)) continue;
      inEntry += weight;
      if (!found || !index.variantHas(candidate.variant, id)) continue;
      inVariant += weight;
      shared += idf;
    }
    const variantMass = index.mass(candidate.variant);
    const probability = belief ?? 0;
    return {
      classifierLog: belief === undefined ? 0 : Math.log(probability + 1e-6) / 13.8,
      classifier: probability,
      bestShare: Math.min(1.5, share(candidate.best) / 2.2),
      bestRelative: topBest === 0 ? 0 : candidate.best / topBest,
      sumRelative: topSum === 0 ? 0 : candidate.sum / topSum,
      queryCoverage: share(inVariant),
      entryCoverage: share(inEntry),
      variantCoverage: variantMass === 0 ? 0 : Math.min(1, shared / variantMass),
      charCosine: found ? cosine(grams, variants.grams(candidate.variant)) : 0,
      answerShare: Math.min(1.5, share(candidate.answer) / 2.2),
      hasClassifier: belief === undefined ? 0 : 1,
    };
  };
}

function cosine(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return shared / Math.sqrt(a.length * b.length);
}
