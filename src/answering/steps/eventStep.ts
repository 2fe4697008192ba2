/**
 * A question about the campaign's events. Many small signs decide together: what the ranker believes, a name, a place, a period, a word
 * for events, what was told before. Refuses what belongs to nothing of ours, and what an entry of the campaign answers better.
 */
import { tokenize } from '../../search/german/normalize';
import type { Thresholds } from '../decision';
import { isElliptic } from '../ellipsis';
import type { EventFinder, EventPeriod } from '../events';
import { CAMPAIGN_ENTRIES, EVENT_ENTRIES, EVENT_LISTS, EVENTS_INTENT } from '../knownEntries';
import type { Body } from '../outcome';
import { isOnlyPlace } from '../places/onlyPlace';
import { noneShare, type RankedEntry } from '../ranker';
import { createEventDetails } from './eventDetails';
import { beliefInEvents, isOnlyPastPeriod, oneEvent, type EventList } from './eventList';
import { goesOnAboutEvents } from './eventTalk';
import { NAMED } from './levels';
import { isOtherThingThere, SCRAP_TOKENS } from './placeBeside';
import type { Step, Turn } from './turn';

/** „Aktionen für Vermieter“: what is asked for stands first. */
const ASKS_FOR_EVENTS =
  /^(?:welche |gibt es |gab es |gibts |gabs )*(?:aktionen|veranstaltungen|events|ausstellungen)\b/;
/** „Kann ich da auch vor Ort hin?“: the campaign's words, and everybody's for coming by in person. */
const ON_SITE = /^(?!.*\b(?:stark|sozial)\b)(?=.*\b(?:ich|wir|man|mich|uns|mein\w*)\b).*\bvor ort\b/;
/** „Kann man sich da noch anmelden?“, in however many words. */
const WHETHER_STILL = /\b(?:da|dort|dafur|dazu)\b.*\b(?:anmeld\w*|hin|hingehen|hinkommen|teilnehm\w*|mitmach\w*)\b/;
/** „In welchem Kreis stellten Politiker einen Antrag?“: asks by what happened there … */
const WHICH_OF_THEM =
  /^(?:und |also |in |bei |von |an )*welche[mrsn]? (?:\w+ ){0,2}?(?:jobcenter\w*|landkreis\w*|kreis\w*|stadt|stadte|kommunen?|ort|gemeinde)\b/;
const HAPPENED =
  /\b(?:hat|haben|hatte|hatten|wurden?|war|waren|gab|gabs|fand|fanden|lud|luden|sprach|sprachen|konnten?|durften?|liess|liessen|stellten?|\w{3,}ten)\b/;
/** … and not of one's own case. */
const OF_ONESELF = /\b(?:ich|mich|mir|mein\w*|wir|uns|unser\w*|zustandig\w*)\b/;
/** Years whose week of events has an entry of its own. */
const YEARS_WITH_ENTRY: ReadonlySet<string> = new Set(['2019', '2022']);
/** „Wie lange ging die?“ names no theme, though the names of some event have the word. */
const LASTED = /\bging\b/g;
/** Of a Jobcenter as well as of a campaign. */
const APPOINTMENTS = /\btermine?n?\b/gi;
/** Up to a season: narrower than a year, in which there was one week of events at most. */
const SHORT_MS = 100 * 86_400_000;

export function createEventStep(events: EventFinder, eventList: EventList, thresholds: Thresholds): Step {
  const askedOfTold = createEventDetails(events, thresholds);
  return (turn) => {
    const { text, folded, context, period, language } = turn;
    const particular = askedOfTold(turn);
    if (particular !== undefined) return particular;
    const told = happenedThere(turn, events);
    if (told !== undefined) return told;
    const signs = readSigns(turn, events, eventList, thresholds);
    const { elliptic, placed, eventWord, asked } = signs;
    if (language !== 'de' && !placed && !eventWord) return undefined;
    if (ON_SITE.test(folded) && !placed && !eventWord && !signs.named && period === undefined) return undefined;
    if (!asksForEvents(signs) || isNothingOfOurs(signs) || hasBetterEntry(signs)) return undefined;
    // „War der öffentlich?“: nothing new is named, so the same events are meant.
    const same =
      elliptic &&
      !placed &&
      period === undefined &&
      !events.hasTheme(folded.replace(LASTED, ' ')) &&
      events.pointsTo(text) === undefined
        ? eventList.same(turn)
        : undefined;
    const before = context.topic?.kind === 'events' ? context.topic.filter : undefined;
    return same ?? eventList.find(turn, before, asked);
  };
}

function happenedThere({ text, folded, place }: Turn, events: EventFinder): Body<'events'> | undefined {
  if (place.status !== 'none' || !WHICH_OF_THEM.test(folded) || !HAPPENED.test(folded) || OF_ONESELF.test(folded))
    return undefined;
  const id = events.toldOf(text);
  return id === undefined ? undefined : oneEvent(id);
}

/** What speaks for a question about events, and against it. Shares are 0..1. */
interface Signs {
  /** Says something only together with the list told before. */
  readonly elliptic: boolean;
  /** „Was war in Solingen?“, or „und 2022?“ after its Jobcenter, and nothing else. */
  readonly whatWas: boolean;
  readonly eventWord: boolean;
  /** A word for events and a theme of one: „Aktionen für Vermieter“. */
  readonly themed: boolean;
  /** The same, as the first words of the message. */
  readonly asksByTheme: boolean;
  readonly named: boolean;
  readonly placed: boolean;
  /** By a place, a name, a theme or a period that no entry of a year answers. */
  readonly narrowed: boolean;
  /** „Gilt das auch für Termine vom Juni?“: a date and appointments alone are then about the entry told last. */
  readonly leansOnEntry: boolean;
  /** „Sprechstunde Solingen“: a few words beside a place, and not of events. */
  readonly otherThingThere: boolean;
  /** Something in its words, or a whole sentence of them, not only the ranker, speaks of events. */
  readonly outward: boolean;
  readonly period: EventPeriod | undefined;
  /** Asks for no period, or for a year that has an entry of its own. */
  readonly yearHasEntry: boolean;
  readonly inPast: boolean;
  /** Belief that the message asks for events. */
  readonly asked: number;
  /** The same, with what the ranker gives to the weeks and lists of the campaign. */
  readonly belief: number;
  /** Belief in the best entry that is not about events. */
  readonly rival: number;
  /** Belief that it belongs to nothing the service knows. */
  readonly none: number;
  readonly top: RankedEntry | undefined;
}

function readSigns(turn: Turn, events: EventFinder, eventList: EventList, thresholds: Thresholds): Signs {
  const { text, folded, ranking, place, period, context } = turn;
  const [top] = ranking.entries;
  const asked = ranking.intent(EVENTS_INTENT);
  const placed = place.status !== 'none' || eventList.standingPlace(turn) !== undefined;
  const named = events.nameStrength(text, place.mentioned ?? place.place) >= NAMED;
  const eventWord = events.hasEventWord(text);
  const themed = eventWord && events.hasTheme(text);
  const isShort = period !== undefined && Date.parse(period.to) - Date.parse(period.from) <= SHORT_MS;
  const entryOfYear = period !== undefined && YEARS_WITH_ENTRY.has(period.from.slice(0, 4));
  const isScrap = tokenize(folded).length <= SCRAP_TOKENS;
  const whatWas = events.asksWhatWas(text);
  /** Something other than a place speaks of events. */
  const spoken =
    eventWord || named || period !== undefined || whatWas || events.hasTheme(text, place.mentioned ?? place.place);
  const narrowed =
    placed || named || themed || (period !== undefined && (isShort || period.to > context.today || !entryOfYear));
  const leansOnEntry =
    leansOnAnEntry(turn) &&
    !(placed || named || whatWas || events.hasTheme(text)) &&
    !events.hasEventWord(text.replace(APPOINTMENTS, ' '));
  return {
    elliptic:
      context.topic?.kind === 'events' &&
      (isElliptic(text) || WHETHER_STILL.test(folded) || place.denied !== undefined) &&
      goesOnAboutEvents(turn, events) &&
      (top === undefined || top.confidence < thresholds.answer || narrowed || period !== undefined),
    whatWas: isOnlyPastPeriod(turn) || (place.status !== 'none' && whatWas && isOnlyPlace(text, place)),
    eventWord,
    themed,
    asksByTheme: themed && ASKS_FOR_EVENTS.test(folded),
    named,
    placed,
    narrowed,
    leansOnEntry,
    otherThingThere: isOtherThingThere(events, {
      text,
      tokens: ranking.raw.analysis.tokens,
      place,
      period,
      today: context.today,
    }),
    outward: spoken || placed || !isScrap,
    period,
    yearHasEntry: period === undefined || (!isShort && entryOfYear),
    inPast: period !== undefined && period.to < context.today,
    asked,
    belief: beliefInEvents(ranking),
    rival: ranking.entries.find(({ id }) => !EVENT_ENTRIES.has(id))?.probability ?? 0,
    none: noneShare(ranking.raw.intents),
    top,
  };
}

/** After an entry, or a choice of some: what is said next may be about those. */
function leansOnAnEntry({ text, context }: Turn): boolean {
  const { topic, pending } = context;
  const isOfEntry =
    topic === undefined ? pending?.about === 'topic' : topic.kind === 'entry' && !EVENT_ENTRIES.has(topic.id);
  return isOfEntry && isElliptic(text);
}

/** The less the ranker believes in it, the more the message must say by itself. */
function asksForEvents(signs: Signs): boolean {
  const { asked, belief, rival, narrowed, named, placed, eventWord, inPast } = signs;
  if (signs.leansOnEntry || (signs.otherThingThere && !signs.elliptic)) return false;
  return (
    signs.elliptic ||
    signs.whatWas ||
    signs.asksByTheme ||
    (asked >= 0.5 && signs.outward) ||
    (belief >= 0.35 && belief > rival && narrowed && (asked >= 0.2 || named || placed)) ||
    (belief >= 0.15 && belief > rival && (named || (placed && inPast && asked >= 0.1))) ||
    (belief >= 0.05 && named) ||
    (belief >= 0.1 && rival < 0.5 && narrowed && (eventWord || (placed && inPast)))
  );
}

function isNothingOfOurs({ elliptic, whatWas, eventWord, none, named, belief }: Signs): boolean {
  return !elliptic && !whatWas && !eventWord && none > (named ? 0.25 : belief);
}

/** „Was war in der Aktionswoche 2019?“ has an entry of its own; only a place, a day or a name makes it a list of events. */
function hasBetterEntry({ elliptic, placed, named, themed, period, yearHasEntry, asked, top }: Signs): boolean {
  if (elliptic || placed || top === undefined || !CAMPAIGN_ENTRIES.has(top.id) || top.probability <= asked)
    return false;
  const isGeneral = yearHasEntry && !named && !themed;
  const isSureOfTopic = period === undefined && asked < 0.5 && top.confidence >= 0.9;
  return isGeneral || (isSureOfTopic && !EVENT_LISTS.has(top.id));
}
