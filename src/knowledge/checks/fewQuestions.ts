/**
 * Question variants: at least five, and different in words. Few variants are the commonest reason why a topic is not found.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import { entryItems, isOwn } from './passages';
import { wordSet } from './similarity';

const ENOUGH = 5;
/** Share of common words from which two questions of an entry count as the same wording. */
const SAME_WORDING = 0.85;

export function fewQuestions(draft: Draft): readonly Finding[] {
  return entryItems(draft).flatMap((item) => {
    if (!isOwn(item, 'fragen')) return [];
    const { questions, id } = item.value;
    const few =
      questions.length < ENOUGH
        ? [finding('warning', 'KB_FEW_QUESTIONS', item.at('fragen'), `„${id}“ hat nur ${questions.length} von mindestens ${ENOUGH} Fragen.`, 'Ergänzen Sie Fragen mit anderen Wörtern.')]
        : [];
    const sets = questions.map(wordSet);
    const alike = sets.flatMap((set, index) => {
      const earlier = sets.findIndex((other, before) => before < index && jaccard(set, other) >= SAME_WORDING);
      if (earlier < 0) return [];
      return [finding('warning', 'KB_SAME_WORDING', item.at('fragen', index), `Diese Frage hat fast dieselben Wörter wie Frage ${earlier + 1} desselben Themas.`, 'Fragen Sie aus einem anderen Blickwinkel.')];
    });
    return [...few, ...alike];
  });
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  const all = a.size + b.size - common;
  return all === 0 ? 1 : common / all;
}
