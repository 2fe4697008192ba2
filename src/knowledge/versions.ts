/**
 * Which wording of an answer applies on a day. Refuses to guess: outside every version there is none.
 */
import type { AnswerVersion, Entry, IsoDate } from './model';

/** `versionOn(entry, '2026-07-01')`; both ends are included. */
export function versionOn(entry: Pick<Entry, 'versions'>, day: IsoDate): AnswerVersion | undefined {
  return entry.versions.find((version) => isValidOn(version, day));
}

export function isValidOn(period: { readonly validFrom?: IsoDate; readonly validUntil?: IsoDate }, day: IsoDate): boolean {
  return (period.validFrom === undefined || period.validFrom <= day) && (period.validUntil === undefined || day <= period.validUntil);
}
