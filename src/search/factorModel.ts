/**
 * The low-rank half of the classifier: every feature has a short vector, a text is the sum of its features' vectors, every class looks at
 * that. What few texts say of a feature is shared among features that behave alike, which a weight per feature and class cannot do; the two
 * halves err differently, and together they put a third fewer questions on the wrong topic (docs/adr/0004).
 * Deterministic. Refuses to know what classes or features mean.
 * Source: fastText (Joulin et al. 2017), dropout (Srivastava et al. 2014), AdaGrad (Duchi et al. 2011).
 */
import { createRandom, shuffle } from './random';
import { softmaxError, type SparseVector, type TrainingRow } from './softmax';

export interface FactorWeights {
  /** Length of a vector. */
  readonly rank: number;
  /** Feature-major, in units of `scale`; features beyond its end have no vector. */
  readonly vectors: Int8Array;
  readonly scale: number;
  /** Class-major. */
  readonly classVectors: Float32Array;
  readonly classBiases: Float32Array;
}

export interface FactorTraining {
  readonly rank: number;
  readonly epochs: number;
  readonly rate: number;
  readonly smoothing: number;
  /** Share of the vector's places that are left out at a step, so that none is relied upon. */
  readonly dropout: number;
  readonly cutoff: number;
}

const DEFAULT_TRAINING: FactorTraining = {
  rank: 48,
  epochs: 8,
  rate: 0.1,
  smoothing: 0.05,
  dropout: 0.3,
  cutoff: 2e-3,
};

export function addFactorScores(weights: FactorWeights, { ids, values }: SparseVector, scores: Float32Array): void {
  const { rank, vectors, scale, classVectors, classBiases } = weights;
  const text = new Float32Array(rank);
  for (let i = 0; i < ids.length; i++) {
    const offset = ids[i]! * rank;
    if (offset >= vectors.length) continue;
    const value = values[i]! * scale;
    for (let d = 0; d < rank; d++) text[d]! += value * vectors[offset + d]!;
  }
  for (let c = 0; c < scores.length; c++) {
    let score = classBiases[c]!;
    for (let d = 0; d < rank; d++) score += classVectors[c * rank + d]! * text[d]!;
    scores[c]! += score;
  }
}

/** Features from `featureCount` on are looked past. */
export function trainFactors(
  rows: readonly TrainingRow[],
  featureCount: number,
  classCount: number,
  options: FactorTraining = DEFAULT_TRAINING,
): FactorWeights {
  const { rank, rate, smoothing, dropout, cutoff } = options;
  const random = createRandom(20261124);
  const vectors = randomly(featureCount * rank, rank, random);
  const classVectors = randomly(classCount * rank, rank, random);
  const classBiases = new Float32Array(classCount);
  const vectorSquares = new Float32Array(vectors.length).fill(1e-6);
  const classSquares = new Float32Array(classVectors.length).fill(1e-6);
  const biasSquares = new Float32Array(classCount).fill(1e-6);
  const text = new Float32Array(rank);
  const mask = new Float32Array(rank);
  const back = new Float32Array(rank);
  const gradient = new Float32Array(classCount);
  const order = Uint32Array.from(rows, (_, i) => i);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    const step = rate * (1 - (0.8 * epoch) / options.epochs);
    for (const index of order) {
      const { label, ids, values } = rows[index]!;
      text.fill(0);
      for (let i = 0; i < ids.length; i++) {
        if (ids[i]! >= featureCount) continue;
        const offset = ids[i]! * rank;
        for (let d = 0; d < rank; d++) text[d]! += values[i]! * vectors[offset + d]!;
      }
      for (let d = 0; d < rank; d++) {
        mask[d] = random() < dropout ? 0 : 1 / (1 - dropout);
        text[d]! *= mask[d]!;
      }
      for (let c = 0; c < classCount; c++) {
        let score = classBiases[c]!;
        for (let d = 0; d < rank; d++) score += classVectors[c * rank + d]! * text[d]!;
        gradient[c] = score;
      }
      softmaxError(gradient, label, smoothing);
      back.fill(0);
      for (let c = 0; c < classCount; c++) {
        const g = gradient[c]!;
        if (Math.abs(g) < cutoff) continue;
        const offset = c * rank;
        for (let d = 0; d < rank; d++) {
          const at = offset + d;
          back[d]! += g * classVectors[at]!;
          const slope = g * text[d]!;
          classSquares[at]! += slope * slope;
          classVectors[at]! -= (step * slope) / Math.sqrt(classSquares[at]!);
        }
        biasSquares[c]! += g * g;
        classBiases[c]! -= (step * g) / Math.sqrt(biasSquares[c]!);
      }
      for (let i = 0; i < ids.length; i++) {
        if (ids[i]! >= featureCount) continue;
        const offset = ids[i]! * rank;
        for (let d = 0; d < rank; d++) {
          const slope = back[d]! * mask[d]! * values[i]!;
          const at = offset + d;
          vectorSquares[at]! += slope * slope;
          vectors[at]! -= (step * slope) / Math.sqrt(vectorSquares[at]!);
        }
      }
    }
  }
  let max = 0;
  for (const value of vectors) max = Math.max(max, Math.abs(value));
  const scale = max / 127 || 1;
  return {
    rank,
    vectors: Int8Array.from(vectors, (value) => Math.round(value / scale)),
    scale,
    classVectors,
    classBiases,
  };
}

function randomly(size: number, rank: number, random: () => number): Float32Array {
  return Float32Array.from({ length: size }, () => ((random() - 0.5) * 2) / Math.sqrt(rank));
}
