/**
 * What a turn could not help with, told to the editors' tools: an unanswered question, „Keins davon“, a thumb down. Citizens' turns only;
 * what is kept of it, and how it is masked, is decided behind the sink (src/learning).
 */
import type { AnswerOutcome } from '../src/answering/outcome';
import type { Offered } from './thread';

export interface Miss {
  readonly kind: 'unanswered' | 'noneOfThese' | 'notHelpful';
  readonly question: string;
  /** Topics that were offered or rated and did not help. */
  readonly entryIds: readonly string[];
  readonly conversation: string;
}

export interface MissSink {
  record(miss: Miss): Promise<void>;
}

/** „Keins davon“ is about the question before; choices that are no topics (`wahl.…`) say nothing about it. */
export function missOf(
  outcome: AnswerOutcome,
  said: string,
  offered: Offered | null,
): Omit<Miss, 'conversation'> | undefined {
  if (outcome.kind !== 'fallback') return undefined;
  if (outcome.reason === 'outOfScope') return { kind: 'unanswered', question: said, entryIds: [] };
  if (outcome.reason !== 'noneOfThese' || offered?.about !== 'topic') return undefined;
  const entryIds = offered.choices.map(({ id }) => id).filter((id) => !id.includes('.'));
  return { kind: 'noneOfThese', question: offered.question, entryIds };
}
