/** Whether a message names a place (or a postcode) and nothing else that matters: „Dülmen“, „ich wohne in 48249“. */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import type { PlaceMatch } from './placeFinder';

const PLACE_TALK = new Set(
  'plz postleitzahl wohne wohn wohnen ort stadt kreis landkreis gemeinde komme meine jobcenter nein nee doch sondern meinte sorry quatsch falsch ok okay gut ach achso lieber inzwischen mittlerweile umgezogen gezogen hergezogen zugezogen gerade grad frisch kurzem neulich eins dabei gehort kommunal'.split(
    ' ',
  ),
);

export function isOnlyPlace(text: string, { span }: PlaceMatch): boolean {
  if (span === undefined) return false;
  const around = `${text.slice(0, span.start)} ${text.slice(span.end)}`;
  return tokenize(normalize(around)).every(
    (token) => isFunctionWord(token) || PLACE_TALK.has(token) || /^\d{5}$/.test(token),
  );
}
