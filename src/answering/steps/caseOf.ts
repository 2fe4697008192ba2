/**
 * „Im Mai 2026 habe ich einen Termin verpasst“, „und ab 2027?“: a case of another day falls under the version of that day, and what is asked
 * on is about the same case. Refuses days of the version that applies today, and past ones where the day of the question decides.
 */
import type { Entry, IsoDate } from '../../knowledge/model';
import { formerVersion, versionOn } from '../../knowledge/versions';
import { understandPeriod } from '../dates/understandPeriod';
import type { AnyBody } from '../outcome';
import type { EntryFinder } from './entryFinder';
import type { Turn } from './turn';

interface Days {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

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

/** An answer with the day of its case: of the message, of the question that a choice answers, or of what was told last. */
export function withCase(found: AnyBody, step: string, turn: Turn, entryOf: EntryFinder): AnyBody {
  if (found.kind !== 'answer') return found;
  const { period, context } = turn;
  const { topic, pending, today } = context;
  const asked = step === 'pending' && pending !== undefined ? understandPeriod(pending.question, today) : undefined;
  const told =
    topic?.kind === 'entry' && topic.caseDay !== undefined ? { from: topic.caseDay, to: topic.caseDay } : undefined;
  const caseDay = caseDayOf(entryOf(found.entryId, context), period ?? asked ?? told, today);
  return caseDay === undefined ? found : { ...found, caseDay };
}
