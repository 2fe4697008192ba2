/**
 * Our engine beside its peers on the same texts and questions, in one run: the own knowledge base with its gold questions, and an outside set
 * (Corona FAQ, deepset-ai/COVID-QA, Apache-2.0). Clean and with phone typos. Nothing here is tuned to the outside set.
 *
 *   npm run bench -- matching [--questions 250] [--set own|covid]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, createRanker } from '../../src/answering/ranker';
import { addTypos } from '../../src/answering/typoNoise';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { loadGold } from '../../src/evaluation/gold';
import { DEFAULT_WEIGHTS } from '../../src/search/combiner';
import { textFeatures } from '../../src/search/textFeatures';
import { trainClassifier } from '../../src/search/classifier';
import { createRandom } from '../../src/search/random';
import { analyzerFor, createSearchEngine, type SearchDocument } from '../../src/search/searchEngine';
import { memoryMb, processorMs, progress, quantile, startWatch } from '../measure';
import { barPlot, circumstances, percent, table, writeSection } from '../report';
import { PEERS, type Engine, type Entry, type Peer } from './peers';

interface Question {
  readonly question: string;
  readonly right: readonly string[];
}

interface TestSet {
  readonly name: string;
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly questions: readonly Question[];
  /** The product with everything it has, where there is a product. */
  readonly served?: Peer;
}

interface Row {
  readonly name: string;
  /** Questions asked: slow engines get fewer of the same (shuffled) list. */
  readonly asked: number;
  readonly top1: readonly [number, number];
  readonly recall3: readonly [number, number];
  readonly p50: number;
  readonly p99: number;
  readonly buildMs: number;
  readonly memory: number;
}

/** The engine of src/search given no more than its peers: no synonyms, no answers, the starting weights, its classifier learned from the same texts. */
const OURS: Peer = {
  name: 'Jobcenter-Lotse, same texts only',
  maxTexts: Infinity,
  build(entries) {
    const documents: readonly SearchDocument[] = entries.map(({ id, texts: [title = '', ...examples] }) => ({
      id,
      title,
      questions: [],
      examples,
      keywords: [],
      answer: '',
    }));
    const analyzer = analyzerFor(documents, []);
    const classifier = trainClassifier(
      entries.flatMap(({ id, texts }) =>
        texts.map((text) => ({ label: id, features: textFeatures(analyzer.analyze(text)) })),
      ),
    );
    const engine = createSearchEngine({ documents, synonyms: [], weights: DEFAULT_WEIGHTS, classifier });
    return Promise.resolve({ find: (question) => engine.search(question).hits.map(({ id }) => id) });
  },
};

const WARM_UP_MS = 3_000;
/** Processor time an engine may spend on the questions as written. */
const BUDGET_MS = 12_000;

/** At most `count` of all, drawn by a fixed generator, in no order. */
function sample<T>(all: readonly T[], count: number): readonly T[] {
  const random = createRandom(17);
  return all
    .map((each) => ({ each, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ each }) => each);
}

function ownSet(count: number): TestSet {
  const result = openKnowledge('knowledge');
  if ('error' in result) throw new Error(result.error.join('\n'));
  const { knowledge, model } = result.opened;
  const documents = [...knowledge.entries, ...knowledge.staffEntries].map(documentOf);
  const gold = loadGold('knowledge').filter(({ kind, expected }) => kind === 'topic' && expected.length > 0);
  return {
    name: 'own',
    title: 'Own knowledge base, gold questions about topics',
    entries: documents.map(({ id, title, questions, examples }) => ({ id, texts: [title, ...questions, ...examples] })),
    questions: sample(gold, count).map(({ question, expected }) => ({ question, right: expected })),
    served: {
      name: 'Jobcenter-Lotse, as served',
      maxTexts: Infinity,
      build: () => {
        const ranker = createRanker(knowledge, model, 'staff');
        return Promise.resolve({ find: (question) => ranker.rank(question).entries.map(({ id }) => id) });
      },
    },
  };
}

interface CovidFile {
  readonly entries: readonly { readonly id: string; readonly questions: readonly string[] }[];
  readonly queries: readonly { readonly q: string; readonly id: readonly string[] }[];
}

function covidSet(count: number): TestSet | undefined {
  const file = join('..', 'shared', 'eval', 'covid-de.json');
  if (!existsSync(file)) {
    progress(`${file} is not there; left out`);
    return undefined;
  }
  const { entries, queries } = JSON.parse(readFileSync(file, 'utf8')) as CovidFile;
  return {
    name: 'covid',
    title: 'Outside: Corona FAQ, lay paraphrases',
    entries: entries.map(({ id, questions }) => ({ id, texts: questions })),
    questions: sample(queries, count).map(({ q, id }) => ({ question: q, right: id })),
  };
}

async function measure(
  peer: Peer,
  { entries, questions }: TestSet,
  isStopped: () => boolean,
): Promise<Row | undefined> {
  const before = await memoryMb();
  const from = processorMs();
  const engine = await peer.build(entries);
  const buildMs = processorMs() - from;
  const memory = (await memoryMb()) - before;
  const random = createRandom(99);
  const typed = questions.map((each) => ({ ...each, question: addTypos(each.question, random) }));
  // Utterances of the entries, so that nothing of the questions is remembered.
  const warm = processorMs();
  for (const { texts } of entries) if (processorMs() - warm < WARM_UP_MS) await engine.find(texts[0] ?? '');
  const times: number[] = [];
  const clean = await ask(engine, questions, times, isStopped);
  const typos = await ask(engine, typed.slice(0, clean.asked), times, isStopped);
  if (isStopped()) return undefined;
  return {
    name: peer.name,
    asked: clean.asked,
    top1: [clean.top1, typos.top1],
    recall3: [clean.recall3, typos.recall3],
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    buildMs,
    memory,
  };
}

async function ask(
  engine: Engine,
  questions: readonly Question[],
  times: number[],
  isStopped: () => boolean,
): Promise<{ asked: number; top1: number; recall3: number }> {
  let asked = 0;
  let top1 = 0;
  let among = 0;
  const began = processorMs();
  for (const { question, right } of questions) {
    if (isStopped() || processorMs() - began > BUDGET_MS) break;
    const stop = startWatch();
    const ids = await engine.find(question);
    times.push(stop());
    asked += 1;
    if (right.includes(ids[0] ?? '')) top1 += 1;
    if (ids.slice(0, 3).some((id) => right.includes(id))) among += 1;
    // Ctrl-C is heard between two questions.
    if (asked % 20 === 0) await new Promise(setImmediate);
  }
  return { asked, top1: top1 / asked, recall3: among / asked };
}

export async function benchMatching(
  options: { readonly questions: number; readonly set: string | undefined },
  isStopped: () => boolean,
): Promise<void> {
  writeSection('matching', PREFACE);
  for (const [name, load] of [
    ['own', ownSet],
    ['covid', covidSet],
  ] as const) {
    if (options.set !== undefined && options.set !== name) continue;
    const set = load(options.questions);
    if (set === undefined) continue;
    const texts = set.entries.reduce((sum, entry) => sum + entry.texts.length, 0);
    progress(
      `${set.title}: ${set.entries.length} entries, ${texts} texts, ${set.questions.length} questions, each also with typos`,
    );
    const rows: Row[] = [];
    for (const peer of [...(set.served === undefined ? [] : [set.served]), OURS, ...PEERS]) {
      if (isStopped() || texts > peer.maxTexts) continue;
      progress(`  ${peer.name} …`);
      const row = await measure(peer, set, isStopped);
      if (row === undefined) continue;
      rows.push(row);
      progress(
        `  ${peer.name}: top-1 ${row.top1.map(percent).join(' / ')}, p99 ${row.p99.toFixed(2)} ms, build ${(row.buildMs / 1_000).toFixed(1)} s`,
      );
      // After every engine: what is measured is kept, however the rest ends.
      writeSection(`matching-${set.name}`, reportSet(set, texts, rows));
    }
  }
}

const PREFACE =
  '## Matching: beside the peers\n\nAll engines get the same texts (title, questions, utterances), one document per text; an entry ranks by its best text. „As served“ adds what peers have no place for: answers, synonyms, learned weights, intents. Weights and models are learned from the knowledge base alone, never from the questions asked here. nlp.js is measured up to 10,000 texts: it had not learned 18,000 after nine minutes on a busy machine.';

function reportSet(set: TestSet, texts: number, rows: readonly Row[]): string {
  const plot = `matching-${set.name}.svg`;
  writeFileSync(
    join(__dirname, plot),
    barPlot(
      `Top-1, ${set.title}`,
      rows.map(({ name, top1 }) => ({ name, values: top1 })),
    ),
  );
  return `### ${set.title}\n\n${circumstances()}\n\n${set.entries.length} entries with ${texts} texts; ${set.questions.length} questions, asked as written / with phone typos; an engine that spends more than ${BUDGET_MS / 1_000} s on them gets fewer of the same shuffled list.\n\n${tableOf(rows)}\n\n![Top-1 of every engine](matching/${plot})`;
}

function tableOf(rows: readonly Row[]): string {
  return table(
    ['Engine', 'Asked', 'Top-1', 'Recall@3', 'p50 ms', 'p99 ms', 'Build s', 'Memory MB'],
    rows.map(({ name, asked, top1, recall3, p50, p99, buildMs, memory }) => [
      name,
      String(asked),
      top1.map(percent).join(' / '),
      recall3.map(percent).join(' / '),
      p50.toFixed(2),
      p99.toFixed(2),
      (buildMs / 1_000).toFixed(1),
      memory.toFixed(0),
    ]),
  );
}
