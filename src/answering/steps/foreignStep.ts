/**
 * A message in another language: by the phrases editors list, before German retrieval takes its words for German ones; else what asks on
 * about the last answer stays with it. A language the bot does not speak is said so. Refuses German and a language that is not
 * recognised with certainty; topicStep.ts tries the language of the conversation later.
 */
import { asksOnly, leansOnLast } from '../foreignEllipsis';
import type { ForeignTopics } from '../foreignTopics';
import { EVENT_ENTRIES, WHICH_JOBCENTER_ENTRY } from '../knownEntries';
import { hasEnglish, isOtherLanguage } from '../language';
import type { AnyBody } from '../outcome';
import type { EntryFinder } from './entryFinder';
import type { EventList } from './eventList';
import { jobcenterOfPlace } from './jobcenterOfPlace';
import { withFirst, type Step, type Turn } from './turn';

/** What the message is about if it is in that language. */
export type InLanguage = (turn: Turn, language: string) => AnyBody | undefined;

/** A few words may be of any language: in a conversation in another one they are tried as a question that leans on its last answer. */
const FEW_CHARS = 20;
/** German retrieval knows what a message is about from here on, whatever else is in it. */
const MADE_OUT = 0.5;

/** Two topics are answered by what was asked for, not by an entry: the Jobcenter of a place, and events. */
export function createInLanguage(foreign: ForeignTopics, eventList: EventList): InLanguage {
  return (turn, language) => {
    const found = foreign.find(turn.text, language);
    if (found?.kind !== 'answer') return found;
    if (found.entryId === WHICH_JOBCENTER_ENTRY)
      return turn.place.status === 'none'
        ? { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: found.entries }
        : jobcenterOfPlace(turn);
    return EVENT_ENTRIES.has(found.entryId) ? eventList.find(turn, undefined, 1) : found;
  };
}

export function createForeignStep(inLanguage: InLanguage, entryOf: EntryFinder): Step {
  return (turn) => {
    const { language, context, text } = turn;
    if (isOtherLanguage(language)) return { kind: 'fallback', reason: 'languageUnsupported', entries: [] };
    if (language === 'de')
      return context.language !== 'de' && text.length <= FEW_CHARS && asksOnly(text, context.language)
        ? goingOn(turn)
        : mixed(turn, inLanguage);
    const found = inLanguage(turn, language);
    return leansOnLast(text, language) && !isNearer(found, turn, entryOf) ? (goingOn(turn) ?? found) : found;
  };
}

/** „Ich brauche help with Antrag“: German that German retrieval cannot make out, with English words in it. */
function mixed(turn: Turn, inLanguage: InLanguage): AnyBody | undefined {
  const [top] = turn.ranking.entries;
  if (turn.place.status !== 'none' || !hasEnglish(turn.text) || (top !== undefined && top.confidence >= MADE_OUT))
    return undefined;
  const found = inLanguage(turn, 'en');
  return found?.kind === 'answer' ? { ...found, language: 'de' } : undefined;
}

/** „How long does it take?“ has an entry of its own: it is meant after an answer about the same, and where more than asking is said. */
function isNearer(found: AnyBody | undefined, { text, language, context }: Turn, entryOf: EntryFinder): boolean {
  if (found === undefined) return false;
  if (found.kind !== 'answer' || !asksOnly(text, language) || context.topic?.kind !== 'entry') return true;
  return entryOf(found.entryId, context)?.category === entryOf(context.topic.id, context)?.category;
}

function goingOn({ context }: Turn): AnyBody | undefined {
  const { topic } = context;
  return topic?.kind === 'entry'
    ? { kind: 'answer', entryId: topic.id, follow: true, entries: withFirst(topic.id, 1, []) }
    : undefined;
}
