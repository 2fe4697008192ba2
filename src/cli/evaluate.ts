/**
 * `npm run eval [-- --baseline] [--update] [--misses] [--set NAME] [--knowledge DIR]`: asks every gold question and prints the figures per style with the
 * list of misses. `--baseline` fails when a figure is worse than the stored one by more than its tolerance; `--update` stores.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createAnswering } from '../answering/answering';
import { addTypos } from '../answering/typoNoise';
import {
  baselineFile,
  compareFigures,
  loadBaseline,
  percent,
  toBaseline,
  type Baseline,
  type BaselineFigures,
} from '../evaluation/baseline';
import { evaluate, type Evaluation, type Figures, type Judged } from '../evaluation/measure';
import { askGold, gateQuestions } from '../evaluation/goldGate';
import { loadGold, type GoldQuestion } from '../evaluation/gold';
import { createRandom } from '../search/random';
import { openKnowledge } from './openKnowledge';

function main(): number {
  const { values } = parseArgs({
    options: {
      knowledge: { type: 'string', default: 'knowledge' },
      baseline: { type: 'boolean', default: false },
      update: { type: 'boolean', default: false },
      misses: { type: 'boolean', default: false },
      set: { type: 'string' },
    },
  });
  const result = openKnowledge(values.knowledge);
  if ('error' in result) {
    for (const line of result.error) console.error(line);
    return 1;
  }
  const { knowledge, model } = result.opened;
  const answering = createAnswering(knowledge, { model });
  const gold = loadGold(values.knowledge).filter(({ set }) => values.set === undefined || set === values.set);
  const ask = (questions: readonly GoldQuestion[]): readonly Judged[] =>
    questions.map((one) => askGold(one, answering));

  const clean = ask(gold);
  const random = createRandom(99);
  const typos = ask(gold.map((one) => ({ ...one, question: addTypos(one.question, random) })));
  const cleanFigures = evaluate(clean);
  const typoFigures = evaluate(typos);
  print('Goldfragen, wie geschrieben', cleanFigures);
  print('Goldfragen mit Handy-Tippfehlern', typoFigures);
  if (values.misses) printMisses(clean);

  const asked = (audience: GoldQuestion['audience']): BaselineFigures => {
    const questions = new Set(gateQuestions(gold, audience));
    return toBaseline(evaluate(clean.filter((one) => questions.has(one.gold))));
  };
  const now: Baseline = {
    clean: toBaseline(cleanFigures),
    typos: toBaseline(typoFigures),
    reload: { citizens: asked('citizens'), staff: asked('staff') },
  };
  if (values.update) writeFileSync(baselineFile(values.knowledge), `${JSON.stringify(now, null, 2)}\n`);
  if (!values.baseline) return 0;
  const stored = loadBaseline(values.knowledge);
  if (stored === undefined) {
    console.error('Keine gespeicherten Vergleichswerte; erst „npm run eval -- --update“.');
    return 1;
  }
  const worse = [
    ...compareFigures('wie geschrieben', stored.clean, now.clean),
    ...compareFigures('mit Tippfehlern', stored.typos, now.typos),
  ];
  for (const line of worse) console.error(line);
  if (worse.length === 0) console.log('Nicht schlechter als die gespeicherten Vergleichswerte.');
  return worse.length === 0 ? 0 : 1;
}

function print(title: string, { answerable, byStyle, byKind, unanswerable, calibrationError }: Evaluation): void {
  console.log(`\n${title}`);
  console.log(
    `${'Stil'.padEnd(16)}${'Fragen'.padStart(7)}${'Top-1'.padStart(9)}${'unter 3'.padStart(9)}${'MRR'.padStart(8)}${'sicher falsch'.padStart(15)}${'sofort'.padStart(9)}`,
  );
  const row = (name: string, f: Figures): void => {
    console.log(
      `${name.padEnd(16)}${String(f.questions).padStart(7)}${percent(f.top1).padStart(9)}${percent(f.among).padStart(9)}${f.mrr.toFixed(3).padStart(8)}${percent(f.confidentlyWrong).padStart(15)}${percent(f.answeredAtOnce).padStart(9)}`,
    );
  };
  for (const [name, figures] of Object.entries(byKind)) row(`[${name}]`, figures);
  for (const [name, figures] of Object.entries(byStyle)) row(name, figures);
  row('alle', answerable);
  console.log(
    `Unbeantwortbar: ${unanswerable.questions} Fragen, beantwortet ${percent(unanswerable.answered)}, nachgefragt ${percent(unanswerable.offered)}; Kalibrierungsfehler ${percent(calibrationError)}`,
  );
}

function printMisses(judged: readonly Judged[]): void {
  for (const { gold, outcome, top1 } of judged) {
    if (gold.kind === 'none' ? outcome.kind === 'fallback' || outcome.kind === 'smalltalk' : top1) continue;
    const got = outcome.entries.slice(0, 3).map(({ id, confidence }) => `${id} ${confidence.toFixed(2)}`);
    console.log(
      `${gold.style}\t${gold.kind}:${gold.expected.join('|')}\t${gold.question}\t→ ${outcome.kind} ${got.join(', ')}`,
    );
  }
}

process.exitCode = main();
