/**
 * A month's counts as a file beside the storage (`statistik/2026-11.json`): an embedded store belongs to one process, and the report is made by another.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FOLDER = 'statistik';
const fileSchema = z.strictObject({
  version: z.literal(1),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  counts: z.array(z.strictObject({ dimension: z.string(), name: z.string(), count: z.number().int().min(0) })),
});

export interface MonthCount {
  readonly dimension: string;
  readonly name: string;
  readonly count: number;
}

/** Written when it has changed, as a whole or not at all. No file where nothing was counted. */
export function keepMonth(dataDir: string, month: string, counts: readonly MonthCount[]): void {
  const file = join(dataDir, FOLDER, `${month}.json`);
  const text = `${JSON.stringify({ version: 1, month, counts })}\n`;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === before || (before === undefined && counts.length === 0)) return;
  mkdirSync(join(dataDir, FOLDER), { recursive: true });
  writeFileSync(`${file}.neu`, text);
  renameSync(`${file}.neu`, file);
}

/** Undefined when there is no such month or it is no such file. */
export function readMonth(dataDir: string, month: string): readonly MonthCount[] | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(join(dataDir, FOLDER, `${month}.json`), 'utf8'))).counts;
  } catch {
    return undefined;
  }
}

/** Months there are counts of, oldest first. */
export function listMonths(dataDir: string): readonly string[] {
  try {
    return readdirSync(join(dataDir, FOLDER))
      .map((name) => /^(\d{4}-\d{2})\.json$/.exec(name)?.[1])
      .filter((month): month is string => month !== undefined)
      .sort();
  } catch {
    return [];
  }
}
