/**
 * `npm run export -- [ZIEL.xlsx|ZIEL.csv] [--knowledge ORDNER] [--ordner leistungen]`: the knowledge base as a spreadsheet. Changes nothing.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LotseError } from '../errors';
import { formatCsv } from '../knowledge/spreadsheet/csv';
import { readFolderTexts, toSheets, toTable } from '../knowledge/spreadsheet/sheetFolder';
import { formatXlsx } from '../knowledge/spreadsheet/xlsx';

const USAGE = 'Aufruf: npm run export -- [ZIEL.xlsx oder ZIEL.csv] [--knowledge ORDNER] [--ordner leistungen]';

async function main(): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { knowledge: { type: 'string', default: 'knowledge' }, ordner: { type: 'string' } },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const target = parsed.positionals[0] ?? 'wissensbasis.xlsx';
  if (!/\.(xlsx|csv)$/i.test(target)) {
    console.error(`„${target}“ endet weder auf .xlsx noch auf .csv. ${USAGE}`);
    return 2;
  }
  try {
    const files = readFolderTexts(parsed.values.knowledge, parsed.values.ordner);
    const sheets = toSheets(files);
    const isCsv = /\.csv$/i.test(target);
    writeFileSync(target, isCsv ? formatCsv(toTable(sheets)) : await formatXlsx(sheets));
    const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length - 1, 0);
    console.log(`${target}: ${rows} Zeilen aus ${files.size} Dateien`);
    return 0;
  } catch (error) {
    if (!(error instanceof LotseError)) throw error;
    console.error(error.message);
    return 1;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
