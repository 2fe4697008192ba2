/**
 * The ranker model a knowledge base is served with: the trained file beside it, or, for a small one without, learned on the spot.
 */
import { readModelFile } from '../knowledge/modelFile';
import type { KnowledgeBase } from '../knowledge/model';
import { parseRankerModel, type RankerModel, UNTRAINED } from './ranker';
import { trainRanker } from './training';

/** Up to this many utterances an untrained knowledge base is learned on the spot, in about a second. */
const TRAIN_AT_START = 2500;

export function modelFor(folder: string, knowledge: KnowledgeBase): RankerModel {
  const file = readModelFile(folder);
  if (file !== undefined) return parseRankerModel(file);
  const utterances = [...knowledge.entries, ...knowledge.staffEntries].reduce(
    (sum, { questions, examples }) => sum + questions.length + examples.length,
    0,
  );
  return utterances > 0 && utterances <= TRAIN_AT_START ? trainRanker(knowledge).model : UNTRAINED;
}
