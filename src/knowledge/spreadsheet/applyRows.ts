/**
 * What an edited sheet changes in the YAML files. Only differences become edits, so that a sheet that was not edited changes nothing.
 * A row left out removes its list item, an emptied cell its key; entries that the sheet does not mention are left alone, and a whole
 * entry is never removed. Every result is read again: a file that does not say exactly what the sheet says stays as it was, with a problem.
 */
import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { EMPTY, EMPTY_LIST, plainCell, readSheetFile, rowKey, type Cell, type Row, type SheetEntry, type SheetFile } from './rows';
import { likeDay, scalarOf, valueOfItem, valueOfKey, type Addition } from './newValues';
import { applyEdits, unifiedDiff, type TextEdit } from './textEdits';
import { appendEntry, appendItem, appendKey, removeItem, removeKey, replaceValue, type PlainValue } from './yamlEdits';

export interface FileChange {
  readonly file: string;
  readonly after: string;
  readonly diff: string;
}

export interface SheetResult {
  readonly changes: readonly FileChange[];
  /** German lines for the editor. */
  readonly problems: readonly string[];
}

const NEW_FILE = /^(leistungen|personal|aktionen|jobcenter|wege|oertlich\/[a-z0-9-]+)\/[a-z0-9-]+\.yaml$/;

/** `files`: text by path. */
export function applyRows(files: ReadonlyMap<string, string>, rows: readonly Row[]): SheetResult {
  const changes: FileChange[] = [];
  const problems: string[] = [];
  for (const [file, own] of groupRows(rows, ({ file: name }) => name)) {
    const text = files.get(file);
    if (text === undefined && !NEW_FILE.test(file)) {
      problems.push(`${file}: Diese Datei gibt es nicht.`);
      continue;
    }
    const edited = editFile(file, text, own);
    problems.push(...edited.problems.map((problem) => `${file}: ${problem}`));
    if (edited.after !== undefined && edited.after !== text)
      changes.push({ file, after: edited.after, diff: unifiedDiff(file, text ?? '', edited.edits) });
  }
  return { changes, problems };
}

interface Edited {
  readonly after: string | undefined;
  readonly edits: readonly TextEdit[];
  readonly problems: readonly string[];
}

/** What a file must say afterwards, as a bag of values: positions move when items go. */
class Expected {
  private readonly counts = new Map<string, number>();
  constructor(cells: readonly Row[]) {
    for (const cell of cells) this.add(cell);
  }
  add({ entry, key, text }: Pick<Row, 'entry' | 'key' | 'text'>, times = 1): void {
    const value = [entry, key, text].join('\0');
    this.counts.set(value, (this.counts.get(value) ?? 0) + times);
  }
  equals(other: Expected): boolean {
    const all = new Set([...this.counts.keys(), ...other.counts.keys()]);
    return [...all].every((value) => (this.counts.get(value) ?? 0) === (other.counts.get(value) ?? 0));
  }
}

function editFile(file: string, text: string | undefined, rows: readonly Row[]): Edited {
  const problems: string[] = [];
  const edits: TextEdit[] = [];
  const sheet = text === undefined ? undefined : readSheetFile(file, text);
  const expected = new Expected(sheet?.cells ?? []);
  for (const [name, own] of groupRows(rows, ({ entry }) => entry)) {
    const twice = firstTwice(own);
    if (twice !== undefined) {
      problems.push(`„${name}“ hat zwei Zeilen für ${twice}.`);
      continue;
    }
    const entry = sheet?.entries.find((each) => each.name === name);
    if (sheet !== undefined && entry !== undefined) editEntry({ sheet, entry, edits, problems, expected }, own);
    else addEntry(sheet, name, own, { edits, problems, expected, text: text ?? '' });
  }
  if (edits.length === 0) return { after: text, edits, problems };
  const after = applyEdits(text ?? '', edits);
  if (!says(file, after, expected)) {
    const names = [...new Set(rows.map(({ entry }) => entry))].slice(0, 3).join(', ');
    problems.push(`Die Änderungen (${names} …) lassen sich nicht sicher übernehmen. Bitte ändern Sie die Datei von Hand.`);
    return { after: text, edits: [], problems };
  }
  return { after, edits, problems };
}

function says(file: string, text: string, expected: Expected): boolean {
  try {
    return new Expected(readSheetFile(file, text).cells).equals(expected);
  } catch {
    return false;
  }
}

interface EntryEdit {
  readonly sheet: SheetFile;
  readonly entry: SheetEntry;
  readonly edits: TextEdit[];
  readonly problems: string[];
  readonly expected: Expected;
}

function editEntry(edit: EntryEdit, rows: readonly Row[]): void {
  const { sheet, entry, expected } = edit;
  const cells = sheet.cells.filter((cell) => cell.entry === entry.name);
  const byKey = new Map(cells.map((cell) => [rowKey(cell), cell]));
  const matched = rows.flatMap((row) => {
    const cell = byKey.get(rowKey(row));
    return cell === undefined ? [] : [{ row, cell }];
  });
  const gone = removeItems(edit, cells, matched);
  for (const { row, cell } of matched) {
    if (gone.has(cell)) continue;
    const text = likeDay(cell.text, plainCell(row.text));
    if (text === cell.text) continue;
    expected.add(cell, -1);
    if (text === '') removeCell(edit, cell);
    else {
      const lastKey = cell.key.split('/').at(-1) ?? '';
      changeCell(edit, cell, text === EMPTY_LIST ? [] : scalarOf(lastKey, text), text);
    }
  }
  addRows(edit, rows.filter((row) => !byKey.has(rowKey(row)) && plainCell(row.text) !== ''));
}

function changeCell({ sheet, entry, edits, problems, expected }: EntryEdit, cell: Cell, value: PlainValue, text: string): void {
  if (isAlias(cell.node)) {
    problems.push(`„${entry.name}“, ${cell.key}: Hier steht ein Verweis (*); bitte in der Datei ändern.`);
    expected.add(cell);
    return;
  }
  edits.push(replaceValue(sheet.text, cell.node, value, insideFlow(entry.node, cell.path)));
  expected.add({ ...cell, text: shown(value, text) });
}

function removeCell({ sheet, entry, edits, problems, expected }: EntryEdit, cell: Cell): void {
  const key = cell.path.at(-1);
  const parent = nodeAt(entry.node, cell.path.slice(0, -1));
  const removal =
    isMap(parent) && typeof key === 'string'
      ? removeKey(sheet.text, parent, key)
      : isSeq(parent) && typeof key === 'number'
        ? removeItem(sheet.text, parent, key)
        : undefined;
  if (removal !== undefined) edits.push(removal);
  else {
    problems.push(`„${entry.name}“, ${cell.key}: Das lässt sich nur in der Datei löschen.`);
    expected.add(cell);
  }
}

/** Items of which the sheet has no row with text any more, in lists it still mentions. */
function removeItems(
  edit: EntryEdit,
  cells: readonly Cell[],
  matched: readonly { readonly row: Row; readonly cell: Cell }[],
): ReadonlySet<Cell> {
  const { sheet, entry, edits, expected } = edit;
  const lists = new Set(matched.flatMap(({ cell }) => itemPaths(cell).map((path) => pathKey(path.slice(0, -1)))));
  const kept = new Set(
    matched.filter(({ row }) => plainCell(row.text) !== '').flatMap(({ cell }) => itemPaths(cell).map(pathKey)),
  );
  const removals = new Map<string, readonly (string | number)[]>();
  const gone = new Set<Cell>();
  for (const cell of cells) {
    const missing = itemPaths(cell).find((path) => lists.has(pathKey(path.slice(0, -1))) && !kept.has(pathKey(path)));
    if (missing === undefined) continue;
    removals.set(pathKey(missing), missing);
    gone.add(cell);
    expected.add(cell, -1);
  }
  const emptied = new Set<string>();
  for (const path of removals.values()) {
    const listPath = path.slice(0, -1);
    const list = nodeAt(entry.node, listPath);
    if (!isSeq(list)) continue;
    const all = list.items.every((_, index) => removals.has(pathKey([...listPath, index])));
    if (!all) edits.push(...present(removeItem(sheet.text, list, Number(path.at(-1)))));
    else if (!emptied.has(pathKey(listPath))) {
      // A list without items is a key without a value.
      emptied.add(pathKey(listPath));
      const parent = nodeAt(entry.node, listPath.slice(0, -1));
      if (isMap(parent)) edits.push(...present(removeKey(sheet.text, parent, String(listPath.at(-1)))));
    }
  }
  return gone;
}

interface Making {
  readonly make: (additions: readonly Addition[]) => TextEdit;
  readonly additions: Addition[];
}

/** Rows that have no place yet: each begins at the first key or item that is missing. */
function addRows(edit: EntryEdit, rows: readonly Row[]): void {
  const makings = new Map<string, Making>();
  for (const [index, row] of rows.entries()) {
    const place = placeFor(edit, row, index);
    if (place === undefined) {
      edit.problems.push(`„${edit.entry.name}“, ${row.key}: Dafür gibt es in dem Eintrag keine Stelle.`);
      continue;
    }
    const making = makings.get(place.name) ?? { make: place.make, additions: [] };
    making.additions.push(place.addition);
    makings.set(place.name, making);
    const lastKey = row.key.split('/').at(-1) ?? '';
    const text = plainCell(row.text);
    edit.expected.add({ ...row, text: shown(scalarOf(lastKey, text), text) });
  }
  for (const { make, additions } of makings.values()) edit.edits.push(make(additions));
}

interface Place {
  readonly name: string;
  readonly make: (additions: readonly Addition[]) => TextEdit;
  readonly addition: Addition;
}

function placeFor({ sheet, entry, expected }: EntryEdit, row: Row, index: number): Place | undefined {
  const keys = row.key.split('/');
  let numbers = row.numbers;
  let node: Node = entry.node;
  const text = plainCell(row.text);
  for (let depth = 0; depth <= keys.length; ) {
    if (isMap(node)) {
      const map: YAMLMap = node;
      const key = keys[depth];
      if (key === undefined) return undefined;
      const below: Addition = { keys: keys.slice(depth + 1), numbers, text };
      const child: unknown = map.get(key, true);
      if (child === undefined)
        return {
          name: `${pathName(node)} ${key}`,
          make: (additions) => appendKey(sheet.text, map, key, valueOfKey(key, additions)),
          addition: below,
        };
      if (!isScalar(child) && !isCollection(child)) return undefined;
      if ((isScalar(child) && child.value === null) || (isCollection(child) && child.items.length === 0)) {
        const inFlow = map.flow === true;
        const emptyText = isSeq(child) ? EMPTY_LIST : EMPTY;
        return {
          name: `${pathName(child)} value`,
          make: (additions) => {
            expected.add({ entry: row.entry, key: keys.slice(0, depth + 1).join('/'), text: emptyText }, -1);
            return replaceValue(sheet.text, child, valueOfKey(key, additions), inFlow);
          },
          addition: below,
        };
      }
      node = child;
      depth += 1;
    } else if (isSeq(node)) {
      const list: YAMLSeq = node;
      const key = keys[depth - 1] ?? '';
      const [number, ...rest] = numbers;
      const item: unknown = number === undefined ? undefined : list.items[number - 1];
      if (item === undefined)
        return {
          // Rows without a position: each plain text is an item, rows of one map belong together.
          name: `${pathName(list)} ${number ?? (depth === keys.length ? `+${index}` : '+')}`,
          make: (additions) => appendItem(sheet.text, list, valueOfItem(key, additions)),
          addition: { keys: keys.slice(depth), numbers: rest, text },
        };
      if (!isCollection(item)) return undefined;
      node = item;
      numbers = rest;
    } else return undefined;
  }
  return undefined;
}

function addEntry(
  sheet: SheetFile | undefined,
  name: string,
  rows: readonly Row[],
  into: { readonly edits: TextEdit[]; readonly problems: string[]; readonly expected: Expected; readonly text: string },
): void {
  if (name === '' || name.startsWith('#') || (sheet !== undefined && sheet.list === undefined)) {
    into.problems.push(`Den Eintrag „${name}“ gibt es nicht, und er lässt sich so nicht anlegen.`);
    return;
  }
  const filled = rows.filter((row) => plainCell(row.text) !== '');
  const additions = filled.map((row) => ({ keys: row.key.split('/'), numbers: row.numbers, text: plainCell(row.text) }));
  if (additions.length === 0) return;
  const nameKey = sheet?.nameKey ?? 'id';
  const named: Addition = { keys: [nameKey], numbers: [], text: name };
  const whole = valueOfItem('', [named, ...additions]);
  const usual = keysOf(sheet?.entries[0]?.node);
  into.edits.push(appendEntry(into.text, ordered(whole, usual)));
  for (const row of filled) {
    const text = plainCell(row.text);
    into.expected.add({ ...row, text: shown(scalarOf(row.key.split('/').at(-1) ?? '', text), text) });
  }
}

/** Keys in the order the file has them elsewhere. */
function ordered(entry: PlainValue, usual: readonly string[]): PlainValue {
  if (entry === null || typeof entry !== 'object') return entry;
  const rank = (key: string): number => (usual.includes(key) ? usual.indexOf(key) : usual.length);
  return Object.fromEntries(Object.entries<PlainValue>(entry).sort(([a], [b]) => rank(a) - rank(b)));
}

function keysOf(map: YAMLMap | undefined): readonly string[] {
  return (map?.items ?? []).map(({ key }) => String(isScalar(key) ? key.value : key));
}

/* ── small things ──────────────────────────────────────────────────────── */

/** How a new value will read in a cell. */
function shown(value: PlainValue, text: string): string {
  if (value === null) return EMPTY;
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  return typeof value === 'number' ? String(value) : text;
}

function nodeAt(root: Node, path: readonly (string | number)[]): Node | undefined {
  if (path.length === 0) return root;
  const found: unknown = isCollection(root) ? root.getIn(path, true) : undefined;
  return isScalar(found) || isCollection(found) ? found : undefined;
}

function insideFlow(root: YAMLMap, path: readonly (string | number)[]): boolean {
  return path.some((_, depth) => {
    const node = nodeAt(root, path.slice(0, depth));
    return isCollection(node) && node.flow === true;
  });
}

/** Paths of the list items a cell lies in, outermost first. */
function itemPaths({ path }: Cell): readonly (readonly (string | number)[])[] {
  return path.flatMap((step, depth) => (typeof step === 'number' ? [path.slice(0, depth + 1)] : []));
}

function pathKey(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}

function pathName(node: Node): string {
  return String(node.range?.[0] ?? '');
}

function groupRows(rows: readonly Row[], name: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(name(row));
    if (group === undefined) groups.set(name(row), [row]);
    else group.push(row);
  }
  return groups;
}

function firstTwice(rows: readonly Row[]): string | undefined {
  const seen = new Set<string>();
  for (const row of rows) {
    const key = rowKey(row);
    // Rows without a position are „one more“ each.
    if (seen.has(key) && row.numbers.length > 0) return `${row.key} ${row.numbers.join(' › ')}`;
    seen.add(key);
  }
  return undefined;
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
