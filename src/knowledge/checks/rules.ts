/**
 * The rules of the knowledge base. Integrity rules find what makes it unusable or wrong and run at every load; advisory rules are
 * about wording and care, depend on the day, and run in `npm run check`.
 */
import type { Draft } from '../draft';
import type { Finding } from '../findings';
import type { IsoDate } from '../model';
import { amountsInText } from './amountsInText';
import { missingReservation, missingSimple, noVersionToday, overdueReviews } from './care';
import { collisions } from './collisions';
import { deadSteps } from './deadSteps';
import { duplicateIds } from './duplicateIds';
import { fewQuestions } from './fewQuestions';
import { foreignMarkup, unsafeLinks } from './markup';
import { noEntries } from './noEntries';
import { outdatedTerms } from './outdatedTerms';
import { readability } from './readability';
import { similarEntries } from './similarEntries';
import { staleOverlays, staleTexts, staleTranslations } from './staleness';
import { unknownLinks } from './unknownLinks';
import { versionPeriods } from './versionPeriods';

export type IntegrityRule = (draft: Draft) => readonly Finding[];
export type AdvisoryRule = (draft: Draft, today: IsoDate) => readonly Finding[];

export const INTEGRITY_RULES: readonly IntegrityRule[] = [noEntries, duplicateIds, unknownLinks, versionPeriods, unsafeLinks];

export const ADVISORY_RULES: readonly AdvisoryRule[] = [
  fewQuestions,
  collisions,
  similarEntries,
  amountsInText,
  outdatedTerms,
  overdueReviews,
  noVersionToday,
  missingReservation,
  missingSimple,
  readability,
  foreignMarkup,
  staleOverlays,
  staleTranslations,
  staleTexts,
  deadSteps,
];
