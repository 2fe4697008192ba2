/**
 * „Im Mai 2026 habe ich einen Termin verpasst“, „und ab 2027?“: a case of another day falls under the version of that day, and what is asked
 * on is about the same case. Refuses days of the version that applies today, past ones where the day of the question decides, and to take
 * the day of one matter for the day of another: when an appointment was missed says nothing of when an approval period began.
 */
import type { Entry, IsoDate } from '../../knowledge/model';
import { formerVersion, versionOn } from '../../knowledge/versions';
import { addDays } from '../dates/calendar';
import { understandPeriod } from '../dates/understandPeriod';
import type { AnyBody, TurnContext } from '../outcome';
import type { EntryFinder } from './entryFinder';
import type { Turn } from './turn';

interface Days {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** An approval period is a year at the longest: what began earlier has been approved anew since. */
const LONGEST_APPROVAL_DAYS = 365;
const SINCE =
  /\bseit\s+(?:dem\s+)?(?=\d|anfang|mitte|ende|j[aä]n|feb|m[aä]r|maer|apr|mai|jun|jul|aug|sep|okt|nov|dez)/i;

/** The day by which the entry is to be answered, where it is another than today. */
export function caseDayOf(entry: Entry | undefined, days: Days | undefined, today: IsoDate): IsoDate | undefined {
  if (entry === undefined || days === undefined) return undefined;
  if (days.to < today) {
    const former = formerVersion(entry, today);
    return former !== undefined && days.to <= former.validUntil ? days.to : undefined;
  }
  const then = versionOn(entry, days.from);
  return days.from > today && then !== undefined && then !== versionOn(entry, today) ? days.from : undefined;
}

/** The day that a message itself gives the case of an entry: „im Mai“, and of an approval period „seit Mai“. */
export function caseDayIn(
  text: string,
  period: Days | undefined,
  entry: Entry | undefined,
  today: IsoDate,
): IsoDate | undefined {
  const since = period === undefined && entry?.anchor === 'approvalPeriod' ? sinceWhen(text, today) : undefined;
  return caseDayOf(entry, period ?? since?.days, today);
}

/** „Läuft seit April“: the day it began, in the last year, and the words for it. */
export function sinceWhen(text: string, today: IsoDate): { readonly days: Days; readonly phrase: string } | undefined {
  const found = SINCE.exec(text);
  if (found === null) return undefined;
  const rest = text.slice(found.index + found[0].length);
  // What runs since then began then, and that was last time.
  const period = understandPeriod(`war ${/^\d{1,2}\./.test(rest) ? 'am' : 'im'} ${rest}`, today);
  if (period === undefined || period.from > today || period.from < addDays(today, -LONGEST_APPROVAL_DAYS))
    return undefined;
  return { days: { from: period.from, to: period.from }, phrase: period.phrase };
}

/** An answer with the day of its case: of the message, of the question that a choice answers, or of what was told last. */
export function withCase(found: AnyBody, step: string, turn: Turn, entryOf: EntryFinder): AnyBody {
  if (found.kind !== 'answer') return found;
  const { text, period, context } = turn;
  const { topic, pending, today } = context;
  const entry = entryOf(found.entryId, context);
  // „Bin 51“, said instead of choosing, goes on about what was asked.
  const goesOn = pending !== undefined && (step === 'pending' || (step === 'followUp' && topic?.kind !== 'entry'));
  const asked = goesOn ? understandPeriod(pending.question, today) : undefined;
  const caseDay =
    caseDayIn(text, period, entry, today) ??
    (period !== undefined
      ? undefined
      : ((goesOn ? caseDayIn(pending.question, asked, entry, today) : undefined) ??
        caseDayOf(entry, toldFor(entry, context, entryOf), today)));
  return caseDay === undefined ? found : { ...found, caseDay };
}

/** The day of the case that was told last, where this entry is about the same one. */
function toldFor(entry: Entry | undefined, context: TurnContext, entryOf: EntryFinder): Days | undefined {
  const { topic } = context;
  if (entry === undefined || topic?.kind !== 'entry' || topic.caseDay === undefined) return undefined;
  const last = topic.id === entry.id ? entry : entryOf(topic.id, context);
  return last !== undefined && isSameCase(last, entry) ? { from: topic.caseDay, to: topic.caseDay } : undefined;
}

/** One event has its consequences in one field; a person has one approval period, whatever it is asked for. */
function isSameCase(last: Entry, entry: Entry): boolean {
  if (last.id === entry.id) return true;
  if (last.anchor !== entry.anchor) return false;
  return entry.anchor === 'approvalPeriod' || (entry.anchor === 'event' && last.category === entry.category);
}
