/** The check names topics that their own questions do not find. */
import { createAnswering } from '../../src/answering/answering';
import { unreachedEntries } from '../../src/evaluation/unreached';
import { entry, knowledgeOf } from '../support/smallKnowledge';

const dogs = entry('hundesteuer', {
  title: 'Hundesteuer',
  questions: ['Wer zahlt die Hundesteuer?', 'Übernimmt das Jobcenter die Hundesteuer?'],
});
const cats = entry('katze', { title: 'Katze', questions: ['Darf ich eine Katze halten?'] });
/** Lost in the words of the other. */
const shadow = entry('schatten', { title: 'Sonstiges', questions: ['Hundesteuer?'] });

test('a topic that every question misses is a finding with the topic that wins instead', () => {
  const found = unreachedEntries(knowledgeOf({ entries: [dogs, cats, shadow] }));
  expect(found.map(({ code, severity }) => ({ code, severity }))).toEqual([
    { code: 'KB_UNREACHED', severity: 'warning' },
  ]);
  expect(found[0]?.message).toBe('Keine der Fragen von „schatten“ führt zu diesem Thema.');
  expect(found[0]?.proposal).toContain('„hundesteuer“');
});

test('topics that one of their questions finds are none, staff topics included', () => {
  const base = knowledgeOf({
    entries: [dogs, cats],
    staffEntries: [
      entry('aktenplan', { audience: 'staff', title: 'Aktenplan', questions: ['Wo steht der Aktenplan?'] }),
    ],
  });
  expect(unreachedEntries(base)).toEqual([]);
  // The same base answers, so the finding is about reaching and not about an empty index.
  expect(
    createAnswering(base).answer('Katze halten', {
      today: '2026-11-24',
      audience: 'citizens',
      style: 'everyday',
      language: 'de',
    }).entries[0]?.id,
  ).toBe('katze');
});
