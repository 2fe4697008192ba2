/**
 * Days and times as people read them, in the language of the reply. Values are Europe/Berlin wall-clock strings; no time zone is applied.
 */
import type { IsoDate, IsoDateTime } from '../knowledge/model';

export function dayOf(moment: IsoDateTime): IsoDate {
  return moment.slice(0, 10);
}

/** `22.11.2026` */
export function shortDay(day: IsoDate, language = 'de'): string {
  if (language === 'de') return `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
  return format(day, language, { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** `27. August 2019` */
export function longDay(day: IsoDate, language = 'de'): string {
  return format(day, language, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `Dienstag, 27. August 2019` */
export function dayWithWeekday(day: IsoDate, language = 'de'): string {
  return format(day, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `26.–30. August 2019` */
export function daySpan(from: IsoDate, to: IsoDate, language = 'de'): string {
  return formatter(language, { day: 'numeric', month: 'long', year: 'numeric' }).formatRange(utc(from), utc(to));
}

/** The first day of a span as German says it: `26.` before `30. August 2019`; in full elsewhere. */
export function spanStart(from: IsoDate, to: IsoDate, language = 'de'): string {
  if (language !== 'de' || from.slice(0, 4) !== to.slice(0, 4)) return longDay(from, language);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))}.`;
  return format(from, language, { day: 'numeric', month: 'long' });
}

/** `Juni 2022` */
export function monthAndYear(day: IsoDate, language = 'de'): string {
  return format(day, language, { month: 'long', year: 'numeric' });
}

/** The next day. */
export function dayAfter(day: IsoDate): IsoDate {
  return new Date(utc(day) + 86_400_000).toISOString().slice(0, 10);
}

/** The last day of the month of `day`. */
export function lastOfMonth(day: IsoDate): IsoDate {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);
}

/** `9.30` in German, `9:30` elsewhere; a full hour has no minutes (`16`). Absent when the value is a day only. */
export function clockTime(moment: IsoDateTime, language = 'de'): string | undefined {
  const [hour, minute] = moment.slice(11).split(':');
  if (hour === undefined || hour === '' || minute === undefined) return undefined;
  const plainHour = String(Number(hour));
  if (language !== 'de') return `${plainHour}:${minute}`;
  return minute === '00' ? plainHour : `${plainHour}.${minute}`;
}

function format(day: IsoDate, language: string, options: Intl.DateTimeFormatOptions): string {
  return formatter(language, options).format(utc(day));
}

function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Arabic readers in Germany compare with German letters: Latin digits.
  const locale = language === 'ar' ? 'ar-u-nu-latn-ca-gregory' : language === 'en' ? 'en-GB' : language;
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  // A handful: the languages we speak times the forms we write.
  if (formatters.size < MOST_FORMATTERS) formatters.set(key, known);
  return known;
}

/** Making one takes longer than a whole answer's text. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATTERS = 200;

function utc(day: IsoDate): number {
  const [year, month, date] = day.split('-').map(Number);
  return Date.UTC(year ?? 1970, (month ?? 1) - 1, date ?? 1);
}
