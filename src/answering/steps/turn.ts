/** What the steps share: one message as it was read, the form of a step, and the references behind an outcome. */
import type { Period } from '../dates/understandPeriod';
import type { AnyBody, Ref, TurnContext } from '../outcome';
import type { PlaceMatch } from '../places/placeFinder';
import type { Ranker, Ranking } from '../ranker';

export interface Turn {
  /** Masked and trimmed. */
  readonly text: string;
  /** The same without case, accents and punctuation. */
  readonly folded: string;
  /** Of the message; `de` unless recognised with certainty. */
  readonly language: string;
  readonly context: TurnContext;
  readonly place: PlaceMatch;
  readonly period: Period | undefined;
  readonly ranking: Ranking;
  /** Made the ranking; for a step that asks it something else. */
  readonly ranker: Ranker;
}

/** `undefined`: not mine, the next step may know. */
export type Step = (turn: Turn) => AnyBody | undefined;

const MAX_REFS = 5;

/** The entries of a ranking as an outcome carries them, best first. */
export function refsOf(ranking: Ranking): Ref[] {
  return ranking.entries.slice(0, MAX_REFS).map(({ id, confidence }) => ({ id, confidence }));
}

/** An entry that was found otherwise than by its rank, before the ranked ones. */
export function withFirst(id: string, confidence: number, refs: readonly Ref[]): readonly Ref[] {
  return [{ id, confidence }, ...refs.filter((ref) => ref.id !== id)];
}
