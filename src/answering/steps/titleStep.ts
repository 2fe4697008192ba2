/** A title or a question of an entry, or an event's title, word for word: a click on a suggestion, or an editor testing. */
import type { KnowledgeBase } from '../../knowledge/model';
import { normalize } from '../../search/german/normalize';
import type { TurnContext } from '../outcome';
import type { Chosen } from './chosen';
import type { Step } from './turn';

type Audience = TurnContext['audience'];

export function createTitleStep(knowledge: KnowledgeBase, chosen: Chosen): Step {
  const titles = new Map<Audience, ReadonlyMap<string, string>>();
  function titlesFor(audience: Audience): ReadonlyMap<string, string> {
    const known = titles.get(audience);
    if (known !== undefined) return known;
    const made = idsByTitle(knowledge, audience);
    titles.set(audience, made);
    return made;
  }

  return ({ folded, context }) => {
    const id = titlesFor(context.audience).get(folded);
    return id === undefined ? undefined : chosen(id, context);
  };
}

/** The first entry keeps a text that several have; an event's title is the event's. */
function idsByTitle({ entries, staffEntries, events }: KnowledgeBase, audience: Audience): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { id, title, questions } of audience === 'staff' ? [...entries, ...staffEntries] : entries) {
    for (const text of [title, ...questions].map(normalize)) if (!ids.has(text)) ids.set(text, id);
  }
  for (const { id, title } of events) ids.set(normalize(title), id);
  return ids;
}
