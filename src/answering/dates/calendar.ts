/**
 * The civil calendar as pure functions on `YYYY-MM-DD`: days, weeks (Monday first, ISO 8601), months, seasons, Easter.
 * Knows no time of day and no time zone; whoever has a moment asks clock.ts for its day in Berlin first.
 */
import type { IsoDate } from '../../knowledge/model';

export interface Span {
  readonly from: IsoDate;
  /** Last day, inclusive. */
  readonly to: IsoDate;
}

const DAY_MS = 86_400_000;

/** Undefined when the calendar has no such day, e.g. 30 February. */
export function isoDay(year: number, month: number, day: number): IsoDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2200 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

const utc = (day: IsoDate): number => Date.parse(`${day}T00:00:00Z`);

export function addDays(day: IsoDate, days: number): IsoDate {
  return new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function yearOf(day: IsoDate): number {
  return Number(day.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(day: IsoDate): number {
  return Number(day.slice(5, 7));
}

export function dayOfMonth(day: IsoDate): number {
  return Number(day.slice(8, 10));
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: IsoDate): number {
  return new Date(utc(day)).getUTCDay() || 7;
}

export function weekOf(day: IsoDate): Span {
  const from = addDays(day, 1 - weekdayOf(day));
  return { from, to: addDays(from, 6) };
}

/** Month 0 is December of the year before, 13 January of the next. */
export function monthSpan(year: number, month: number): Span {
  const first = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return { from: first, to: addDays(next, -1) };
}

export function monthsSpan(year: number, firstMonth: number, lastMonth: number): Span {
  return { from: monthSpan(year, firstMonth).from, to: monthSpan(year, lastMonth).to };
}

export function yearSpan(year: number): Span {
  return monthsSpan(year, 1, 12);
}

/** ISO week; undefined when the year has no such week. */
export function isoWeek(year: number, week: number): Span | undefined {
  const fourth = `${String(year).padStart(4, '0')}-01-04`;
  const from = addDays(weekOf(fourth).from, (week - 1) * 7);
  // The Thursday decides which year a week belongs to.
  return week >= 1 && yearOf(addDays(from, 3)) === year ? { from, to: addDays(from, 6) } : undefined;
}

/** Easter Sunday (Gauss, Gregorian). */
export function easter(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return `${String(year)}-${String(Math.floor(f / 31)).padStart(2, '0')}-${String((f % 31) + 1).padStart(2, '0')}`;
}
