/**
 * Which Jobcenter is mine: by the place named, or by asking for one. Refuses a place beside a question about events, and one beside a
 * topic that is clear by itself.
 */
import type { Thresholds } from '../decision';
import type { Body } from '../outcome';
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import { isElliptic } from '../ellipsis';
import type { EventFinder } from '../events';
import { EVENTS_INTENT, MOVE_ENTRY, WHICH_JOBCENTER_ENTRIES } from '../knownEntries';
import { isOnlyPlace } from '../places/onlyPlace';
import { jobcenterOfPlace, whichJobcenter } from './jobcenterOfPlace';
import { LIKELY_INTENT, NAMED, SURE_INTENT } from './levels';
import type { Step, Turn } from './turn';

const OFFICE_WORDS =
  /\b(?:zustandig\w*|jobcenter|jc|amt|wende|internet|homepage|webseite|website|webadresse|adresse|seite|sozialagentur|wohn\w*|anlaufstelle|melden)\b/;
const WHICH_OFFICE = /\bwelche[sr]? (?:jobcenter|amt|jc)\b/;
const WEB_WORDS = /\b(?:homepage|web\w*|internet\w*|netz|url|link|adresse)\b/;
const MOVED = /\b\w*gezogen\b/;
/** A place and a word for the office need only this much of the intent beside them. */
const HINT_OF_INTENT = 0.15;

/** How to reach the office … */
const CONTACT =
  /\b(?:adresse|anschrift|offnungszeit\w*|sprechzeit\w*|sprechstunden?|telefon\w*|(?:ruf)?nummer|anruf\w*|rufe? (?:ich|man)|erreich\w*|e ?mail\w*|homepage|web\w*|internet\w*|geoffnet|(?:habt|hat|haben|seid|ist|macht) (?:\w+ ){0,4}(?:auf|offen)|wo (?:ist|liegt|finde|sitzt|muss ich)|wie komme? ich)\b/;
/** … and what stands beside it. */
const BESIDE_CONTACT = new Set(
  'jobcenter jc amt genau liegt sitzt finde find hin komme komm lautet heisst gib gibt geb nenn zeiten rufe ruf lang geht offen auf zu strasse stadt brauche brauch suche haus ihnen denen dort heute morgens mittags montag dienstag mittwoch donnerstag freitag samstag sonntag'.split(
    ' ',
  ),
);
/** Says by itself that the office is meant, whatever was spoken of before. */
const OF_OFFICE = /\b(?:jobcenter|jc|amt|offnungszeit\w*|sprechzeit\w*|geoffnet|auf|ihr|euch)\b/;

/** „Und die Adresse?“, with nothing in it but that and perhaps a place. */
function asksForContact({ text, folded, place }: Turn): boolean {
  if (!CONTACT.test(folded)) return false;
  const { span } = place;
  const around = span === undefined ? text : `${text.slice(0, span.start)} ${text.slice(span.end)}`;
  return tokenize(normalize(around)).every(
    (token) => isFunctionWord(token) || BESIDE_CONTACT.has(token) || CONTACT.test(token),
  );
}

function contactIn(folded: string): NonNullable<Body<'jobcenter'>['contact']> {
  if (/\b(?:telefon\w*|\w*nummer|anruf\w*|rufe?|erreich\w*)\b/.test(folded)) return 'phone';
  if (/\b(?:offnungszeit\w*|sprechzeit\w*|sprechstunden?|geoffnet|auf|offen|zeiten)\b/.test(folded)) return 'hours';
  return /\b(?:e ?mail\w*|mail\w*)\b/.test(folded) ? 'mail' : 'address';
}

/** The Jobcenter just named, else the one that holds for the conversation where nothing else was spoken of. */
function standing({ context: { topic, jobcenter }, folded }: Turn): string | undefined {
  if (topic?.kind === 'jobcenter') return topic.id;
  return topic === undefined || OF_OFFICE.test(folded) ? jobcenter : undefined;
}

/** „Bin nach Hamm umgezogen“: what to do then is offered behind the new Jobcenter. */
function withMove(turn: Turn): Body<'jobcenter'> | undefined {
  const found = jobcenterOfPlace(turn);
  if (found?.status !== 'found' || !MOVED.test(turn.folded)) return found;
  const confidence = turn.ranking.entries.find(({ id }) => id === MOVE_ENTRY)?.confidence ?? 0;
  return { ...found, entries: [...found.entries, { id: MOVE_ENTRY, confidence }] };
}

export function createJobcenterStep(events: EventFinder, thresholds: Thresholds): Step {
  return (turn) => {
    const { folded, text, place, ranking, context } = turn;
    const [top] = ranking.entries;
    const hasPlace = place.status !== 'none';
    if (asksForContact(turn)) {
      const known = hasPlace ? undefined : standing(turn);
      if (hasPlace) return jobcenterOfPlace(turn);
      if (known !== undefined)
        return {
          kind: 'jobcenter',
          jobcenterIds: [known],
          status: 'found',
          contact: contactIn(turn.folded),
          entries: [{ id: known, confidence: 1 }],
        };
    }
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
      ? withMove(turn)
      : { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: whichJobcenter(ranking) };
  };
}
