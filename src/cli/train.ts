/**
 * `npm run train [-- ORDNER]`: learns the ranker from the knowledge base and writes it beside it with the figures it was learned to.
 * Can be interrupted at any time: the files are written at the very end.
 */
import { trainRanker } from '../answering/training';
import { formatRankerModel } from '../answering/ranker';
import { systemClock } from '../clock';
import { percent } from '../evaluation/baseline';
import { formatFinding } from '../knowledge/findings';
import { loadKnowledge } from '../knowledge/load';
import { writeModelFile } from '../knowledge/modelFile';

function main(): number {
  const folder = process.argv[2] ?? 'knowledge';
  const started = systemClock.nowMs();
  const seconds = (): string => `${((systemClock.nowMs() - started) / 1000).toFixed(1)} s`;
  const { knowledge, findings } = loadKnowledge(folder);
  if (knowledge === undefined) {
    for (const each of findings) console.error(formatFinding(each));
    return 1;
  }
  const { model, report } = trainRanker(knowledge, (step) => {
    console.log(`${seconds().padStart(7)}  ${step}`);
  });
  writeModelFile(folder, formatRankerModel(model, { ...report, knowledge: knowledge.version }));
  console.log(
    `${seconds().padStart(7)}  fertig: ${report.utterances} Äußerungen, ${report.classes} Klassen; zurückgehalten ${report.heldOut} (die Hälfte mit Tippfehlern):`,
  );
  console.log(
    `         richtig ${percent(report.top1)}, unter den ersten drei ${percent(report.amongThree)}, Kalibrierungsfehler ${percent(report.calibrationError)}, Schwelle ${model.thresholds.answer}`,
  );
  return 0;
}

process.exitCode = main();
