/**
 * The table as CSV that German Excel and LibreOffice open by a double click: semicolons, UTF-8 with BOM. Reads back what they save,
 * also with commas or tabs and in Windows-1252 (Excel's plain „CSV“).
 *
 * A cell that a spreadsheet would take for a formula, number or date gets an apostrophe in front, or `01067` comes back as 1067.
 */
import { LotseError } from '../../errors';

const BOM = '\uFEFF';
/** Plain counting numbers come back as they are. */
const COUNT = /^[1-9]\d{0,8}$/;
const TAKEN_FOR_SOMETHING_ELSE = /^(?:['=+\-@\d\t]|(?:wahr|falsch|true|false)$)/i;

/** Cells as text; the apostrophes are added here. */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return BOM + rows.map((row) => row.map((cell) => quoted(guarded(cell))).join(';')).join('\r\n') + '\r\n';
}

/** Throws LotseError `SHEET_UNREADABLE` when a quotation mark is never closed. */
export function parseCsv(bytes: Uint8Array): readonly (readonly string[])[] {
  const text = decode(bytes);
  const separator = [';', '\t', ','].find((each) => firstLine(text).includes(each)) ?? ';';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inQuotes) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else inQuotes = false;
    } else if (character === '"' && cell === '') inQuotes = true;
    else if (character === separator) {
      row.push(cell);
      cell = '';
    } else if (character === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else if (character !== '\r') cell += character;
  }
  if (inQuotes) throw new LotseError('SHEET_UNREADABLE', 'Ein Anführungszeichen wird nicht geschlossen.');
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows.filter((each) => each.some((value) => value !== '')).map((each) => each.map(unguarded));
}

function mistakable(cell: string): boolean {
  return TAKEN_FOR_SOMETHING_ELSE.test(cell) && !COUNT.test(cell);
}

function guarded(cell: string): string {
  return mistakable(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && mistakable(cell.slice(1)) ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[";\n\r\t]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

function firstLine(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('\n')));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
