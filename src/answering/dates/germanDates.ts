/**
 * German phrases for days and periods, read by a list of rules in order of trust: ranges, dates, weeks, relative phrases, months,
 * seasons, years. Every pattern is bounded and reads at most MAX_CHARS characters. Durations („seit 3 Monaten“, „2 Wochen lang“) are
 * no dates and give nothing. A phrase without its year gives the last and the next occurrence; the caller knows the tense.
 */
import type { IsoDate } from '../../knowledge/model';
import {
  addDays,
  dayOfMonth,
  easter,
  isoDay,
  isoWeek,
  monthOf,
  monthSpan,
  monthsSpan,
  type Span,
  weekdayOf,
  weekOf,
  yearOf,
  yearSpan,
} from './calendar';
import { foldKeepingLength, ordinal, wordNumber } from './germanNumbers';

/** The recognizers' own patterns and chrono's slow down on long input (ReDoS); nothing longer is read in one piece. */
export const MAX_CHARS = 120;

export type Grain = 'day' | 'week' | 'weekend' | 'month' | 'season' | 'year' | 'range';

export interface DateMatch {
  /** In characters of the text; `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly grain: Grain;
  /** One span, or the last and the next occurrence when the year is not said. */
  readonly spans: readonly [Span] | readonly [Span, Span];
  readonly isYearGiven: boolean;
}

export const OPEN_FROM: IsoDate = '1900-01-01';
export const OPEN_TO: IsoDate = '2199-12-31';

const MONTHS: Readonly<Record<string, number>> = {
  januar: 1,
  janner: 1,
  jaenner: 1,
  jan: 1,
  februar: 2,
  feber: 2,
  feb: 2,
  marz: 3,
  maerz: 3,
  mrz: 3,
  april: 4,
  apr: 4,
  mai: 5,
  juni: 6,
  jun: 6,
  juli: 7,
  jul: 7,
  august: 8,
  aug: 8,
  september: 9,
  sept: 9,
  sep: 9,
  oktober: 10,
  okt: 10,
  november: 11,
  nov: 11,
  dezember: 12,
  dez: 12,
};
const WEEKDAYS: Readonly<Record<string, number>> = {
  montag: 1,
  dienstag: 2,
  mittwoch: 3,
  donnerstag: 4,
  freitag: 5,
  samstag: 6,
  sonnabend: 6,
  sonntag: 7,
  mo: 1,
  di: 2,
  mi: 3,
  do: 4,
  fr: 5,
  sa: 6,
  so: 7,
};
const SEASONS: Readonly<Record<string, readonly [number, number]>> = {
  fruhling: [3, 5],
  fruehling: [3, 5],
  fruhjahr: [3, 5],
  fruehjahr: [3, 5],
  sommer: [6, 8],
  herbst: [9, 11],
  winter: [12, 14],
};

const longestFirst = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');
const MONTH = `(${longestFirst(Object.keys(MONTHS))})\\.?(?![a-z])`;
const MONTH_NAME = `(${longestFirst(Object.keys(MONTHS).filter((name) => name.length > 4 || /^(?:marz|mai|juni|juli)$/.test(name)))})(?:s)?(?![a-z])`;
const WEEKDAY = `(${longestFirst(Object.keys(WEEKDAYS).filter((name) => name.length > 2))})(?![a-z])`;
const SEASON = `(${longestFirst(Object.keys(SEASONS))})s?(?![a-z])`;
const ORDINALS = longestFirst(
  'erst zweit dritt viert funft fuenft sechst siebt acht neunt zehnt elft zwolft zwoelft dreizehnt vierzehnt funfzehnt fuenfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst funfundzwanzigst fuenfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreisigst dreissigst einunddreisigst einunddreissigst'.split(
    ' ',
  ),
);
const DAY = `(\\d{1,2}(?!\\d)(?:\\.|te[nrs]?|ste[nrs]?)?|(?:${ORDINALS})e[nrs]?)`;
const YEAR = '((?:19|20)\\d{2})(?!\\d)';
const COUNT = '(\\d{1,3}|[a-z]{3,20})';
const THIS = 'dies(?:e[nrsm]?)?';
const NEXT = '(?:nachst|naechst|kommend|folgend)e[nrsm]?';
const LAST = '(?:letzt|vergangen|vorig|verganen)e[nrsm]?';
const BEFORE_LAST = 'vorletzte[nrsm]?';
const AFTER_NEXT = '(?:uber|ueber)(?:nachst|naechst)e[nrsm]?';
const WHICH = `(${AFTER_NEXT}|${BEFORE_LAST}|${THIS}|${NEXT}|${LAST})`;
const TO =
  '\\s{0,2}(?:bis(?: zum| einschlieslich| einschliesslich| inklusive)?|-|–|—|und(?: dem| am| den)?|oder(?: am| dem)?)\\s{0,2}';

/** −2 vorletzte … 2 übernächste. */
function shiftOf(word: string): number {
  if (/^(?:uber|ueber)/.test(word)) return 2;
  if (word.startsWith('vorletzt')) return -2;
  if (word.startsWith('dies')) return 0;
  return /^(?:nachst|naechst|kommend|folgend)/.test(word) ? 1 : -1;
}

function monthNumber(name: string | undefined): number {
  return MONTHS[name ?? ''] ?? 0;
}

function fullYear(text: string): number {
  return text.length === 2 ? 2_000 + Number(text) : Number(text);
}

interface Reading {
  readonly grain: Grain;
  readonly spans: DateMatch['spans'];
  readonly isYearGiven: boolean;
}

const given = (grain: Grain, span: Span | undefined): Reading | undefined =>
  span === undefined ? undefined : { grain, spans: [span], isYearGiven: true };
const dayGiven = (day: IsoDate | undefined): Reading | undefined =>
  given('day', day === undefined ? undefined : { from: day, to: day });

/** The last occurrence that has begun and the next that is not over. */
function anyYear(grain: Grain, today: IsoDate, spanIn: (year: number) => Span | undefined): Reading | undefined {
  const year = yearOf(today);
  // 29 February comes every four years.
  const around = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
    .map((step) => spanIn(year + step))
    .filter((span) => span !== undefined);
  const last = around.filter(({ from }) => from <= today).pop();
  const next = around.find(({ to }) => to >= today);
  return last === undefined || next === undefined ? undefined : { grain, spans: [last, next], isYearGiven: false };
}

function inYear(
  grain: Grain,
  year: string | undefined,
  today: IsoDate,
  spanIn: (year: number) => Span | undefined,
): Reading | undefined {
  return year === undefined || year === '' ? anyYear(grain, today, spanIn) : given(grain, spanIn(fullYear(year)));
}

/** „letzten August“, „nächsten Sommer“, „diesen Freitag“: strictly before, strictly after, or in this year. */
function which(word: string, today: IsoDate, spanIn: (year: number) => Span | undefined): Span | undefined {
  const shift = shiftOf(word);
  const year = yearOf(today);
  if (shift === 0) return spanIn(year);
  const spans = [-3, -2, -1, 0, 1, 2, 3].map((step) => spanIn(year + step)).filter((span) => span !== undefined);
  const before = spans.filter(({ to }) => to < today);
  const after = spans.filter(({ from }) => from > today);
  return shift < 0 ? before[before.length + shift] : after[shift - 1];
}

const season =
  (name: string) =>
  (year: number): Span | undefined => {
    const months = SEASONS[name];
    return months === undefined ? undefined : monthsSpan(year, months[0], months[1]);
  };

/** The part of a month or year: Anfang, Mitte, Ende. */
function partOf(part: string, span: Span): Span {
  const isMonth = span.from.slice(0, 7) === span.to.slice(0, 7);
  const year = yearOf(span.from);
  if (part.startsWith('anfang'))
    return isMonth ? { from: span.from, to: addDays(span.from, 9) } : monthsSpan(year, 1, 3);
  if (part.startsWith('mitte'))
    return isMonth ? { from: addDays(span.from, 9), to: addDays(span.from, 19) } : monthsSpan(year, 5, 8);
  return isMonth ? { from: addDays(span.from, 19), to: span.to } : monthsSpan(year, 10, 12);
}

function partReading(part: string, reading: Reading | undefined): Reading | undefined {
  if (reading === undefined) return undefined;
  const [first, second] = reading.spans;
  return {
    ...reading,
    grain: 'range',
    spans: second === undefined ? [partOf(part, first)] : [partOf(part, first), partOf(part, second)],
  };
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d/.test(text)
    ? Number(text)
    : /^(?:ein|eine|einem|einer|einen)$/.test(text)
      ? 1
      : /^paar$/.test(text)
        ? undefined
        : wordNumber(text);
}

function daysAround(count: number, unit: string, today: IsoDate): Reading | undefined {
  if (!Number.isInteger(count) || Math.abs(count) > 400) return undefined;
  if (unit.startsWith('tag')) return dayGiven(addDays(today, count));
  if (unit.startsWith('woche')) return given('week', weekOf(addDays(today, 7 * count)));
  if (unit.startsWith('monat')) return given('month', monthSpan(yearOf(today), monthOf(today) + count));
  return given('year', yearSpan(yearOf(today) + count));
}

function weekend(week: Span): Span {
  return { from: addDays(week.from, 5), to: week.to };
}

function weekdayIn(week: Span, name: string | undefined): IsoDate {
  return addDays(week.from, (WEEKDAYS[name ?? ''] ?? 1) - 1);
}

type Rule = readonly [
  pattern: string,
  read: (groups: readonly (string | undefined)[], today: IsoDate) => Reading | undefined,
];

const UNIT = '(tag(?:en|e)?|woche[n]?|monat(?:en|e)?|jahr(?:en|e)?)(?![a-z])';

const RULES: readonly Rule[] = [
  // 26. bis 30.8.2019 · 26.8. - 30.8. · vom 26. bis zum 30. August 2019 · 26.–30.08.2019 · am 27. oder 29. August
  [
    `(?:vom |von |zwischen (?:dem |den )?)?${DAY}\\s{0,2}(?:(\\d{1,2})\\.|${MONTH})?\\s{0,2}(\\d{4}(?!\\d)|\\d{2}(?![\\d.]))?${TO}${DAY}\\s{0,2}(?:(\\d{1,2})(?:\\.|(?![\\d.:]))|${MONTH})\\s{0,2}(\\d{4}(?!\\d)|\\d{2}(?![\\d.:]| ?uhr))?`,
    ([d1, m1, n1, y1, d2, m2, n2, y2], today) => {
      const [first, second] = [dayNumber(d1), dayNumber(d2)];
      const month2 = m2 === undefined ? monthNumber(n2) : Number(m2);
      const month1 = m1 === undefined ? (n1 === undefined ? month2 : monthNumber(n1)) : Number(m1);
      const wraps = month1 > month2 ? 1 : 0;
      const span = (year: number): Span | undefined => {
        const from = isoDay(y1 === undefined ? year - wraps : fullYear(y1), month1, first);
        const to = isoDay(year, month2, second);
        return from === undefined || to === undefined || from > to ? undefined : { from, to };
      };
      return inYear('range', y2 ?? (y1 === undefined ? undefined : String(fullYear(y1) + wraps)), today, span);
    },
  ],
  // 2019-08-27 · 27.8.2019 · 27.08. · 27/08/2019
  [`${YEAR}-(\\d{2})-(\\d{2})(?!\\d)`, ([y, m, d]) => dayGiven(isoDay(Number(y), Number(m), Number(d)))],
  [
    '(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s?(\\d{4})|(\\d{2}))?(?![\\d.])',
    ([d, m, long, short], today) =>
      inYear('day', long ?? short, today, (year) => one(isoDay(year, Number(m), Number(d)))),
  ],
  [
    '(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4}|\\d{2})(?![\\d/-])',
    ([d, m, y]) => dayGiven(isoDay(fullYear(y ?? ''), Number(m), Number(d))),
  ],
  [
    '(?:am|vom|zum|den|dem) (\\d{1,2})\\.(\\d{1,2})(?![\\d.,])',
    ([d, m], today) => anyYear('day', today, (year) => one(isoDay(year, Number(m), Number(d)))),
  ],
  // 27. August 2019 · am ersten September · 3ten Mai letzten Jahres
  [
    `${DAY}\\s{0,2}${MONTH}(?: ${WHICH} jahre?s| (?:im jahre? |in )?${YEAR})?`,
    ([d, m, rel, y], today) => {
      const span = (year: number): Span | undefined => one(isoDay(year, monthNumber(m), dayNumber(d)));
      return rel === undefined ? inYear('day', y, today, span) : given('day', span(yearOf(today) + shiftOf(rel)));
    },
  ],
  // Juni bis August 2022 · zwischen Mai und Juli
  [
    `(?:von |vom |zwischen )?${MONTH_NAME}(?: ${YEAR})?${TO}${MONTH_NAME}(?: ${YEAR})?`,
    ([m1, y1, m2, y2], today) => {
      const wraps = monthNumber(m1) > monthNumber(m2) ? 1 : 0;
      return inYear('range', y2 ?? (y1 === undefined ? undefined : String(Number(y1) + wraps)), today, (year) => {
        const span = monthsSpan(y1 === undefined ? year - wraps : Number(y1), monthNumber(m1), monthNumber(m1));
        const to = monthSpan(year, monthNumber(m2)).to;
        return span.from > to ? undefined : { from: span.from, to };
      });
    },
  ],
  // 2019 bis 2022 · zwischen 2018 und 2022
  [
    `(?:von |zwischen )?(?<![\\d.,])${YEAR}\\s?(?:bis|-|–|und)\\s?${YEAR}`,
    ([y1, y2]) =>
      Number(y1) > Number(y2)
        ? undefined
        : given('range', { from: yearSpan(Number(y1)).from, to: yearSpan(Number(y2)).to }),
  ],
  // von Montag bis Freitag
  [
    `(?:von |vom |zwischen )?${WEEKDAY}\\s{0,2}(?:bis|-|–)\\s{0,2}${WEEKDAY}(?: ${WHICH} woche)?`,
    ([a, b, rel], today) => {
      const week = weekOf(addDays(today, 7 * (rel === undefined ? 0 : shiftOf(rel))));
      const span = { from: weekdayIn(week, a), to: weekdayIn(week, b) };
      return span.from > span.to ? undefined : given('range', span);
    },
  ],
  // KW 26 2022 · in der 35. Kalenderwoche
  [
    `(?:kw|kalenderwoche)\\s{0,2}(\\d{1,2})(?!\\d)(?:\\s?(?:/|in |im jahre? |,)?\\s?${YEAR})?`,
    ([w, y], today) => inYear('week', y, today, (year) => isoWeek(year, Number(w))),
  ],
  [
    `(\\d{1,2})\\.?\\s?(?:kw|kalenderwoche)(?![a-z])(?:\\s?(?:/|in |im jahre? |,)?\\s?${YEAR})?`,
    ([w, y], today) => inYear('week', y, today, (year) => isoWeek(year, Number(w))),
  ],
  // 2. Quartal 2022 · Q3 2019 · erstes Halbjahr
  [
    `(?:([1-4])\\. ?quartal|q([1-4])(?![\\d])|(erste|zweite|dritte|vierte)[sn]? quartal)(?: ${YEAR})?`,
    ([a, b, c, y], today) => {
      const quarter = Number(a ?? b ?? ['erste', 'zweite', 'dritte', 'vierte'].indexOf(c ?? '') + 1);
      return inYear('range', y, today, (year) => monthsSpan(year, 3 * quarter - 2, 3 * quarter));
    },
  ],
  [
    `(?:([12])\\. ?|(erste|zweite)[sn]? )(?:halbjahr|(?:jahres)?(?:halfte|haelfte))(?: des jahres)?(?: ${YEAR})?`,
    ([a, b, y], today) => {
      const half = a === '2' || b === 'zweite' ? 7 : 1;
      return inYear('range', y, today, (year) => monthsSpan(year, half, half + 5));
    },
  ],
  // Anfang, Mitte, Ende
  [
    `(anfang|mitte|ende) (?:des monats |vom |von |im )?(?:${WHICH} )?${MONTH_NAME}(?: ${YEAR}| ${WHICH} jahre?s)?`,
    ([part, rel, m, y, relYear], today) => {
      const span = (year: number): Span => monthSpan(year, monthNumber(m));
      if (rel !== undefined) return partReading(part ?? '', given('month', which(rel, today, span)));
      return partReading(
        part ?? '',
        relYear === undefined
          ? inYear('month', y, today, span)
          : given('month', span(yearOf(today) + shiftOf(relYear))),
      );
    },
  ],
  [
    `(anfang|mitte|ende) (?:des jahres |von |vom jahr )?${YEAR}`,
    ([part, y]) => partReading(part ?? '', given('year', yearSpan(Number(y)))),
  ],
  [
    `(anfang|mitte|ende) ${WHICH} (monat|jahr)e?s?(?![a-z])`,
    ([part, rel, unit], today) => partReading(part ?? '', relativeUnit(rel ?? '', unit ?? '', today)),
  ],
  [
    '(anfang|mitte|ende) des (monat|jahre?)s',
    ([part, unit], today) => partReading(part ?? '', relativeUnit('dieser', unit ?? '', today)),
  ],
  [
    '(monats|jahres)(anfang|mitte|ende)',
    ([unit, part], today) =>
      partReading(part ?? '', relativeUnit('dieser', unit === 'monats' ? 'monat' : 'jahr', today)),
  ],
  // nächste Woche Montag · Freitag letzter Woche
  [
    `${WHICH} woche (?:am )?${WEEKDAY}`,
    ([rel, day], today) => dayGiven(weekdayIn(weekOf(addDays(today, 7 * shiftOf(rel ?? ''))), day)),
  ],
  [
    `${WEEKDAY} (?:in der )?${WHICH} woche`,
    ([day, rel], today) => dayGiven(weekdayIn(weekOf(addDays(today, 7 * shiftOf(rel ?? ''))), day)),
  ],
  [`${WEEKDAY} in (?:einer|1) woche`, ([day], today) => dayGiven(weekdayIn(weekOf(addDays(today, 7)), day))],
  [`heute in (?:einer|1) woche|heute in (?:8|acht) tagen`, (_, today) => dayGiven(addDays(today, 7))],
  // diese Woche · letzten Monat · nächstes Jahr · kommendes Wochenende
  [`${WHICH} wochenende`, ([rel], today) => given('weekend', relativeWeekend(rel ?? '', today))],
  [`${WHICH} (woche|monat|jahr)e?s?(?![a-z])`, ([rel, unit], today) => relativeUnit(rel ?? '', unit ?? '', today)],
  [`wochenende(?![a-z])`, (_, today) => bothWeekends(today)],
  ['heuer(?![a-z])', (_, today) => given('year', yearSpan(yearOf(today)))],
  // in 2 Wochen · vor drei Tagen
  [
    `(?:^|(?<=[^a-z]))(in|vor) (?:etwa |ca\\.? |ungefahr |rund )?${COUNT} ${UNIT}`,
    ([way, count, unit], today) => {
      const number = countOf(count);
      return number === undefined ? undefined : daysAround(way === 'vor' ? -number : number, unit ?? '', today);
    },
  ],
  // heute, morgen
  ['vorgestern(?![a-z])', (_, today) => dayGiven(addDays(today, -2))],
  ['gestern(?![a-z])', (_, today) => dayGiven(addDays(today, -1))],
  ['(?:uber|ueber)morgen(?![a-z])', (_, today) => dayGiven(addDays(today, 2))],
  [
    'heut(?:e|ig\\w{0,3})?(?![a-z])(?: (?:morgen|fruh|mittag|abend|nachmittag|vormittag|nacht))?',
    (_, today) => dayGiven(today),
  ],
  [
    '(?<!guten |gute |guden |am |jeden |moin |schonen )(?:^|(?<=[^a-z]))morgen(?![a-z])(?!(?<=^morgen)\\s?[,!])',
    (_, today) => dayGiven(addDays(today, 1)),
  ],
  // letzten Sommer · im Sommer 2022 · Winter 2022/23
  [`${WHICH} ${SEASON}`, ([rel, name], today) => given('season', which(rel ?? '', today, season(name ?? '')))],
  [
    `${SEASON} ${WHICH} jahre?s`,
    ([name, rel], today) => given('season', season(name ?? '')(yearOf(today) + shiftOf(rel ?? ''))),
  ],
  [
    `(?:^|(?<=[^a-z]))${SEASON}(?: (?:im jahre? |in )?${YEAR}(?:/\\d{2,4})?)?`,
    ([name, y], today) => inYear('season', y, today, season(name ?? '')),
  ],
  // letzten August · August letzten Jahres · im Juni 2022 · Juni 22 is no year
  [
    `${WHICH} ${MONTH_NAME}(?! ${YEAR})`,
    ([rel, m], today) =>
      given(
        'month',
        which(rel ?? '', today, (year) => monthSpan(year, monthNumber(m))),
      ),
  ],
  [
    `${MONTH_NAME} ${WHICH} jahre?s`,
    ([m, rel], today) => given('month', monthSpan(yearOf(today) + shiftOf(rel ?? ''), monthNumber(m))),
  ],
  [
    `(?:^|(?<=[^a-z]))${MONTH}\\s{0,2}(?:im jahre? |in |')?${YEAR}`,
    ([m, y]) => given('month', monthSpan(Number(y), monthNumber(m))),
  ],
  [
    `(?:^|(?<=[^a-z]))${MONTH_NAME}`,
    ([m], today) => anyYear('month', today, (year) => monthSpan(year, monthNumber(m))),
  ],
  // Feste
  [
    `(?:^|(?<=[^a-z]))(weihnachten|heiligabend|silvester|neujahr|ostern|karfreitag|pfingsten)(?:tage?n?)?(?: ${YEAR})?`,
    ([name, y], today) => inYear('range', y, today, (year) => feast(name ?? '', year)),
  ],
  // nächsten Freitag · am Montag
  [`${WHICH} ${WEEKDAY}`, ([rel, day], today) => dayGiven(relativeWeekday(rel ?? '', day ?? '', today))],
  [`(?:^|(?<=[^a-z]))${WEEKDAY}(?!,? ?(?:den |dem |der |am )?\\d)`, ([day], today) => bothWeekdays(day ?? '', today)],
  // am 27. · zum Ersten
  [
    `(?:am|den|vom) ${DAY}(?![\\d.:])(?! ?[a-z]{3})`,
    ([d], today) =>
      (d ?? '').replace(/\D/g, '') === '' || /\.|te/.test(d ?? '') ? bothDays(dayNumber(d), today) : undefined,
  ],
  // 2022 · im Jahr 2019
  [
    `(?:im jahre? |(?<![\\d.,§/-]))${YEAR}(?!\\s?(?:€|eur|%|uhr|stunden|leute|menschen|personen|kunden|[.,/-]\\d))`,
    ([y]) => given('year', yearSpan(Number(y))),
  ],
];

function one(day: IsoDate | undefined): Span | undefined {
  return day === undefined ? undefined : { from: day, to: day };
}

function dayNumber(text: string | undefined): number {
  const token = text ?? '';
  return ordinal(token) ?? (/^\d{1,2}\.?$/.test(token) ? Number(token.replace('.', '')) : 0);
}

function relativeUnit(rel: string, unit: string, today: IsoDate): Reading | undefined {
  const shift = shiftOf(rel);
  if (unit.startsWith('woche')) return given('week', weekOf(addDays(today, 7 * shift)));
  if (unit.startsWith('monat')) return given('month', monthSpan(yearOf(today), monthOf(today) + shift));
  return given('year', yearSpan(yearOf(today) + shift));
}

/** „nächstes Wochenende“ is the next to come; on a weekend, „dieses“ is the one that runs. */
function relativeWeekend(rel: string, today: IsoDate): Span {
  const shift = shiftOf(rel);
  const current = weekend(weekOf(today));
  const isNow = weekdayOf(today) >= 6;
  const weeks = shift === 0 ? 0 : shift > 0 ? shift - (isNow ? 0 : 1) : shift;
  return { from: addDays(current.from, 7 * weeks), to: addDays(current.to, 7 * weeks) };
}

function bothWeekends(today: IsoDate): Reading {
  const current = weekend(weekOf(today));
  const before = { from: addDays(current.from, -7), to: addDays(current.to, -7) };
  return { grain: 'weekend', spans: [current.from <= today ? current : before, current], isYearGiven: true };
}

function relativeWeekday(rel: string, name: string, today: IsoDate): IsoDate {
  const shift = shiftOf(rel);
  const wanted = WEEKDAYS[name] ?? 1;
  if (shift === 0) return weekdayIn(weekOf(today), name);
  const ahead = (wanted - weekdayOf(today) + 7) % 7;
  return shift > 0
    ? addDays(today, (ahead === 0 ? 7 : ahead) + 7 * (shift - 1))
    : addDays(today, (ahead === 0 ? -7 : ahead - 7) + 7 * (shift + 1));
}

function bothWeekdays(name: string, today: IsoDate): Reading {
  const ahead = ((WEEKDAYS[name] ?? 1) - weekdayOf(today) + 7) % 7;
  const next = addDays(today, ahead);
  const last = addDays(next, -7);
  return {
    grain: 'day',
    spans: [
      { from: last, to: last },
      { from: next, to: next },
    ],
    isYearGiven: true,
  };
}

function bothDays(day: number, today: IsoDate): Reading | undefined {
  const around = [-2, -1, 0, 1, 2].map((step) => {
    const { from } = monthSpan(yearOf(today), monthOf(today) + step);
    return isoDay(yearOf(from), monthOf(from), day);
  });
  const days = around.filter((each) => each !== undefined);
  const last = days.filter((each) => each <= today).pop();
  const next = days.find((each) => each >= today);
  return last === undefined || next === undefined || day === 0
    ? undefined
    : {
        grain: 'day',
        spans: [
          { from: last, to: last },
          { from: next, to: next },
        ],
        isYearGiven: false,
      };
}

function feast(name: string, year: number): Span | undefined {
  const sunday = easter(year);
  switch (name) {
    case 'weihnachten':
      return { from: `${String(year)}-12-24`, to: `${String(year)}-12-26` };
    case 'heiligabend':
      return one(isoDay(year, 12, 24));
    case 'silvester':
      return one(isoDay(year, 12, 31));
    case 'neujahr':
      return one(isoDay(year, 1, 1));
    case 'karfreitag':
      return one(addDays(sunday, -2));
    case 'ostern':
      return { from: addDays(sunday, -2), to: addDays(sunday, 1) };
    default:
      return { from: addDays(sunday, 49), to: addDays(sunday, 50) };
  }
}

const COMPILED = RULES.map(([pattern, read]) => ({
  pattern: new RegExp(
    pattern.startsWith('(?:^|') || pattern.startsWith('(?<!') ? pattern : `(?<![a-z0-9])${pattern}`,
    'dg',
  ),
  read,
}));

/** „die nächsten 2 Wochen“ from today, „die letzten drei Monate“ until today. */
const STRETCH = new RegExp(`(?<![a-z])((?:nachste|naechste|kommende|letzte|vergangene)n?) ${COUNT} ${UNIT}`, 'dg');

function stretches(text: string, today: IsoDate): readonly DateMatch[] {
  const found: DateMatch[] = [];
  for (const match of text.matchAll(STRETCH)) {
    const count = countOf(match[2]);
    const unit = match[3] ?? '';
    if (count === undefined || !Number.isInteger(count) || count < 1 || count > 400) continue;
    const isPast = /^(?:letzte|vergangene)/.test(match[1] ?? '');
    const shift = (isPast ? -1 : 1) * count;
    const other = unit.startsWith('tag')
      ? addDays(today, shift)
      : unit.startsWith('woche')
        ? addDays(today, 7 * shift)
        : sameDay(today, unit.startsWith('monat') ? shift : 12 * shift);
    const span = isPast ? { from: other, to: today } : { from: today, to: other };
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      grain: 'range',
      spans: [span],
      isYearGiven: true,
    });
  }
  return found;
}

function sameDay(today: IsoDate, months: number): IsoDate {
  const { from, to } = monthSpan(yearOf(today), monthOf(today) + months);
  const day = addDays(from, dayOfMonth(today) - 1);
  return day > to ? to : day;
}

/** What stands before a phrase and opens it to one side, or makes it a duration. */
function framed(text: string, match: DateMatch, today: IsoDate): DateMatch | undefined {
  const before = text.slice(Math.max(0, match.start - 22), match.start);
  const word =
    /(?:^|[^a-z])(ab|seit|bis|vor|nach|seitdem)(?: (?:dem|der|zum|zur|ende|anfang|mitte|einschlieslich|einschliesslich|spatestens|inklusive|im|am|in))? ?$/.exec(
      before,
    )?.[1];
  const [first, second] = match.spans;
  if (/jede[mnrs]? $/.test(before)) return undefined;
  if (match.grain === 'day' && /woche (?:vom|ab|ab dem|um den|mit dem) $/.test(before)) {
    return {
      ...match,
      grain: 'week',
      spans: second === undefined ? [weekOf(first.from)] : [weekOf(first.from), weekOf(second.from)],
    };
  }
  const open = (frame: (span: Span) => Span): DateMatch => ({
    ...match,
    grain: 'range',
    spans: second === undefined ? [frame(first)] : [frame(first), frame(second)],
  });
  switch (word) {
    case 'seit':
    case 'seitdem':
      return undefined;
    case 'ab':
      return open(({ from }) => ({ from, to: OPEN_TO }));
    case 'bis':
      return open(({ to }) => ({ from: to < today ? OPEN_FROM : today, to }));
    case 'vor':
      return open(({ from }) => ({ from: from > today ? today : OPEN_FROM, to: addDays(from, -1) }));
    case 'nach':
      return open(({ to }) => ({ from: addDays(to, 1), to: OPEN_TO }));
    default:
      return match;
  }
}

/**
 * All phrases of a text in its order, at most MAX_CHARS of it.
 *
 *     findGermanDates('26. bis 30.8.2019', '2026-11-24')
 *     // [{ start: 0, end: 17, grain: 'range', spans: [{ from: '2019-08-26', to: '2019-08-30' }], isYearGiven: true }]
 */
export function findGermanDates(text: string, today: IsoDate): readonly DateMatch[] {
  const folded = foldKeepingLength(text.slice(0, MAX_CHARS));
  const taken: DateMatch[] = [...stretches(folded, today)];
  const overlaps = (start: number, end: number): boolean =>
    taken.some((match) => start < match.end && match.start < end);
  for (const { pattern, read } of COMPILED) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].trimEnd().length;
      if (overlaps(start, end)) continue;
      const reading = read(match.slice(1), today);
      if (reading !== undefined) taken.push({ start, end, ...reading });
    }
  }
  return taken
    .map((match) => framed(folded, match, today))
    .filter((match) => match !== undefined)
    .sort((a, b) => a.start - b.start);
}
