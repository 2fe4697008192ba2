/**
 * A linear softmax model over sparse features: scores every class for a text, learns from labelled texts, packs itself into bytes.
 * Deterministic: the same samples in the same order give the same bytes. Refuses to know what classes or features mean.
 * Source: multinomial logistic regression with AdaGrad (Duchi et al. 2011) and label smoothing (Szegedy et al. 2016).
 */
import { LotseError } from '../errors';
import type { Feature } from './linearFeatures';

export interface LinearModel {
  readonly classes: readonly string[];
  readonly features: ReadonlyMap<string, number>;
  /** Feature-major: the weights of feature f are at `f * classes.length`. */
  readonly weights: Float32Array;
}

export interface LinearSample {
  readonly label: string;
  readonly features: readonly Feature[];
}

export interface TrainingOptions {
  readonly epochs: number;
  readonly rate: number;
  /** Probability mass spread over all classes. */
  readonly smoothing: number;
  /** Pulls every weight towards zero at each step. */
  readonly decay: number;
  /** Classes whose error is below this are not moved: most of the time, almost nothing of the quality. */
  readonly cutoff: number;
  /** Features seen less often are left out. */
  readonly minCount: number;
  readonly onEpoch?: (epoch: number) => void;
}

export const DEFAULT_TRAINING: TrainingOptions = {
  epochs: 8,
  rate: 0.2,
  smoothing: 0.05,
  decay: 2e-6,
  cutoff: 3e-3,
  minCount: 2,
};

/** Softmax probabilities per class, in the order of `model.classes`; sums to 1. */
export function classProbabilities(model: LinearModel, features: readonly Feature[]): Float32Array {
  const scores = new Float32Array(model.classes.length);
  addScores(model, features, scores);
  softmax(scores);
  return scores;
}

/** What each feature says for one class, strongest first; for `--explain`. */
export function contributions(
  model: LinearModel,
  features: readonly Feature[],
  className: string,
): readonly (readonly [string, number])[] {
  const at = model.classes.indexOf(className);
  if (at < 0) return [];
  const out: [string, number][] = [];
  for (const { name, value } of features) {
    const feature = model.features.get(name);
    if (feature === undefined) continue;
    out.push([name, value * (model.weights[feature * model.classes.length + at] ?? 0)]);
  }
  return out.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
}

export function trainLinearModel(
  samples: readonly LinearSample[],
  options: TrainingOptions = DEFAULT_TRAINING,
): LinearModel {
  const classes = [...new Set(samples.map(({ label }) => label))].sort();
  const classIds = new Map(classes.map((name, id) => [name, id]));
  const counts = new Map<string, number>();
  for (const { features } of samples) for (const { name } of features) counts.set(name, (counts.get(name) ?? 0) + 1);
  const features = new Map<string, number>();
  for (const [name, count] of counts) if (count >= options.minCount) features.set(name, features.size);

  const size = classes.length;
  const weights = new Float32Array(features.size * size);
  const squares = new Float32Array(features.size * size).fill(1e-6);
  const rows = samples.map(({ label, features: list }) => {
    const kept = list.filter(({ name }) => features.has(name));
    return {
      label: classIds.get(label) ?? 0,
      offsets: Uint32Array.from(kept, ({ name }) => (features.get(name) ?? 0) * size),
      values: Float32Array.from(kept, ({ value }) => value),
    };
  });

  const order = Uint32Array.from(rows, (_, i) => i);
  const random = createRandom(20261122);
  const gradient = new Float32Array(size);
  const moved = new Uint32Array(size);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const { label, offsets, values } = rows[index]!;
      gradient.fill(0);
      for (let i = 0; i < offsets.length; i++) {
        const offset = offsets[i]!;
        const value = values[i]!;
        for (let c = 0; c < size; c++) gradient[c]! += weights[offset + c]! * value;
      }
      softmax(gradient);
      for (let c = 0; c < size; c++) gradient[c]! -= options.smoothing / size;
      gradient[label]! -= 1 - options.smoothing;
      let movedCount = 0;
      for (let c = 0; c < size; c++) if (Math.abs(gradient[c]!) > options.cutoff) moved[movedCount++] = c;
      for (let i = 0; i < offsets.length; i++) {
        const offset = offsets[i]!;
        const value = values[i]!;
        for (let m = 0; m < movedCount; m++) {
          const c = moved[m]!;
          const g = gradient[c]! * value;
          const at = offset + c;
          squares[at]! += g * g;
          weights[at]! -= (options.rate * g) / Math.sqrt(squares[at]!) + options.decay * weights[at]!;
        }
      }
    }
    options.onEpoch?.(epoch + 1);
  }
  return { classes, features, weights };
}

function addScores(model: LinearModel, features: readonly Feature[], scores: Float32Array): void {
  const size = model.classes.length;
  for (const { name, value } of features) {
    const feature = model.features.get(name);
    if (feature === undefined) continue;
    const offset = feature * size;
    for (let c = 0; c < size; c++) scores[c]! += model.weights[offset + c]! * value;
  }
}

function softmax(scores: Float32Array): void {
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

/** A small deterministic generator (mulberry32), 0..1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i]!;
    order[i] = order[j]!;
    order[j] = swap;
  }
}

const FORMAT = 2;
/** Weights below this share of the largest are not kept: they change no ranking and double the file. */
const KEEP_ABOVE = 3 / 127;

/** Length (u32), header line (JSON) with feature names, then three runs of bytes: how many weights per feature, gaps between their classes, values (i8). */
export function packLinearModel(model: LinearModel): Uint8Array {
  const size = model.classes.length;
  let max = 0;
  for (const weight of model.weights) max = Math.max(max, Math.abs(weight));
  const scale = max / 127 || 1;
  const names: string[] = [];
  const counts: number[] = [];
  const gaps: number[] = [];
  const values: number[] = [];
  for (const [name, feature] of model.features) {
    let kept = 0;
    let before = -1;
    for (let c = 0; c < size; c++) {
      const weight = model.weights[feature * size + c]!;
      if (Math.abs(weight) < max * KEEP_ABOVE) continue;
      pushVarint(gaps, c - before - 1);
      before = c;
      values.push(Math.round(weight / scale));
      kept += 1;
    }
    if (kept === 0) continue;
    names.push(name);
    pushVarint(counts, kept);
  }
  const header = new TextEncoder().encode(
    `${JSON.stringify({ format: FORMAT, classes: model.classes, scale, features: names.length, countBytes: counts.length, gapBytes: gaps.length })}\n${names.join('\n')}\n`,
  );
  const bytes = new Uint8Array(4 + header.length + counts.length + gaps.length + values.length);
  new DataView(bytes.buffer).setUint32(0, header.length);
  bytes.set(header, 4);
  bytes.set(counts, 4 + header.length);
  bytes.set(gaps, 4 + header.length + counts.length);
  bytes.set(Int8Array.from(values), 4 + header.length + counts.length + gaps.length);
  return bytes;
}

/** Throws LotseError `MODEL_UNREADABLE` when the bytes are not a model of this format. */
export function unpackLinearModel(bytes: Uint8Array): LinearModel {
  try {
    const headerLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
    const [head = '', ...names] = new TextDecoder().decode(bytes.subarray(4, 4 + headerLength)).split('\n');
    const header = parseHeader(head);
    names.length = header.features;
    const size = header.classes.length;
    const weights = new Float32Array(header.features * size);
    const counts = { at: 4 + headerLength };
    const gaps = { at: counts.at + header.countBytes };
    let valueAt = gaps.at + header.gapBytes;
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const features = new Map<string, number>();
    for (const [feature, name] of names.entries()) {
      features.set(name, feature);
      let c = -1;
      for (let left = readVarint(bytes, counts); left > 0; left--) {
        c += readVarint(bytes, gaps) + 1;
        weights[feature * size + c] = (signed[valueAt++] ?? 0) * header.scale;
      }
    }
    return { classes: header.classes, features, weights };
  } catch (cause) {
    throw new LotseError('MODEL_UNREADABLE', 'The ranker file is damaged or of another format; run `npm run train`.', {
      cause,
    });
  }
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

function readVarint(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw new Error('end of data');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

interface Header {
  readonly classes: readonly string[];
  readonly scale: number;
  readonly features: number;
  readonly countBytes: number;
  readonly gapBytes: number;
}

function parseHeader(line: string): Header {
  const header: unknown = JSON.parse(line);
  if (typeof header !== 'object' || header === null || !('format' in header) || header.format !== FORMAT)
    throw new Error('format');
  return header as unknown as Header;
}
