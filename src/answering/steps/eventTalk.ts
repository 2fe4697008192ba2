/**
 * Whether a short message goes on about the events told last: „wann genau?“, „wer war da?“, „und in Solingen?“. By its words alone, all of
 * them: one that has to do with no event („öffnungszeiten“, „Mensch her“) and it goes on about nothing.
 */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
import type { EventFinder } from '../events';
import { without } from '../places/span';
import type { Turn } from './turn';

/** What is asked about an event: when, where, who, and how one gets there. */
const ABOUT_EVENT =
  /\b(?:wann|wan|wo|wohin|woher|wer|wen|worum|wozu|wieder|weitere\w*|andere\w*|hin|hingehen|hinkommen|teilnehm\w*|mitmach\w*|anmeld\w*|kostet|kosten|kostenlos|eintritt|offentlich|uhr|uhrzeit|datum|adresse|treffpunkt|lange?|dauert\w*|dauer|veranstalter|organisiert|statt|stattfinden|stattgefunden|link|quelle|teilnehmer\w*|besucher\w*)\b/;
/** „Was gab es da?“, „was wurde da gemacht?“ */
const WHAT_OF_EVENT =
  /\b(?:was|wat)\b.*\b(?:war|waren|gab|gabs|gibt|gibts|lief|passiert\w*|gemacht|gesagt|gezeigt|geboten|angeboten|los|ging)\b/;
/** Stand beside such a question and name nothing. */
const BESIDE = new Set(
  'dafur dazu meinte meine sondern genau ungefahr zeig zeige zeigen wieviel viele leute wirklich uberhaupt gemacht gesagt gezeigt geboten angeboten passiert passierte lief los ging nee ne spat fand findet letzte letzten war wars'.split(
    ' ',
  ),
);
/** „Habt ihr Samstag auf?“ asks for opening hours. */
const OPEN_TODAY = /\b(?:habt|haben|hat|ist|seid|sind|macht)\b.*\b(?:auf|offen|geoffnet|zu)\b/;

export function goesOnAboutEvents(turn: Turn, events: EventFinder): boolean {
  const { place, period, text } = turn;
  const folded = normalize(withoutPlaceAndTime(turn));
  if (OPEN_TODAY.test(folded)) return false;
  const pointed = events.pointsTo(text, place.place);
  const asks =
    place.status !== 'none' ||
    period !== undefined ||
    pointed !== undefined ||
    isThemeOfTold(turn, events) ||
    ABOUT_EVENT.test(folded) ||
    WHAT_OF_EVENT.test(folded);
  return (
    asks &&
    tokenize(folded).every(
      (token) =>
        isFunctionWord(token) ||
        /^\d+$/.test(token) ||
        BESIDE.has(token) ||
        ABOUT_EVENT.test(token) ||
        events.isOwnWord(token) ||
        pointed?.isCalled(token) === true,
    )
  );
}

/** „Und die Kinder?“ is about an event told before only where one of them speaks of children. */
function isThemeOfTold({ text, place, context }: Turn, events: EventFinder): boolean {
  if (!events.hasTheme(text, place.place)) return false;
  const told = context.topic?.kind === 'events' ? context.topic.eventIds.flatMap((id) => events.byId(id) ?? []) : [];
  const words = new Set(
    told
      .flatMap(({ title, names, topics, audience = '', description, details = '' }) =>
        tokenize(normalize([title, ...names, ...topics, audience, description, details].join(' '))),
      )
      .map(stem),
  );
  return tokenize(normalize(text)).some((token) => !isFunctionWord(token) && words.has(stem(token)));
}

function withoutPlaceAndTime({ text, place, period }: Turn): string {
  const timeless = period === undefined ? text : text.replace(period.phrase, (words) => ' '.repeat(words.length));
  const { span, denied = [] } = place;
  if (span !== undefined) return without(timeless, [span, ...denied]);
  const names = new Set(tokenize(normalize(place.place ?? '')));
  return tokenize(normalize(timeless))
    .filter((token) => !names.has(token))
    .join(' ');
}
