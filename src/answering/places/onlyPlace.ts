/** Whether a message names a place (or a postcode, or where one does not live) and nothing else that matters: „Dülmen“, „ich wohne in 48249“. */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import type { PlaceMatch } from './placeFinder';
import { without } from './span';

const PLACE_TALK = new Set(
  'plz postleitzahl wohne wohn wohnen wohnt lebe leben lebt gemeldet ort stadt kreis landkreis gemeinde komme meine jobcenter nein nee doch sondern nicht ne no mehr vorher fruher bisher zuvor statt jetzt bin nun meinte sorry quatsch falsch ok okay gut ach achso lieber inzwischen mittlerweile umgezogen gezogen hergezogen zugezogen gerade grad frisch kurzem neulich eins dabei gehort kommunal'.split(
    ' ',
  ),
);

/** The same in English, Russian, Ukrainian, Turkish and Arabic. */
const PLACE_TALK_ELSEWHERE = new Set(
  tokenize(
    normalize(
      'i we am m live living near from town city я мы ми живу живем живемо живём мешкаю мешкаємо проживаю в у во из із з с город городе місто місті ben biz oturuyorum oturuyoruz yaşıyorum yaşıyoruz yasiyorum de da den dan te ta أنا انا أعيش اعيش أسكن اسكن ساكن ساكنة نعيش نسكن في من مدينة',
    ),
  ),
);

export function isOnlyPlace(text: string, { span, denied = [] }: PlaceMatch): boolean {
  const named = span === undefined ? denied : [span, ...denied];
  if (named.length === 0) return false;
  return tokenize(normalize(without(text, named))).every(
    (token) =>
      isFunctionWord(token) || PLACE_TALK.has(token) || PLACE_TALK_ELSEWHERE.has(token) || /^\d{5}$/.test(token),
  );
}
