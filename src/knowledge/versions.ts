/**
 * Which wording of an answer applies on a day, and which one an older case still falls under. Refuses to guess: outside every version
 * there is none.
 */
import type { AnswerVersion, Entry, IsoDate } from './model';

/** A version that has ended. */
export type FormerVersion = AnswerVersion & { readonly validUntil: IsoDate };

/** `versionOn(entry, '2026-07-01')`; both ends are included. */
export function versionOn(entry: Pick<Entry, 'versions'>, day: IsoDate): AnswerVersion | undefined {
  return entry.versions.find((version) => isValidOn(version, day));
}

export function isValidOn(period: { readonly validFrom?: IsoDate; readonly validUntil?: IsoDate }, day: IsoDate): boolean {
  return (period.validFrom === undefined || period.validFrom <= day) && (period.validUntil === undefined || day <= period.validUntil);
}

/**
 * The wording that cases from before the last change fall under, however late they are decided: the event, the application or the approval
 * period was earlier (`anchor`). None where the day of the question decides.
 */
export function formerVersion(entry: Pick<Entry, 'versions' | 'anchor'>, day: IsoDate): FormerVersion | undefined {
  if (entry.anchor === 'calendarDay') return undefined;
  return entry.versions
    .filter((version): version is FormerVersion => version.validUntil !== undefined && version.validUntil < day)
    .reduce<FormerVersion | undefined>(
      (latest, version) => (latest === undefined || version.validUntil > latest.validUntil ? version : latest),
      undefined,
    );
}
