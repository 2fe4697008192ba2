/**
 * A message in another language: by the phrases editors list, before German retrieval takes its words for German ones. Refuses German
 * and a language that is not recognised with certainty; topicStep.ts tries the language of the conversation later.
 */
import type { ForeignTopics } from '../foreignTopics';
import { EVENT_ENTRIES, WHICH_JOBCENTER_ENTRY } from '../knownEntries';
import type { AnyBody } from '../outcome';
import type { EventList } from './eventList';
import { jobcenterOfPlace } from './jobcenterOfPlace';
import type { Step, Turn } from './turn';

/** What the message is about if it is in that language. */
export type InLanguage = (turn: Turn, language: string) => AnyBody | undefined;

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

export function createForeignStep(inLanguage: InLanguage): Step {
  return (turn) => (turn.language === 'de' ? undefined : inLanguage(turn, turn.language));
}
