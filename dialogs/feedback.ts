/**
 * What people say about an answer, as counts: no text, no person. Editors' tools read the counts.
 */
import type { Store } from '../src/storage/ports';

export type FeedbackReason = 'wrong' | 'outdated' | 'unclear' | 'doesNotFit';

export interface Feedback {
  readonly entryId: string;
  readonly helpful: boolean;
  readonly reason?: FeedbackReason;
}

export interface FeedbackSink {
  record(feedback: Feedback): Promise<void>;
}

export interface FeedbackCount extends Feedback {
  readonly count: number;
}

const PREFIX = 'feedback/';
const MAX_TRIES = 5;

/** Counts in the store under `feedback/<entry>/<helpful|reason>`; a lost race is tried again. */
export function createFeedbackCounts(store: Store): FeedbackSink & { list(): Promise<readonly FeedbackCount[]> } {
  return {
    async record(feedback) {
      const key = `${PREFIX}${feedback.entryId}/${feedback.helpful ? 'helpful' : (feedback.reason ?? 'notHelpful')}`;
      for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
        const current = (await store.read([key])).get(key);
        const count = Number(current?.value ?? 0) + 1;
        if ((await store.commit([{ key, value: String(count), expect: current?.eTag ?? null }])) === 'committed')
          return;
      }
    },
    async list() {
      const rows = await store.list(PREFIX);
      return rows.map(([key, { value }]) => toCount(key, Number(value)));
    },
  };
}

function toCount(key: string, count: number): FeedbackCount {
  const [entryId = '', verdict = ''] = key.slice(PREFIX.length).split('/');
  const reason = isReason(verdict) ? verdict : undefined;
  return { entryId, helpful: verdict === 'helpful', count, ...(reason === undefined ? {} : { reason }) };
}

export function isReason(text: unknown): text is FeedbackReason {
  return text === 'wrong' || text === 'outdated' || text === 'unclear' || text === 'doesNotFit';
}
