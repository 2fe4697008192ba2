/**
 * `npm run check [-- DIR] [--heute YYYY-MM-DD] [--streng]`: every finding in the knowledge base, in German, one per line.
 * Exits with 1 on errors, with `--streng` on warnings too. Changes nothing.
 */
import { parseArgs } from 'node:util';
import { berlinDate, systemClock } from '../clock';
import { parseRankerModel, UNTRAINED, type RankerModel } from '../answering/ranker';
import { unreachedEntries } from '../evaluation/unreached';
import { formatFinding, sortFindings } from '../knowledge/findings';
import { checkKnowledge, type LocalWording } from '../knowledge/load';
import { readModelFile } from '../knowledge/modelFile';
import { isDay } from '../knowledge/schema/values';

const USAGE = 'Aufruf: npm run check [-- ORDNER] [--heute JJJJ-MM-TT] [--streng]';

export interface CheckOutput {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** The whole command as a value: what is printed and how it ends. */
export function runCheck(args: readonly string[], today: string): CheckOutput {
  const options = parseOptions(args);
  if (options === undefined) return { lines: [USAGE], exitCode: 2 };
  const day = options.day ?? today;
  if (!isDay(day)) return { lines: [`„${day}“ ist kein Datum. ${USAGE}`], exitCode: 2 };
  const { findings: read, fileCount, local, knowledge } = checkKnowledge(options.folder, day);
  // What nobody reaches can only be seen by asking; a base that does not load has more urgent trouble.
  const unreached = knowledge === undefined ? [] : unreachedEntries(knowledge, trainedModel(options.folder));
  const findings = sortFindings([...read, ...unreached]);
  const errors = findings.filter((each) => each.severity === 'error').length;
  const warnings = findings.length - errors;
  return {
    lines: [
      ...local.map(localLine),
      ...findings.map(formatFinding),
      `${findings.length} ${findings.length === 1 ? 'Befund' : 'Befunde'} (${errors} Fehler, ${warnings} Hinweise) in ${fileCount} Dateien`,
    ],
    exitCode: errors > 0 || (options.strict && warnings > 0) ? 1 : 0,
  };
}

/** Nothing is learned for a check. */
function trainedModel(folder: string): RankerModel {
  const file = readModelFile(folder);
  return file === undefined ? UNTRAINED : parseRankerModel(file);
}

function localLine({ jobcenter, entryId, replaces, origin }: LocalWording): string {
  const what =
    replaces.length > 0
      ? `Örtlich geändert: ${jobcenter}: ${entryId} (${replaces.join(', ')})`
      : `Örtlich ergänzt: ${jobcenter}: ${entryId}`;
  return `${what} – ${origin.file}:${origin.line}`;
}

function parseOptions(
  args: readonly string[],
): { folder: string; day: string | undefined; strict: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { heute: { type: 'string' }, streng: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) return undefined;
    return { folder: positionals[0] ?? 'knowledge', day: values.heute, strict: values.streng ?? false };
  } catch {
    return undefined;
  }
}

if (require.main === module) {
  const { lines, exitCode } = runCheck(process.argv.slice(2), berlinDate(systemClock.nowMs()));
  console.log(lines.join('\n'));
  process.exitCode = exitCode;
}
