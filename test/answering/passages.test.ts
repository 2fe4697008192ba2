/** Where in an answer a question asked on about it is answered, and where it is not. */
import type { AnswerVersion } from '../../src/knowledge/model';
import type { Analysis } from '../../src/search/analyzer';
import { passagesOf, type Passage } from '../../src/answering/passages';
import { readAsking } from '../../src/answering/passageFor';
import { normalize, tokenize } from '../../src/search/german/normalize';
import { stem } from '../../src/search/german/stem';

const VERSION = {
  answer: [
    'Je nach Alter bleibt frei:',
    '- unter 30 Jahren: 5.000 Euro',
    '- ab 30 Jahren: 10.000 Euro',
    '- ab 50 Jahren: 20.000 Euro',
    '',
    'Stellen Sie den Antrag beim Jugendamt. Eine E-Mail reicht nicht.',
  ].join('\n'),
  more: [
    'Sie haben zwei Monate Zeit.',
    'Das gilt auch für die Großeltern.',
    'Gesperrt wird nur, wenn all das zutrifft:',
    '- Es gab eine Mahnung.',
    '- Sie war acht Tage alt.',
  ].join('\n'),
  simple: 'Sie haben 2 Monate Zeit.',
};

function analyze(text: string): Analysis {
  const tokens = tokenize(normalize(text));
  const terms = tokens.map((token) => ({ term: stem(token), weight: 1, from: 'word' as const }));
  return { terms, tokens, corrections: [], knownShare: 1 };
}

function told(question: string, simple = false): string | undefined {
  const { found } = readAsking(question, passagesOf(VERSION, simple), 'Schonbetrag', '2026-11-24', analyze);
  return found?.places
    .map(({ of, lines }) => lines.map((line) => VERSION[of].split('\n')[line]).join('\n'))
    .join('\n\n');
}

test.each([
  ['und mit 52?', '- ab 50 Jahren: 20.000 Euro'],
  ['ich bin 31', '- ab 30 Jahren: 10.000 Euro'],
  ['meine tochter ist 9', '- unter 30 Jahren: 5.000 Euro'],
])('„%s“ is answered by the span of that age, with the words before the list', (question, line) => {
  expect(told(question)).toBe(`Je nach Alter bleibt frei:\n${line}`);
});

test.each([
  ['wo denn?', 'Stellen Sie den Antrag beim Jugendamt. Eine E-Mail reicht nicht.'],
  ['geht das auch per mail', 'Stellen Sie den Antrag beim Jugendamt. Eine E-Mail reicht nicht.'],
  ['wie lange hab ich zeit', 'Sie haben zwei Monate Zeit.'],
  ['und die großeltern?', 'Sie haben zwei Monate Zeit.\nDas gilt auch für die Großeltern.'],
])('„%s“ is answered by the line that says so', (question, line) => {
  expect(told(question)).toBe(line);
});

test('points that only hold together are told together', () => {
  expect(told('und die mahnung?')).toBe(
    'Gesperrt wird nur, wenn all das zutrifft:\n- Es gab eine Mahnung.\n- Sie war acht Tage alt.',
  );
});

test('in Einfache Sprache the simple wording is looked through first', () => {
  expect(told('wie lange', true)).toContain('2 Monate');
});

test.each(['geht das per whatsapp', 'was kostet das', 'und die katze', 'und 2022', 'und dann'])(
  '„%s“ is answered nowhere',
  (question) => {
    expect(told(question)).toBeUndefined();
  },
);

test('what asks for something is told from what only goes on', () => {
  const passages: readonly Passage[] = passagesOf(VERSION, false);
  const asks = (question: string): boolean => readAsking(question, passages, 'Schonbetrag', '2026-11-24', analyze).asks;
  expect([asks('per whatsapp?'), asks('und dann')]).toEqual([true, false]);
});

describe('what must not be told alone', () => {
  const LAW: AnswerVersion & { readonly more: string } = {
    answer: [
      'Ja, Ihr Auto dürfen Sie behalten.',
      'Je nach Alter bleibt frei:',
      '- unter 30 Jahren: 5.000 Euro',
      '- ab 30 Jahren: 10.000 Euro',
      '',
      'Das gilt für Bewilligungszeiträume, die am 1. Juli 2026 oder später begonnen haben.',
    ].join('\n'),
    more: ['Die Arbeit ist ab dem 14. Monat zumutbar.', 'Das gilt nur, wenn die Betreuung gesichert ist.'].join('\n'),
  };
  const read = (question: string): ReturnType<typeof readAsking> =>
    readAsking(question, passagesOf(LAW, false), 'Vermögen', '2026-11-24', analyze);
  const lines = (question: string): readonly string[] | undefined =>
    read(question).found?.places.flatMap(({ of, lines: at }) => at.map((each) => LAW[of]?.split('\n')[each] ?? ''));

  test('an amount is told with the approval periods that it is for', () => {
    expect(lines('ich bin 41')).toEqual([
      'Je nach Alter bleibt frei:',
      '- ab 30 Jahren: 10.000 Euro',
      'Das gilt für Bewilligungszeiträume, die am 1. Juli 2026 oder später begonnen haben.',
    ]);
  });

  test('what the next line narrows is told with it', () => {
    expect(lines('ab wann ist die arbeit zumutbar')).toEqual(LAW.more.split('\n'));
  });

  test('a point of a list that nothing in particular was asked for brings the whole list', () => {
    expect(
      readAsking(
        'und die mahnung',
        passagesOf({ answer: 'Es zählt:\n- eine Mahnung\n- ein Brief' }, false),
        'Sperre',
        '2026-11-24',
        analyze,
      ).found?.places,
    ).toEqual([{ of: 'answer', lines: [0, 1, 2] }]);
  });

  test.each([
    ['und darf ich das auto behalten?', true],
    ['und darf ich das auto meiner oma behalten?', false],
    ['und das auto für 8000?', false],
  ])('„%s“ may be answered by the „Ja“ of the title: %s', (question, expected) => {
    expect(lines(question)?.some((line) => line.startsWith('Ja')) ?? false).toBe(expected);
  });
});
