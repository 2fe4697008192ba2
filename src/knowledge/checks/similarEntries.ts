/**
 * Two entries whose questions are about the same words: they cap what matching can reach, more than any algorithm. Cosine of the
 * words of title, questions and keywords, rare words counting more. Names the pair and the figure; the editor decides.
 */
import type { Draft, Located } from '../draft';
import { finding, type Finding } from '../findings';
import type { Entry } from '../model';
import { fold } from './similarity';

/**
 * Measured on 97 finished entries of the catalogue: the two nearest topics that are not the same reach 0.33; twenty copies with another
 * title, no keywords and half of the questions replaced reach 0.48 to 0.69.
 */
const ALIKE = 0.45;

type Vector = ReadonlyMap<string, number>;

export function similarEntries(draft: Draft): readonly Finding[] {
  return [...within(draft.entries), ...within(draft.staffEntries)];
}

function within(items: readonly Located<Entry>[]): readonly Finding[] {
  const vectors = unitVectors(items.map((item) => wordsOf(item.value)));
  return vectors.flatMap((vector, index) => {
    const item = items[index];
    let nearest: { readonly other: Located<Entry>; readonly similarity: number } | undefined;
    for (let before = 0; before < index; before += 1) {
      const [other, theirs] = [items[before], vectors[before]];
      // The same id twice is a finding of its own.
      if (other === undefined || theirs === undefined || other.value.id === item?.value.id) continue;
      const similarity = dot(vector, theirs);
      if (similarity >= ALIKE && similarity > (nearest?.similarity ?? 0)) nearest = { other, similarity };
    }
    if (item === undefined || nearest === undefined) return [];
    const { id, origin } = nearest.other.value;
    const percent = Math.round(nearest.similarity * 100);
    return [
      finding(
        'warning',
        'KB_SIMILAR_ENTRIES',
        item.at(),
        `„${item.value.id}“ gleicht „${id}“ (${origin.file}:${origin.line}) zu ${percent} Prozent.`,
        'Legen Sie beide zusammen oder stellen Sie deutlicher verschiedene Fragen.',
      ),
    ];
  });
}

function wordsOf(entry: Entry): readonly string[] {
  return [entry.title, ...entry.questions, ...entry.keywords].flatMap((text) => fold(text).split(' '));
}

/** Words weighted by frequency in the entry and rarity among the entries, scaled to length 1. */
function unitVectors(documents: readonly (readonly string[])[]): readonly Vector[] {
  const entriesWith = new Map<string, number>();
  for (const words of documents) for (const word of new Set(words)) entriesWith.set(word, (entriesWith.get(word) ?? 0) + 1);
  return documents.map((words) => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const weights = [...counts].map(([word, count]): [string, number] => [
      word,
      (1 + Math.log(count)) * Math.log(1 + documents.length / (entriesWith.get(word) ?? 1)),
    ]);
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    return new Map(weights.map(([word, weight]) => [word, weight / length]));
  });
}

function dot(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}
