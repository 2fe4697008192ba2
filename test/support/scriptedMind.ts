/** A mind that means what a table says: for testing how dialogs keep the thread, apart from how messages are understood. */
import type { AnswerOutcome, TurnContext } from '../../src/answering/outcome';
import type { Mind } from '../../dialogs/conversationTurn';
import type { KnowledgeBase } from '../../src/knowledge/model';
import { outcomeBase } from './smallKnowledge';

export interface ScriptedMind {
  readonly mind: Mind;
  /** What answering was given with each message. */
  readonly heard: { readonly question: string; readonly context: TurnContext }[];
}

type Meaning = AnswerOutcome | ((context: TurnContext) => AnswerOutcome);

export function scriptedMind(knowledge: KnowledgeBase, meanings: Readonly<Record<string, Meaning>>): ScriptedMind {
  const heard: { question: string; context: TurnContext }[] = [];
  return {
    heard,
    mind: {
      knowledge,
      answering: {
        answer(question, context) {
          heard.push({ question, context });
          const meaning = meanings[question];
          const chosen = context.pending?.choices.find((choice) => choice.value === question);
          if (meaning === undefined && chosen !== undefined && knowledge.entries.some(({ id }) => id === chosen.id)) {
            return { ...outcomeBase, kind: 'answer', entryId: chosen.id, entries: [{ id: chosen.id, confidence: 1 }] };
          }
          if (meaning === undefined) return { ...outcomeBase, kind: 'fallback', reason: 'outOfScope' };
          return typeof meaning === 'function' ? meaning(context) : meaning;
        },
      },
    },
  };
}
