/** A message of several matters, taken apart by its words. */
import { partsOf } from '../../src/answering/multiIntent';

const asked = (message: string): readonly string[] => partsOf(message).map((part) => part.asked);

test.each([
  [
    'Muss ich mein Auto verkaufen? Wie viel darf ich sparen?',
    ['Muss ich mein Auto verkaufen?', 'Wie viel darf ich sparen?'],
  ],
  ['wie hoch ist der regelsatz und darf ich dazuverdienen', ['wie hoch ist der regelsatz', 'darf ich dazuverdienen']],
  ['regelsatz wie hoch und wann kommt geld', ['regelsatz wie hoch', 'wann kommt geld']],
  ['1. Wer zahlt den Ranzen?\n2. Wer zahlt das Essen?', ['Wer zahlt den Ranzen?', 'Wer zahlt das Essen?']],
  ['Ich bin krank. Außerdem: wann kommt das Geld?', ['Ich bin krank.', 'wann kommt das Geld?']],
  ['nachhilfe und sportverein', ['nachhilfe', 'sportverein']],
])('%s', (message, parts) => {
  expect(asked(message)).toEqual(parts);
});

test.each([
  'Ich bin krank und habe am Montag einen Termin.',
  'Ich wohne mit meiner Frau zusammen. Sie arbeitet. Muss ich umziehen?',
  'Ab dem 1. Dezember arbeite ich, muss ich das melden?',
  'Wie hoch ist der Regelsatz für mich und meine Kinder?',
  'Miete und Heizung werden mir nicht bezahlt, obwohl ich alles abgegeben habe',
  '',
  '?!',
])('is of one matter: %s', (message) => {
  expect(partsOf(message).length).toBeLessThan(2);
});

test('what is told before a question belongs to it', () => {
  expect(partsOf('Mein Sohn geht in den Verein. Zahlt ihr den Beitrag? Und wer zahlt den Bus?')).toMatchObject([
    { asked: 'Zahlt ihr den Beitrag?', told: 'Mein Sohn geht in den Verein. Zahlt ihr den Beitrag?' },
    { asked: 'wer zahlt den Bus?', told: 'wer zahlt den Bus?' },
  ]);
});

test('a long list is cut off, and a thousand characters take no time', () => {
  expect(partsOf('wer zahlt das? '.repeat(60))).toHaveLength(4);
  const start = performance.now();
  for (const tricky of ['und '.repeat(250), ', '.repeat(500), 'ich möchte '.repeat(90), 'noch eine '.repeat(100)])
    partsOf(tricky);
  expect(performance.now() - start).toBeLessThan(200);
});
