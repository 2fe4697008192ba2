/**
 * The three-way decision: answer, ask back, or say that nothing fits. Thresholds are data, learned with the ranker
 * (training.ts) and kept in its file; the defaults hold for a knowledge base that was never trained on.
 */
export interface Thresholds {
  /** From this confidence on the answer is given. */
  readonly answer: number;
  /** From this confidence of the best on, the likely ones are offered. */
  readonly offer: number;
  /** From this share of belief on (ranker.ts, noneShare) a message belongs to nothing the service knows. */
  readonly none: number;
}

/**
 * `offer`: on gold questions, a best of less than 0.2 has the right one among its choices once in fifty times; of what nothing answers, it
 * spares a third the question back.
 */
export const DEFAULT_THRESHOLDS: Thresholds = { answer: 0.75, offer: 0.2, none: 0.5 };

type Decision = 'answer' | 'offer' | 'reject';

export const MAX_CHOICES = 3;

/** `confidences`: calibrated, best first; `none`: share of belief that the message belongs to no topic. */
export function decide(confidences: readonly number[], none: number, thresholds: Thresholds): Decision {
  const [best = 0] = confidences;
  if (best >= thresholds.answer) return 'answer';
  if (none >= thresholds.none) return 'reject';
  return best >= thresholds.offer ? 'offer' : 'reject';
}
