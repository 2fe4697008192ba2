/**
 * Proposed variants from what people asked: a question that many asked becomes a `beispiel` of the topic it is nearest to, as a patch of
 * the YAML. Proposes, never writes; what fits no topic is listed for an editor to decide. Pure.
 */
import type { Answering } from '../answering/answering';
import type { Entry, IsoDate, KnowledgeBase } from '../knowledge/model';
import { applyRows } from '../knowledge/spreadsheet/applyRows';
import type { Row } from '../knowledge/spreadsheet/rows';
import type { Cluster } from './clusters';
import { contentStems } from './questions';

export interface Suggestions {
  /** Unified diff of the YAML files; empty when nothing is proposed. */
  readonly patch: string;
  readonly proposed: readonly { readonly cluster: Cluster; readonly entryId: string }[];
  /** Asked often, near to no topic: perhaps one is missing. */
  readonly unplaced: readonly Cluster[];
  /** Answers that did not help, by topic. */
  readonly unhelpful: readonly { readonly cluster: Cluster; readonly entryIds: readonly string[] }[];
}

/** Below this the nearest topic is a guess; an editor decides anyway. */
const LIKELY = 0.1;

export function suggest(
  clusters: readonly Cluster[],
  mind: { readonly knowledge: KnowledgeBase; readonly answering: Answering },
  files: ReadonlyMap<string, string>,
  today: IsoDate,
): Suggestions {
  const { knowledge, answering } = mind;
  const proposed: { cluster: Cluster; entryId: string }[] = [];
  const unplaced: Cluster[] = [];
  const unhelpful: { cluster: Cluster; entryIds: readonly string[] }[] = [];
  const rows: Row[] = [];
  for (const cluster of clusters) {
    if (onlyUnhelpful(cluster)) {
      unhelpful.push({ cluster, entryIds: cluster.entries });
      continue;
    }
    const outcome = answering.answer(cluster.text, { today, audience: 'citizens', style: 'everyday', language: 'de' });
    const entry = outcome.entries
      .filter(({ id, confidence }) => confidence >= LIKELY && !cluster.entries.includes(id))
      .map(({ id }) => knowledge.entries.find((each) => each.id === id))
      .find((each) => each !== undefined && mayLearn(each, cluster));
    if (entry === undefined) unplaced.push(cluster);
    else if (![...entry.questions, ...entry.examples].includes(cluster.text)) {
      proposed.push({ cluster, entryId: entry.id });
      rows.push({ file: entry.origin.file, entry: entry.id, key: 'beispiele', numbers: [], text: cluster.text });
    }
  }
  const patch = applyRows(files, rows)
    .changes.map(({ diff }) => diff)
    .join('');
  return { patch, proposed, unplaced, unhelpful };
}

/** What was offered and refused is not it (above); a word in common is the least. What an emergency is, editors decide alone. */
function mayLearn(entry: Entry, { text }: Cluster): boolean {
  if (entry.urgent !== undefined) return false;
  const known = new Set([entry.title, ...entry.questions, ...entry.examples, ...entry.keywords].flatMap(contentStems));
  return contentStems(text).some((each) => known.has(each));
}

function onlyUnhelpful({ kinds }: Cluster): boolean {
  return kinds.unanswered === undefined && kinds.noneOfThese === undefined;
}
