/**
 * Whether a knowledge base may go live: gold questions are asked, and the figures must not be worse than the stored ones. As many as fit
 * into the seconds an editor waits, always the same ones; `npm run eval` asks all.
 * Findings, not figures, because an editor reads them. Without stored figures there is nothing to be worse than, and it passes.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Answering } from '../answering/answering';
import { LotseError } from '../errors';
import { finding, type Finding } from '../knowledge/findings';
import { compareFigures, loadBaseline, toBaseline } from './baseline';
import { loadGold, type GoldQuestion } from './gold';
import { evaluate, judge, type Judged } from './measure';

/** The day the gold questions were written for; a gate that moves with the calendar would fail by itself. */
const GOLD_DAY = '2026-11-22';
/** Of each audience; beyond, every second, third … is asked. */
const MOST_ASKED = 1_000;
const NAMED_TOPICS = 5;
const BASELINE_FILE = { file: 'evaluation/baseline.json', line: 1, column: 1 };

type Audience = GoldQuestion['audience'];

/** The questions an edit is asked for one audience. */
export function gateQuestions(gold: readonly GoldQuestion[], audience: Audience): readonly GoldQuestion[] {
  const own = gold.filter((question) => question.audience === audience);
  const step = Math.max(1, Math.ceil(own.length / MOST_ASKED));
  return own.filter((_, i) => i % step === 0);
}

/** Empty: it may go live for these audiences. */
export async function goldFindings(
  knowledgeFolder: string,
  answering: Answering,
  audiences: readonly Audience[],
): Promise<readonly Finding[]> {
  if (!existsSync(join(knowledgeFolder, 'evaluation'))) return [];
  try {
    const baseline = loadBaseline(knowledgeFolder);
    if (baseline === undefined) return [];
    const gold = loadGold(knowledgeFolder);
    const findings: Finding[] = [];
    for (const audience of audiences) {
      const judged = await ask(gateQuestions(gold, audience), answering);
      const worse = compareFigures('Goldfragen', baseline.reload[audience], toBaseline(evaluate(judged)));
      const missed = mostMissed(judged);
      const proposal = missed === '' ? '' : `Am häufigsten verfehlt: ${missed}.`;
      findings.push(...worse.map((line) => finding('error', 'KB_GOLD_QUESTIONS', BASELINE_FILE, `${line}.`, proposal)));
    }
    return findings;
  } catch (error) {
    if (!(error instanceof LotseError)) throw error;
    const at = { file: 'evaluation', line: 1, column: 1 };
    return [finding('error', 'KB_GOLD_UNREADABLE', at, `Die Goldfragen lassen sich nicht lesen (${error.message}).`)];
  }
}

/** One gold question as it is asked everywhere: on its day, by its audience, in everyday German. */
export function askGold(gold: GoldQuestion, answering: Answering): Judged {
  const context = { today: GOLD_DAY, audience: gold.audience, style: 'everyday', language: 'de' } as const;
  return judge(gold, answering.answer(gold.question, context));
}

/** Turns are served between two questions. */
async function ask(questions: readonly GoldQuestion[], answering: Answering): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const gold of questions) {
    judged.push(askGold(gold, answering));
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
