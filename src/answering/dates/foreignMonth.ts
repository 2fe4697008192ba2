/**
 * The month that a message in another language names: „in May 2026“, „в мае 2026“, „Mayıs 2026'da“. A month without a year is the last one of
 * that name, where the message tells of something past. Refuses days and weeks: a rule changes with a month.
 */
import type { IsoDate } from '../../knowledge/model';
import { understandPeriod, type Period } from './understandPeriod';

/** German name, and how it is written in English, Russian, Ukrainian, Turkish and Arabic. */
const MONTHS: readonly (readonly [string, string])[] = [
  ['Januar', 'january|jan|январ[ьяе]|січ(?:ень|ня|ні)|ocak|يناير|كانون الثاني'],
  ['Februar', 'february|feb|феврал[ьяе]|лют(?:ий|ого|ому)|şubat|subat|فبراير|شباط'],
  ['März', 'march|март[ае]?|берез(?:ень|ня|ні)|mart|مارس|آذار|اذار'],
  ['April', 'april|apr|апрел[ьяе]|квіт(?:ень|ня|ні)|nisan|أبريل|ابريل|إبريل|نيسان'],
  ['Mai', 'may|ма[йяе]|трав(?:ень|ня|ні)|mayıs|mayis|مايو|أيار|ايار'],
  ['Juni', 'june|июн[ьяе]|черв(?:ень|ня|ні)|haziran|يونيو|حزيران'],
  ['Juli', 'july|июл[ьяе]|лип(?:ень|ня|ні)|temmuz|يوليو|تموز'],
  ['August', 'august|aug|август[ае]?|серп(?:ень|ня|ні)|ağustos|agustos|أغسطس|اغسطس'],
  ['September', 'september|sept|сентябр[ьяе]|верес(?:ень|ня|ні)|eylül|eylul|سبتمبر|أيلول|ايلول'],
  ['Oktober', 'october|oct|октябр[ьяе]|жовт(?:ень|ня|ні)|ekim|أكتوبر|اكتوبر|تشرين الأول'],
  ['November', 'november|nov|ноябр[ьяе]|листопад[аі]?|kasım|kasim|نوفمبر|تشرين الثاني'],
  ['Dezember', 'december|dec|декабр[ьяе]|груд(?:ень|ня|ні)|aralık|aralik|ديسمبر|كانون الأول'],
];
const NAMED = MONTHS.map(
  ([german, names]) =>
    // Turkish hangs „-ta“, „-ında“ on the month; Arabic „b-“ before it.
    [german, new RegExp(`(?<!\\p{L})ب?(?:${names})(?:['’]?(?:[dt][ae]n?|ı?nda|[iı]nda))?(?!\\p{L})`, 'iu')] as const,
);
const YEAR = /(?<!\d)20\d\d(?!\d)/;
/** „You may go“ is no month. */
const MODAL_MAY =
  /\b(?:in|of|since|from|last|on|during|until|before|after)\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+)?may\b|\bmay\s+(?:\d{1,2},?\s+)?20\d\d/i;
const PAST =
  /\b(?:was|were|had|did|missed|refused|rejected|quit|got|lost|started|began|last)\b|(?<!\p{L})\p{L}+(?:л|ла|ли|лся|лась|в|вся)(?!\p{L})|\p{L}+[dt][ıiuü](?:m|k)(?!\p{L})|فات|رفض|كان/iu;

export function foreignMonth(text: string, today: IsoDate): Period | undefined {
  const found = NAMED.flatMap(([german, pattern]) => {
    const match = pattern.exec(text)?.[0];
    return match === undefined || (german === 'Mai' && /^may$/i.test(match) && !MODAL_MAY.test(text))
      ? []
      : [{ german, match }];
  })[0];
  const year = YEAR.exec(text)?.[0];
  if (found === undefined || (year === undefined && !PAST.test(text))) return undefined;
  const period = understandPeriod(`war im ${found.german}${year === undefined ? '' : ` ${year}`}`, today);
  return period === undefined ? undefined : { ...period, phrase: found.match };
}
