/** Naive Bayes: a word seen once already speaks for its document; what was never seen speaks for none. */
import { countNaiveBayes } from '../../src/search/naiveBayes';
import { featuresOf, rankerSamples } from './support/rankerCases';

function counted(): ReturnType<ReturnType<typeof countNaiveBayes>['finish']> {
  const counts = countNaiveBayes();
  for (const topic of ['schule', 'strom', 'miete'])
    counts.add(
      rankerSamples()
        .filter(({ label }) => label === topic)
        .map(({ features }) => features),
    );
  return counts.finish();
}

const bayes = counted();

test.each([
  ['klassenfahrt', 0],
  ['strom', 1],
  ['vermieter', 2],
  ['ist meine stromrechnung zu hoch', 1],
])('„%s“ speaks for document %d', (text, expected) => {
  const scores = [...bayes.scores(featuresOf(text))];
  expect(scores.indexOf(Math.max(...scores))).toBe(expected);
});

test('what was never seen says nothing about any document', () => {
  expect(new Set(bayes.scores(featuresOf('qwrtz')))).toEqual(new Set([0]));
  expect(new Set(bayes.scores([]))).toEqual(new Set([0]));
});

test('no documents, no scores', () => {
  expect([...countNaiveBayes().finish().scores(featuresOf('strom'))]).toEqual([]);
});
