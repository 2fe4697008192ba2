/**
 * One YAML file: decoded, parsed within limits, with the place of every value. Reports syntax in German, the first error only
 * (what follows a syntax error is noise). Knows nothing of what the file should contain.
 * Limits: yaml 2.9 composes recursively, so hostile nesting could abort the process; nesting and size are therefore counted on the
 * concrete syntax tree, which its parser builds without recursion, before anything is composed.
 */
import { Composer, type CST, type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, Parser } from 'yaml';
import { finding, type Finding } from './findings';
import type { Origin } from './model';

export const MAX_FILE_BYTES = 1_000_000;
export const MAX_DEPTH = 30;
export const MAX_NODES = 100_000;
const MAX_ALIASES = 100;

export type Path = readonly (string | number)[];

export interface YamlFile {
  /** Relative to the knowledge folder, with `/`. */
  readonly path: string;
  /** Plain data; `undefined` when the file could not be read. */
  readonly value: unknown;
  /** Place of the value at `path`; of the nearest thing above it when there is none. */
  at(path: Path): Origin;
  /** Place of the key that ends `path`. */
  atKey(path: Path): Origin;
  /** The value at `path` as the editor typed it, e.g. `01067`. */
  source(path: Path): string | undefined;
}

export interface ReadResult {
  readonly file: YamlFile;
  readonly findings: readonly Finding[];
}

export function parseYamlFile(path: string, bytes: Uint8Array): ReadResult {
  const start: Origin = { file: path, line: 1, column: 1 };
  const refuse = (found: Finding): ReadResult => ({ file: unreadable(path), findings: [found] });

  if (bytes.length > MAX_FILE_BYTES) {
    const size = `${Math.ceil(bytes.length / 1000)} KB`;
    return refuse(finding('error', 'KB_FILE_TOO_LARGE', start, `Die Datei ist zu groß (${size}, erlaubt sind 1000 KB).`, 'Teilen Sie sie auf.'));
  }
  const decoded = decode(path, bytes);
  if (typeof decoded !== 'string') return refuse(decoded);
  const lines = new LineCounter();
  const origin = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const tokens = [...new Parser(lines.addNewLine).parse(decoded)];
  const tooDeep = beyondLimits(tokens);
  if (tooDeep !== undefined) {
    const message =
      tooDeep.limit === 'depth'
        ? `Hier ist mehr als ${MAX_DEPTH}-mal ineinander geschachtelt.`
        : `Die Datei hat mehr als ${MAX_NODES} Angaben.`;
    return refuse(finding('error', tooDeep.limit === 'depth' ? 'KB_TOO_DEEP' : 'KB_FILE_TOO_LARGE', origin(tooDeep.offset), message));
  }

  const documents = [...new Composer({ version: '1.2', schema: 'core', stringKeys: true }).compose(tokens, true, decoded.length)];
  const document: Document | undefined = documents[0];
  if (document === undefined) return refuse(emptyFile(start));
  const first = documents.flatMap((each) => each.errors).sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (first !== undefined) return refuse(syntaxFinding(first.code, origin(first.pos[0]), decoded, first.pos[0]));
  if (documents.length > 1) {
    const second = documents[1]?.range[0] ?? 0;
    return refuse(finding('error', 'KB_SYNTAX', origin(second), 'Die Datei hat mehr als einen Teil (eine Zeile mit „---“).', 'Löschen Sie diese Zeile.'));
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return refuse(finding('error', 'KB_TOO_MANY_ALIASES', start, 'Die Datei verweist zu oft auf sich selbst (Zeichen „*“).', 'Schreiben Sie den Text aus.'));
  }
  if (value === null || value === undefined) return refuse(emptyFile(start));

  const offsetOf = (node: Node | undefined): Origin => (node?.range ? origin(node.range[0]) : start);
  const file: YamlFile = {
    path,
    value,
    at: (where) => offsetOf(walk(document, where).node),
    atKey: (where) => offsetOf(walk(document, where).key),
    source: (where) => {
      const { node, found } = walk(document, where);
      return found && isScalar(node) ? node.source : undefined;
    },
  };
  return { file, findings: bomFinding(bytes, start) };
}

function unreadable(path: string): YamlFile {
  const start: Origin = { file: path, line: 1, column: 1 };
  return { path, value: undefined, at: () => start, atKey: () => start, source: () => undefined };
}

function emptyFile(start: Origin): Finding {
  return finding('error', 'KB_EMPTY_FILE', start, 'Die Datei ist leer.', 'Stellen Sie den Inhalt wieder her oder löschen Sie die Datei.');
}

const SAVE_AS_UTF8 = 'Speichern Sie die Datei mit der Kodierung „UTF-8“.';

function decode(path: string, bytes: Uint8Array): string | Finding {
  const start: Origin = { file: path, line: 1, column: 1 };
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes[0] === 0 || bytes[1] === 0;
  if (isUtf16) return finding('error', 'KB_ENCODING', start, 'Die Datei ist in UTF-16 gespeichert.', SAVE_AS_UTF8);
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0) {
    const message = 'Hier steht ein unlesbares Zeichen; die Datei ist vermutlich als „ANSI“ oder Latin-1 gespeichert.';
    return finding('error', 'KB_ENCODING', placeIn(path, text, broken), message, SAVE_AS_UTF8);
  }
   
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  if (control >= 0) {
    return finding('error', 'KB_CONTROL_CHARACTER', placeIn(path, text, control), 'Hier steht ein unsichtbares Steuerzeichen.', 'Löschen Sie es und tippen Sie die Stelle neu.');
  }
  return text;
}

function placeIn(path: string, text: string, offset: number): Origin {
  const before = text.slice(0, offset).split('\n');
  return { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function bomFinding(bytes: Uint8Array, start: Origin): readonly Finding[] {
  if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return [];
  return [finding('warning', 'KB_BOM', start, 'Die Datei beginnt mit einer unsichtbaren Marke (UTF-8 mit BOM).', 'Speichern Sie sie als „UTF-8“ ohne BOM.')];
}

/** Walks the syntax tree without recursion; the first place beyond a limit. */
function beyondLimits(tokens: readonly CST.Token[]): { readonly limit: 'depth' | 'nodes'; readonly offset: number } | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (++nodes > MAX_NODES) return { limit: 'nodes', offset: token.offset };
    if (depth > MAX_DEPTH) return { limit: 'depth', offset: token.offset };
    if (token.type === 'document') {
      if (token.value) open.push({ token: token.value, depth });
    } else if (token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection') {
      for (const item of token.items) {
        if (item.key) open.push({ token: item.key, depth: depth + 1 });
        if (item.value) open.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

interface Walked {
  readonly node: Node | undefined;
  readonly key: Node | undefined;
  readonly found: boolean;
}

function walk(document: Document, path: Path): Walked {
  let node: Node | undefined = document.contents ?? undefined;
  let key: Node | undefined = node;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? node;
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(step));
      if (pair === undefined) return { node, key, found: false };
      key = isNode(pair.key) ? pair.key : key;
      node = isNode(pair.value) ? pair.value : key;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) return { node, key, found: false };
      node = item;
      key = item;
    } else {
      return { node, key, found: false };
    }
  }
  return { node, key, found: true };
}

const SYNTAX: Readonly<Record<string, readonly [message: string, proposal: string]>> = {
  DUPLICATE_KEY: ['Diese Angabe steht in demselben Eintrag zweimal.', 'Löschen Sie eine davon.'],
  BAD_INDENT: ['Die Einrückung stimmt nicht.', 'Rücken Sie die Zeile so weit ein wie die Zeilen daneben.'],
  BLOCK_AS_IMPLICIT_KEY: ['Hier steht ein Doppelpunkt, wo keiner erwartet wird.', 'Setzen Sie den Text in einfache Anführungszeichen.'],
  MULTILINE_IMPLICIT_KEY: ['Hier fehlt ein Doppelpunkt oder die Einrückung.', 'Vergleichen Sie mit dem Eintrag davor.'],
  MISSING_CHAR: ['Hier fehlt ein Zeichen, meist ein Anführungszeichen, eine Klammer oder ein Doppelpunkt.', 'Vergleichen Sie mit dem Eintrag davor.'],
  BAD_SCALAR_START: ['Mit diesem Zeichen darf ein Text nicht beginnen.', 'Setzen Sie den Text in einfache Anführungszeichen.'],
  BAD_DQ_ESCAPE: ['Der Rückstrich „\\“ hat in doppelten Anführungszeichen eine besondere Bedeutung.', 'Nehmen Sie einfache Anführungszeichen.'],
  BAD_ALIAS: ['Ein Text darf nicht mit „*“ oder „&“ beginnen.', 'Setzen Sie den Text in einfache Anführungszeichen.'],
  NON_STRING_KEY: [
    'Vor dem Doppelpunkt steht kein einfaches Wort.',
    'Steht eine geschweifte Klammer im Text? Dann gehört der Text in einfache Anführungszeichen.',
  ],
  KEY_OVER_1024_CHARS: ['Hier fehlt ein Doppelpunkt oder ein Anführungszeichen.', ''],
};

function syntaxFinding(code: string, at: Origin, text: string, offset: number): Finding {
  const line = text.split('\n')[at.line - 1] ?? '';
  const tab = /^[ ]*\t/.exec(line);
  if (code === 'TAB_AS_INDENT' || tab !== null) {
    const column = tab === null ? at.column : tab[0].length;
    return finding('error', 'KB_TAB', { ...at, column }, 'Hier steht ein Tabulator; eingerückt wird nur mit Leerzeichen.', 'Ersetzen Sie ihn durch Leerzeichen.');
  }
  if (code === 'BAD_ALIAS' || text[offset] === '*') {
    const [message, proposal] = SYNTAX['BAD_ALIAS'] ?? ['', ''];
    return finding('error', 'KB_SYNTAX', at, message, proposal);
  }
  const opening = code === 'UNEXPECTED_TOKEN' ? /(?::|-)\s+([{["'])/.exec(line)?.[1] : undefined;
  if (opening !== undefined) {
    const message = `Hier geht der Text weiter, obwohl er mit ${opening} beginnt und schon zu Ende ist.`;
    return finding('error', 'KB_SYNTAX', at, message, 'Setzen Sie den ganzen Text in einfache Anführungszeichen.');
  }
  const [message, proposal] = SYNTAX[code] ?? ['Diese Stelle ist nicht lesbar.', 'Vergleichen Sie Einrückung, Bindestriche und Anführungszeichen mit dem Eintrag davor.'];
  return finding('error', code === 'DUPLICATE_KEY' ? 'KB_DUPLICATE_KEY' : 'KB_SYNTAX', at, message, proposal);
}
