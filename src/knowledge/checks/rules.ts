/**
 * The rules of the knowledge base, one per file. Integrity rules make a knowledge base unusable or wrong and run at every load;
 * advisory rules are about wording and care, depend on the day, and run in `npm run check`.
 */
import type { Draft } from '../draft';
import type { Finding } from '../findings';
import type { IsoDate } from '../model';
import { duplicateIds } from './duplicateIds';
import { noEntries } from './noEntries';
import { unknownLinks } from './unknownLinks';
import { versionPeriods } from './versionPeriods';

export type IntegrityRule = (draft: Draft) => readonly Finding[];
export type AdvisoryRule = (draft: Draft, today: IsoDate) => readonly Finding[];

export const INTEGRITY_RULES: readonly IntegrityRule[] = [noEntries, duplicateIds, unknownLinks, versionPeriods];

export const ADVISORY_RULES: readonly AdvisoryRule[] = [];
