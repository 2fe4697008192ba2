/**
 * The knowledge base in a spreadsheet and back: nothing is lost, and an edit changes exactly the lines it is about.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { applyRows, type SheetResult } from '../../src/knowledge/spreadsheet/applyRows';
import { formatCsv, parseCsv } from '../../src/knowledge/spreadsheet/csv';
import { plainCell, readSheetFile, type Row } from '../../src/knowledge/spreadsheet/rows';
import { readFolderTexts, toRows, toSheets, toTable } from '../../src/knowledge/spreadsheet/sheetFolder';
import { formatXlsx, parseXlsx } from '../../src/knowledge/spreadsheet/xlsx';
import { SAMPLE_KNOWLEDGE, tempKnowledge } from '../support/tempKnowledge';

const FILE = 'leistungen/beispiel.yaml';
const YAML = `# Kopf der Datei: bleibt stehen.

- id: eins   # die Kennung
  titel: 'Erstes Thema'
  fragen:
    # die wichtigste zuerst
    - Was ist eins?
    - "Wie geht: eins?"
    - Wozu eins?
  stichworte: [Ämter, 'Größe, klein', Straße]
  fassungen:
    - gueltig_bis: 2026-06-30
      antwort: |
        Erster Satz.

        Zweiter Absatz.
    # ab der Reform
    - gueltig_ab: 2026-07-01
      antwort: Neuer Satz.
  quellen: [{ titel: § 1 SGB II, url: 'https://www.gesetze-im-internet.de/sgb_2/__1.html' }]
  geprueft_von: null
  oertlich: false

- id: zwei
  titel: Zweites Thema
  siehe_auch: []
  plz: ['01067']
`;

const rowsOf = (text: string): Row[] => readSheetFile(FILE, text).cells.map(({ file, entry, key, numbers, text: cell }) => ({ file, entry, key, numbers, text: cell }));
const apply = (rows: readonly Row[]): SheetResult => applyRows(new Map([[FILE, YAML]]), rows);
const row = (entry: string, key: string, numbers: readonly number[], text: string): Row => ({ file: FILE, entry, key, numbers, text });

/** The sheet with one row changed; `undefined` takes the row out. */
function edited(entry: string, key: string, numbers: readonly number[], text: string | undefined): SheetResult {
  const rows = rowsOf(YAML);
  const at = rows.findIndex((each) => each.entry === entry && each.key === key && each.numbers.join() === numbers.join());
  if (at < 0) throw new Error(`No row ${entry} ${key} ${numbers.join()}`);
  if (text === undefined) rows.splice(at, 1);
  else rows[at] = row(entry, key, numbers, text);
  return apply(rows);
}

/** What a diff adds and removes. */
const changedLines = ({ changes }: SheetResult): readonly string[] =>
  (changes[0]?.diff ?? '').split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line));

describe('a sheet that was not edited changes nothing', () => {
  const folders = [
    ['the sample', SAMPLE_KNOWLEDGE],
    ['the shipped knowledge base', join(__dirname, '../../knowledge')],
  ] as const;
  test.each(folders)('CSV of %s', (_, folder) => {
    const files = readFolderTexts(folder);
    const rows = toRows({ name: 'csv', rows: parseCsv(Buffer.from(formatCsv(toTable(toSheets(files))))) });
    expect(rows.length).toBeGreaterThan(50);
    expect(applyRows(files, rows)).toEqual({ changes: [], problems: [] });
  });
  test.each(folders)('XLSX of %s', async (_, folder) => {
    const files = readFolderTexts(folder);
    const rows = (await parseXlsx(await formatXlsx(toSheets(files)))).flatMap(toRows);
    expect(rows.length).toBeGreaterThan(50);
    expect(applyRows(files, rows)).toEqual({ changes: [], problems: [] });
  }, 60_000);
});

describe('any text survives', () => {
  const cells = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('01067', '2026-07-01', '1.5', '=1+1', '-', '+49', '@x', "'a", 'WAHR', '1 › 2', 'a;b', '"', 'Größe; „ß“\nzweite Zeile', '  innen  '),
    ),
    { minLength: 5, maxLength: 5 },
  );
  // XML cannot hold these; the check refuses them in YAML
  const clean = (text: string): string => plainCell(text).replace(/[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]/g, '');

  test('CSV', () => {
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 5 }), (table) => {
        const given = [['Datei'], ...table.map((each) => each.map(clean))].filter((each) => each.some((cell) => cell !== ''));
        expect(parseCsv(Buffer.from(formatCsv(given)))).toEqual(given);
      }),
    );
  });

  test('XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(cells, async (values) => {
        const given = values.map(clean);
        const [sheet] = await parseXlsx(await formatXlsx([{ name: 'Themen', rows: [['Datei', '', '', '', ''], given] }]));
        expect((sheet?.rows[1] ?? ['', '', '', '', '']).map(plainCell)).toEqual(given);
      }),
      { numRuns: 25 },
    );
  });

  test('CSV begins with the mark that Excel needs for umlauts, and guards what Excel would rewrite', () => {
    const csv = formatCsv([['Ä', '01067', '2026-07-01', '=A1', '12']]);
    expect([...Buffer.from(csv).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.slice(1)).toBe("Ä;'01067;'2026-07-01;'=A1;12\r\n");
  });

  test('CSV that Excel saved in Windows-1252 or with commas is read as well', () => {
    expect(parseCsv(Buffer.from('Datei;Text\r\na;Größe\r\n', 'latin1'))).toEqual([['Datei', 'Text'], ['a', 'Größe']]);
    expect(parseCsv(Buffer.from('Datei,Text\na,"x, ""y"""\n'))).toEqual([['Datei', 'Text'], ['a', 'x, "y"']]);
  });
});

describe('an edit is one change in the file, comments and order stay', () => {
  const table: readonly (readonly [string, SheetResult, readonly string[]])[] = [
    ['another title keeps its quotes', edited('eins', 'titel', [], 'Anderes: Thema'), ["-  titel: 'Erstes Thema'", "+  titel: 'Anderes: Thema'"]],
    ['one line of a block', edited('eins', 'fassungen/antwort', [1], 'Erster Satz.\n\nAnderer Absatz.'), ['-        Zweiter Absatz.', '+        Anderer Absatz.']],
    ['a text that becomes two lines becomes a block', edited('eins', 'fassungen/antwort', [2], 'Neu.\nZwei.'), ['-      antwort: Neuer Satz.', '+      antwort: |', '+        Neu.', '+        Zwei.']],
    ['an item in brackets', edited('eins', 'stichworte', [2], 'Größe, groß'), ["-  stichworte: [Ämter, 'Größe, klein', Straße]", "+  stichworte: [Ämter, 'Größe, groß', Straße]"]],
    ['a question taken out', edited('eins', 'fragen', [2], undefined), ['-    - "Wie geht: eins?"']],
    ['a question emptied', edited('eins', 'fragen', [3], ''), ['-    - Wozu eins?']],
    ['an item in brackets taken out', edited('eins', 'stichworte', [1], undefined), ["-  stichworte: [Ämter, 'Größe, klein', Straße]", "+  stichworte: ['Größe, klein', Straße]"]],
    ['a key emptied', edited('eins', 'oertlich', [], ''), ['-  oertlich: false']],
    ['yes and no stay yes and no', edited('eins', 'oertlich', [], 'ja'), ['-  oertlich: false', '+  oertlich: true']],
    ['a day as German Excel writes it', edited('eins', 'fassungen/gueltig_ab', [2], '01.08.2026'), ['-    - gueltig_ab: 2026-07-01', '+    - gueltig_ab: 2026-08-01']],
    ['a name where there was none', edited('eins', 'geprueft_von', [], 'Frau Öz'), ['-  geprueft_von: null', '+  geprueft_von: Frau Öz']],
    ['a postcode keeps its zero', edited('zwei', 'plz', [1], '01069'), ["-  plz: ['01067']", "+  plz: ['01069']"]],
    ['one more question', apply([...rowsOf(YAML), row('eins', 'fragen', [4], 'Noch: eine?')]), ["+    - 'Noch: eine?'"]],
    ['two more without a number', apply([...rowsOf(YAML), row('eins', 'fragen', [], 'A?'), row('eins', 'fragen', [], 'B?')]), ['+    - A?', '+    - B?']],
    ['one more word in brackets', apply([...rowsOf(YAML), row('eins', 'stichworte', [4], 'a, b')]), ["-  stichworte: [Ämter, 'Größe, klein', Straße]", "+  stichworte: [Ämter, 'Größe, klein', Straße, 'a, b']"]],
    ['a first item in an empty list', apply([...rowsOf(YAML).filter(({ key }) => key !== 'siehe_auch'), row('zwei', 'siehe_auch', [1], 'eins')]), ['-  siehe_auch: []', '+  siehe_auch: [eins]']],
    ['a new key in a version', apply([...rowsOf(YAML), row('eins', 'fassungen/einfach', [2], 'Kurz.\nGut.')]), ['+      einfach: |', '+        Kurz.', '+        Gut.']],
    ['another source', apply([...rowsOf(YAML), row('eins', 'quellen/titel', [2], '§ 2 SGB II')]), ["-  quellen: [{ titel: § 1 SGB II, url: 'https://www.gesetze-im-internet.de/sgb_2/__1.html' }]", "+  quellen: [{ titel: § 1 SGB II, url: 'https://www.gesetze-im-internet.de/sgb_2/__1.html' }, { titel: § 2 SGB II }]"]],
    ['a new key at the end of an entry', apply([...rowsOf(YAML), row('zwei', 'fragen', [1], 'Zwei?'), row('zwei', 'fragen', [2], 'Warum zwei?')]), ['+  fragen:', '+    - Zwei?', '+    - Warum zwei?']],
  ];
  test.each(table)('%s', (_, result, lines) => {
    expect(result.problems).toEqual([]);
    expect(changedLines(result)).toEqual(lines);
    const after = result.changes[0]?.after ?? '';
    for (const comment of YAML.match(/#.*/g) ?? []) expect(after).toContain(comment);
    expect(rowsOf(after).length).toBeGreaterThan(10);
  });

  test('a new entry is appended after a blank line, its keys in the usual order', () => {
    const { changes, problems } = apply([...rowsOf(YAML), row('drei', 'fragen', [1], 'Drei?'), row('drei', 'titel', [], 'Drittes Thema')]);
    expect(problems).toEqual([]);
    expect(changes[0]?.after).toBe(`${YAML}\n- id: drei\n  titel: Drittes Thema\n  fragen:\n    - Drei?\n`);
  });

  test('a new file is made in a folder of the knowledge base and nowhere else', () => {
    const made = applyRows(new Map(), [{ ...row('neu', 'titel', [], 'Neu'), file: 'leistungen/neu.yaml' }]);
    expect(parse(made.changes[0]?.after ?? '')).toEqual([{ id: 'neu', titel: 'Neu' }]);
    const refused = applyRows(new Map(), [{ ...row('neu', 'titel', [], 'Neu'), file: '../neu.yaml' }]);
    expect(refused).toEqual({ changes: [], problems: ['../neu.yaml: Diese Datei gibt es nicht.'] });
  });

  test('entries the sheet does not mention stay', () => {
    expect(apply(rowsOf(YAML).filter(({ entry }) => entry === 'zwei'))).toEqual({ changes: [], problems: [] });
  });

  test('what cannot be done safely is a problem and changes nothing', () => {
    const nowhere = apply([row('eins', 'titel/unter', [], 'x')]);
    expect(nowhere.changes).toEqual([]);
    expect(nowhere.problems).toEqual([`${FILE}: „eins“, titel/unter: Dafür gibt es in dem Eintrag keine Stelle.`]);
    const twice = apply([row('eins', 'fragen', [1], 'a'), row('eins', 'fragen', [1], 'b')]);
    expect(twice.changes).toEqual([]);
    expect(twice.problems).toHaveLength(1);
  });
});

test('random edits of the sample say afterwards exactly what the sheet says', () => {
  const files = readFolderTexts(SAMPLE_KNOWLEDGE);
  const all = [...files].flatMap(([file, text]) => readSheetFile(file, text).cells);
  const editable = all.filter((cell) => !/^\(|^(ja|nein)$|^\d/.test(cell.text));
  const words = fc.stringMatching(/^[A-Za-zÄÖÜäöüß:#,'"{}[\]&*!?|>%@` -]{1,30}$/).filter((text) => text.trim() === text && text !== '');
  fc.assert(
    fc.property(fc.nat(editable.length - 1), words, (index, text) => {
      const cell = editable[index];
      if (cell === undefined) return;
      const { file, entry, key, numbers } = cell;
      const own = all.filter((each) => each.file === file && each.entry === entry);
      const rows = own.map((each) => ({ file, entry, key: each.key, numbers: each.numbers, text: each === cell ? text : each.text }));
      const { changes, problems } = applyRows(files, rows);
      expect(problems).toEqual([]);
      const after = readSheetFile(file, changes[0]?.after ?? files.get(file) ?? '');
      expect(after.cells.find((each) => each.entry === entry && each.key === key && each.numbers.join() === numbers.join())?.text).toBe(text);
    }),
    { numRuns: 150 },
  );
});

test('the diff is one that git applies', () => {
  const temp = tempKnowledge();
  try {
    const files = readFolderTexts(temp.folder);
    const rows = [...files].flatMap(([file, text]) => readSheetFile(file, text).cells).map((cell) => (cell.key === 'titel' ? { ...cell, text: `${cell.text} neu` } : cell));
    const { changes } = applyRows(files, rows);
    expect(changes.length).toBeGreaterThan(1);
    writeFileSync(join(temp.folder, 'edit.diff'), changes.map(({ diff }) => diff).join(''));
    const { status, stderr } = spawnSync('git', ['apply', 'edit.diff'], { cwd: temp.folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const applied = readFolderTexts(temp.folder);
    for (const { file, after } of changes) expect(applied.get(file)).toBe(after);
  } finally {
    temp.dispose();
  }
});
