/**
 * Entries that no question reaches: none of their own questions finds them first. Whoever needs such an entry does not get it, however
 * good its answer is; mostly another entry has the same words.
 */
import { createRanker, UNTRAINED, type RankerModel } from '../answering/ranker';
import { finding, type Finding } from '../knowledge/findings';
import type { Entry, KnowledgeBase } from '../knowledge/model';

export function unreachedEntries(knowledge: KnowledgeBase, model: RankerModel = UNTRAINED): readonly Finding[] {
  const citizens = createRanker(knowledge, model, 'citizens');
  const staff = knowledge.staffEntries.length === 0 ? citizens : createRanker(knowledge, model, 'staff');
  const check = (entries: readonly Entry[], ranker: typeof citizens): readonly Finding[] =>
    entries.flatMap(({ id, questions, origin }) => {
      const winners = new Map<string, number>();
      for (const question of questions) {
        const winner = ranker.rank(question).entries[0]?.id;
        if (winner === id) return [];
        if (winner !== undefined) winners.set(winner, (winners.get(winner) ?? 0) + 1);
      }
      const [rival] = [...winners].sort((a, b) => b[1] - a[1]);
      const proposal =
        rival === undefined
          ? 'Ergänzen Sie „fragen“ und „beispiele“ mit den Wörtern, die Menschen benutzen.'
          : `Meist gewinnt „${rival[0]}“. Grenzen Sie die Fragen voneinander ab oder legen Sie die Themen zusammen.`;
      return [
        finding('warning', 'KB_UNREACHED', origin, `Keine der Fragen von „${id}“ führt zu diesem Thema.`, proposal),
      ];
    });
  return [...check(knowledge.entries, citizens), ...check(knowledge.staffEntries, staff)];
}
