/**
 * Whether a knowledge base may go live: every gold question is asked, and the figures must not be worse than the stored ones.
 * Findings, not figures, because an editor reads them. Without stored figures there is nothing to be worse than, and it passes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Answering } from '../answering/answering';
import { LotseError } from '../errors';
import { finding, type Finding } from '../knowledge/findings';
import { compareFigures, loadBaseline, toBaseline } from './baseline';
import { loadGold } from './gold';
import { evaluate, judge, type Judged } from './measure';

/** The day the gold questions were written for; a gate that moves with the calendar would fail by itself. */
export const GOLD_DAY = '2026-11-22';
const NAMED_TOPICS = 5;
const BASELINE_FILE = { file: 'evaluation/baseline.json', line: 1, column: 1 };

/** Empty: it may go live. */
export async function goldFindings(knowledgeFolder: string, answering: Answering): Promise<readonly Finding[]> {
  if (!existsSync(join(knowledgeFolder, 'evaluation'))) return [];
  try {
    const baseline = loadBaseline(knowledgeFolder);
    if (baseline === undefined) return [];
    const judged = await askGold(knowledgeFolder, answering);
    const worse = compareFigures('Goldfragen', baseline.clean, toBaseline(evaluate(judged)));
    const missed = mostMissed(judged);
    const proposal = missed === '' ? '' : `Am häufigsten verfehlt: ${missed}.`;
    return worse.map((line) => finding('error', 'KB_GOLD_QUESTIONS', BASELINE_FILE, `${line}.`, proposal));
  } catch (error) {
    if (!(error instanceof LotseError)) throw error;
    const at = { file: 'evaluation', line: 1, column: 1 };
    return [finding('error', 'KB_GOLD_UNREADABLE', at, `Die Goldfragen lassen sich nicht lesen (${error.message}).`)];
  }
}

/** Turns are served between two questions. */
async function askGold(knowledgeFolder: string, answering: Answering): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const gold of loadGold(knowledgeFolder)) {
    const context = { today: GOLD_DAY, audience: gold.audience, style: 'everyday', language: 'de' } as const;
    judged.push(judge(gold, answering.answer(gold.question, context)));
    await setImmediate();
  }
  return judged;
}

function mostMissed(judged: readonly Judged[]): string {
  const misses = new Map<string, number>();
  for (const { gold, top1 } of judged) {
    const [id] = gold.expected;
    if (!top1 && id !== undefined) misses.set(id, (misses.get(id) ?? 0) + 1);
  }
  return [...misses]
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMED_TOPICS)
    .map(([id, count]) => `${id} (${count})`)
    .join(', ');
}
