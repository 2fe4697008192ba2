/**
 * The learned weights of the second stage and the calibration of its probability.
 * Learned by leaving utterances out (see answering/training); refuses to see the question itself.
 */
import { FEATURE_NAMES, type CandidateFeatures } from './candidateFeatures';

export type CombinerWeights = Readonly<Record<(typeof FEATURE_NAMES)[number], number>>;

/** Good starting weights, for a knowledge base too small to learn from; measured in docs/adr/0002. */
export const DEFAULT_WEIGHTS: CombinerWeights = {
  linearLog: 6,
  linear: 2,
  bayes: 8,
  bestShare: 3,
  bestRelative: 2,
  sumRelative: 1,
  queryCoverage: 2,
  entryCoverage: 1,
  variantCoverage: 1,
  charCosine: 2,
  answerShare: 1,
  hasLinear: 6,
};

export function combine(weights: CombinerWeights, features: CandidateFeatures): number {
  let score = 0;
  for (const name of FEATURE_NAMES) score += weights[name] * features[name];
  return score;
}

/** One question of the training: its candidates and which of them is right (-1: none of them). */
export interface CombinerSample {
  readonly candidates: readonly CandidateFeatures[];
  readonly right: number;
}

/** Listwise softmax regression by full-batch gradient descent with momentum; deterministic. */
export function learnWeights(
  samples: readonly CombinerSample[],
  steps = 300,
  rate = 0.5,
  decay = 1e-4,
): CombinerWeights {
  const usable = samples.filter(({ right }) => right >= 0);
  const weights = FEATURE_NAMES.map((name) => DEFAULT_WEIGHTS[name]);
  const velocity = FEATURE_NAMES.map(() => 0);
  const rows = usable.map(({ candidates, right }) => ({
    right,
    matrix: candidates.map((candidate) => FEATURE_NAMES.map((name) => candidate[name])),
  }));
  for (let step = 0; step < steps && rows.length > 0; step++) {
    const gradient = FEATURE_NAMES.map(() => 0);
    for (const { matrix, right } of rows) {
      const scores = matrix.map((row) => row.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0));
      const max = Math.max(...scores);
      const exps = scores.map((score) => Math.exp(score - max));
      const total = exps.reduce((a, b) => a + b, 0);
      for (const [c, row] of matrix.entries()) {
        const error = (exps[c] ?? 0) / total - (c === right ? 1 : 0);
        for (const [i, value] of row.entries()) gradient[i] = (gradient[i] ?? 0) + error * value;
      }
    }
    for (const [i, g] of gradient.entries()) {
      velocity[i] = 0.9 * (velocity[i] ?? 0) - rate * (g / rows.length + decay * (weights[i] ?? 0));
      weights[i] = (weights[i] ?? 0) + (velocity[i] ?? 0);
    }
  }
  const [
    linearLog = 0,
    linear = 0,
    bayes = 0,
    bestShare = 0,
    bestRelative = 0,
    sumRelative = 0,
    queryCoverage = 0,
    entryCoverage = 0,
    variantCoverage = 0,
    charCosine = 0,
    answerShare = 0,
    hasLinear = 0,
  ] = weights;
  return {
    linearLog,
    linear,
    bayes,
    bestShare,
    bestRelative,
    sumRelative,
    queryCoverage,
    entryCoverage,
    variantCoverage,
    charCosine,
    answerShare,
    hasLinear,
  };
}

/** Monotone map from a raw probability to a confidence: points sorted by `raw`, linear in between. */
export interface Calibration {
  readonly points: readonly (readonly [raw: number, confidence: number])[];
}

/** Isotonic regression (pool adjacent violators) over outcomes of held-out questions; monotone by construction. */
export function learnCalibration(outcomes: readonly { readonly raw: number; readonly right: boolean }[]): Calibration {
  const sorted = [...outcomes].sort((a, b) => a.raw - b.raw);
  const blocks: { sum: number; count: number; rawSum: number }[] = [];
  for (const { raw, right } of sorted) {
    blocks.push({ sum: right ? 1 : 0, count: 1, rawSum: raw });
    for (;;) {
      const last = blocks[blocks.length - 1];
      const before = blocks[blocks.length - 2];
      if (last === undefined || before === undefined || before.sum / before.count < last.sum / last.count) break;
      blocks.splice(-2, 2, {
        sum: before.sum + last.sum,
        count: before.count + last.count,
        rawSum: before.rawSum + last.rawSum,
      });
    }
  }
  let floor = 0;
  // Nothing believed is nothing known, whatever the smoothing of the first block says.
  const origin: readonly [number, number] = [0, 0];
  return {
    points: [
      origin,
      ...blocks.map(({ sum, count, rawSum }) => {
        // A small block is drawn towards one half; never below the block before it.
        floor = Math.max(floor, (sum + 0.5) / (count + 1));
        return [rawSum / count, floor] as const;
      }),
    ],
  };
}

export function calibrate({ points }: Calibration, raw: number): number {
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined) return raw;
  if (raw <= first[0]) return first[1];
  for (let i = 1; i < points.length; i++) {
    const [x1, y1] = points[i] ?? last;
    const [x0, y0] = points[i - 1] ?? first;
    if (raw <= x1) return x1 === x0 ? y1 : y0 + ((y1 - y0) * (raw - x0)) / (x1 - x0);
  }
  return last[1];
}
