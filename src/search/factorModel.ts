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

/** Length of a vector. */
const RANK = 48;
const EPOCHS = 8;
const RATE = 0.1;
/** Probability mass spread over all classes. */
const SMOOTHING = 0.05;
/** Share of the vector's places that are left out at a step, so that none is relied upon. */
const DROPOUT = 0.3;
/** Classes whose error is below this are not moved. */
const CUTOFF = 2e-3;

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
export function trainFactors(rows: readonly TrainingRow[], featureCount: number, classCount: number): FactorWeights {
  const random = createRandom(20261124);
  const vectors = randomly(featureCount * RANK, random);
  const classVectors = randomly(classCount * RANK, random);
  const classBiases = new Float32Array(classCount);
  const vectorSquares = new Float32Array(vectors.length).fill(1e-6);
  const classSquares = new Float32Array(classVectors.length).fill(1e-6);
  const biasSquares = new Float32Array(classCount).fill(1e-6);
  const text = new Float32Array(RANK);
  const mask = new Float32Array(RANK);
  const back = new Float32Array(RANK);
  const gradient = new Float32Array(classCount);
  const order = Uint32Array.from(rows, (_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    const step = RATE * (1 - (0.8 * epoch) / EPOCHS);
    for (const index of order) {
      const { label, ids, values } = rows[index]!;
      text.fill(0);
      for (let i = 0; i < ids.length; i++) {
        if (ids[i]! >= featureCount) continue;
        const offset = ids[i]! * RANK;
        for (let d = 0; d < RANK; d++) text[d]! += values[i]! * vectors[offset + d]!;
      }
      for (let d = 0; d < RANK; d++) {
        mask[d] = random() < DROPOUT ? 0 : 1 / (1 - DROPOUT);
        text[d]! *= mask[d]!;
      }
      for (let c = 0; c < classCount; c++) {
        let score = classBiases[c]!;
        for (let d = 0; d < RANK; d++) score += classVectors[c * RANK + d]! * text[d]!;
        gradient[c] = score;
      }
      softmaxError(gradient, label, SMOOTHING);
      back.fill(0);
      for (let c = 0; c < classCount; c++) {
        const g = gradient[c]!;
        if (Math.abs(g) < CUTOFF) continue;
        const offset = c * RANK;
        for (let d = 0; d < RANK; d++) {
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
        const offset = ids[i]! * RANK;
        for (let d = 0; d < RANK; d++) {
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
    rank: RANK,
    vectors: Int8Array.from(vectors, (value) => Math.round(value / scale)),
    scale,
    classVectors,
    classBiases,
  };
}

function randomly(size: number, random: () => number): Float32Array {
  return Float32Array.from({ length: size }, () => ((random() - 0.5) * 2) / Math.sqrt(RANK));
}
