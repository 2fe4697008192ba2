/**
 * „Im Mai 2026 habe ich einen Termin verpasst“, „und ab 2027?“: a case of another day falls under the version of that day. Refuses days of
 * the version that applies today, and past ones where the day of the question decides.
 */
import type { Entry, IsoDate } from '../../knowledge/model';
import { formerVersion, versionOn } from '../../knowledge/versions';
import type { Turn } from './turn';

/** To be spread into an answer. */
export function caseOf(entry: Entry | undefined, { period, context }: Turn): { readonly caseDay?: IsoDate } {
  if (entry === undefined || period === undefined) return {};
  const { today } = context;
  if (period.to < today) {
    const former = formerVersion(entry, today);
    return former !== undefined && period.to <= former.validUntil ? { caseDay: period.to } : {};
  }
  const then = versionOn(entry, period.from);
  return period.from > today && then !== undefined && then !== versionOn(entry, today) ? { caseDay: period.from } : {};
}
