/** What a message means while choices are open. */
import { resolvePending } from '../../src/answering/pendingChoice';
import type { Choice } from '../../src/answering/outcome';

const choice = (id: string, title: string): Choice => ({ id, title, value: title });
const CHOICES = [
  choice('verpasst', 'Termin verpasst'),
  choice('verschieben', 'Termin verschieben'),
  choice('unterlagen', 'Welche Unterlagen werden gebraucht?'),
];

test.each([
  ['Termin verpasst', 'verpasst'],
  ['termin VERPASST!', 'verpasst'],
  ['1', 'verpasst'],
  ['2.', 'verschieben'],
  ['die zweite', 'verschieben'],
  ['ich nehme das dritte bitte', 'unterlagen'],
  ['Nummer 3', 'unterlagen'],
  ['b', 'verschieben'],
  ['letzte', 'unterlagen'],
  ['das obere', 'verpasst'],
  ['verschieben', 'verschieben'],
  ['unterlagen', 'unterlagen'],
  ['verschiben', 'verschieben'],
])('„%s“ is the choice %s', (message, id) => {
  expect(resolvePending(message, CHOICES)).toMatchObject({ kind: 'choice', choice: { id } });
});

test.each(['Keins davon', 'keine von denen', 'nichts davon', 'was anderes', 'passt nicht'])(
  '„%s“ is none of them',
  (message) => {
    expect(resolvePending(message, CHOICES).kind).toBe('none');
  },
);

test.each([
  ['Termin', 'half a title that fits two choices'],
  ['4', 'a number nobody offered'],
  ['fünf', 'a number word nobody offered'],
  ['Wie hoch ist die Miete in Essen?', 'a new question'],
  ['wann bekomme ich eigentlich mein geld vom jobcenter', 'a new question'],
  ['und', 'a function word'],
  ['', 'nothing'],
  ['__proto__', 'no choice'],
  ['constructor', 'no choice'],
])('„%s“ is no choice: %s', (message) => {
  expect(resolvePending(message, CHOICES).kind).toBe('new');
});

test('without choices everything is new', () => {
  expect(resolvePending('1', []).kind).toBe('new');
  expect(resolvePending('letzte', []).kind).toBe('new');
});

test.each(['Jobcenter', 'und der Jobcenter-Tag?', 'das Jobcenter', 'Leichte Sprache bitte', 'quelle?'])(
  '„%s“ points at no title, though one of them has the word',
  (message) => {
    const titles = ['Datenschutz im Jobcenter', 'Leichte Sprache und Barrierefreiheit', 'Quellensteuer'];
    const choices = titles.map((title) => choice(title, title));
    expect(resolvePending(message, choices).kind).toBe('new');
    expect(resolvePending('Datenschutz im Jobcenter', choices).kind).toBe('choice');
    expect(resolvePending('Barrierefreiheit', choices).kind).toBe('choice');
  },
);
