/**
 * Single changes of a YAML file as edits of its text, so that comments, order, quotes and layout of everything else stay as the editor
 * left them: another value, one more item, one more key, an item or key less. Refuses to judge the values.
 */
import { isMap, isScalar, isSeq, stringify, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { TextEdit } from './textEdits';

/** Lines are as long as the sentences in them. */
const STYLE = { lineWidth: 0, singleQuote: true, flowCollectionPadding: false } as const;

export type PlainValue = string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** Another value in the place of a scalar, or of an empty list or map. */
export function replaceValue(text: string, node: Node, value: PlainValue, inFlow: boolean): TextEdit {
  const [start, end] = rangeOf(node);
  if (isScalar(node) && node.type === 'BLOCK_LITERAL' && typeof value === 'string' && value !== '')
    return { start, end, text: blockLiteral(value, blockIndent(text, start, end)) };
  const afterColon = start === end && text[start - 1] === ':' ? ' ' : '';
  if (typeof value === 'string' && value.includes('\n') && !inFlow)
    return { start, end, text: afterColon + blockLiteral(value, ' '.repeat(indentOf(text, start) + 2)).replace(/\n$/, '') };
  return { start, end, text: afterColon + inline(likeBefore(node, value), inFlow || isSeq(node)) };
}

/** One more item at the end of a list. */
export function appendItem(text: string, list: YAMLSeq, value: PlainValue): TextEdit {
  const [start, end] = rangeOf(list);
  const last = list.items.at(-1);
  if (last === undefined) return { start, end, text: `[${inline(value, true)}]` };
  if (list.flow === true) return insertAt(rangeOf(last as Node)[1], `, ${inline(value, true)}`);
  const indent = columnOf(text, itemDash(text, list.items[0] as Node));
  return insertAfter(text, last as Node, indented(block('', [value]), indent));
}

/** One more key at the end of a map. */
export function appendKey(text: string, map: YAMLMap, key: string, value: PlainValue): TextEdit {
  const last = map.items.at(-1);
  if (last === undefined || map.flow === true) {
    const at = last === undefined ? rangeOf(map)[0] + 1 : lastLeafEnd(last);
    return insertAt(at, `${last === undefined ? '' : ', '}${key}: ${inline(value, true)}`);
  }
  const first = map.items[0] as Pair<Scalar, Node>;
  const indent = columnOf(text, rangeOf(first.key)[0]);
  return insertAfter(text, (last.value ?? last.key) as Node, indented(block(key, value), indent));
}

export function removeItem(text: string, list: YAMLSeq, index: number): TextEdit | undefined {
  const item = list.items[index] as Node | undefined;
  if (item === undefined) return undefined;
  if (list.flow === true) return removeFromFlow(list.items.map((each) => rangeOf(each as Node)), index);
  const dash = itemDash(text, item);
  const start = lineStart(text, dash);
  // „- - a“ or „key: - a“: the dash does not begin its line.
  if (text.slice(start, dash).trim() !== '') return undefined;
  return { start, end: lineEndAfter(text, lastLeaf(item)), text: '' };
}

export function removeKey(text: string, map: YAMLMap, key: string): TextEdit | undefined {
  const index = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const pair = map.items[index] as Pair<Scalar, Node | null> | undefined;
  if (pair === undefined) return undefined;
  if (map.flow === true) {
    const ranges = map.items.map((each) => [rangeOf(each.key as Node)[0], lastLeafEnd(each)] as const);
    return removeFromFlow(ranges, index);
  }
  const from = rangeOf(pair.key)[0];
  const start = lineStart(text, from);
  if (text.slice(start, from).trim() !== '') return undefined;
  return { start, end: lineEndAfter(text, lastLeaf(pair.value ?? pair.key)), text: '' };
}

/** A whole entry at the end of a list of entries, set off by a blank line where the others are. */
export function appendEntry(text: string, entry: PlainValue): TextEdit {
  const gap = text === '' || !/\n\n- /.test(text) || text.endsWith('\n\n') ? '' : '\n';
  const missingEnd = text === '' || text.endsWith('\n') ? '' : '\n';
  return insertAt(text.length, missingEnd + gap + block('', [entry]));
}

/* ── text of values ────────────────────────────────────────────────────── */

function block(key: string, value: PlainValue): string {
  const whole = withFinalBreaks(key === '' ? value : { [key]: value });
  return stringify(whole, { ...STYLE, blockQuote: 'literal' });
}

/** Text of several lines ends with a line break, so that it begins with a plain `|`. */
function withFinalBreaks(value: PlainValue): PlainValue {
  if (typeof value === 'string') return value.includes('\n') && !value.endsWith('\n') ? `${value}\n` : value;
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(withFinalBreaks);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withFinalBreaks(each)]));
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function inline(value: PlainValue, inFlow: boolean): string {
  if (!inFlow) return stringify(value, STYLE).trimEnd();
  const list = stringify([value], { ...STYLE, collectionStyle: 'flow' }).trimEnd();
  return list.slice(1, -1).trim().replace(/^\{(.+)\}$/s, '{ $1 }');
}

/** Quotes the editor chose stay. */
function likeBefore(node: Node, value: PlainValue): PlainValue {
  if (!isScalar(node) || typeof value !== 'string') return value;
  if (typeof node.value === 'number' && /^-?\d+([.,]\d+)?$/.test(value)) return Number(value.replace(',', '.'));
  if (typeof node.value === 'boolean' && /^(ja|nein|true|false)$/i.test(value)) return /^(ja|true)$/i.test(value);
  return value;
}

function blockLiteral(value: string, indent: string): string {
  const lines = value.split('\n').map((line) => (line === '' ? '' : indent + line));
  const header = /^[ \t]/.test(value) ? `|${indent.length}` : '|';
  return `${header}\n${lines.join('\n')}\n`;
}

function indented(text: string, indent: number): string {
  const pad = ' '.repeat(indent);
  return text.replace(/^(?=.)/gm, pad);
}

/* ── places in the text ────────────────────────────────────────────────── */

/** Start, and end without what follows the value. */
function rangeOf(node: Node): readonly [start: number, end: number] {
  const range = node.range;
  return range === undefined || range === null ? [0, 0] : [range[0], range[1]];
}

function lastLeaf(node: Node): Node {
  if (isMap(node) && node.flow !== true) {
    const pair = node.items.at(-1) as Pair<Scalar, Node | null> | undefined;
    if (pair !== undefined) return lastLeaf(pair.value ?? pair.key);
  }
  if (isSeq(node) && node.flow !== true) {
    const item = node.items.at(-1) as Node | undefined;
    if (item !== undefined) return lastLeaf(item);
  }
  return node;
}

function lastLeafEnd(pair: Pair): number {
  return rangeOf(lastLeaf((pair.value ?? pair.key) as Node))[1];
}

/** Behind the line on which the value ends; a comment on it belongs to the value. */
function lineEndAfter(text: string, leaf: Node): number {
  const [, end] = rangeOf(leaf);
  if (end > 0 && text[end - 1] === '\n') return end;
  const next = text.indexOf('\n', end);
  return next < 0 ? text.length : next + 1;
}

function insertAfter(text: string, node: Node, lines: string): TextEdit {
  const at = lineEndAfter(text, lastLeaf(node));
  return insertAt(at, text[at - 1] === '\n' ? lines : `\n${lines}`);
}

function insertAt(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function removeFromFlow(ranges: readonly (readonly [number, number])[], index: number): TextEdit {
  const [start, end] = ranges[index] ?? [0, 0];
  const next = ranges[index + 1];
  if (next !== undefined) return { start, end: next[0], text: '' };
  return { start: ranges[index - 1]?.[1] ?? start, end, text: '' };
}

function itemDash(text: string, item: Node): number {
  const [start] = rangeOf(item);
  return text.lastIndexOf('-', Math.max(0, start - 1));
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Blanks before the key (or dash) of the line. */
function indentOf(text: string, at: number): number {
  const line = text.slice(lineStart(text, at));
  return (/^ *(?:- )*/.exec(line)?.[0] ?? '').length;
}

function blockIndent(text: string, start: number, end: number): string {
  const lines = text.slice(start, end).split('\n').slice(1);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  return /^ */.exec(first)?.[0] ?? '';
}
