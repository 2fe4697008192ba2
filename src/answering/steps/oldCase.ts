/**
 * „Im Mai 2026 habe ich einen Termin verpasst“: a case from before the law changed falls under the version of its day. Refuses days of the
 * version that applies today, and entries for which the day of the question decides.
 */
import type { Entry, IsoDate } from '../../knowledge/model';
import { formerVersion } from '../../knowledge/versions';
import type { Turn } from './turn';

/** To be spread into an answer. */
export function oldCase(entry: Entry | undefined, { period, context }: Turn): { readonly caseDay?: IsoDate } {
  if (entry === undefined || period === undefined || period.to >= context.today) return {};
  const former = formerVersion(entry, context.today);
  return former !== undefined && period.to <= former.validUntil ? { caseDay: period.to } : {};
}
