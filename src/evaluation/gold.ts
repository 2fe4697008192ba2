/**
 * Gold questions: what strangers asked and what an expert says is meant. Live in knowledge/evaluation/*.yaml, written by hands that
 * have seen neither `fragen` nor `beispiele`. Parses; refuses to measure.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LotseError } from '../errors';

/** One question; `expected` are ids that all count as right, empty for a question nothing answers. */
export interface GoldQuestion {
  readonly question: string;
  readonly style: string;
  readonly kind: 'topic' | 'events' | 'jobcenter' | 'none';
  readonly expected: readonly string[];
  readonly audience: 'citizens' | 'staff';
  readonly set: string;
}

const fileSchema = z.array(
  z.strictObject({
    stil: z.string(),
    art: z.enum(['thema', 'ereignisse', 'jobcenter', 'nichts']),
    erwartet: z.array(z.string()).default([]),
    fragen: z.array(z.string()).min(1),
  }),
);

const KINDS = { thema: 'topic', ereignisse: 'events', jobcenter: 'jobcenter', nichts: 'none' } as const;

/** Throws LotseError `GOLD_INVALID` with the file's name. */
export function loadGold(knowledgeFolder: string): readonly GoldQuestion[] {
  const folder = join(knowledgeFolder, 'evaluation');
  const questions: GoldQuestion[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()) {
    const parsed = fileSchema.safeParse(parse(readFileSync(join(folder, name), 'utf8')));
    if (!parsed.success) throw new LotseError('GOLD_INVALID', `${name}: ${parsed.error.message}`);
    for (const { stil, art, erwartet, fragen } of parsed.data) {
      for (const question of fragen) {
        questions.push({
          question,
          style: stil,
          kind: KINDS[art],
          expected: erwartet,
          audience: stil === 'personal' ? 'staff' : 'citizens',
          set: name.replace(/\.yaml$/, ''),
        });
      }
    }
  }
  return questions;
}
