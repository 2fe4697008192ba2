/**
 * „Nein, ich meinte Hamm“, „ok, dann Düren“, „nach Essen“: a place behind words of correction or answer, in small letters as well. Only where a
 * place is spoken of already, or behind a word for the office; refuses misspellings, and a word behind anything else.
 */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize } from '../../search/german/normalize';
import type { PlaceFinder, PlaceMatch } from './placeFinder';

/** Before the place. */
const LEAD = new Set(
  'nein nee ne no doch ok okay gut ach achso oh sorry entschuldigung quatsch falsch moment also dann aber und sondern eben halt lieber jetzt ich wir meine meinte mein meinten es ist das war nach in aus bei von'.split(
    ' ',
  ),
);
/** „Telefonnummer Kleve“: a place behind one of these is meant, whatever was spoken of before. */
const OFFICE_LEAD = new Set(
  'adresse anschrift telefon telefonnummer nummer rufnummer offnungszeiten sprechzeiten sprechstunde sprechstunden homepage webseite website internetseite termin termine jobcenter'.split(
    ' ',
  ),
);
/** Behind it. */
const TAIL = new Set('bitte meinte meine ich nicht sorry'.split(' '));
const MAX_PLACE_WORDS = 3;
const LEAD_OF_PLACE = 'in ';

/** `isSpokenOf`: a place is asked for, or was what the last answer was about. */
export function correctedPlace(text: string, places: PlaceFinder, isSpokenOf: boolean): PlaceMatch | undefined {
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}-]+/gu)].map((match) => ({
    key: normalize(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const from = words.findIndex(({ key }) => !LEAD.has(key) && !OFFICE_LEAD.has(key));
  if (from <= 0 || !(isSpokenOf || words.slice(0, from).some(({ key }) => OFFICE_LEAD.has(key)))) return undefined;
  let to = words.length;
  while (to > from && TAIL.has(words[to - 1]?.key ?? '')) to -= 1;
  const named = words.slice(from, to);
  const [first] = named;
  const last = named.at(-1);
  if (first === undefined || last === undefined || named.length > MAX_PLACE_WORDS) return undefined;
  if (named.every(({ key }) => isFunctionWord(key))) return undefined;
  const name = text.slice(first.start, last.end);
  const found = places.find(LEAD_OF_PLACE + name);
  const { span } = found;
  // All of it is the place, as it is written.
  if (span === undefined || span.start !== LEAD_OF_PLACE.length || span.end !== LEAD_OF_PLACE.length + name.length)
    return undefined;
  return isSpelled(name, found) ? { ...found, span: { start: first.start, end: last.end } } : undefined;
}

function isSpelled(name: string, { place, town }: PlaceMatch): boolean {
  return [place, town].some((each) => each !== undefined && normalize(each) === normalize(name));
}
