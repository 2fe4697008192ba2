/** Stems, compounds and function words: what makes two German words one term. */
import { createCompoundSplitter } from '../../src/search/german/compounds';
import { functionWeight, isFunctionWord } from '../../src/search/german/functionWords';
import { stem } from '../../src/search/german/stem';

test.each([
  ['wohnungen', 'wohnung'],
  ['kinder', 'kind'],
  ['hauser', 'haus'],
  ['bekommst', 'bekommt'],
  // strong verbs and nouns that Snowball loses
  ['kriege', 'bekommen'],
  ['gezahlt', 'bezahlen'],
  ['umgezogen', 'umzug'],
  ['gekundigt', 'kundigung'],
  ['gestorben', 'tod'],
  ['musste', 'mussen'],
])('%s and %s have one stem', (a, b) => {
  expect(stem(a)).toBe(stem(b));
});

test.each([
  ['miete', 'mittel'],
  ['kind', 'kinn'],
  ['par22', 'par31'],
  ['antrag', 'vertrag'],
])('%s and %s keep apart', (a, b) => {
  expect(stem(a)).not.toBe(stem(b));
});

test.each(['constructor', 'tostring', '__proto__', 'hasownproperty'])('%s is a word like any other', (word) => {
  expect(typeof stem(word)).toBe('string');
  expect(functionWeight(word)).toBe(1);
});

const splitter = createCompoundSplitter(
  new Map(
    'miete schulden wohnung geld umzug kosten kinder kranken kasse strom rechnung hilfe ubernahme antrag schule'
      .split(' ')
      .map((word) => [word, 3]),
  ),
);

test.each([
  ['mietschulden', ['miet', 'schuld']],
  ['wohnungsgeld', ['wohnung', 'geld']],
  ['schulgeld', ['schul', 'geld']],
  ['krankenkasse', ['krank', 'kass']],
  ['stromrechnung', ['strom', 'rechnung']],
  ['umzugskostenubernahme', ['umzieh', 'kost', 'ubernahm']],
  ['kindergeldantrag', ['kind', 'geld', 'antrag']],
])('%s is %j', (word, parts) => {
  expect(splitter.split(word)).toEqual(parts);
});

test.each(['wohnung', 'geld', 'xyzabcdefgh', 'kassenbrot', 'a'.repeat(5_000), 'mietegeld'.repeat(500), ''])(
  'no compound of known parts: %#',
  (word) => {
    expect(splitter.split(word)).toEqual([]);
  },
);

test('function words are damped, question words and negations less so, content words not', () => {
  expect(functionWeight('der')).toBeLessThan(functionWeight('wann'));
  expect(functionWeight('nicht')).toBe(functionWeight('wann'));
  expect(functionWeight('wann')).toBeLessThan(functionWeight('miete'));
  expect(functionWeight('miete')).toBe(1);
  expect(isFunctionWord('und')).toBe(true);
  expect(isFunctionWord('umzug')).toBe(false);
});
