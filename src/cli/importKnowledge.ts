/**
 * `npm run import -- DATEI.xlsx|DATEI.csv [--knowledge ORDNER] [--schreiben]`: what an edited spreadsheet changes, as a diff of the YAML
 * files. Writes only with `--schreiben`, and says what the check finds afterwards.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { LotseError } from '../errors';
import { formatFinding } from '../knowledge/findings';
import { loadKnowledge } from '../knowledge/load';
import { applyRows } from '../knowledge/spreadsheet/applyRows';
import { parseCsv } from '../knowledge/spreadsheet/csv';
import { readFolderTexts, toRows } from '../knowledge/spreadsheet/sheetFolder';
import { parseXlsx, type Sheet } from '../knowledge/spreadsheet/xlsx';

const USAGE = 'Aufruf: npm run import -- DATEI.xlsx oder DATEI.csv [--knowledge ORDNER] [--schreiben]';

async function readSheets(source: string): Promise<readonly Sheet[]> {
  const bytes = new Uint8Array(readFileSync(source));
  return /\.csv$/i.test(source) ? [{ name: source, rows: parseCsv(bytes) }] : parseXlsx(bytes);
}

async function main(): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { knowledge: { type: 'string', default: 'knowledge' }, schreiben: { type: 'boolean', default: false } },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const [source] = parsed.positionals;
  const { knowledge: folder, schreiben: write } = parsed.values;
  if (source === undefined) {
    console.error(USAGE);
    return 2;
  }
  try {
    const rows = (await readSheets(source)).flatMap(toRows);
    const { changes, problems } = applyRows(readFolderTexts(folder), rows);
    for (const { diff } of changes) console.log(diff);
    for (const problem of problems) console.error(problem);
    if (changes.length === 0) console.log('Keine Änderungen.');
    else if (!write) console.log(`${changes.length} Dateien würden geändert; mit --schreiben werden sie es.`);
    else {
      for (const { file, after } of changes) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), after);
      }
      console.log(`${changes.length} Dateien geändert.`);
      for (const each of loadKnowledge(folder).findings.filter(({ severity }) => severity === 'error'))
        console.log(formatFinding(each));
    }
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof LotseError)) throw error;
    console.error(error.message);
    return 1;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
