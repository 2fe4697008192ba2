/**
 * The age that a question names, and how closely a passage speaks of it: „und mit 15?“, „ab 25 Jahren“. Pure, over folded text; refuses
 * numbers that count something else than years of life.
 */
import { normalize } from '../search/german/normalize';

const PERSON =
  /\b(?:\w*kind\w*|\w*sohn\w*|\w*tochter\w*|gross\w*|klein\w*|alteste\w*|jungste\w*|frau|mann|partner\w*|baby|bruder|schwester|mutter|vater|ich|er|sie|mit|ab|fur|wenn|jahre?|alt|jahrig\w*|unter|uber|bis|von|nen|ein|und|bin|ist|wird|werde|schon|erst|gerade)\b/;
/** Behind a number, it counts something else than years of life. */
const COUNTS_ELSE = /^(?:euro|prozent|monat|tag|woche|stunde|uhr|mal|x|kinder|person|quadrat|qm|km|cent|te)/;

/** „Ich bin 33“ */
export function asksForAge(text: string): boolean {
  return agesIn(normalize(text)).length > 0;
}

/** „und mit 15“, „8jährig“, „mein Baby“ */
export function agesIn(folded: string): readonly number[] {
  if (/\b(?:baby|babys|saugling|neugeboren\w*)\b/.test(folded)) return [0];
  const ages: number[] = [];
  for (const found of folded.matchAll(/\b(\d{1,2})(?: ?jahrig\w*)?\b ?(\S*)/g)) {
    const before = folded.slice(0, found.index).trim().split(' ').at(-1) ?? '';
    if (COUNTS_ELSE.test(found[2] ?? '') || (before !== '' && !PERSON.test(before))) continue;
    ages.push(Number(found[1]));
  }
  return ages;
}

const OLDEST = 120;
/** „Wenn er 16 wird“: what holds under 16 ends then. */
const AT_THE_END = 0.1;

/** How closely the passage speaks of that age: 0 not at all, the narrower the span the nearer to 1. */
export function speaksOfAge(folded: string, age: number): number {
  if (age === 0 && /\b(?:kleine\w* kind\w*|baby|saugling)\b/.test(folded)) return 1;
  let best = age >= 18 && /\b(?:erwachsene\w*|volljahrig\w*)\b/.test(folded) ? 0.4 : 0;
  const fits = (from: number, to: number): void => {
    if (from <= age && age <= to) best = Math.max(best, 1 - (to - from) / (2 * OLDEST));
  };
  for (const [, from = '', to = ''] of folded.matchAll(/\b(\d{1,2}) bis (\d{1,2}) jahr/g))
    fits(Number(from), Number(to));
  for (const [, from = ''] of folded.matchAll(
    /\b(?:ab|uber|mindestens) (\d{1,2})(?: jahre\w*)?(?! (?:euro|prozent|uhr|stunde|monat|tag|\d{4}|januar|juli|juni|april))\b/g,
  ))
    fits(Number(from), OLDEST);
  for (const [, to = ''] of folded.matchAll(/\bunter (\d{1,2})(?! (?:euro|prozent|uhr|stunde|monat|tag))\b/g))
    if (age === Number(to)) best = Math.max(best, AT_THE_END);
    else fits(0, Number(to) - 1);
  for (const [, to = ''] of folded.matchAll(/(?<!\d )\bbis (?:zum )?(\d{1,2}) (?:jahre?n?|geburtstag)\b/g))
    fits(0, Number(to));
  return best;
}

/** Words that name who is meant by an age: no subject of their own beside one. */
export const FAMILY =
  /^(?:kind\w*|sohn\w*|tochter\w*|frau|mann|partner\w*|baby\w*|bruder|schwester|mutter|vater|jahr\w*|alt|alter|jahrig\w*|\d+jahrig\w*|junge|madchen|grosse\w*|kleine\w*|alteste\w*|jungste\w*|nen)$/;
