/** Learned weights and calibration: what is learned ranks better, what is believed more is trusted more. */
import fc from 'fast-check';
import { FEATURE_NAMES, type CandidateFeatures } from '../../src/search/candidateFeatures';
import { calibrate, combine, DEFAULT_WEIGHTS, learnCalibration, learnWeights } from '../../src/search/combiner';

const features = (changes: Partial<CandidateFeatures> = {}): CandidateFeatures => ({
  classifierLog: 0,
  classifier: 0,
  bestShare: 0,
  bestRelative: 0,
  sumRelative: 0,
  queryCoverage: 0,
  entryCoverage: 0,
  variantCoverage: 0,
  charCosine: 0,
  answerShare: 0,
  hasClassifier: 0,
  ...changes,
});

const outcomes = fc.array(fc.record({ raw: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }), {
  minLength: 1,
  maxLength: 60,
});

test('a higher probability never gets a lower confidence, and confidences are between 0 and 1', () => {
  fc.assert(
    fc.property(
      outcomes,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seen, a, b) => {
        const calibration = learnCalibration(seen);
        const low = calibrate(calibration, Math.min(a, b));
        const high = calibrate(calibration, Math.max(a, b));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 500 },
  );
});

test('nothing believed is nothing known', () => {
  expect(calibrate(learnCalibration([{ raw: 0.9, right: true }]), 0)).toBe(0);
});

test('what was right nine times of ten is trusted about nine of ten', () => {
  const seen = Array.from({ length: 200 }, (_, i) => ({ raw: 0.6 + (i % 7) / 100, right: i % 10 !== 0 }));
  expect(calibrate(learnCalibration(seen), 0.63)).toBeGreaterThan(0.85);
  expect(calibrate(learnCalibration(seen), 0.63)).toBeLessThan(0.97);
});

test('without a calibration the probability is the confidence', () => {
  expect(calibrate({ points: [] }, 0.42)).toBe(0.42);
});

test('learning moves weight to the feature that tells right from wrong', () => {
  const samples = Array.from({ length: 80 }, (_, i) => ({
    candidates: [features({ charCosine: 1, answerShare: i % 2 }), features({ answerShare: (i + 1) % 2 })],
    right: 0,
  }));
  const learned = learnWeights(samples);
  expect(learned.charCosine).toBeGreaterThan(DEFAULT_WEIGHTS.charCosine);
  expect(combine(learned, features({ charCosine: 1 }))).toBeGreaterThan(combine(learned, features({ answerShare: 1 })));
  expect(learnWeights(samples)).toEqual(learned);
});

test('nothing to learn from leaves the starting weights', () => {
  expect(learnWeights([])).toEqual(DEFAULT_WEIGHTS);
  expect(learnWeights([{ candidates: [features()], right: -1 }])).toEqual(DEFAULT_WEIGHTS);
});

test('every feature has a starting weight that speaks for a candidate', () => {
  for (const name of FEATURE_NAMES) expect(DEFAULT_WEIGHTS[name]).toBeGreaterThan(0);
});
