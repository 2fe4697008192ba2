/**
 * What the dialogs tell the editors' tools: what could not be answered, what was refused, what did not help – of citizens only.
 */
import type { Miss } from '../../dialogs/misses';
import { createLocalConversation } from '../../src/service';
import { fixedClock } from '../../src/clock';
import type { AnswerOutcome } from '../../src/answering/outcome';
import type { LocalChat } from '../../src/bot/localChat';
import { scriptedMind } from '../support/scriptedMind';
import { entry, knowledgeOf, outcomeBase } from '../support/smallKnowledge';

const knowledge = knowledgeOf({ entries: [entry('hund'), entry('katze')] });
const answer: AnswerOutcome = {
  ...outcomeBase,
  kind: 'answer',
  entryId: 'hund',
  entries: [{ id: 'hund', confidence: 0.9 }],
};
const offer: AnswerOutcome = {
  ...outcomeBase,
  kind: 'clarify',
  about: 'topic',
  choices: [entry('hund'), entry('katze')].map(({ id, title }) => ({ id, title, value: title })),
};
const none: AnswerOutcome = { ...outcomeBase, kind: 'fallback', reason: 'noneOfThese' };
const garbled: AnswerOutcome = { ...outcomeBase, kind: 'fallback', reason: 'unintelligible' };

let misses: Miss[];
function talk(audience: 'citizens' | 'staff' = 'citizens'): LocalChat {
  misses = [];
  const { mind } = scriptedMind(knowledge, {
    'Was kostet ein Hund': answer,
    'Etwas mit Tieren': offer,
    'Keins davon': none,
    asdf: garbled,
  });
  return createLocalConversation({
    mind: () => mind,
    today: () => '2026-11-24',
    clock: fixedClock(Date.UTC(2026, 10, 24)),
    audience,
    misses: {
      record: (miss) => {
        misses.push(miss);
        return Promise.resolve();
      },
    },
  });
}
const told = (): readonly Omit<Miss, 'conversation'>[] =>
  misses.map(({ kind, question, entryIds }) => ({ kind, question, entryIds }));

test('an unanswered question', async () => {
  const chat = talk();
  await chat.say('Wie wird das Wetter');
  expect(told()).toEqual([{ kind: 'unanswered', question: 'Wie wird das Wetter', entryIds: [] }]);
  expect(misses[0]?.conversation).toMatch(/\S/);
});

test('„Keins davon“ is about the question before, with the topics that were offered', async () => {
  const chat = talk();
  await chat.say('Etwas mit Tieren');
  await chat.say('Keins davon');
  expect(told()).toEqual([{ kind: 'noneOfThese', question: 'Etwas mit Tieren', entryIds: ['hund', 'katze'] }]);
});

test('a thumb down in the widget is about the question before', async () => {
  const chat = talk();
  await chat.say('Was kostet ein Hund');
  await chat.send({
    type: 'event',
    name: 'lotse/feedback',
    value: { entryId: 'hund', helpful: false, reason: 'wrong' },
  });
  expect(told()).toEqual([{ kind: 'notHelpful', question: 'Was kostet ein Hund', entryIds: ['hund'] }]);
});

test('a typed no after an answer is about the question before', async () => {
  const chat = talk();
  await chat.say('Was kostet ein Hund');
  await chat.say('nicht hilfreich');
  expect(told()).toEqual([{ kind: 'notHelpful', question: 'Was kostet ein Hund', entryIds: ['hund'] }]);
});

test.each(['Was kostet ein Hund', 'asdf'])(
  'nothing is told of „%s“, an answer or no question at all',
  async (message) => {
    const chat = talk();
    await chat.say(message);
    await chat.send({ type: 'event', name: 'lotse/feedback', value: { entryId: 'hund', helpful: true } });
    expect(told()).toEqual([]);
  },
);

test('what staff look for is not told', async () => {
  const chat = talk('staff');
  await chat.say('Wie wird das Wetter');
  await chat.say('Etwas mit Tieren');
  await chat.say('Keins davon');
  expect(told()).toEqual([]);
});
