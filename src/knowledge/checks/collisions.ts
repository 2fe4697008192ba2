/**
 * The same utterance under two entries: matching then has to guess, whichever answer it gives. Equal after folding, or alike in all
 * words but one and in nearly all letters. Names the pair and how sure it is.
 */
import type { Draft, Located } from '../draft';
import { finding, type Finding } from '../findings';
import type { Entry } from '../model';
import { fold, trigramSimilarity } from './similarity';

const ALIKE = 0.9;
/** Below this many words one differing word is half of the meaning. */
const MIN_WORDS = 4;

interface Utterance {
  readonly item: Located<Entry>;
  readonly key: 'fragen' | 'beispiele';
  readonly index: number;
  readonly original: string;
  readonly folded: string;
}

export function collisions(draft: Draft): readonly Finding[] {
  // Staff-only entries are never ranked against citizens' questions.
  return [...withinAudience(draft.entries), ...withinAudience(draft.staffEntries)];
}

function withinAudience(items: readonly Located<Entry>[]): readonly Finding[] {
  const bySignature = new Map<string, Utterance[]>();
  const reported = new Set<string>();
  return items.flatMap(utterances).flatMap((utterance) => {
    const signatures = signaturesOf(utterance.folded);
    const candidates = signatures.flatMap((signature) => bySignature.get(signature) ?? []);
    for (const signature of signatures) {
      const bucket = bySignature.get(signature);
      if (bucket === undefined) bySignature.set(signature, [utterance]);
      else bucket.push(utterance);
    }
    let best: { readonly other: Utterance; readonly similarity: number } | undefined;
    for (const other of candidates) {
      if (other.item.value.id === utterance.item.value.id) continue;
      // „… 2019“ and „… 2022“ are told apart by what differs.
      if (numbersIn(other.folded) !== numbersIn(utterance.folded)) continue;
      const similarity = other.folded === utterance.folded ? 1 : trigramSimilarity(other.folded, utterance.folded);
      if (similarity >= ALIKE && similarity > (best?.similarity ?? 0)) best = { other, similarity };
    }
    if (best === undefined) return [];
    const pair = [utterance.folded, best.other.folded, utterance.item.value.id, best.other.item.value.id].sort().join('\n');
    if (reported.has(pair)) return [];
    reported.add(pair);
    return [collision(utterance, best.other, best.similarity)];
  });
}

function numbersIn(folded: string): string {
  return (folded.match(/\d+/g) ?? []).join(' ');
}

function collision(utterance: Utterance, other: Utterance, similarity: number): Finding {
  const place = other.item.at(other.key, other.index);
  const where = `„${other.item.value.id}“ (${place.file}:${place.line})`;
  const message =
    similarity === 1
      ? `„${utterance.original}“ steht auch bei ${where}.`
      : `„${utterance.original}“ gleicht „${other.original}“ bei ${where} zu ${Math.round(similarity * 100)} Prozent.`;
  return finding('warning', 'KB_COLLISION', utterance.item.at(utterance.key, utterance.index), message, 'Lassen Sie den Satz nur bei dem Thema stehen, das ihn beantwortet.');
}

function utterances(item: Located<Entry>): readonly Utterance[] {
  const of = (key: 'fragen' | 'beispiele', lines: readonly string[]): Utterance[] =>
    lines.map((original, index) => ({ item, key, index, original, folded: fold(original) })).filter(({ folded }) => folded !== '');
  return [...of('fragen', item.value.questions), ...of('beispiele', item.value.examples)];
}

/** Two utterances share a signature when their words are equal, in any order, but for at most one on either side. */
function signaturesOf(folded: string): readonly string[] {
  const words = [...new Set(folded.split(' '))].sort();
  const whole = words.join(' ');
  if (words.length < MIN_WORDS) return [whole];
  return [whole, ...words.map((_, left) => words.filter((__, index) => index !== left).join(' '))];
}
