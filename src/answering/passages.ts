/**
 * The places of an answer that can be told alone: a line with what it leans on, a point of a list with the words before the list, the
 * list as a whole. By line numbers, so that what is shown is the editors' wording and nothing else. Refuses to choose among them.
 */
import type { AnswerVersion } from '../knowledge/model';
import type { Place } from './outcome';

export interface Passage {
  readonly place: Place;
  /** What it says itself. */
  readonly text: string;
  /** The words before the list it is a point of; empty for all others. */
  readonly lead: string;
  readonly kind: 'line' | 'list' | 'item';
  /** Its own last line, without what is told with it. */
  readonly end: number;
}

/** „Das gilt auch …“ says nothing without the line before it; nor does a line that goes on in the middle of a sentence. */
const LEANS_BACK =
  /^(?:\p{Ll}|(?:Das|Dies) (?:gilt|geht|ist|sind|klappt|kann|hilft|war|heißt|betrifft|sichert|nennt)\b|(?:Es|Er|Sie ist|Sie war|Sie galt|Dann|Dort|Dafür|Sonst|Danach|Daraus|Solange|Dazu|Auch das|Auch dafür|Auch später|Oder|Und|So|Dasselbe|Daneben|Im nächsten Monat)\b)/u;

/** „… nur, wenn all das zutrifft:“ – one of the points alone would be wrong. */
const ALL_TOGETHER = /\b(?:all das|alle|beides|diese (?:zwei|drei|vier|fünf)|folgende[ns]?)\b/;

/** „Das gilt nur, wenn die Betreuung gesichert ist.“: without it, what stands before it would be too much. */
const NARROWS =
  /^(?:Das|Dies|Es|Diese Regel|Diese Auskunft) gilt (?:nur|für|bis|nicht|in der Regel längstens|längstens)\b/;
/** Whom the new law is not for: goes with all that stands in the same field. */
const NEW_LAW = /\bBewilligungszeitr.*\b(?:begann|begonnen)\b|^Für Verstöße vor\b/;

/** `simple`: the wording in Einfache Sprache is what was told, the details are the same. */
export function passagesOf(version: AnswerVersion, simple: boolean): readonly Passage[] {
  const told =
    simple && version.simple !== undefined ? ofField('simple', version.simple) : ofField('answer', version.answer);
  return version.more === undefined ? told : [...told, ...ofField('more', version.more)];
}

function ofField(of: Place['of'], field: string): readonly Passage[] {
  const lines = field.split('\n');
  const forAll = lines.flatMap((line, at) => (NEW_LAW.test(line) ? [at, ...consequenceOf(lines, at)] : []));
  const passages: Passage[] = [];
  let lead: number | undefined;
  const add = (kind: Passage['kind'], at: number, told: readonly number[], before: string): void => {
    const end = told.at(-1) ?? at;
    const all = new Set([...told, ...narrowing(lines, kind === 'item' ? lastPointFrom(lines, at) : end), ...forAll]);
    const ordered = [...all].sort((a, b) => a - b);
    passages.push({ place: { of, lines: ordered }, text: lines[at] ?? '', lead: before, kind, end });
  };
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (isPoint(line)) {
      const before = lead === undefined ? [] : [lead];
      const said = lead === undefined ? '' : (lines[lead] ?? '');
      const told = lead !== undefined && ALL_TOGETHER.test(said) ? pointsBehind(lines, lead) : [at];
      add('item', at, [...before, ...told], said);
      continue;
    }
    const points = pointsBehind(lines, at);
    const before =
      lead !== undefined && (LEANS_BACK.test(line) || NARROWS.test(line)) && !isPoint(lines[at - 1] ?? '')
        ? [lead]
        : [];
    if (points.length === 0) add('line', at, [...before, at], '');
    else add('list', at, [at, ...points], '');
    lead = at;
  }
  return passages;
}

/** „… begann vor Juli 2026?“: what then applies stands in the next line. */
function consequenceOf(lines: readonly string[], at: number): readonly number[] {
  return lines[at]?.endsWith('?') === true && (lines[at + 1] ?? '').trim() !== '' ? [at + 1] : [];
}

/** The condition that the next line, or the one behind the list, puts on what ends here. */
function narrowing(lines: readonly string[], end: number): readonly number[] {
  const next = lines.findIndex((line, at) => at > end && line.trim() !== '');
  return next >= 0 && NARROWS.test(lines[next] ?? '') ? [next] : [];
}

function lastPointFrom(lines: readonly string[], at: number): number {
  let last = at;
  while (isPoint(lines[last + 1] ?? '')) last += 1;
  return last;
}

function pointsBehind(lines: readonly string[], at: number): readonly number[] {
  const points: number[] = [];
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (isPoint(line)) points.push(next);
    else if (line.trim() !== '' || points.length > 0) break;
  }
  return points;
}

function isPoint(line: string): boolean {
  return /^\s*[-*] /.test(line);
}
