/**
 * What the two halves of the classifier share: rows of numbered features, and the softmax with its error. Refuses to hold weights.
 */

/** A text as the models see it: feature numbers and their values, in parallel. */
export interface SparseVector {
  readonly ids: Uint32Array;
  readonly values: Float32Array;
}

/** A text that is learned from. */
export interface TrainingRow extends SparseVector {
  /** Number of its class. */
  readonly label: number;
}

/** In place, from scores to probabilities. */
export function softmax(scores: Float32Array): void {
  let max = -Infinity;
  for (const score of scores) if (score > max) max = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const e = Math.exp(scores[c]! - max);
    scores[c] = e;
    sum += e;
  }
  for (let c = 0; c < scores.length; c++) scores[c]! /= sum;
}

/**
 * In place, from scores to the gradient of the cross-entropy, with a share `smoothing` of the truth spread over all classes
 * (Szegedy et al. 2016).
 */
export function softmaxError(scores: Float32Array, label: number, smoothing: number): void {
  softmax(scores);
  const spread = smoothing / scores.length;
  for (let c = 0; c < scores.length; c++) scores[c]! -= spread;
  scores[label]! -= 1 - smoothing;
}
