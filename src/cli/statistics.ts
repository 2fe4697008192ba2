/**
 * `npm run statistics [-- JJJJ-MM] [--ordner ORDNER]`: the house's report of a month as HTML and CSV, from the counts in the data folder.
 * Without a month the last one there are counts of. Reads no conversation and no storage.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config';
import { loadKnowledge } from '../knowledge/load';
import { listMonths, readMonth } from '../statistics/monthFile';
import { monthTitle, reportCsv, reportHtml } from '../statistics/monthReport';

const USAGE = 'Aufruf: npm run statistics [-- JJJJ-MM] [--ordner ORDNER]';

export interface StatisticsOutput {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** The whole command as a value; writes the two files. */
export function runStatistics(
  args: readonly string[],
  settings: { readonly DATA_DIR: string; readonly KNOWLEDGE_DIR: string },
): StatisticsOutput {
  const options = parseOptions(args);
  if (options === undefined) return { lines: [USAGE], exitCode: 2 };
  const month = options.month ?? listMonths(settings.DATA_DIR).at(-1);
  const counts = month === undefined ? undefined : readMonth(settings.DATA_DIR, month);
  if (month === undefined || counts === undefined) {
    const known = listMonths(settings.DATA_DIR);
    const lines = [
      month === undefined ? 'Es gibt noch keine Zahlen.' : `Für ${month} gibt es keine Zahlen.`,
      known.length === 0
        ? `Der laufende Dienst schreibt sie jede Minute nach ${join(settings.DATA_DIR, 'statistik')}.`
        : `Es gibt: ${known.join(', ')}.`,
    ];
    return { lines, exitCode: 1 };
  }
  const { knowledge } = loadKnowledge(settings.KNOWLEDGE_DIR);
  const titles = new Map(
    [...(knowledge?.entries ?? []), ...(knowledge?.staffEntries ?? [])].map(({ id, title }) => [id, title]),
  );
  const parts = { month, counts, titleOf: (id: string) => titles.get(id) ?? id };
  mkdirSync(options.folder, { recursive: true });
  const files = (['html', 'csv'] as const).map((kind) => join(options.folder, `statistik-${month}.${kind}`));
  const [html = '', csv = ''] = files;
  writeFileSync(html, reportHtml(parts));
  writeFileSync(csv, reportCsv(parts));
  return { lines: [`${monthTitle(month)}: ${files.join(' und ')}`], exitCode: 0 };
}

function parseOptions(args: readonly string[]): { month: string | undefined; folder: string } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ordner: { type: 'string' } },
      allowPositionals: true,
    });
    const [month] = positionals;
    if (positionals.length > 1 || (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))) return undefined;
    return { month, folder: values.ordner ?? '.' };
  } catch {
    return undefined;
  }
}

if (require.main === module) {
  const { lines, exitCode } = runStatistics(process.argv.slice(2), readConfig());
  console.log(lines.join('\n'));
  process.exitCode = exitCode;
}
