/**
 * What staff reported about answers as a file beside the storage (`meldungen.json`), for the editors' `npm run suggest`: an embedded store
 * belongs to one process. Entry, day, reason and the proposal with personal data masked; nobody's name.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const REPORT_FILE = 'meldungen.json';

const reportSchema = z.object({
  entryId: z.string(),
  day: z.string(),
  reason: z.string(),
  proposal: z.string().optional(),
});
const fileSchema = z.object({ version: z.literal(1), reports: z.array(reportSchema) });
export type ReportedAnswer = z.output<typeof reportSchema>;

/** Written when it has changed, as a whole or not at all. No file where there has never been a report. */
export function keepReports(dataDir: string, reports: readonly ReportedAnswer[]): void {
  const file = join(dataDir, REPORT_FILE);
  const kept = reports.map((report) => reportSchema.parse(report));
  const text = `${JSON.stringify({ version: 1, reports: kept }, null, 2)}\n`;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === before || (before === undefined && kept.length === 0)) return;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file}.neu`, text);
  renameSync(`${file}.neu`, file);
}

/** Empty when there is no such file, or it cannot be read. */
export function readReports(file: string): readonly ReportedAnswer[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).reports;
  } catch {
    return [];
  }
}
