/** Messages of several matters: none is lost, and one matter is not taken for two. On the knowledge base as it is served. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createAnswering } from '../../src/answering/answering';
import type { AnswerOutcome, TurnContext } from '../../src/answering/outcome';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { loadGold } from '../../src/evaluation/gold';
import { askGold } from '../../src/evaluation/goldGate';

const folder = join(__dirname, '../../knowledge');
const opened = openKnowledge(folder);
if ('error' in opened) throw new Error(opened.error.join('\n'));
const { knowledge, model } = opened.opened;
const answering = createAnswering(knowledge, { model });
const context: TurnContext = { today: '2026-11-24', audience: 'citizens', style: 'everyday', language: 'de' };
const questions = z
  .array(z.strictObject({ frage: z.string(), ids: z.array(z.string()).min(2) }))
  .parse(parse(readFileSync(join(__dirname, 'doubleQuestions.yaml'), 'utf8')));

/** What a person can read of the outcome at once, or by one click. */
function reached(outcome: AnswerOutcome): readonly string[] {
  const also = (outcome.also ?? []).map(({ id }) => id);
  switch (outcome.kind) {
    case 'answer':
      return [outcome.entryId, ...(outcome.need === undefined ? [] : [outcome.need]), ...also];
    case 'urgent':
      return [outcome.entryId, ...also];
    case 'private':
      return [outcome.entryId ?? 'geld-nicht-angekommen', ...also];
    case 'clarify':
      return outcome.choices.map(({ id }) => id);
    case 'jobcenter':
      return ['@jobcenter', ...also];
    case 'events':
      return ['@aktionen', ...also];
    default:
      return also;
  }
}

test('there are at least 120 of them', () => {
  expect(questions.length).toBeGreaterThanOrEqual(120);
});

test('of four messages with two matters, in three every matter is told or offered', () => {
  const lost = questions.filter(({ frage, ids }) => {
    const found = reached(answering.answer(frage, context));
    return !ids.every((each) => each.split('|').some((id) => found.includes(id)));
  });
  expect(lost.length).toBeLessThanOrEqual(questions.length / 4);
});

test('of a hundred questions with one matter, fewer than one is offered a second', () => {
  const gold = loadGold(folder).filter((_, i) => i % 8 === 0);
  const taken = gold.filter((question) => askGold(question, answering).outcome.also !== undefined);
  expect(taken.length).toBeLessThan(gold.length / 100);
});
