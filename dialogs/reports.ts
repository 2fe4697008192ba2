/**
 * What staff report about an answer: the entry, the reason and a proposal in their words, personal data masked. Kept for the editors
 * until they have seen it, at most half a year; holds no person.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../src/clock';
import type { IsoDate } from '../src/knowledge/model';
import type { Store } from '../src/storage/ports';
import { isReason, type FeedbackReason } from './feedback';

export interface Report {
  readonly entryId: string;
  readonly day: IsoDate;
  readonly reason: FeedbackReason;
  readonly proposal?: string;
}

export interface Reports {
  record(report: Report): Promise<void>;
  /** Oldest first. */
  list(): Promise<readonly (Report & { readonly key: string })[]>;
  /** The editors have dealt with it. */
  close(key: string): Promise<void>;
}

const prefix = 'report/';
const keptMs = 180 * 24 * 60 * 60 * 1000;
const maxProposalChars = 1000;

/** Under `report/<day>/<random>` in the store. */
export function createReports(store: Store, clock: Clock): Reports {
  return {
    async record({ proposal, ...report }) {
      const value = JSON.stringify({
        ...report,
        ...(proposal === undefined ? {} : { proposal: proposal.slice(0, maxProposalChars) }),
      });
      await store.commit([
        { key: `${prefix}${report.day}/${randomUUID()}`, value, expiresAtMs: clock.nowMs() + keptMs },
      ]);
    },
    async list() {
      const rows = await store.list(prefix);
      return rows.flatMap(([key, { value }]) => {
        const report = parseReport(value);
        return report === undefined ? [] : [{ key, ...report }];
      });
    },
    async close(key) {
      if (key.startsWith(prefix)) await store.commit([{ key, value: null }]);
    },
  };
}

function parseReport(json: string): Report | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { entryId, day, reason, proposal } = value as Readonly<Record<string, unknown>>;
  if (typeof entryId !== 'string' || typeof day !== 'string' || !isReason(reason)) return undefined;
  return { entryId, day, reason, ...(typeof proposal === 'string' ? { proposal } : {}) };
}
