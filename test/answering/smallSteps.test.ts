/** Commands and small talk by the exact phrase, and what a decision is made of. */
import { decide } from '../../src/answering/decision';
import { createSmallSteps } from '../../src/answering/smallSteps';

const small = createSmallSteps([
  { name: 'plaudern-gruss', examples: ['Hallo', 'Guten Tag'] },
  { name: 'kein-kommando', examples: ['etwas'] },
]);

test.each([
  ['Hilfe', { kind: 'command', name: 'help' }],
  ['HILFE!', { kind: 'command', name: 'help' }],
  ['Menü', { kind: 'command', name: 'menu' }],
  ['abbrechen', { kind: 'command', name: 'cancel' }],
  ['leichte sprache', { kind: 'command', name: 'simple' }],
  ['meine daten löschen', { kind: 'command', name: 'deleteData' }],
  ['guten tag', { kind: 'smalltalk', name: 'greeting' }],
  ['keins davon', { kind: 'noneOfThese' }],
])('„%s“ is %j', (message, expected) => {
  expect(small.exact(message)).toEqual(expected);
});

test.each(['Hilfe beim Antrag', 'Hallo wer zahlt die Miete', 'etwas', '', '__proto__', 'constructor'])(
  '„%s“ is no command',
  (message) => {
    expect(small.exact(message)).toBeUndefined();
  },
);

test('the language asked for comes with the command', () => {
  expect(small.byIntent('kommando-sprache', 'bitte auf englisch')).toEqual({
    kind: 'command',
    name: 'language',
    argument: 'en',
  });
  expect(small.byIntent('kommando-sprache', 'andere sprache')).toEqual({ kind: 'command', name: 'language' });
  expect(small.byIntent('constructor', 'x')).toBeUndefined();
});

const thresholds = { answer: 0.7, offer: 0.2, none: 0.5 };
test.each([
  ['sure', [0.9, 0.05], 0, 'answer'],
  ['sure, though it might be none of ours', [0.9], 0.9, 'answer'],
  ['not sure: three together are worth offering', [0.15, 0.1, 0.05], 0, 'offer'],
  ['not sure, and probably none of ours', [0.5, 0.2], 0.6, 'reject'],
  ['nobody believed', [0.05, 0.05, 0.05, 0.9], 0, 'reject'],
  ['nothing found', [], 0, 'reject'],
] as const)('%s', (_, confidences, none, expected) => {
  expect(decide(confidences, none, thresholds)).toBe(expected);
});
