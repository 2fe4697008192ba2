/**
 * German for the recognizers suite, which has none in JavaScript: a date-time model and a number model, registered with its public
 * `registerModel` for `de-de`, so that callers speak the suite's API. Reads at most 120 characters of dates, because the suite's own
 * patterns and chrono are slow on long hostile input. Everything heavy is loaded on first use.
 *
 * Resolution of a date: `values` as the suite gives them (`{ timex, type: 'date', value }`, or `{ timex, type: 'daterange', start, end }`
 * with `end` exclusive), the last and the next occurrence where the year is not said; beside them `grain` and `yearGiven`.
 */
import type { ModelResult } from '@microsoft/recognizers-text';
import type { DateTimeRecognizer, IDateTimeModel } from '@microsoft/recognizers-text-date-time';
import type { NumberRecognizer } from '@microsoft/recognizers-text-number';
import { createRequire } from 'node:module';
import { berlinDate } from '../../clock';
import type { IsoDate } from '../../knowledge/model';
import { addDays, isoDay, type Span } from './calendar';
import { type DateMatch, findGermanDates, MAX_CHARS, OPEN_TO } from './germanDates';
import { findNumbers } from './germanNumbers';

export const GERMAN = 'de-de';

/** Loads on first use: the suite and chrono cost about 100 ms, most texts hold no date. */
const load = createRequire(__filename);

class GermanDateTimeModel implements IDateTimeModel {
  readonly modelTypeName = 'datetimeV2';

  parse(query: string, referenceDate?: Date): ModelResult[] {
    const text = query.slice(0, MAX_CHARS);
    const today = berlinDate((referenceDate ?? new Date()).getTime());
    const matches = findGermanDates(text, today);
    return (matches.length > 0 ? matches : otherForms(text, today)).map((match) => toResult(text, match));
  }
}

/** Forms beyond the rules, e.g. „Fr 29 Aug 16 Uhr“. chrono is slow, so only where figures stand beside a month or a weekday. */
const OTHER_FORM =
  /\d[^\p{L}\d]{0,3}(?:jan|feb|mär|mar|apr|mai|jun|jul|aug|sep|okt|nov|dez)|\b(?:mo|di|mi|do|fr|sa|so)\b[^\p{L}]{0,3}\d/iu;

function otherForms(text: string, today: IsoDate): readonly DateMatch[] {
  if (!OTHER_FORM.test(text) || /\b(?:seit|innerhalb|lang|dauert?)\b/i.test(text)) return [];
  const chrono = load('chrono-node/de') as typeof import('chrono-node/de');
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  return chrono.casual
    .parse(text, new Date(year, month - 1, day, 12))
    .flatMap(({ index, text: phrase, start, end }) => {
      if (!start.isCertain('day')) return [];
      const from = isoDay(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0);
      const to = end ? isoDay(end.get('year') ?? 0, end.get('month') ?? 0, end.get('day') ?? 0) : from;
      if (from === undefined || to === undefined || to < from) return [];
      const span: Span = { from, to };
      const grain = from === to ? 'day' : 'range';
      return [{ start: index, end: index + phrase.length, grain, spans: [span], isYearGiven: start.isCertain('year') }];
    });
}

function toResult(text: string, match: DateMatch): ModelResult {
  const isDate = match.spans.every(({ from, to }) => from === to);
  const values = match.spans.map(({ from, to }) =>
    isDate
      ? { timex: match.isYearGiven ? from : `XXXX${from.slice(4)}`, type: 'date', value: from }
      : { timex: `(${from},${exclusive(to)})`, type: 'daterange', start: from, end: exclusive(to) },
  );
  return modelResult({
    text: text.slice(match.start, match.end),
    start: match.start,
    end: match.end - 1,
    typeName: `datetimeV2.${isDate ? 'date' : 'daterange'}`,
    resolution: { values, grain: match.grain, yearGiven: match.isYearGiven },
  });
}

function modelResult(values: Readonly<ModelResult>): ModelResult {
  const { ModelResult: Result } = load('@microsoft/recognizers-text') as typeof import('@microsoft/recognizers-text');
  return Object.assign(new Result(), values);
}

function exclusive(to: IsoDate): IsoDate {
  return to === OPEN_TO ? to : addDays(to, 1);
}

let dates: DateTimeRecognizer | undefined;
let numbers: NumberRecognizer | undefined;

/** The suite's recognizer with German registered. */
export function germanDateTimeRecognizer(): DateTimeRecognizer {
  if (dates !== undefined) return dates;
  const suite = load('@microsoft/recognizers-text-date-time') as typeof import('@microsoft/recognizers-text-date-time');
  dates = new suite.DateTimeRecognizer(GERMAN, suite.DateTimeOptions.None, true);
  dates.registerModel('DateTimeModel', GERMAN, () => new GermanDateTimeModel());
  return dates;
}

export function germanNumberRecognizer(): NumberRecognizer {
  if (numbers !== undefined) return numbers;
  const suite = load('@microsoft/recognizers-text-number') as typeof import('@microsoft/recognizers-text-number');
  numbers = new suite.NumberRecognizer(GERMAN, suite.NumberOptions.None, true);
  numbers.registerModel('NumberModel', GERMAN, () => ({
    modelTypeName: 'number',
    parse: (query) =>
      findNumbers(query.slice(0, 1_000)).map(({ text, start, end, value }) =>
        modelResult({ text, start, end, typeName: 'number', resolution: { value: String(value) } }),
      ),
  }));
  return numbers;
}

/**
 *     recognizeGermanDates('Was war am 29.8.2019?', new Date())
 *     // [{ text: '29.8.2019', start: 11, end: 19, typeName: 'datetimeV2.date', resolution: { values: [{ …, value: '2019-08-29' }], … } }]
 */
export function recognizeGermanDates(text: string, reference: Date): readonly ModelResult[] {
  return germanDateTimeRecognizer().getDateTimeModel(GERMAN, false).parse(text.slice(0, MAX_CHARS), reference);
}

/** `1.234,56 €` → a result with the value `1234.56`. */
export function recognizeGermanNumbers(text: string): readonly ModelResult[] {
  return germanNumberRecognizer().getNumberModel(GERMAN, false).parse(text.slice(0, 1_000));
}
