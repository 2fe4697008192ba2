/** Phrases of the editors: words in any order within a short stretch of one sentence. */
import fc from 'fast-check';
import { createPhraseFinder, matchesPhrase, parsePhrase, sentencesOf } from '../../src/answering/phrases';

test.each([
  ['nicht mehr leben', 'Ich will nicht mehr leben', true],
  ['nicht mehr leben', 'leben will ich nicht mehr', true],
  ['nicht mehr leben', 'NICHT MEHR LEBEN!!!', true],
  // another sentence
  ['nicht mehr leben', 'ich kann nicht mehr. Vom Geld leben wir knapp', false],
  // too far apart
  ['strom weg', 'der strom ist seit gestern abend bei uns allen hier im haus weg', false],
  // alternatives
  ['strom|gas abgestellt|weg', 'das gas ist weg', true],
  ['strom|gas abgestellt|weg', 'das wasser ist weg', false],
  // beginning of a word
  ['obdachlos*', 'obdachlosigkeit droht', true],
  ['obdachlos*', 'obdach gesucht', false],
  // the sentence ends there
  ['kann nicht mehr .', 'ich kann nicht mehr', true],
  ['kann nicht mehr .', 'ich kann nicht mehr zum Termin kommen', false],
  ['kann nicht mehr .', 'ich kann nicht mehr, wer hilft mir', true],
  // side by side, in this order
  ['ich_kann nicht mehr .', 'ich kann einfach nicht mehr', true],
  ['ich_kann nicht mehr .', 'was ist, wenn ich nicht mehr arbeiten kann', false],
  ['ich|i_nicht_mehr_kann', 'weil i nicht mehr kann', true],
  ['ich|i_nicht_mehr_kann', 'weil ich nicht mehr laufen kann', false],
  // the sentence begins there
  ['. leb_wohl', 'leb wohl', true],
  ['. leb_wohl', 'ich leb wohl hier', false],
  // umlauts in every spelling
  ['schlägt mich', 'er schlaegt mich', true],
  ['schlägt mich', 'er schlagt mich', true],
  // a word counts once
  ['nicht nicht', 'ich will nicht', false],
])('„%s“ in „%s“: %s', (phrase, message, expected) => {
  expect(matchesPhrase(parsePhrase(phrase), sentencesOf(message))).toBe(expected);
});

test('a comma in an amount ends no sentence', () => {
  expect(sentencesOf('Ich habe 3,50 Euro. Mehr nicht')).toHaveLength(2);
});

test('the first of many phrases that matches is the one that a look at each would find', () => {
  const written = ['a* b', 'strom weg|aus', 'kann nicht mehr .', 'wohn* los', 'los strom', 'nicht', '* leer'].map(
    parsePhrase,
  );
  const find = createPhraseFinder(written);
  const word = fc.constantFrom('a', 'abc', 'b', 'strom', 'aus', 'kann', 'nicht', 'mehr', 'wohnung', 'los', 'leer', '.');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const sentences = sentencesOf(words.join(' '));
      expect(find(sentences)).toBe(written.find((phrase) => matchesPhrase(phrase, sentences)));
    }),
  );
});
