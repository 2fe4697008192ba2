/** What was chosen by its id, from open choices or word for word by its title. An entry of a need is told as one. */
import type { KnowledgeBase } from '../../knowledge/model';
import type { AnyBody, TurnContext } from '../outcome';
import { outcomeById } from '../outcomeById';
import type { EntryFinder } from './entryFinder';
import { needOf } from './ofEntry';

/** `undefined` where the knowledge base has nothing of that id, or nothing for this person. */
export type Chosen = (id: string, context: TurnContext) => AnyBody | undefined;

export function createChosen(knowledge: KnowledgeBase, entryOf: EntryFinder): Chosen {
  return (id, context) => {
    const entry = entryOf(id, context);
    return entry?.urgent === undefined
      ? outcomeById(id, entry, knowledge)
      : needOf(entry.urgent, id, [{ id, confidence: 1 }]);
  };
}
