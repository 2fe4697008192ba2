/**
 * Whether a few words beside a place are about something that has nothing to do with events: „Sprechstunde Solingen“, „Termin in Essen“. By
 * the words alone; a name, a strong theme, a word for events, or a day that is over speaks of events. Refuses longer sentences, which say
 * by themselves what they mean, unless they are about an appointment.
 */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import type { EventFinder, EventPeriod } from '../events';
import type { IsoDate } from '../../knowledge/model';
import type { PlaceMatch } from '../places/placeFinder';
import { NAMED } from './levels';

/** The ranker is misled by scraps („kommt da noch was“), not by whole sentences. */
export const SCRAP_TOKENS = 8;
/** From here on a theme is one of some event more than of a topic: „Gesundheit“, but not „Beratung“ (events.ts, nameStrength). */
const OWN_THEME = 0.2;
/** Said of events too, but beside a place people mean their own. */
const APPOINTMENT = /^(?:termine?n?s?|meldetermine?n?|terminvereinbarung|terminvergabe)$/;

interface PlacedWords {
  readonly text: string;
  /** The words as they were meant: their misspellings put right. */
  readonly tokens: readonly string[];
  readonly place: PlaceMatch;
  readonly period: EventPeriod | undefined;
  readonly today: IsoDate;
}

export function isOtherThingThere(events: EventFinder, { text, tokens, place, period, today }: PlacedWords): boolean {
  if (place.status === 'none') return false;
  const isScrap = tokenize(normalize(text)).length <= SCRAP_TOKENS;
  if (!isScrap && !tokens.some((token) => APPOINTMENT.test(token))) return false;
  const isPast = period !== undefined && period.to < today;
  const speaks = isPast || [text, tokens.join(' ')].some((each) => speaksOfEvents(each, place, events));
  return !speaks && contentBeside(text, tokens, place).some((token) => isOther(token, events));
}

function speaksOfEvents(text: string, { place }: PlaceMatch, events: EventFinder): boolean {
  const strength = events.nameStrength(text, place);
  return (
    events.hasEventWord(text) ||
    events.asksWhatWas(text) ||
    strength >= NAMED ||
    (strength >= OWN_THEME && events.hasTheme(text, place))
  );
}

function isOther(token: string, events: EventFinder): boolean {
  return APPOINTMENT.test(token) || !events.isOfEveryEvent(token);
}

/** Words of content, the place aside; a second „Essen“ is no place. */
function contentBeside(text: string, tokens: readonly string[], { span, place }: PlaceMatch): readonly string[] {
  const ofPlace = tokenize(normalize(span === undefined ? (place ?? '') : text.slice(span.start, span.end)));
  const left = [...tokens];
  for (const word of ofPlace) {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
  }
  const others = new Set(tokenize(normalize(place ?? '')));
  return left.filter(
    (token) => !isFunctionWord(token) && !/^\d+$/.test(token) && (ofPlace.includes(token) || !others.has(token)),
  );
}
