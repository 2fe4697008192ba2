/**
 * What every command needs first: the knowledge base with its trained ranker, or the findings that keep it from loading.
 * Reads files, prints nothing.
 */
import { parseRankerModel, type RankerModel, UNTRAINED } from '../answering/ranker';
import { trainRanker } from '../answering/training';
import { formatFinding } from '../knowledge/findings';
import { loadKnowledge } from '../knowledge/load';
import type { KnowledgeBase } from '../knowledge/model';
import { readModelFile } from '../knowledge/modelFile';

/** Up to this many utterances an untrained knowledge base is learned on the spot, in about a second. */
const TRAIN_AT_START = 2500;

export interface OpenedKnowledge {
  readonly knowledge: KnowledgeBase;
  readonly model: RankerModel;
}

/** `error`: printable lines in German. */
export function openKnowledge(folder: string): { readonly opened: OpenedKnowledge } | { readonly error: readonly string[] } {
  const { knowledge, findings } = loadKnowledge(folder);
  if (knowledge === undefined) return { error: findings.filter(({ severity }) => severity === 'error').map(formatFinding) };
  return { opened: { knowledge, model: modelFor(folder, knowledge) } };
}

function modelFor(folder: string, knowledge: KnowledgeBase): RankerModel {
  const file = readModelFile(folder);
  if (file !== undefined) return parseRankerModel(file);
  const utterances = [...knowledge.entries, ...knowledge.staffEntries].reduce((sum, { questions, examples }) => sum + questions.length + examples.length, 0);
  return utterances > 0 && utterances <= TRAIN_AT_START ? trainRanker(knowledge).model : UNTRAINED;
}
