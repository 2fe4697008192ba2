/**
 * The linear half of the classifier: one weight per feature and class. Learns with AdaGrad, keeps what counts, sparse and in bytes.
 * Deterministic: the same rows in the same order give the same weights. Refuses to know what classes or features mean.
 * Shape: feature → range in [class…] / [weight in units of `scale`…].
 * Source: multinomial logistic regression with AdaGrad (Duchi et al. 2011).
 */
import { createRandom, shuffle } from './random';
import { softmaxError, type SparseVector, type TrainingRow } from './softmax';

export interface LinearWeights {
  /** Feature f has the places starts[f] up to starts[f + 1]. */
  readonly starts: Uint32Array;
  readonly classIds: Uint16Array;
  readonly values: Int8Array;
  readonly scale: number;
}

const EPOCHS = 8;
const RATE = 0.2;
/** Probability mass spread over all classes. */
const SMOOTHING = 0.05;
/** Pulls every weight towards zero at each step. */
const DECAY = 2e-6;
/** Classes whose error is below this are not moved: most of the time, almost nothing of the quality. */
const CUTOFF = 3e-3;
/** Weights below this share of the largest are not kept: they change no ranking and take most of the room. */
const KEEP_ABOVE = 3 / 127;

export function addLinearScores(weights: LinearWeights, { ids, values }: SparseVector, scores: Float32Array): void {
  for (let i = 0; i < ids.length; i++) {
    const value = values[i]! * weights.scale;
    const end = weights.starts[ids[i]! + 1]!;
    for (let at = weights.starts[ids[i]!]!; at < end; at++)
      scores[weights.classIds[at]!]! += value * weights.values[at]!;
  }
}

/** The weight of one feature for one class. */
export function linearWeight(weights: LinearWeights, feature: number, classId: number): number {
  for (let at = weights.starts[feature]!; at < weights.starts[feature + 1]!; at++)
    if (weights.classIds[at] === classId) return weights.values[at]! * weights.scale;
  return 0;
}

export function trainLinear(rows: readonly TrainingRow[], featureCount: number, classCount: number): LinearWeights {
  const weights = new Float32Array(featureCount * classCount);
  const squares = new Float32Array(featureCount * classCount).fill(1e-6);
  const order = Uint32Array.from(rows, (_, i) => i);
  const random = createRandom(20261122);
  const gradient = new Float32Array(classCount);
  const moved = new Uint32Array(classCount);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const { label, ids, values } = rows[index]!;
      gradient.fill(0);
      for (let i = 0; i < ids.length; i++) {
        const offset = ids[i]! * classCount;
        const value = values[i]!;
        for (let c = 0; c < classCount; c++) gradient[c]! += weights[offset + c]! * value;
      }
      softmaxError(gradient, label, SMOOTHING);
      let movedCount = 0;
      for (let c = 0; c < classCount; c++) if (Math.abs(gradient[c]!) > CUTOFF) moved[movedCount++] = c;
      for (let i = 0; i < ids.length; i++) {
        const offset = ids[i]! * classCount;
        const value = values[i]!;
        for (let m = 0; m < movedCount; m++) {
          const c = moved[m]!;
          const g = gradient[c]! * value;
          const at = offset + c;
          squares[at]! += g * g;
          weights[at]! -= (RATE * g) / Math.sqrt(squares[at]!) + DECAY * weights[at]!;
        }
      }
    }
  }
  return sparse(weights, featureCount, classCount);
}

function sparse(weights: Float32Array, featureCount: number, classCount: number): LinearWeights {
  let max = 0;
  for (const weight of weights) max = Math.max(max, Math.abs(weight));
  const scale = max / 127 || 1;
  const keep = (weight: number): boolean => Math.abs(weight) >= max * KEEP_ABOVE && weight !== 0;
  let kept = 0;
  for (const weight of weights) if (keep(weight)) kept += 1;
  const starts = new Uint32Array(featureCount + 1);
  const classIds = new Uint16Array(kept);
  const values = new Int8Array(kept);
  let at = 0;
  for (let feature = 0; feature < featureCount; feature++) {
    for (let c = 0; c < classCount; c++) {
      const weight = weights[feature * classCount + c]!;
      if (!keep(weight)) continue;
      classIds[at] = c;
      values[at++] = Math.round(weight / scale);
    }
    starts[feature + 1] = at;
  }
  return { starts, classIds, values, scale };
}
