/**
 * Reads a message for the steps, once: its language, place and period, and how the entries rank for it. Decides nothing about what it
 * means. Expects it masked.
 */
import { normalize, tokenize } from '../../search/german/normalize';
import { understandPeriod, type Period } from '../dates/understandPeriod';
import type { EventFinder } from '../events';
import { EVENTS_INTENT } from '../knownEntries';
import type { TurnContext } from '../outcome';
import { MASK } from '../personalData';
import type { PlaceFinder, PlaceMatch } from '../places/placeFinder';
import type { Ranker, Ranking } from '../ranker';
import type { Rankers } from '../rankers';
import type { Turn } from './turn';

/** Longer messages name their places in sentences; a bare name in one is a word like any other. */
const SHORT_CHARS = 60;

/** From this belief in a question about events on, it is worth asking whether only the date says so. */
const BY_DATE = 0.1;
/** Less than this share of the belief is left without the date. */
const LEFT_WITHOUT_DATE = 0.3;

export type TurnReader = (text: string, language: string, context: TurnContext) => Turn;

export function createTurnReader(parts: {
  readonly places: PlaceFinder;
  readonly events: EventFinder;
  readonly rankers: Rankers;
}): TurnReader {
  const { places, events, rankers } = parts;

  /** „kleve aktionswoche“: beside an event word, a bare name is a place. */
  function placeIn(text: string): PlaceMatch {
    const found = places.find(text);
    return found.status === 'none' && events.hasEventWord(text) && text.length < SHORT_CHARS
      ? withoutSpan(places.find(`in ${text}`))
      : found;
  }

  /** „Im Mai 2026 habe ich einen Termin verpasst“: what only its date makes a question about events is about something else. */
  function rankingOf(text: string, ranker: Ranker, period: Period | undefined): Ranking {
    const ranking = ranker.rank(withoutMask(text));
    if (period === undefined || ranking.intent(EVENTS_INTENT) < BY_DATE || events.hasEventWord(text)) return ranking;
    const dateless = ranker.rank(withoutMask(text.replace(period.phrase, ' ')));
    return dateless.intent(EVENTS_INTENT) < LEFT_WITHOUT_DATE * ranking.intent(EVENTS_INTENT) ? dateless : ranking;
  }

  return (text, language, context) => {
    const ranker = rankers.of(context);
    const period = understandPeriod(text, context.today);
    return {
      text,
      folded: normalize(text),
      language,
      context,
      place: placeIn(text),
      period,
      ranking: rankingOf(text, ranker, period),
      ranker,
    };
  };
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
