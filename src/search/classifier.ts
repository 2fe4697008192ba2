/**
 * Which class a text belongs to, learned from labelled texts: a linear and a low-rank softmax model over the same features, their beliefs
 * brought together by their geometric mean. Learns, believes, explains itself, and packs itself into bytes.
 * Deterministic: the same samples in the same order give the same bytes. Refuses to know what classes or features mean.
 */
import { LotseError } from '../errors';
import { addFactorScores, trainFactors, type FactorWeights } from './factorModel';
import type { Feature } from './textFeatures';
import { addLinearScores, linearWeight, trainLinear, type LinearWeights } from './linearModel';
import { softmax, type SparseVector } from './softmax';

export interface Classifier {
  readonly classes: readonly string[];
  /** Name → number, the most frequent first. */
  readonly features: ReadonlyMap<string, number>;
  readonly linear: LinearWeights;
  readonly factors: FactorWeights;
}

export interface Sample {
  readonly label: string;
  readonly features: readonly Feature[];
}

/** Features seen less often are left out. */
const MIN_COUNT = 2;
/** Features seen less often have no vector: what so few texts say is the linear half's to know. */
const MIN_COUNT_OF_VECTORS = 4;

export function trainClassifier(samples: readonly Sample[]): Classifier {
  const classes = [...new Set(samples.map(({ label }) => label))].sort();
  const classIds = new Map(classes.map((name, id) => [name, id]));
  const counts = new Map<string, number>();
  for (const { features } of samples) for (const { name } of features) counts.set(name, (counts.get(name) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= MIN_COUNT).sort((a, b) => b[1] - a[1]);
  const features = new Map(frequent.map(([name], id) => [name, id]));
  const withVector = frequent.filter(([, count]) => count >= MIN_COUNT_OF_VECTORS).length;
  const rows = samples.map((sample) => ({
    label: classIds.get(sample.label) ?? 0,
    ...numbered(features, sample.features),
  }));
  return {
    classes,
    features,
    linear: trainLinear(rows, features.size, classes.length),
    factors: trainFactors(rows, withVector, classes.length),
  };
}

/** Per class, in the order of `classes`; sums to 1. */
export function classProbabilities(classifier: Classifier, features: readonly Feature[]): Float32Array {
  const vector = numbered(classifier.features, features);
  const size = classifier.classes.length;
  const linear = new Float32Array(size);
  addLinearScores(classifier.linear, vector, linear);
  const factors = new Float32Array(size);
  addFactorScores(classifier.factors, vector, factors);
  // The mean of scores is the geometric mean of probabilities, up to a constant that softmax takes away.
  for (let c = 0; c < size; c++) linear[c] = (linear[c]! + factors[c]!) / 2;
  softmax(linear);
  return linear;
}

/** What each feature says for one class in the linear half, strongest first; for `--explain`. */
export function contributions(
  { classes, features: numbers, linear }: Classifier,
  features: readonly Feature[],
  className: string,
): readonly (readonly [string, number])[] {
  const classId = classes.indexOf(className);
  if (classId < 0) return [];
  return features
    .flatMap(({ name, value }): [string, number][] => {
      const feature = numbers.get(name);
      return feature === undefined ? [] : [[name, value * linearWeight(linear, feature, classId)]];
    })
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
}

function numbered(numbers: ReadonlyMap<string, number>, features: readonly Feature[]): SparseVector {
  const ids: number[] = [];
  const values: number[] = [];
  for (const { name, value } of features) {
    const id = numbers.get(name);
    if (id === undefined) continue;
    ids.push(id);
    values.push(value);
  }
  return { ids: Uint32Array.from(ids), values: Float32Array.from(values) };
}

const FORMAT = 3;

interface Header {
  readonly format: typeof FORMAT;
  readonly classes: readonly string[];
  readonly features: number;
  readonly linearScale: number;
  readonly countBytes: number;
  readonly gapBytes: number;
  readonly weights: number;
  readonly rank: number;
  readonly vectorBytes: number;
  readonly vectorScale: number;
}

/**
 * Length of the head (u32); the head: a line of JSON and the names of the features; then runs of bytes: weights per feature and gaps between
 * their classes (varints), weights (i8), vectors (i8), class vectors and biases (f32, little endian).
 */
export function packClassifier({ classes, features, linear, factors }: Classifier): Uint8Array {
  const counts: number[] = [];
  const gaps: number[] = [];
  for (let feature = 0; feature < features.size; feature++) {
    const [from, to] = [linear.starts[feature]!, linear.starts[feature + 1]!];
    pushVarint(counts, to - from);
    let before = -1;
    for (let at = from; at < to; at++) {
      pushVarint(gaps, linear.classIds[at]! - before - 1);
      before = linear.classIds[at]!;
    }
  }
  const header: Header = {
    format: FORMAT,
    classes,
    features: features.size,
    linearScale: linear.scale,
    countBytes: counts.length,
    gapBytes: gaps.length,
    weights: linear.values.length,
    rank: factors.rank,
    vectorBytes: factors.vectors.length,
    vectorScale: factors.scale,
  };
  const head = new TextEncoder().encode(`${JSON.stringify(header)}\n${[...features.keys()].join('\n')}\n`);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length);
  return joined([
    length,
    head,
    Uint8Array.from(counts),
    Uint8Array.from(gaps),
    bytesOf(linear.values),
    bytesOf(factors.vectors),
    littleEndian(factors.classVectors),
    littleEndian(factors.classBiases),
  ]);
}

/** Throws LotseError `MODEL_UNREADABLE` when the bytes are not a classifier of this format. */
export function unpackClassifier(bytes: Uint8Array): Classifier {
  try {
    const headLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
    const [line = '', ...names] = new TextDecoder().decode(bytes.subarray(4, 4 + headLength)).split('\n');
    const header = parseHeader(line);
    names.length = header.features;
    let at = 4 + headLength;
    const take = (size: number): Uint8Array => {
      at += size;
      if (at > bytes.length) throw new Error('end of data');
      // A copy in a buffer of its own, which `slice` of a Node Buffer is not.
      return new Uint8Array(bytes.subarray(at - size, at));
    };
    const counts = { bytes: take(header.countBytes), at: 0 };
    const gaps = { bytes: take(header.gapBytes), at: 0 };
    const values = new Int8Array(take(header.weights).buffer);
    const vectors = new Int8Array(take(header.vectorBytes).buffer);
    const classVectors = floats(take(4 * header.classes.length * header.rank));
    const classBiases = floats(take(4 * header.classes.length));
    const starts = new Uint32Array(header.features + 1);
    const classIds = new Uint16Array(header.weights);
    const features = new Map<string, number>();
    for (const [feature, name] of names.entries()) {
      features.set(name, feature);
      const start = starts[feature]!;
      const end = start + readVarint(counts);
      starts[feature + 1] = end;
      let classId = -1;
      for (let i = start; i < end; i++) {
        classId += readVarint(gaps) + 1;
        classIds[i] = classId;
      }
    }
    return {
      classes: header.classes,
      features,
      linear: { starts, classIds, values, scale: header.linearScale },
      factors: { rank: header.rank, vectors, scale: header.vectorScale, classVectors, classBiases },
    };
  } catch (cause) {
    throw new LotseError('MODEL_UNREADABLE', 'The ranker file is damaged or of another format; run `npm run train`.', {
      cause,
    });
  }
}

function parseHeader(line: string): Header {
  const header: unknown = JSON.parse(line);
  if (typeof header !== 'object' || header === null || !('format' in header) || header.format !== FORMAT)
    throw new Error('format');
  return header as unknown as Header;
}

function bytesOf(values: Int8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}

function floats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

function readVarint(cursor: { readonly bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new Error('end of data');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}
