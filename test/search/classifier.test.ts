/** The classifier: what it learns, that it learns the same twice, and which bytes it refuses. */
import { rankerSamples, featuresOf } from './support/rankerCases';
import {
  classProbabilities,
  contributions,
  packClassifier,
  trainClassifier,
  unpackClassifier,
} from '../../src/search/classifier';

const samples = rankerSamples();
const model = trainClassifier(samples);
const winner = (text: string): string | undefined => {
  const probabilities = [...classProbabilities(model, featuresOf(text))];
  return model.classes[probabilities.indexOf(Math.max(...probabilities))];
};

test.each([
  ['wer zahlt die klassenfahrt', 'schule'],
  ['strom abgestellt was tun', 'strom'],
  ['vermieter will mehr miete', 'miete'],
])('„%s“ belongs to %s', (text, expected) => {
  expect(winner(text)).toBe(expected);
});

test('probabilities sum to one, for an empty text as well', () => {
  for (const text of ['strom miete', '', 'qwrtz'])
    expect([...classProbabilities(model, featuresOf(text))].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
});

test('what speaks for a class can be told, strongest first', () => {
  const told = contributions(model, featuresOf('strom abgestellt'), 'strom');
  expect(told[0]?.[1]).toBeGreaterThan(0);
  expect(told.map(([name]) => name)).toContain('wstrom');
  expect(contributions(model, featuresOf('strom'), 'nobody')).toEqual([]);
});

test('the same samples give the same bytes', () => {
  expect(packClassifier(trainClassifier(samples))).toEqual(packClassifier(model));
});

test.each([
  ['bytes', packClassifier(model)],
  ['a Node buffer within a larger one', Buffer.concat([Buffer.alloc(7), packClassifier(model)]).subarray(7)],
])('what was packed ranks as before, from %s', (_, packed) => {
  const unpacked = unpackClassifier(packed);
  expect(unpacked.classes).toEqual(model.classes);
  for (const text of ['wer zahlt die klassenfahrt', 'strom weg', 'miete zu hoch']) {
    const before = classProbabilities(model, featuresOf(text));
    const after = classProbabilities(unpacked, featuresOf(text));
    for (const [i, probability] of before.entries()) expect(after[i]).toBeCloseTo(probability, 5);
  }
});

test.each([
  [new Uint8Array()],
  [new Uint8Array([1, 2, 3])],
  [new Uint8Array(500).fill(255)],
  [packClassifier(model).slice(0, 60)],
  [Uint8Array.from([0, 0, 0, 2, 123, 125, 10])],
])('bytes that are no model are refused, and the message says what to do: %#', (bytes) => {
  expect(() => unpackClassifier(bytes)).toThrow(/npm run train/);
});
