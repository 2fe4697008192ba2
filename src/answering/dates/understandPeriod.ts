/**
 * The one period a question is about, from the German dates in it: the most exact phrase, its missing year taken from the rest of the
 * text or from the tense. Refuses durations („seit 3 Monaten“) and never reads more than 120 characters around the first date word.
 */
import type { ModelResult } from '@microsoft/recognizers-text';
import type { IsoDate } from '../../knowledge/model';
import { addDays, isoDay } from './calendar';
import { recognizeGermanDates } from './germanCulture';
import { type Grain, MAX_CHARS, OPEN_TO } from './germanDates';

export interface Period {
  readonly from: IsoDate;
  /** Last day, inclusive. */
  readonly to: IsoDate;
  /** As the person wrote it. */
  readonly phrase: string;
  readonly grain: Grain;
  /** False when the year was guessed from the tense: „am 29.8.“ may mean any year. */
  readonly isYearGiven: boolean;
}

const HINT =
  /\d|heut|gestern|morgen|\btage?n?\b|woche|monat|jahr|quartal|halbjahr|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|jan(?:uar|ner|\.)|j[äa]enner|j[äa]nner|feb(?:ruar|er|\.)|m(?:ä|ae|a)rz|april|\bmai\b|jun[io]|juli|august|sept|okt|nov|dez|sommer|winter|herbst|fr(?:ü|ue|u)h|ostern|pfingst|weihnacht|silvester|neujahr|karfreitag|heiligabend|heuer|kalender|\bkw/i;
const PAST =
  /\b(?:war|waren|wars|gab|gabs|gab's|fand|fanden|hatte|hatten|lief|liefen|damals|wurden?|gewesen|stattgefunden|gemacht|gezeigt|gegeben|passiert|teilgenommen|vergangene?n?|letzte[nrsm]?|konnte|konnten|haben die)\b/i;

/** „Hab im April meinen Termin verpasst“: the perfect tense, its participle at the end of the clause. */
const PERFECT =
  /\b(?:hab|habe|habs|hast|hat|haben|habt|ham)\b.*?(?<![a-zäöüß])(?!(?:geld|gericht|gebiet|gewicht|geschäft|gesicht|gehalt|gewalt|geburt|genug|gegen|gehen|geben|gelten|geöffnet|geoffnet|geschlossen|geplant|bett|brot)\b)(?:[a-zäöüß]*ge[a-zäöüß]{2,}(?:t|en)|(?:ver|be|er|ent|zer|miss|wider|über|unter)[a-zäöüß]{2,}(?:t|en)|[a-zäöüß]{2,}iert)(?=\s*$)/;
/** „… wenn ich im Mai einen Job abgelehnt habe“: with the verb at the end. */
const PERFECT_AT_END =
  /(?<![a-zäöüß])(?:[a-zäöüß]*ge[a-zäöüß]{2,}|(?:ver|be|er|ent|zer|miss|wider|über|unter)[a-zäöüß]{2,}|[a-zäöüß]{2,}ier)(?:t|en) (?:hab|habe|hast|hat|haben|habt|bin|bist|ist|sind)\s*$/;
/** „Ich bin im Oktober umgezogen“; „ist im Dezember geöffnet“ is no past. */
const PERFECT_OF_MOVING =
  /\b(?:bin|bist|ist|sind|seid)\b.*?\b(?:[a-zäöüß]*gezogen|[a-zäöüß]*gekommen|[a-zäöüß]*gegangen|geboren|gestorben|verstorben|verreist|[a-zäöüß]*gefahren|[a-zäöüß]*geworden|geblieben|krankgeschrieben worden)\b/;
/** Says by itself that it is over: „im August verpasst“. */
const MISSED = /\b(?:verpasst|verpaßt|versäumt|verschlafen|vergessen)\b/;
/** „Ich muss im März …“: what is to be done is ahead, whatever stands beside it. */
const TO_BE_DONE = /\b(?:muss|musst|müssen|soll|sollen|will|wollen|werde|werden|wird|möchte|zu)\s/;
const CLAUSE_END = /(?<!\d)\.|[,;:!?()]|\b(?:und|aber|oder|weil|wann|was|wie|wenn|falls|dass|ob)\b/;

/** „Meine Mutter schwärmt noch heute davon“ names no day. */
const STILL = /\b(?:noch|bis) heute\b/gi;

const BY_EXACTNESS: readonly Grain[] = ['day', 'range', 'weekend', 'week', 'month', 'season', 'year'];

/**
 *     understandPeriod('Was war vom 26. bis 30.8.2019?', '2026-11-24')
 *     // { from: '2019-08-26', to: '2019-08-30', phrase: 'vom 26. bis 30.8.2019', grain: 'range', isYearGiven: true }
 */
export function understandPeriod(text: string, today: IsoDate): Period | undefined {
  const dated = text.replace(STILL, (words) => ' '.repeat(words.length));
  const hint = HINT.exec(dated);
  if (hint === null) return undefined;
  const window = windowAround(dated, hint.index);
  // Noon in UTC is the same day in Berlin, in summer and winter.
  const readings = recognizeGermanDates(window, new Date(`${today}T12:00:00Z`)).flatMap(toReading);
  const sorted = [...readings].sort((a, b) => BY_EXACTNESS.indexOf(a.grain) - BY_EXACTNESS.indexOf(b.grain));
  const best = sorted[0];
  if (best === undefined) return undefined;
  const { phrase, grain } = best;
  if (!best.isYearGiven) {
    const year = readings.find((reading) => reading.grain === 'year')?.spans[0];
    const moved = year === undefined ? undefined : inYear(best, year.from.slice(0, 4));
    if (moved !== undefined) return { ...moved, phrase, grain, isYearGiven: true };
  }
  const [last, next] = best.spans;
  const span = next === undefined || isPast(text.slice(0, 1_000), phrase) ? last : next;
  return { ...span, phrase, grain, isYearGiven: best.isYearGiven };
}

/** By a word of the past anywhere, or the perfect tense of the clause that has the date. */
function isPast(text: string, phrase: string): boolean {
  if (PAST.test(text)) return true;
  const clause = text
    .toLowerCase()
    .split(CLAUSE_END)
    .find((each) => each.includes(phrase.toLowerCase()));
  if (clause === undefined || TO_BE_DONE.test(clause)) return false;
  return PERFECT.test(clause) || PERFECT_AT_END.test(clause) || PERFECT_OF_MOVING.test(clause) || MISSED.test(clause);
}

interface Reading {
  readonly phrase: string;
  readonly grain: Grain;
  readonly isYearGiven: boolean;
  readonly spans: readonly [DaySpan, DaySpan?];
}

interface DaySpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

function windowAround(text: string, at: number): string {
  if (text.length <= MAX_CHARS) return text;
  const start = Math.max(0, at - 30);
  return text.slice(start, start + MAX_CHARS);
}

/** The same days in the year that the text names elsewhere: „im Juni … 2022“. */
function inYear({ spans: [span] }: Reading, year: string): DaySpan | undefined {
  if (span.to === OPEN_TO) return { from: `${year}${span.from.slice(4)}`, to: OPEN_TO };
  const years = Number(span.to.slice(0, 4)) - Number(span.from.slice(0, 4));
  const from = sameDayIn(span.from, Number(year));
  const to = sameDayIn(span.to, Number(year) + years);
  return from === undefined || to === undefined ? undefined : { from, to };
}

function sameDayIn(day: IsoDate, year: number): IsoDate | undefined {
  return isoDay(year, Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

function toReading({ text, resolution }: ModelResult): readonly Reading[] {
  const values: unknown = resolution['values'];
  const grain: unknown = resolution['grain'];
  if (!Array.isArray(values) || !isGrain(grain)) return [];
  const spans = values.flatMap(toSpan);
  const [first, second] = spans;
  if (first === undefined) return [];
  return [
    {
      phrase: text,
      grain,
      isYearGiven: resolution['yearGiven'] === true,
      spans: second === undefined ? [first] : [first, second],
    },
  ];
}

function toSpan(value: unknown): readonly DaySpan[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && typeof value.value === 'string') return [{ from: value.value, to: value.value }];
  if ('start' in value && 'end' in value && typeof value.start === 'string' && typeof value.end === 'string') {
    return [{ from: value.start, to: value.end === OPEN_TO ? OPEN_TO : addDays(value.end, -1) }];
  }
  return [];
}

function isGrain(value: unknown): value is Grain {
  return BY_EXACTNESS.some((grain) => grain === value);
}
