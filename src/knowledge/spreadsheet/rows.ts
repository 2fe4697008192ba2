/**
 * The knowledge base as one table: a row per value. `Datei` and `Kennung` say where, `Angabe` which key (`fassungen/antwort`), `Nr` which
 * item of the lists on the way (`2`, or `2 › 1` in a list within a list). Generic: knows YAML, not what the keys mean, so that nothing is
 * lost on the way to a spreadsheet and back.
 */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { LotseError } from '../../errors';

export const COLUMNS = ['Datei', 'Kennung', 'Angabe', 'Nr', 'Text'] as const;

export interface Row {
  /** Relative to the knowledge folder, with `/`. */
  readonly file: string;
  /** The entry's id; `#3` where an item has none; empty for a file that is one thing. */
  readonly entry: string;
  /** Keys from the entry down, joined by `/`. */
  readonly key: string;
  /** Positions in the lists on the way, from 1, outermost first. */
  readonly numbers: readonly number[];
  readonly text: string;
}

/** A row with its place in the syntax tree. */
export interface Cell extends Row {
  readonly node: Node;
  /** From the entry's own node down to `node`. */
  readonly path: readonly (string | number)[];
}

export interface SheetEntry {
  readonly name: string;
  readonly node: YAMLMap;
}

export interface SheetFile {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  /** The list of entries, or undefined when the file is one thing. */
  readonly list: YAMLSeq | undefined;
  readonly entries: readonly SheetEntry[];
  /** Key that names an entry: `id`, `zu`, … */
  readonly nameKey: string;
  readonly cells: readonly Cell[];
}

export const EMPTY = '(leer)';
export const EMPTY_LIST = '(leere Liste)';
const NAME_KEYS = ['id', 'zu', 'begriff', 'name', 'kennung'];
const NUMBER_SEPARATOR = ' › ';

/** Throws LotseError `SHEET_YAML` when the file is no YAML; `npm run check` says why. */
export function readSheetFile(file: string, text: string): SheetFile {
  const document: Document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true });
  const { contents } = document;
  if (document.errors.length > 0 || !(isMap(contents) || isSeq(contents)))
    throw new LotseError('SHEET_YAML', `${file} lässt sich nicht lesen; erst „npm run check“.`);
  const list = isSeq(contents) ? contents : undefined;
  const maps = (list?.items ?? [contents]).filter((item): item is YAMLMap => isMap(item));
  const nameKey = NAME_KEYS.find((key) => maps.every((map) => typeof map.get(key) === 'string')) ?? 'id';
  const entries = named(maps, nameKey, list !== undefined);
  const cells = entries.flatMap(({ name, node }) => cellsOf(file, name, node, nameKey));
  return { file, text, document, list, entries, nameKey, cells };
}

function named(maps: readonly YAMLMap[], nameKey: string, isList: boolean): readonly SheetEntry[] {
  const seen = new Set<string>();
  return maps.map((node, index) => {
    const given = node.get(nameKey);
    const own = typeof given === 'string' && (isList || nameKey === 'id') ? given : '';
    const name = isList && (own === '' || seen.has(own)) ? `#${index + 1}` : own;
    seen.add(name);
    return { name, node };
  });
}

function cellsOf(file: string, entry: string, root: YAMLMap, nameKey: string): readonly Cell[] {
  const cells: Cell[] = [];
  const visit = (node: Node, keys: readonly string[], numbers: readonly number[], path: Cell['path']): void => {
    if (isMap(node) && node.items.length > 0) {
      for (const pair of node.items) {
        const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
        const isName = keys.length === 0 && key === nameKey && entry === pair.value?.toString();
        if (isName || !isNodeValue(pair.value)) continue;
        visit(pair.value, [...keys, key], numbers, [...path, key]);
      }
    } else if (isSeq(node) && node.items.length > 0) {
      for (const [index, item] of node.items.entries())
        if (isNodeValue(item)) visit(item, keys, [...numbers, index + 1], [...path, index]);
    } else {
      cells.push({ file, entry, key: keys.join('/'), numbers, text: cellText(node), node, path });
    }
  };
  visit(root, [], [], []);
  return cells;
}

function isNodeValue(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

/** What stands in the cell: text without the final line break of a block; `ja` and `nein`. */
function cellText(node: Node): string {
  if (isSeq(node)) return EMPTY_LIST;
  if (isMap(node)) return EMPTY;
  if (isAlias(node)) return `*${node.source}`;
  return scalarText(node);
}

export function scalarText({ value, source }: Scalar): string {
  if (value === null || value === undefined) return EMPTY;
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  if (typeof value === 'number') return source ?? String(value);
  return plainCell(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Spreadsheets write their own line breaks and lose the last one. */
export function plainCell(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}

export function formatNumbers(numbers: readonly number[]): string {
  return numbers.join(NUMBER_SEPARATOR);
}

/** `2 › 1`; an empty cell means „one more“; undefined when it is neither. */
export function parseNumbers(text: string): readonly number[] | undefined {
  if (text.trim() === '') return [];
  const numbers = text.split(/[›>]/).map((part) => Number(part.trim()));
  return numbers.every((number) => Number.isInteger(number) && number > 0) ? numbers : undefined;
}

export function rowKey({ file, entry, key, numbers }: Omit<Row, 'text'>): string {
  return [file, entry, key, formatNumbers(numbers)].join('\0');
}
