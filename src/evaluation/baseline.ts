/**
 * The figures that must not get worse: what is stored in knowledge/evaluation/baseline.json, and by how much a new knowledge base may
 * differ from it. One table for `npm run eval -- --baseline` and for the reload in the running service.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LotseError } from '../errors';
import type { GoldQuestion } from './gold';
import type { Evaluation } from './measure';

/** One question more or less is noise; half a per cent is not. */
const TOLERANCE = 0.005;

const figuresSchema = z.object({
  top1: z.number(),
  among: z.number(),
  confidentlyWrong: z.number(),
  unanswerableAnswered: z.number(),
});
const baselineSchema = z.object({
  clean: figuresSchema,
  typos: figuresSchema,
  reload: z.object({ citizens: figuresSchema, staff: figuresSchema }),
});

/** Shares, 0..1. */
export type BaselineFigures = Readonly<z.infer<typeof figuresSchema>>;
export interface Baseline {
  readonly clean: BaselineFigures;
  readonly typos: BaselineFigures;
  /** Of the questions that an edit is asked before it goes live (goldGate.ts). */
  readonly reload: Readonly<Record<GoldQuestion['audience'], BaselineFigures>>;
}

export function baselineFile(knowledgeFolder: string): string {
  return join(knowledgeFolder, 'evaluation', 'baseline.json');
}

/** `undefined` when none was ever stored; throws LotseError `BASELINE_INVALID`. */
export function loadBaseline(knowledgeFolder: string): Baseline | undefined {
  const file = baselineFile(knowledgeFolder);
  if (!existsSync(file)) return undefined;
  try {
    return baselineSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new LotseError('BASELINE_INVALID', `${file} is no baseline; run \`npm run eval -- --update\`.`, {
      cause: error,
    });
  }
}

export function toBaseline({ answerable, unanswerable }: Evaluation): BaselineFigures {
  return {
    top1: round(answerable.top1),
    among: round(answerable.among),
    confidentlyWrong: round(answerable.confidentlyWrong),
    unanswerableAnswered: round(unanswerable.answered),
  };
}

/** German lines, one per figure that has got worse by more than its tolerance. */
export function compareFigures(name: string, stored: BaselineFigures, now: BaselineFigures): readonly string[] {
  const lines: string[] = [];
  const note = (what: string, before: number, after: number): void => {
    lines.push(`${name}: ${what} ${percent(after)}, gespeichert ${percent(before)}`);
  };
  if (now.top1 < stored.top1 - TOLERANCE) note('richtig an erster Stelle', stored.top1, now.top1);
  if (now.among < stored.among - TOLERANCE) note('unter den ersten drei', stored.among, now.among);
  if (now.confidentlyWrong > stored.confidentlyWrong + TOLERANCE)
    note('sicher und falsch', stored.confidentlyWrong, now.confidentlyWrong);
  if (now.unanswerableAnswered > stored.unanswerableAnswered + 2 * TOLERANCE)
    note('Unbeantwortbares beantwortet', stored.unanswerableAnswered, now.unanswerableAnswered);
  return lines;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** `percent(0.9735)` is `97.4 %`; how every figure of the ranking is printed. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
