/** Cyrillic phrases and what people type for them in Latin letters come to one spelling. */
import { foldLatin, latinOf } from '../../src/answering/transliteration';

test.each([
  ['получить деньги', 'poluchit dengi'],
  ['получить деньги', "poluchit' den'gi"],
  ['пособие', 'posobiye'],
  ['заявление', 'zayavlenie'],
  ['заявление', 'zajavlenije'],
  ['хочу', 'khochu'],
  ['помощь', 'pomoshch'],
  ['гроші', 'hroshi'],
  ['гроші', 'groshi'],
  ['як', 'yak'],
  ['допомога', 'dopomoha'],
])('„%s“ is typed „%s“', (cyrillic, typed) => {
  expect(foldLatin(latinOf(cyrillic))).toBe(foldLatin(typed));
});

test('other words stay other words', () => {
  expect(foldLatin(latinOf('деньги'))).not.toBe(foldLatin('deti'));
});
