/**
 * Every topic's canonical question on the five days that matter (issue 4): before and after the reform, today, the last day of the year's
 * amounts, and the first day without them.
 */
import { createAnswering } from '../../src/answering/answering';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { LotseError } from '../../src/errors';
import type { Entry } from '../../src/knowledge/model';
import { composeReply } from '../../src/rendering/composeReply';
import { plainText } from '../../src/rendering/plainText';
import { createView } from '../../src/rendering/view';

const DAYS = ['2026-06-30', '2026-07-01', '2026-11-22', '2026-12-31', '2027-01-01'];
const result = openKnowledge('knowledge');
if ('error' in result) throw new LotseError('TEST', result.error.join('\n'));
const { knowledge, model } = result.opened;
const answering = createAnswering(knowledge, { model });

function ask(
  entry: Entry,
  day: string,
): { readonly ids: readonly string[]; readonly kind: string; readonly text: string } {
  const audience = entry.audience === 'staff' ? 'staff' : 'citizens';
  const outcome = answering.answer(entry.questions[0] ?? '', {
    today: day,
    audience,
    style: 'everyday',
    language: 'de',
  });
  const view = createView(knowledge, { day, style: 'everyday', language: 'de', audience });
  return { ids: outcome.entries.map(({ id }) => id), kind: outcome.kind, text: plainText(composeReply(outcome, view)) };
}

const table = [...knowledge.entries, ...knowledge.staffEntries];

test('all 215 topics of the catalogue are there, and danger to life', () => {
  expect(table).toHaveLength(216);
});

describe.each(DAYS)('on %s', (day) => {
  test.each(table.map((entry) => [entry.id, entry] as const))('%s answers its own canonical question', (id, entry) => {
    const { ids, kind, text } = ask(entry, day);
    expect(ids).toContain(id);
    expect(['answer', 'urgent', 'private', 'events', 'smalltalk']).toContain(kind);
    expect(text).not.toMatch(/\{betrag|undefined|\[object/);
    expect(text).toContain(`Stand: ${entry.asOf.split('-').reverse().join('.')}`);
  });
});

test('no question is sure of everything: probabilities are numbers', () => {
  const outcome = answering.answer('Was tue ich bei Suizidandrohung, Bedrohung oder Mittellosigkeit?', {
    today: '2026-11-22',
    audience: 'staff',
    style: 'everyday',
    language: 'de',
  });
  expect(outcome.entries[0]?.id).toBe('personal-notfallplan');
  expect(outcome.entries.filter(({ confidence }) => confidence > 0.5)).toHaveLength(1);
});

test('an amount that has ended is never told', () => {
  const ended = knowledge.parameters.flatMap(({ values }) =>
    values.filter(({ validUntil }) => validUntil === '2026-12-31'),
  );
  const still = new Set(
    knowledge.parameters.flatMap(({ values }) =>
      values
        .filter(({ validFrom, validUntil }) => validFrom <= '2027-01-01' && (validUntil ?? '9999') >= '2027-01-01')
        .map(({ value }) => value),
    ),
  );
  const gone = ended.map(({ value }) => value).filter((value) => !still.has(value));
  for (const entry of knowledge.entries) {
    const { text } = ask(entry, '2027-01-01');
    for (const value of gone) {
      const told = `${value.toLocaleString('de-DE', { minimumFractionDigits: Number.isInteger(value) ? 0 : 2 })} Euro`;
      expect({ id: entry.id, told: text.includes(` ${told}`) ? told : '' }).toEqual({ id: entry.id, told: '' });
    }
  }
});

test.each([
  ['meldetermin-verpasst', '2026-06-30', '10 Prozent', '30 Prozent'],
  ['meldetermin-verpasst', '2026-07-01', '30 Prozent', '10 Prozent'],
  ['vermoegen-freibetrag', '2026-06-30', '15.000 Euro', '12.500 Euro'],
  ['vermoegen-freibetrag', '2026-07-01', '12.500 Euro', '40.000'],
  ['regelbedarf-hoehe', '2026-12-31', '563 Euro', 'Regelbedarfe ab 2027 stehen fest'],
  ['regelbedarf-hoehe', '2027-01-01', 'noch kein geprüfter Betrag', '563 Euro'],
  ['minijob', '2026-11-22', '603 Euro', '40.000'],
  ['minijob', '2027-01-01', '633 Euro', '603 Euro'],
])('%s on %s says „%s“ and not „%s“', (id, day, says, not) => {
  const entry = table.find((one) => one.id === id);
  const { text } = ask(entry!, day);
  expect(text).toContain(says);
  expect(text).not.toContain(not);
});
