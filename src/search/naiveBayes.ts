/**
 * Multinomial naive Bayes over the features of the classifier: counted from the variants when the index is made, never stored.
 * It errs differently from the classifier – a word seen once already speaks for its document – and so the two together rank better
 * (docs/adr/0003). Kept sparse and flat: feature → range in [document…] / [gain…]. Refuses to rank alone.
 * Source: McCallum & Nigam 1998; smoothing as in Manning et al. 2008, chapter 13.
 */
import type { Feature } from './textFeatures';

export interface NaiveBayes {
  /** Log-likelihood per document up to a constant that is the same for all; higher is better. */
  scores(features: readonly Feature[]): Float64Array;
}

/** Takes one document after the other, so that nobody has to hold the features of all. */
export interface NaiveBayesCounts {
  /** The features of every variant of the next document. */
  add(variants: readonly (readonly Feature[])[]): void;
  finish(): NaiveBayes;
}

const ALPHA = 0.015;

export function countNaiveBayes(): NaiveBayesCounts {
  const featureIds = new Map<string, number>();
  /** Occurrences (feature, document, count) in the order of the documents. */
  const features: number[] = [];
  const documents: number[] = [];
  const counts: number[] = [];
  const totals: number[] = [];

  return {
    add(variants) {
      const own = new Map<number, number>();
      let total = 0;
      for (const variant of variants) {
        for (const { name, value } of variant) {
          let id = featureIds.get(name);
          if (id === undefined) {
            id = featureIds.size;
            featureIds.set(name, id);
          }
          own.set(id, (own.get(id) ?? 0) + value);
          total += value;
        }
      }
      for (const [id, count] of own) {
        features.push(id);
        documents.push(totals.length);
        counts.push(count);
      }
      totals.push(total);
    },
    finish() {
      const size = totals.length;
      const vocabulary = featureIds.size;
      const floors = totals.map((total) => Math.log(ALPHA / (total + ALPHA * vocabulary)));
      const starts = new Uint32Array(vocabulary + 1);
      for (const id of features) starts[id + 1]! += 1;
      for (let id = 0; id < vocabulary; id++) starts[id + 1]! += starts[id]!;
      const next = starts.slice();
      const ids = new Uint32Array(features.length);
      /** log(1 + count / alpha): what the feature adds beyond smoothing. */
      const gains = new Float32Array(features.length);
      for (const [i, id] of features.entries()) {
        const at = next[id]!++;
        ids[at] = documents[i]!;
        gains[at] = Math.log(1 + counts[i]! / ALPHA);
      }
      // What is returned shares this scope; the lists it was made from need not live as long.
      for (const list of [features, documents, counts]) list.length = 0;
      return {
        scores(asked) {
          const scores = new Float64Array(size);
          let mass = 0;
          for (const { name, value } of asked) {
            const id = featureIds.get(name);
            if (id === undefined) continue;
            mass += value;
            for (let i = starts[id]!; i < starts[id + 1]!; i++) scores[ids[i]!]! += value * gains[i]!;
          }
          for (let d = 0; d < size; d++) scores[d]! += mass * floors[d]!;
          return scores;
        },
      };
    },
  };
}
