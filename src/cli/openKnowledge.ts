/**
 * What every command needs first: the knowledge base with its trained ranker, or the findings that keep it from loading.
 * Reads files, prints nothing.
 */
import { modelFor } from '../answering/modelFor';
import type { RankerModel } from '../answering/ranker';
import { formatFinding } from '../knowledge/findings';
import { loadKnowledge } from '../knowledge/load';
import type { KnowledgeBase } from '../knowledge/model';

export interface OpenedKnowledge {
  readonly knowledge: KnowledgeBase;
  readonly model: RankerModel;
}

/** `error`: printable lines in German. */
export function openKnowledge(
  folder: string,
): { readonly opened: OpenedKnowledge } | { readonly error: readonly string[] } {
  const { knowledge, findings } = loadKnowledge(folder);
  if (knowledge === undefined)
    return { error: findings.filter(({ severity }) => severity === 'error').map(formatFinding) };
  return { opened: { knowledge, model: modelFor(folder, knowledge) } };
}
