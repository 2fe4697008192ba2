/**
 * The figures of an evaluation, from outcomes alone: top-1, right entry among the offered, recall@3, MRR, confidently wrong,
 * unanswerable answered, calibration error, per style. Pure; knows no file and no ranker.
 */
import type { AnswerOutcome } from '../answering/outcome';
import type { GoldQuestion } from './gold';

export interface Judged {
  readonly gold: GoldQuestion;
  readonly outcome: AnswerOutcome;
  /** The first entry is a right one (and, for events and Jobcenter, the kind is). */
  readonly top1: boolean;
  /** A right entry is among the first three or the offered choices. */
  readonly among: boolean;
  /** 1 / rank of the first right entry, 0 when there is none. */
  readonly reciprocalRank: number;
  /** An answer was given, and it is of another entry. */
  readonly confidentlyWrong: boolean;
}

export interface Figures {
  readonly questions: number;
  readonly top1: number;
  readonly among: number;
  readonly mrr: number;
  readonly confidentlyWrong: number;
  /** Share of answerable questions that were answered at once, not asked back. */
  readonly answeredAtOnce: number;
}

export interface Evaluation {
  readonly answerable: Figures;
  readonly byStyle: Readonly<Record<string, Figures>>;
  readonly byKind: Readonly<Record<string, Figures>>;
  readonly unanswerable: { readonly questions: number; readonly answered: number; readonly offered: number };
  readonly calibrationError: number;
}

const ANSWERS: ReadonlySet<string> = new Set(['answer', 'urgent', 'private', 'events', 'jobcenter']);

/** Something was told; „In welcher Stadt wohnen Sie?“ only asks back. */
function isAnswered(outcome: AnswerOutcome): boolean {
  return ANSWERS.has(outcome.kind) && !(outcome.kind === 'jobcenter' && outcome.status === 'ask');
}

export function judge(gold: GoldQuestion, outcome: AnswerOutcome): Judged {
  const ids = outcome.entries.map(({ id }) => id);
  const isRight = (id: string): boolean => gold.expected.includes(id);
  const rank = ids.findIndex(isRight);
  const noEvent = gold.kind === 'events' && gold.expected.length === 0;
  const top1 = noEvent ? (outcome.kind === 'events' && ids.length === 0) || outcome.kind === 'fallback' : rank === 0;
  return {
    gold,
    outcome,
    top1,
    among: noEvent ? top1 : rank >= 0 && rank < 3,
    reciprocalRank: noEvent ? Number(top1) : rank < 0 ? 0 : 1 / (rank + 1),
    confidentlyWrong: isAnswered(outcome) && !top1,
  };
}

export function evaluate(judged: readonly Judged[]): Evaluation {
  const answerable = judged.filter(({ gold }) => gold.kind !== 'none');
  const unanswerable = judged.filter(({ gold }) => gold.kind === 'none');
  return {
    answerable: figures(answerable),
    byStyle: groupFigures(answerable, ({ gold }) => gold.style),
    byKind: groupFigures(answerable, ({ gold }) => gold.kind),
    unanswerable: {
      questions: unanswerable.length,
      answered: share(unanswerable, ({ outcome }) => isAnswered(outcome)),
      offered: share(unanswerable, ({ outcome }) => outcome.kind === 'clarify'),
    },
    calibrationError: calibrationError(
      judged.filter(({ outcome }) => outcome.kind === 'answer' || outcome.kind === 'clarify'),
    ),
  };
}

function groupFigures(judged: readonly Judged[], key: (one: Judged) => string): Readonly<Record<string, Figures>> {
  const keys = [...new Set(judged.map(key))].sort();
  return Object.fromEntries(keys.map((name) => [name, figures(judged.filter((one) => key(one) === name))]));
}

function figures(judged: readonly Judged[]): Figures {
  return {
    questions: judged.length,
    top1: share(judged, ({ top1 }) => top1),
    among: share(judged, ({ among }) => among),
    mrr: judged.length === 0 ? 0 : judged.reduce((sum, { reciprocalRank }) => sum + reciprocalRank, 0) / judged.length,
    confidentlyWrong: share(judged, ({ confidentlyWrong }) => confidentlyWrong),
    answeredAtOnce: share(judged, ({ outcome }) => isAnswered(outcome)),
  };
}

function share(judged: readonly Judged[], holds: (one: Judged) => boolean): number {
  return judged.length === 0 ? 0 : judged.filter(holds).length / judged.length;
}

/** Expected calibration error of the first entry's confidence, ten bins. */
function calibrationError(judged: readonly Judged[]): number {
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inBin = judged.filter(
      ({ outcome }) => Math.min(9, Math.floor((outcome.entries[0]?.confidence ?? 0) * 10)) === bin,
    );
    if (inBin.length === 0) continue;
    const mean = inBin.reduce((sum, { outcome }) => sum + (outcome.entries[0]?.confidence ?? 0), 0) / inBin.length;
    error += (inBin.length / judged.length) * Math.abs(mean - share(inBin, ({ top1 }) => top1));
  }
  return error;
}
