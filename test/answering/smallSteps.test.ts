/** Commands and small talk by the exact phrase, and what a decision is made of. */
import { decide } from '../../src/answering/decision';
import { doubt } from '../../src/answering/doubt';
import { createSmallSteps } from '../../src/answering/smallSteps';
import { styleWish } from '../../src/answering/styleWish';
import { normalize } from '../../src/search/german/normalize';

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
  ['not sure, but likely enough to be offered', [0.25, 0.1, 0.05], 0, 'offer'],
  ['three that are hardly believed are not worth offering', [0.15, 0.1, 0.05], 0, 'reject'],
  ['not sure, and probably none of ours', [0.5, 0.2], 0.6, 'reject'],
  ['nobody believed', [0.05, 0.05, 0.05, 0.9], 0, 'reject'],
  ['nothing found', [], 0, 'reject'],
] as const)('%s', (_, confidences, none, expected) => {
  expect(decide(confidences, none, thresholds)).toBe(expected);
});

test.each([
  ['einfache Sprache aus', 'everyday'],
  ['leichte sprache weg', 'everyday'],
  ['einfache sprache abschalten', 'everyday'],
  ['Kannst du die leichte Sprache bitte beenden', 'everyday'],
  ['keine leichte Sprache mehr', 'everyday'],
  ['ich brauche keine einfache sprache', 'everyday'],
  ['nicht mehr so einfach', 'everyday'],
  ['ohne einfache Sprache', 'everyday'],
  ['Leichte Sprache bitte', 'simple'],
  ['bitte in einfacher Sprache', 'simple'],
  ['Ich habe Behinderung, ich verstehe schwer, leichte Sprache bitte', 'simple'],
  ['Gibt es den Bescheid bitte in leichter Sprache?', undefined],
  ['Warum gibt es keine leichte Sprache', undefined],
  ['Was ist leichte Sprache', undefined],
  ['Bitte einfaches Deutsch, lange Sätze schlecht für mich. Gibt es?', undefined],
  ['das ist nicht so einfach mit der arbeit', undefined],
  ['Darf ich bitte leichte Arbeit machen', undefined],
])('„%s“ switches easy language: %s', (message, wish) => {
  expect(styleWish(normalize(message))).toBe(wish);
});

test.each([
  ['stimmt das?', 'source'],
  ['Stimmt das wirklich', 'source'],
  ['Sicher?', 'source'],
  ['Bist du dir da ganz sicher?', 'source'],
  ['Sind Sie sicher', 'source'],
  ['Woher weißt du das?', 'source'],
  ['woher wissen sie das denn', 'source'],
  ['Und wo steht das?', 'source'],
  ['welche Quelle?', 'source'],
  ['Quelle', 'source'],
  ['in welcher Rechtsgrundlage', 'source'],
  ['von wann ist das', 'source'],
  ['das stimmt nicht', 'wrong'],
  ['Das ist doch falsch', 'wrong'],
  ['das stimmt nicht, meine Freundin sagt 4 Wochen', 'wrong'],
  ['das hast du eben anders gesagt', 'wrong'],
  ['vorhin haben Sie was anderes gesagt', 'wrong'],
  ['Dann war Ihre Antwort falsch', 'wrong'],
  ['meine Nachbarin sagt was anderes', 'wrong'],
  ['sicher', undefined],
  ['Das stimmt nicht in meinem Bescheid', undefined],
  ['das ist nicht fair', undefined],
  ['das ist nicht viel', undefined],
  ['Das war nicht ich', undefined],
  ['das ist falsch berechnet worden', undefined],
  ['Belege?', undefined],
  ['Habe ich einen Beleg dafür', undefined],
  ['Ich glaube nicht, dass ich Miete bekomme', undefined],
  ['Haben Sie dafür einen Beleg?', 'source'],
  ['ist das wirklich so?', 'source'],
  ['wer sagt das', 'source'],
  ['das kann doch nicht stimmen', 'wrong'],
  ['das glaube ich nicht', 'wrong'],
  ['Das wurde mir anders gesagt', 'wrong'],
  ['das stimmt so nicht', 'wrong'],
  ['Das ist doch gar nicht wahr', 'wrong'],
  ['das war nicht meine frage', undefined],
  ['Das Geld ist nicht da', undefined],
  ['Der Betrag stimmt nicht', undefined],
  ['Woher bekomme ich das Formular', undefined],
  ['Wo steht die Frist im Bescheid', undefined],
  ['Ist mein Arbeitsplatz sicher?', undefined],
  ['stimmt das, dass ich 2027 mehr Geld für die Miete bekomme', undefined],
])('„%s“ is a word about the last answer: %s', (message, kind) => {
  expect(doubt(normalize(message), message)).toBe(kind);
});
