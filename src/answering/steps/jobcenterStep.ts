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
import { EVENTS_INTENT, MOVE_ENTRY, WHICH_JOBCENTER_ENTRIES, WHICH_JOBCENTER_ENTRY } from '../knownEntries';
import { isOnlyPlace } from '../places/onlyPlace';
import { jobcenterOfPlace, whichJobcenter } from './jobcenterOfPlace';
import { LIKELY_INTENT, NAMED, SURE_INTENT } from './levels';
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
/** To the question for the place: it is not known … */
const DOES_NOT_KNOW =
  /^(?:(?:das|ich|hm+|ja|ah|ahm|also|puh|nee?) )*(?:(?:weiss|weis) (?:ich )?(?:das |es |ja |doch |jetzt |leider |grad |gerade |auch |noch |gar |selber |selbst |so )*(?:nicht|nich|net|ned)|keine ahnung|kein plan|keinen plan|ka|nix ahnung)(?: (?:genau|so genau|ehrlich gesagt|sorry))?$/;
/** … not told, or asked why. */
const DOES_NOT_TELL =
  /^(?:(?:nein|ne|nee|aber|und|also|hm+) )*(?:(?:warum|wieso|weshalb|wozu|wofur) (?:\w+ ){0,3}?(?:das|den|die|mein\w*|ort)\b.*|(?:warum|wieso|weshalb|wozu|wofur)(?: denn)?|(?:das |den ort |meinen ort )?(?:sage?|verrate?) (?:ich )?(?:\w+ ){0,2}?nicht|(?:das )?(?:mochte|will) ich (?:\w+ ){0,2}?nicht (?:sagen|verraten|angeben)|(?:das )?geht (?:dich|sie|euch|niemanden?) (?:gar )?nichts an|was geht (?:dich|sie|euch) das an|muss ich das (?:sagen|angeben))$/;

/** How to reach the office … */
const CONTACT =
  /\b(?:ist (?:da|dort) (?:\w+ ){0,4}(?:jemand|wer)|(?:jemand|wer) (?:da|dort)|(?:einfach|so|spontan|personlich|ohne termin) (?:\w+ )?(?:vorbei\w*|hin\w*|kommen)|vorbei ?(?:kommen|gehen|schauen)|adresse|anschrift|offnungszeit\w*|sprechzeit\w*|sprechstunden?|telefon\w*|(?:ruf)?nummer|anruf\w*|rufe? (?:ich|man)|erreich\w*|e ?mail\w*|homepage|web\w*|internet\w*|geoffnet|(?:habt|hat|haben|seid|ist|macht) (?:\w+ ){0,4}(?:auf|offen)|wo (?:ist|liegt|finde|sitzt|muss ich)|wie komme? ich)\b/;
/** … and what stands beside it. */
const BESIDE_CONTACT = new Set(
  'jemand einfach spontan personlich vorbei vorbeikommen vorbeigehen vorbeischauen hingehen hinkommen hinfahren termin ohne wochenende kommen gehen jobcenter jc amt genau liegt sitzt finde find hin komme komm lautet heisst gib gibt geb nenn zeiten rufe ruf lang geht offen auf zu strasse stadt brauche brauch suche haus ihnen denen dort heute morgens mittags montag dienstag mittwoch donnerstag freitag samstag sonntag montags dienstags mittwochs donnerstags freitags samstags vormittag vormittags nachmittag nachmittags abend mittag'.split(
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
  if (
    /\b(?:offnungszeit\w*|sprechzeit\w*|sprechstunden?|geoffnet|auf|offen|zeiten|jemand|vorbei\w*|hin(?:gehen|kommen|fahren)|ohne termin)\b/.test(
      folded,
    )
  )
    return 'hours';
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
  if (found?.status === 'found' && OF_OTHER.test(turn.folded) && !OF_ONESELF.test(turn.folded))
    return { ...found, ofOther: true };
  if (found?.status !== 'found' || !MOVED.test(turn.folded)) return found;
  const confidence = turn.ranking.entries.find(({ id }) => id === MOVE_ENTRY)?.confidence ?? 0;
  return { ...found, entries: [...found.entries, { id: MOVE_ENTRY, confidence }] };
}

/** What is said instead of the place that was asked for. */
function placeNotTold({ context: { pending }, folded, ranking }: Turn): Body<'jobcenter'> | Body<'answer'> | undefined {
  if (pending?.about !== 'place' || pending.choices.length > 0) return undefined;
  const entries = whichJobcenter(ranking);
  if (DOES_NOT_KNOW.test(folded)) return { kind: 'answer', entryId: WHICH_JOBCENTER_ENTRY, entries };
  return DOES_NOT_TELL.test(folded)
    ? { kind: 'jobcenter', jobcenterIds: [], status: 'ask', why: true, entries }
    : undefined;
}

export function createJobcenterStep(events: EventFinder, thresholds: Thresholds): Step {
  return (turn) => {
    const { folded, text, place, ranking, context } = turn;
    const [top] = ranking.entries;
    const hasPlace = place.status !== 'none';
    const untold = hasPlace ? undefined : placeNotTold(turn);
    if (untold !== undefined) return untold;
    if (!hasPlace && isOnlyPlace(text, place))
      return { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: whichJobcenter(ranking) };
    if (hasPlace && FROM_TO.test(folded) && MOVES.test(folded) && WHO_PAYS.test(folded)) {
      const isOther = top !== undefined && top.confidence >= thresholds.answer && !WHICH_JOBCENTER_ENTRIES.has(top.id);
      if (isOther && !WHICH_OFFICE.test(folded)) return undefined;
      const belief = ranking.entries.find(({ id }) => id === MOVE_ENTRY)?.confidence ?? 0;
      return { kind: 'answer', entryId: MOVE_ENTRY, entries: withFirst(MOVE_ENTRY, belief, refsOf(ranking)) };
    }
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
