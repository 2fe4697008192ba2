/**
 * Reads a message for the steps, once: its language, place and period, and how the entries rank for it. Decides nothing about what it
 * means. Expects it masked.
 */
import { normalize, tokenize } from '../../search/german/normalize';
import { foreignMonth } from '../dates/foreignMonth';
import { understandPeriod, type Period } from '../dates/understandPeriod';
import type { EventFinder } from '../events';
import { CAMPAIGN_ENTRIES, EVENT_ENTRIES, EVENTS_INTENT } from '../knownEntries';
import type { TurnContext } from '../outcome';
import { MASK } from '../personalData';
import { correctedPlace } from '../places/correctedPlace';
import type { PlaceFinder, PlaceMatch } from '../places/placeFinder';
import type { Ranker, Ranking } from '../ranker';
import type { Rankers } from '../rankers';
import { beliefInEvents } from './eventList';
import { isOtherThingThere } from './placeBeside';
import type { Turn } from './turn';

/** Longer messages name their places in sentences; a bare name in one is a word like any other. */
const SHORT_CHARS = 60;

/** From this belief in a question about events on, it is worth asking whether only the date says so. */
const BY_DATE = 0.1;
/** Less than this share of the belief is left without the date. */
const LEFT_WITHOUT_DATE = 0.3;
/** From this belief in events on, it is worth asking whether only a place says so. */
const BY_PLACE = 0.05;
/** Says nothing without the place behind it. */
const BEFORE_PLACE = /(?:^|\s)(?:in|im|aus|bei|von|nach|fur|für|stadt|kreis)\s*$/i;

export type TurnReader = (text: string, language: string, context: TurnContext) => Turn;

export function createTurnReader(parts: {
  readonly places: PlaceFinder;
  readonly events: EventFinder;
  readonly rankers: Rankers;
}): TurnReader {
  const { places, events, rankers } = parts;

  /** „kleve aktionswoche“: beside an event word, a bare name is a place. */
  function placeIn(text: string, context: TurnContext): PlaceMatch {
    const found = places.find(text);
    if (found.status !== 'none' || text.length >= SHORT_CHARS) return found;
    if (events.hasEventWord(text)) return withoutSpan(places.find(`in ${text}`));
    return correctedPlace(text, places, speaksOfPlaces(context)) ?? found;
  }

  /** „Im Mai 2026 habe ich einen Termin verpasst“: what only its date makes a question about events is about something else. */
  function rankingOf(text: string, ranker: Ranker, period: Period | undefined): Ranking {
    const ranking = ranker.rank(withoutMask(text));
    if (period === undefined || ranking.intent(EVENTS_INTENT) < BY_DATE || events.hasEventWord(text)) return ranking;
    const dateless = ranker.rank(withoutMask(text.replace(period.phrase, ' ')));
    return dateless.intent(EVENTS_INTENT) < LEFT_WITHOUT_DATE * ranking.intent(EVENTS_INTENT) ? dateless : ranking;
  }

  /** „Termin in Essen“: what only its place makes a question about events is about something else. */
  function besidePlace(ranking: Ranking, reading: Omit<Turn, 'folded' | 'language' | 'ranking'>): Ranking {
    const { text, context, place, period, ranker } = reading;
    const { span } = place;
    const { tokens } = ranking.raw.analysis;
    if (span === undefined || beliefInEvents(ranking) < BY_PLACE || isOfPlace(ranking)) return ranking;
    if (!isOtherThingThere(events, { text, tokens, place, period, today: context.today })) return ranking;
    const dateless = (part: string): string => (period === undefined ? part : part.replace(period.phrase, ' '));
    const before = dateless(text.slice(0, span.start)).replace(BEFORE_PLACE, ' ');
    const placeless = ranker.rank(withoutMask(`${before} ${dateless(text.slice(span.end))}`));
    return beliefInEvents(placeless) < beliefInEvents(ranking) ? placeless : ranking;
  }

  /** „Vor Corona“ was the one week of events, „nach Corona“ the other; of anything but events it is no date. */
  function eraIn(text: string, { topic }: TurnContext): Period | undefined {
    const era = /\b(vor|nach|seit) (?:der )?(?:corona\w*|pandemie|covid)\b/i.exec(text);
    if (era === null || !(events.hasEventWord(text) || events.asksWhatWas(text) || topic?.kind === 'events'))
      return undefined;
    const year = era[1]?.toLowerCase() === 'vor' ? '2019' : '2022';
    return { from: `${year}-01-01`, to: `${year}-12-31`, phrase: era[0], grain: 'year', isYearGiven: true };
  }

  return (text, language, context) => {
    const ranker = rankers.of(context);
    const dated =
      (language === 'de' ? undefined : foreignMonth(text, context.today)) ?? understandPeriod(text, context.today);
    const era = dated === undefined ? eraIn(text, context) : undefined;
    const period = dated ?? era;
    const place = placeIn(text, context);
    const reading = { text, context, place, period, ranker };
    return {
      ...reading,
      folded: normalize(text),
      language,
      ranking: besidePlace(rankingOf(era === undefined ? text : withYear(text, era), ranker, period), reading),
    };
  };
}

/** „Was gab es vor Corona?“ → „Was gab es in der Aktionswoche 2019?“: there was one in each of the two years. */
function withYear(text: string, { phrase, from }: Period): string {
  return text.replace(phrase, `in der Aktionswoche ${from.slice(0, 4)}`);
}

/** A place is asked for, or was what the last answer was about. */
function speaksOfPlaces({ topic, pending }: TurnContext): boolean {
  return pending?.about === 'place' || topic?.kind === 'jobcenter' || topic?.kind === 'events';
}

/** „Wer leitete die Sozialagentur in Mülheim?“ needs its place. */
function isOfPlace({ entries: [top] }: Ranking): boolean {
  return top !== undefined && CAMPAIGN_ENTRIES.has(top.id) && !EVENT_ENTRIES.has(top.id);
}

/** The span is one of another text. */
function withoutSpan({ status, jobcenterIds, place, town, elsewhere }: PlaceMatch): PlaceMatch {
  return {
    status,
    jobcenterIds,
    ...(place === undefined ? {} : { place }),
    ...(town === undefined ? {} : { town }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
}

/** „Meine IBAN ist […], wann kommt das Geld?“ is not about the bank account: the number and the word that names it are left out. */
function withoutMask(text: string): string {
  if (!text.includes(MASK)) return text;
  const rest = text
    .replace(/(?:\bmeine? )?\b[\p{L}-]{2,20}(?: ist| lautet)?[ :]{0,2}\[…\]/giu, ' ')
    .replaceAll(MASK, ' ');
  return tokenize(normalize(rest)).length >= 2 ? rest : text;
}
