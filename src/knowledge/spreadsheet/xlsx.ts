/**
 * The table as an Excel workbook: a sheet per folder, every cell text (or Excel turns `01067` and `2026-07-01` into what it likes),
 * header frozen, with filters. Reads back what Excel and LibreOffice save.
 */
import { Workbook, type CellValue } from 'exceljs';
import { LotseError } from '../../errors';

export interface Sheet {
  readonly name: string;
  /** The header first. */
  readonly rows: readonly (readonly string[])[];
}

const WIDTHS = [30, 32, 24, 8, 100];

export async function formatXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  for (const { name, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = WIDTHS.map((width) => ({ width, style: { numFmt: '@', alignment: { vertical: 'top', wrapText: true } } }));
    for (const row of rows) sheet.addRow([...row]);
    sheet.getRow(1).font = { bold: true };
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: WIDTHS.length } };
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Throws LotseError `SHEET_UNREADABLE` when it is no workbook. */
export async function parseXlsx(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const workbook = new Workbook();
  try {
    // exceljs wants an ArrayBuffer of exactly these bytes.
    await workbook.xlsx.load(bytes.slice().buffer);
  } catch (error) {
    throw new LotseError('SHEET_UNREADABLE', 'Das ist keine Excel-Datei (.xlsx).', { cause: error });
  }
  return workbook.worksheets.map((sheet) => {
    const rows: string[][] = [];
    sheet.eachRow((row) => {
      rows.push(WIDTHS.map((_, index) => cellText(row.getCell(index + 1).value)));
    });
    return { name: sheet.name, rows };
  });
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return cellText(value.text);
  if ('result' in value) return cellText(value.result);
  return '';
}
