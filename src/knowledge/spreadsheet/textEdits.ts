/**
 * Edits of a text by offsets, and the same edits as a unified diff. Everything outside the edits stays byte for byte.
 */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits may touch but not overlap; those at the same place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(at, edit.start) + edit.text;
    at = Math.max(at, edit.end);
  }
  return result + text.slice(at);
}

const CONTEXT = 3;

/** As `git diff` prints it; empty when nothing changes. */
export function unifiedDiff(file: string, text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const starts = lineStarts(text);
  const hunks = lineEdits(text, starts, edits);
  if (hunks.length === 0) return '';
  const output = [`--- a/${file}`, `+++ b/${file}`];
  let shift = 0;
  for (const group of grouped(hunks)) {
    const first = Math.max(0, (group[0]?.from ?? 0) - CONTEXT);
    const last = Math.min(lines.length, (group.at(-1)?.to ?? 0) + CONTEXT);
    const body: string[] = [];
    let at = first;
    let added = 0;
    let removed = 0;
    for (const { from, to, replacement } of group) {
      body.push(...lines.slice(at, from).map((line) => ` ${line}`));
      body.push(...lines.slice(from, to).map((line) => `-${line}`), ...replacement.map((line) => `+${line}`));
      removed += to - from;
      added += replacement.length;
      at = to;
    }
    body.push(...lines.slice(at, last).map((line) => ` ${line}`));
    const length = last - first;
    output.push(`@@ -${first + 1},${length} +${first + 1 + shift},${length - removed + added} @@`, ...body);
    shift += added - removed;
  }
  return `${output.join('\n')}\n`;
}

interface LineEdit {
  /** Lines `from` to before `to`, from 0. */
  readonly from: number;
  readonly to: number;
  readonly replacement: readonly string[];
}

/** Edits that share a line become one. */
function lineEdits(text: string, starts: readonly number[], edits: readonly TextEdit[]): readonly LineEdit[] {
  const merged: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of inOrder(edits)) {
    const start = starts[lineAt(starts, edit.start)] ?? 0;
    const wholeLines = edit.end > edit.start && text[edit.end - 1] === '\n' && edit.start === start;
    const insertsLines = edit.start === edit.end && edit.start === start && edit.text.endsWith('\n');
    const end = wholeLines || insertsLines ? edit.end : (starts[lineAt(starts, edit.end) + 1] ?? text.length + 1);
    const before = merged.at(-1);
    if (before !== undefined && start < before.end) {
      before.end = Math.max(before.end, end);
      before.edits.push(edit);
    } else merged.push({ start, end, edits: [edit] });
  }
  return merged.map(({ start, end, edits: own }) => {
    const old = text.slice(start, end);
    const moved = own.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const to = end > text.length ? starts.length : lineAt(starts, end);
    return trimmed(toLines(old), { from: lineAt(starts, start), to, replacement: toLines(applyEdits(old, moved)) });
  });
}

/** Lines at the beginning and end that stay are no change. */
function trimmed(before: readonly string[], { from, to, replacement }: LineEdit): LineEdit {
  let head = 0;
  while (head < before.length && head < replacement.length && before[head] === replacement[head]) head += 1;
  let tail = 0;
  const shorter = Math.min(before.length, replacement.length) - head;
  while (tail < shorter && before.at(-1 - tail) === replacement.at(-1 - tail)) tail += 1;
  return { from: from + head, to: to - tail, replacement: replacement.slice(head, replacement.length - tail) };
}

function grouped(edits: readonly LineEdit[]): readonly (readonly LineEdit[])[] {
  const groups: LineEdit[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1);
    if (last !== undefined && edit.from - (last.at(-1)?.to ?? 0) <= 2 * CONTEXT) last.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function toLines(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
