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
}

/** „Das gilt auch …“ says nothing without the line before it; nor does a line that goes on in the middle of a sentence. */
const LEANS_BACK =
  /^(?:\p{Ll}|(?:Das|Dies) (?:gilt|geht|ist|sind|klappt|kann|hilft|war|heißt|betrifft|sichert|nennt)\b|(?:Es|Er|Sie ist|Sie war|Sie galt|Dann|Dort|Dafür|Sonst|Danach|Daraus|Solange|Dazu|Auch das|Auch dafür|Auch später|Oder|Und|So|Dasselbe|Daneben|Im nächsten Monat)\b)/u;

/** „… nur, wenn all das zutrifft:“ – one of the points alone would be wrong. */
const ALL_TOGETHER = /\b(?:all das|alle|beides|diese (?:zwei|drei|vier|fünf)|folgende[ns]?)\b/;

/** `simple`: the wording in Einfache Sprache is what was told, the details are the same. */
export function passagesOf(version: AnswerVersion, simple: boolean): readonly Passage[] {
  const told =
    simple && version.simple !== undefined ? ofField('simple', version.simple) : ofField('answer', version.answer);
  return version.more === undefined ? told : [...told, ...ofField('more', version.more)];
}

function ofField(of: Place['of'], field: string): readonly Passage[] {
  const lines = field.split('\n');
  const passages: Passage[] = [];
  let lead: number | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (isPoint(line)) {
      const before = lead === undefined ? [] : [lead];
      const said = lead === undefined ? '' : (lines[lead] ?? '');
      const told = lead !== undefined && ALL_TOGETHER.test(said) ? pointsBehind(lines, lead) : [at];
      passages.push({ place: { of, lines: [...before, ...told] }, text: line, lead: said, kind: 'item' });
      continue;
    }
    const points = pointsBehind(lines, at);
    const before = lead !== undefined && LEANS_BACK.test(line) && !isPoint(lines[at - 1] ?? '') ? [lead] : [];
    passages.push(
      points.length === 0
        ? { place: { of, lines: [...before, at] }, text: line, lead: '', kind: 'line' }
        : { place: { of, lines: [at, ...points] }, text: line, lead: '', kind: 'list' },
    );
    lead = at;
  }
  return passages;
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
