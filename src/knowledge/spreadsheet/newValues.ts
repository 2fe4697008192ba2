/**
 * Values for what a sheet adds: rows below one new key, list item or entry become text, a list or a map. Positions belong to the keys from
 * the outside in (`quellen/titel` with `Nr` 3 is the title of the third source), as everywhere in the knowledge base.
 */
import { EMPTY } from './rows';
import type { PlainValue } from './yamlEdits';

export interface Addition {
  /** Keys and positions below what is made. */
  readonly keys: readonly string[];
  readonly numbers: readonly number[];
  readonly text: string;
}

/** Keys whose value is a list even when a row gives no position. */
const LISTS = new Set(
  'fragen beispiele stichworte rechtsgrundlage siehe_auch themen namen andere_namen plz auch ausloeser ausnahmen alternativen'.split(' '),
);
const YES_NO = new Set(['oertlich', 'abgesagt', 'dach']);
const NUMBERS = new Set(['wert']);
const GERMAN_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** The value of key `key`; `additions` are the rows below it. */
export function valueOfKey(key: string, additions: readonly Addition[]): PlainValue {
  if (LISTS.has(key) || additions.some(({ numbers }) => numbers.length > 0))
    return byFirst(additions, ({ numbers }, index) => numbers[0] ?? `+${index}`).map(([, rows]) =>
      valueOfItem(key, rows.map((row) => ({ ...row, numbers: row.numbers.slice(1) }))),
    );
  return valueOfItem(key, additions);
}

/** One item of the list `key`, or what the key itself holds. */
export function valueOfItem(key: string, additions: readonly Addition[]): PlainValue {
  const deeper = additions.filter(({ keys }) => keys.length > 0);
  if (deeper.length === 0) return scalarOf(key, additions[0]?.text ?? '');
  return Object.fromEntries(
    byFirst(deeper, ({ keys }) => keys[0] ?? '').map(([inner, rows]) => [
      inner,
      valueOfKey(String(inner), rows.map((row) => ({ ...row, keys: row.keys.slice(1) }))),
    ]),
  );
}

export function scalarOf(key: string, text: string): PlainValue {
  if (text === EMPTY) return null;
  if (YES_NO.has(key) && /^(ja|nein|true|false)$/i.test(text)) return /^(ja|true)$/i.test(text);
  if (NUMBERS.has(key) && /^-?\d+([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  return text;
}

/** Excel in German turns 2026-07-01 into 01.07.2026; where a day stood before, a day is meant. */
export function likeDay(before: string, text: string): string {
  const match = GERMAN_DAY.exec(text.trim());
  if (match === null || !/^\d{4}-\d{2}-\d{2}$/.test(before)) return text;
  return `${match[3] ?? ''}-${(match[2] ?? '').padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`;
}

function byFirst(
  additions: readonly Addition[],
  key: (addition: Addition, index: number) => string | number,
): readonly (readonly [string | number, readonly Addition[]])[] {
  const groups = new Map<string | number, Addition[]>();
  for (const [index, addition] of additions.entries()) {
    const name = key(addition, index);
    groups.set(name, [...(groups.get(name) ?? []), addition]);
  }
  return [...groups];
}
