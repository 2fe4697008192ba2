/**
 * Multinomial naive Bayes over the features of the linear model: counted from the variants when the index is made, never stored.
 * It errs differently from the linear model – a word seen once already speaks for its document – and so the two together rank better
 * (docs/adr/0003). Kept sparse: per feature, the documents that have it. Refuses to rank alone.
 * Source: McCallum & Nigam 1998; smoothing as in Manning et al. 2008, chapter 13.
 */
import type { Feature } from './linearFeatures';

export interface NaiveBayes {
  /** Log-likelihood per document up to a constant that is the same for all; higher is better. */
  scores(features: readonly Feature[]): Float64Array;
}

const ALPHA = 0.015;

interface Entry {
  readonly documents: Uint32Array;
  /** log(1 + count / alpha): what the feature adds beyond smoothing. */
  readonly gains: Float32Array;
}

/** `documents[i]`: the features of every variant of document i. */
export function createNaiveBayes(documents: readonly (readonly (readonly Feature[])[])[]): NaiveBayes {
  // The caller may let go of the features once they are counted.
  const documentCount = documents.length;
  const counts = new Map<string, Map<number, number>>();
  const totals = new Float64Array(documents.length);
  for (const [document, variants] of documents.entries()) {
    for (const features of variants) {
      for (const { name, value } of features) {
        let byDocument = counts.get(name);
        if (byDocument === undefined) {
          byDocument = new Map();
          counts.set(name, byDocument);
        }
        byDocument.set(document, (byDocument.get(document) ?? 0) + value);
        totals[document]! += value;
      }
    }
  }
  const vocabulary = counts.size;
  // Callers let go of the features once they are counted.
  const size = documents.length;
  const floors = totals.map((total) => Math.log(ALPHA / (total + ALPHA * vocabulary)));
  const entries = new Map<string, Entry>();
  for (const [name, byDocument] of counts) {
    entries.set(name, {
      documents: Uint32Array.from(byDocument.keys()),
      gains: Float32Array.from(byDocument.values(), (count) => Math.log(1 + count / ALPHA)),
    });
  }
  return {
    scores(features) {
      const scores = new Float64Array(size);
      let mass = 0;
      for (const { name, value } of features) {
        const entry = entries.get(name);
        if (entry === undefined) continue;
        mass += value;
        const { documents: ids, gains } = entry;
        for (let i = 0; i < ids.length; i++) scores[ids[i]!]! += value * gains[i]!;
      }
      for (let d = 0; d < scores.length; d++) scores[d]! += mass * floors[d]!;
      return scores;
    },
  };
}
