/**
 * Which Jobcenter is mine: by the place named, or by asking for one. Refuses a place beside a question about events, and one beside a
 * topic that is clear by itself.
 */
import type { Thresholds } from '../decision';
import { isElliptic } from '../ellipsis';
import type { EventFinder } from '../events';
import { EVENTS_INTENT, WHICH_JOBCENTER_ENTRIES } from '../knownEntries';
import { isOnlyPlace } from '../places/onlyPlace';
import { jobcenterOfPlace, whichJobcenter } from './jobcenterOfPlace';
import { LIKELY_INTENT, NAMED, SURE_INTENT } from './levels';
import type { Step } from './turn';

const OFFICE_WORDS =
  /\b(?:zustandig\w*|jobcenter|jc|amt|wende|internet|homepage|webseite|website|webadresse|adresse|seite|sozialagentur|wohn\w*|anlaufstelle|melden)\b/;
const WHICH_OFFICE = /\bwelche[sr]? (?:jobcenter|amt|jc)\b/;
const WEB_WORDS = /\b(?:homepage|web\w*|internet\w*|netz|url|link|adresse)\b/;
/** A place and a word for the office need only this much of the intent beside them. */
const HINT_OF_INTENT = 0.15;

export function createJobcenterStep(events: EventFinder, thresholds: Thresholds): Step {
  return (turn) => {
    const { folded, text, place, ranking, context } = turn;
    const [top] = ranking.entries;
    const hasPlace = place.status !== 'none';
    const onlyPlace = hasPlace && isOnlyPlace(text, place);
    const asked = ranking.intent('jobcenter-suche');
    const officeWord = OFFICE_WORDS.test(folded);
    const whichOffice = WHICH_OFFICE.test(folded);
    const aboutOffice = top !== undefined && WHICH_JOBCENTER_ENTRIES.has(top.id);
    // „wo ist das?“ after a list of events asks for those.
    const asksOn = context.topic?.kind === 'events' && !hasPlace && !officeWord && isElliptic(text);
    const likely =
      !asksOn &&
      asked >= LIKELY_INTENT &&
      asked >= ranking.intent(EVENTS_INTENT) &&
      asked > (top?.confidence ?? 0) * 0.8;
    const strong =
      hasPlace && (asked >= SURE_INTENT || whichOffice || (WEB_WORDS.test(folded) && (aboutOffice || officeWord)));
    const clearTopic = top !== undefined && top.confidence >= thresholds.answer && !aboutOffice;
    const placed = hasPlace && officeWord && (asked >= HINT_OF_INTENT || aboutOffice || whichOffice) && !clearTopic;

    if (onlyPlace) {
      if (events.asksWhatWas(text) || context.topic?.kind === 'events') return undefined;
    } else {
      if (!likely && !placed && !strong) return undefined;
      if (events.nameStrength(text, place.place) >= NAMED || (!strong && events.hasEventWord(text))) return undefined;
    }
    // Without a place only `likely` leads here.
    return hasPlace
      ? jobcenterOfPlace(turn)
      : { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: whichJobcenter(ranking) };
  };
}
