/**
 * Which Jobcenter is mine: by the place named, or by asking for one; and how to reach it (askedContact.ts). Refuses a place beside a question
 * about events, and one beside a topic that is clear by itself; two places of a move are a matter of moving.
 */
import type { Thresholds } from '../decision';
import type { Body } from '../outcome';
import { isElliptic } from '../ellipsis';
import type { EventFinder } from '../events';
import { EVENTS_INTENT, MOVE_ENTRY, WHICH_JOBCENTER_ENTRIES, WHICH_JOBCENTER_INTENT } from '../knownEntries';
import { isOnlyPlace } from '../places/onlyPlace';
import type { Ranking } from '../ranker';
import { askedContact } from './askedContact';
import { askForPlace, jobcenterOfPlace } from './jobcenterOfPlace';
import { LIKELY_INTENT, NAMED, SURE_INTENT } from './levels';
import { placeNotTold } from './placeNotTold';
import { refsOf, withFirst, type Step, type Turn } from './turn';

const OFFICE_WORDS =
  /\b(?:zustandig\w*|jobcenter|jc|amt|wende|internet|homepage|webseite|website|webadresse|adresse|seite|sozialagentur|wohn\w*|anlaufstelle|melden)\b/;
const WHICH_OFFICE = /\bwelche[sr]? (?:jobcenter|amt|jc)\b/;
const WEB_WORDS = /\b(?:homepage|web\w*|internet\w*|netz|url|link|adresse)\b/;
const MOVED = /\b\w*gezogen\b/;
/** A place and a word for the office need only this much of the intent beside them. */
const HINT_OF_INTENT = 0.15;

/** „Er wohnt in Hamm“, „meine Mutter zieht nach Kleve“: somebody else's place … */
const OF_OTHER =
  /\b(?:er|sie|(?:mein\w*|unser\w*|der|die|ihr\w*|sein\w*) (?:\w+ )?(?:mann|frau|ex\w*|freund|freundin|partner|partnerin|tochter|sohn|mutter|mama|vater|papa|oma|opa|grosse\w*|bruder|schwester|kind|kinder|eltern|bekannter?|nachbar|nachbarin|cousin|cousine|onkel|tante|schwieger\w+|enkel\w*|neffe|nichte|kumpel|kollegen?|kollegin)) (?:\w+ ){0,3}?(?:wohnt|wohnen|lebt|leben|zieht|ziehen|ist|kommt|gemeldet)\b/;
/** … unless one lives there too. */
const OF_ONESELF = /\b(?:ich|wir|zusammen|bei (?:mir|uns))\b/;
/** „Von Essen nach Leipzig, wer zahlt?“: two places are one matter. */
const FROM_TO = /\bvon [\w -]{3,40}? nach [\w -]{3,40}/;
const MOVES = /\b(?:\w*umz(?:ug|ieh\w*)|zieh\w*|\w*gezogen|umziehen|wechsel\w*)\b/;
const WHO_PAYS = /\b(?:zahlt|bezahlt|zustandig|ubernimmt|antrag|anmelden|abmelden|melden|welche[sr]?|wer|wo|wohin)\b/;
/** Nothing else is this clear, where somebody tells where they live. */
const BESIDE_HOME = 0.5;
const ASKS_FOR_OWN =
  /^(?:(?:und|also|nochmal|ok|okay) )*(?:welche[sr]? (?:jobcenter|amt|jc)(?: denn| nun| jetzt| nochmal)*(?: (?:ist|war) (?:das|es|meins|(?:denn |nun |jetzt )?(?:(?:fur )?(?:mich|uns) )?(?:zustandig|da)))?|wer ist (?:fur (?:mich|uns) )?zustandig)(?: fur (?:mich|uns))?$/;

/** The Jobcenter there; „bin nach Hamm umgezogen“: behind it, what to do then. */
function foundThere(turn: Turn): Body<'jobcenter'> | undefined {
  const found = jobcenterOfPlace(turn);
  if (found?.status === 'found' && OF_OTHER.test(turn.folded) && !OF_ONESELF.test(turn.folded))
    return { ...found, ofOther: true };
  if (found?.status !== 'found' || !MOVED.test(turn.folded)) return found;
  return { ...found, entries: [...found.entries, { id: MOVE_ENTRY, confidence: beliefInMove(turn.ranking) }] };
}

function beliefInMove({ entries }: Ranking): number {
  return entries.find(({ id }) => id === MOVE_ENTRY)?.confidence ?? 0;
}

/** „Welches Jobcenter?“ of somebody whose Jobcenter was found before; another place or person is asked for. */
function knownAlready({ folded, context: { jobcenter } }: Turn): Body<'jobcenter'> | undefined {
  if (jobcenter === undefined || !ASKS_FOR_OWN.test(folded)) return undefined;
  return {
    kind: 'jobcenter',
    jobcenterIds: [jobcenter],
    status: 'found',
    entries: [{ id: jobcenter, confidence: 1 }],
  };
}

export function createJobcenterStep(events: EventFinder, thresholds: Thresholds): Step {
  return (turn) => {
    const { folded, text, place, ranking, context } = turn;
    const [top] = ranking.entries;
    const hasPlace = place.status !== 'none';
    const untold = hasPlace ? undefined : placeNotTold(turn);
    if (untold !== undefined) return untold;
    if (!hasPlace && isOnlyPlace(text, place)) return askForPlace(ranking);
    if (hasPlace && FROM_TO.test(folded) && MOVES.test(folded) && WHO_PAYS.test(folded)) {
      const isOther = top !== undefined && top.confidence >= thresholds.answer && !WHICH_JOBCENTER_ENTRIES.has(top.id);
      if (isOther && !WHICH_OFFICE.test(folded)) return undefined;
      const entries = withFirst(MOVE_ENTRY, beliefInMove(ranking), refsOf(ranking));
      return { kind: 'answer', entryId: MOVE_ENTRY, entries };
    }
    const contact = askedContact(turn);
    if (contact !== undefined) return contact;
    const onlyPlace = hasPlace && isOnlyPlace(text, place);
    const asked = ranking.intent(WHICH_JOBCENTER_INTENT);
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

    const tellsHome = place.isHome === true && !text.includes('?') && (top?.confidence ?? 0) < BESIDE_HOME;

    if (onlyPlace) {
      if (events.asksWhatWas(text) || context.topic?.kind === 'events') return undefined;
    } else {
      if (!likely && !placed && !strong && !tellsHome) return undefined;
      if (events.nameStrength(text, place.mentioned ?? place.place) >= NAMED || (!strong && events.hasEventWord(text)))
        return undefined;
    }
    // Without a place only `likely` leads here.
    return hasPlace ? foundThere(turn) : (knownAlready(turn) ?? askForPlace(ranking));
  };
}
