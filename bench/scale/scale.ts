/**
 * How build time, memory and answering time grow with the number of entries: our engine up to 100,000 synthetic ones, peers as far as they cope.
 * Questions name the subject of one entry in another sentence, every second with a letter missing.
 *
 *   npm run bench -- scale [--sizes 1000,10000,100000]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_WEIGHTS } from '../../src/search/combiner';
import { createSearchEngine, variantsOf, type SearchDocument } from '../../src/search/searchEngine';
import { PEERS, type Engine } from '../matching/peers';
import { memoryMb, processorMs, progress, quantile, startWatch } from '../measure';
import { circumstances, linePlot, percent, table, writeSection } from '../report';
import { syntheticEntries, syntheticQuestions } from './syntheticEntries';

interface Row {
  readonly name: string;
  readonly entries: number;
  readonly buildMs: number;
  readonly memory: number;
  readonly p50: number;
  readonly p99: number;
  readonly right: number;
}

const QUESTIONS = 500;
/** A peer slower than this is asked fewer questions. */
const BUDGET_MS = 12_000;
const WARM_UP = 200;

/** Learning one class per entry takes nlp.js minutes at 1,000 entries already. */
const LEFT_OUT = /^nlp\.js/;

export async function benchScale(
  options: { readonly sizes: readonly number[] },
  isStopped: () => boolean,
): Promise<void> {
  const rows: Row[] = [];
  const run = async (
    name: string,
    documents: readonly SearchDocument[],
    build: () => Engine | Promise<Engine>,
  ): Promise<void> => {
    if (isStopped()) return;
    progress(`  ${name}, ${documents.length} entries …`);
    const row = await measure(name, documents, build, isStopped);
    rows.push(row);
    progress(
      `  ${name}: build ${(row.buildMs / 1_000).toFixed(1)} s, ${row.memory.toFixed(0)} MB, p50 ${row.p50.toFixed(2)}, p99 ${row.p99.toFixed(2)} ms`,
    );
    // After every engine: what is measured is kept, however the rest ends.
    report(rows);
  };
  for (const size of options.sizes) {
    const documents = syntheticEntries(size);
    await run('Jobcenter-Lotse', documents, () => {
      const engine = createSearchEngine({ documents, synonyms: [], weights: DEFAULT_WEIGHTS });
      return { find: (question) => engine.search(question).hits.map(({ id }) => id) };
    });
  }
  for (const size of options.sizes) {
    const documents = syntheticEntries(size);
    const entries = documents.map((document) => ({ id: document.id, texts: variantsOf(document) }));
    const texts = entries.reduce((sum, entry) => sum + entry.texts.length, 0);
    for (const { name, maxTexts, build } of PEERS)
      if (texts <= maxTexts && !LEFT_OUT.test(name)) await run(name, documents, () => build(entries));
  }
}

function report(rows: readonly Row[]): void {
  const names = [...new Set(rows.map(({ name }) => name))];
  const lines = names.map((name) => ({
    name,
    points: rows.filter((row) => row.name === name).map(({ entries, p99 }) => [entries, p99] as const),
  }));
  writeFileSync(join(__dirname, 'scale.svg'), linePlot('p99 of a question, ms', 'entries', lines));
  const cells = rows.map(({ name, entries, buildMs, memory, p50, p99, right }) => [
    name,
    entries.toLocaleString('en'),
    (buildMs / 1_000).toFixed(1),
    memory.toFixed(0),
    p50.toFixed(2),
    p99.toFixed(2),
    percent(right),
  ]);
  writeSection(
    'scale',
    `## Scale: 1,000 to 100,000 entries\n\n${circumstances()}\n\nSynthetic entries of seven texts each (bench/scale/syntheticEntries.ts); memory is heap and buffers after a collection, beyond the entries themselves. „Right“: the first hit is about the subject asked for; an engine that spends more than ${BUDGET_MS / 1_000} s is asked fewer questions. nlp.js is left out: it learns one class per entry, for minutes at 1,000.\n\n${table(['Engine', 'Entries', 'Build s', 'Memory MB', 'p50 ms', 'p99 ms', 'Right'], cells)}\n\n![p99 by number of entries](scale/scale.svg)`,
  );
}

/** In a function of its own, so that nothing of one engine is alive while the next is measured. */
async function measure(
  name: string,
  documents: readonly SearchDocument[],
  build: () => Engine | Promise<Engine>,
  isStopped: () => boolean,
): Promise<Row> {
  const before = await memoryMb();
  const from = processorMs();
  const engine = await build();
  const buildMs = processorMs() - from;
  const memory = (await memoryMb()) - before;
  const titles = new Map(documents.map(({ id, title }) => [id, title]));
  const questions = syntheticQuestions(documents.length, WARM_UP + QUESTIONS);
  const { times, right } = await ask(engine, questions, titles, isStopped);
  return {
    name,
    entries: documents.length,
    buildMs,
    memory,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    right,
  };
}

async function ask(
  engine: Engine,
  questions: readonly { readonly question: string; readonly id: string }[],
  titles: ReadonlyMap<string, string>,
  isStopped: () => boolean,
): Promise<{ times: readonly number[]; right: number }> {
  const times: number[] = [];
  let right = 0;
  const began = processorMs();
  for (const [i, { question, id }] of questions.entries()) {
    if (isStopped() || (times.length > 10 && processorMs() - began > BUDGET_MS)) break;
    const stop = startWatch();
    const [first = ''] = await engine.find(question);
    const took = stop();
    // Slow engines are not made to wait for their warm-up.
    if (i < WARM_UP && processorMs() - began < BUDGET_MS / 10) continue;
    times.push(took);
    if (first === id || titles.get(first) === titles.get(id)) right += 1;
    if (times.length % 20 === 0) await new Promise(setImmediate);
  }
  return { times, right: right / times.length };
}
