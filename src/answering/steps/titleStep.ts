/** A title or a question of an entry, or an event's title, word for word but for articles and endings: a click on a suggestion, or an editor testing. */
import type { KnowledgeBase } from '../../knowledge/model';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
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
    const id = titlesFor(context.audience).get(wording(folded));
    return id === undefined ? undefined : chosen(id, context);
  };
}

const ARTICLES: ReadonlySet<string> = new Set('der die das den dem des ein eine einen einem einer'.split(' '));

/** „Wer kontrolliert kommunale Jobcenter?“ is „Wer kontrolliert die kommunalen Jobcenter?“. */
function wording(folded: string): string {
  return tokenize(folded)
    .filter((token) => !ARTICLES.has(token))
    .map(stem)
    .join(' ');
}

/** The first entry keeps a text that several have; an event's title is the event's. */
function idsByTitle({ entries, staffEntries, events }: KnowledgeBase, audience: Audience): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { id, title, questions } of audience === 'staff' ? [...entries, ...staffEntries] : entries) {
    for (const text of [title, ...questions].map((each) => wording(normalize(each))))
      if (!ids.has(text)) ids.set(text, id);
  }
  for (const { id, title } of events) ids.set(wording(normalize(title)), id);
  return ids;
}
