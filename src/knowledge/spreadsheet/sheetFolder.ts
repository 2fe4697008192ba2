/**
 * The knowledge folder as sheets and back: which files are for editors, which sheet they stand in, and what a table's header means.
 * Gold questions and the trained model stay out: they are no content.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LotseError } from '../../errors';
import { COLUMNS, formatNumbers, parseNumbers, readSheetFile, type Row } from './rows';
import type { Sheet } from './xlsx';

const SHEETS: Readonly<Record<string, string>> = {
  leistungen: 'Themen',
  personal: 'Mitarbeitende',
  oertlich: 'Örtlich',
  aktionen: 'Aktionen',
  jobcenter: 'Jobcenter',
  wege: 'Wege',
  texte: 'Texte',
  '': 'Weitere',
};

/** Text by path, in the order of the sheets; `only` keeps one folder (`leistungen`). */
export function readFolderTexts(folder: string, only?: string): ReadonlyMap<string, string> {
  const paths: string[] = [];
  const descend = (relative: string, depth: number): void => {
    const entries = readdirSync(join(folder, relative), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isFile() && entry.name.endsWith('.yaml')) paths.push(path);
      else if (entry.isDirectory() && depth < 3 && Object.hasOwn(SHEETS, topFolder(`${path}/`))) descend(path, depth + 1);
    }
  };
  descend('', 0);
  const order = Object.keys(SHEETS);
  const kept = paths.filter((path) => only === undefined || topFolder(path) === only);
  kept.sort((a, b) => order.indexOf(topFolder(a)) - order.indexOf(topFolder(b)));
  return new Map(kept.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

export function toSheets(files: ReadonlyMap<string, string>): readonly Sheet[] {
  const sheets = new Map<string, (readonly string[])[]>();
  for (const [file, text] of files) {
    const name = SHEETS[topFolder(file)] ?? 'Weitere';
    const rows = sheets.get(name) ?? [[...COLUMNS]];
    rows.push(
      ...readSheetFile(file, text).cells.map((cell) => [cell.file, cell.entry, cell.key, formatNumbers(cell.numbers), cell.text]),
    );
    sheets.set(name, rows);
  }
  return [...sheets].map(([name, rows]) => ({ name, rows }));
}

/** One table for CSV. */
export function toTable(sheets: readonly Sheet[]): readonly (readonly string[])[] {
  return [[...COLUMNS], ...sheets.flatMap(({ rows }) => rows.slice(1))];
}

/** Throws LotseError `SHEET_UNREADABLE` with the German reason. */
export function toRows({ name, rows }: Sheet): readonly Row[] {
  const [header = [], ...body] = rows;
  const positions = COLUMNS.map((column) => header.findIndex((cell) => cell.trim().toLowerCase() === column.toLowerCase()));
  const missing = COLUMNS.filter((_, index) => positions[index] === -1);
  if (missing.length > 0)
    throw new LotseError('SHEET_UNREADABLE', `Blatt „${name}“: In der ersten Zeile fehlt ${missing.map((each) => `„${each}“`).join(', ')}.`);
  return body.flatMap((cells, index) => {
    const [file = '', entry = '', key = '', number = '', text = ''] = positions.map((position) => cells[position] ?? '');
    if (file.trim() === '' && key.trim() === '') return [];
    const numbers = parseNumbers(number);
    if (numbers === undefined)
      throw new LotseError('SHEET_UNREADABLE', `Blatt „${name}“, Zeile ${index + 2}: „${number}“ ist keine Nummer.`);
    return [{ file: file.trim(), entry: entry.trim(), key: key.trim(), numbers, text }];
  });
}

function topFolder(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
