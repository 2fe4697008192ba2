/**
 * The learned weights of the second stage and the calibration of its probability.
 * Learned by leaving utterances out (see answering/training); refuses to see the question itself.
 */
import { FEATURE_NAMES, type CandidateFeatures } from './candidateFeatures';

export type CombinerWeights = Readonly<Record<(typeof FEATURE_NAMES)[number], number>>;

/** Good starting weights, for a knowledge base too small to learn from; measured in docs/adr/0002. */
export const DEFAULT_WEIGHTS: CombinerWeights = {
  classifierLog: 6,
  classifier: 2,
  bestShare: 3,
  bestRelative: 2,
  sumRelative: 1,
  queryCoverage: 2,
  entryCoverage: 1,
  variantCoverage: 1,
  charCosine: 2,
  answerShare: 1,
  hasClassifier: 6,
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
  const width = FEATURE_NAMES.length;
  const weights = Float64Array.from(FEATURE_NAMES, (name) => DEFAULT_WEIGHTS[name]);
  const velocity = new Float64Array(width);
  const gradient = new Float64Array(width);
  const rows = usable.map(({ candidates, right }) => ({
    right,
    count: candidates.length,
    values: Float64Array.from(candidates.flatMap((candidate) => FEATURE_NAMES.map((name) => candidate[name]))),
  }));
  const beliefs = new Float64Array(Math.max(0, ...rows.map(({ count }) => count)));
  for (let step = 0; step < steps && rows.length > 0; step++) {
    gradient.fill(0);
    for (const { right, count, values } of rows) {
      let max = -Infinity;
      for (let c = 0; c < count; c++) {
        let score = 0;
        for (let f = 0; f < width; f++) score += values[c * width + f]! * weights[f]!;
        beliefs[c] = score;
        if (score > max) max = score;
      }
      let total = 0;
      for (let c = 0; c < count; c++) total += beliefs[c] = Math.exp(beliefs[c]! - max);
      for (let c = 0; c < count; c++) {
        const error = beliefs[c]! / total - (c === right ? 1 : 0);
        for (let f = 0; f < width; f++) gradient[f]! += error * values[c * width + f]!;
      }
    }
    for (let f = 0; f < width; f++) {
      velocity[f] = 0.9 * velocity[f]! - rate * (gradient[f]! / rows.length + decay * weights[f]!);
      weights[f]! += velocity[f]!;
    }
  }
  const [
    classifierLog = 0,
    classifier = 0,
    bestShare = 0,
    bestRelative = 0,
    sumRelative = 0,
    queryCoverage = 0,
    entryCoverage = 0,
    variantCoverage = 0,
    charCosine = 0,
    answerShare = 0,
    hasClassifier = 0,
  ] = weights;
  return {
    classifierLog,
    classifier,
    bestShare,
    bestRelative,
    sumRelative,
    queryCoverage,
    entryCoverage,
    variantCoverage,
    charCosine,
    answerShare,
    hasClassifier,
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
    if (raw <= x1) return x1 === x0 ? y1 : y0 + (y1 - y0) * ((raw - x0) / (x1 - x0));
  }
  return last[1];
}
