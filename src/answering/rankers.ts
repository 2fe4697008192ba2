/**
 * The rankers of a knowledge base, one per audience, made when first needed; only a Jobcenter with an overlay has one of its own.
 * A staff entry is only ever in a ranker for staff. None believes in a need of which a short message says no word (needWords.ts).
 */
import type { KnowledgeBase } from '../knowledge/model';
import { normalize } from '../search/german/normalize';
import { runSteps, type Steps } from '../search/steps';
import { buildNeedWords, type NeedWords } from './needWords';
import type { TurnContext } from './outcome';
import { buildRanker, createRanker, type Ranker, type RankerModel } from './ranker';

export interface Rankers {
  of(context: TurnContext): Ranker;
  /** Makes now, in steps, what otherwise the first question of an audience waits for. */
  prepare(audience: TurnContext['audience']): Steps<void>;
}

/** `normalized`: another way to `normalize` the entries, e.g. one that remembers. */
export function createRankers(
  knowledge: KnowledgeBase,
  model: RankerModel,
  normalized: (text: string) => string,
): Rankers {
  const made = new Map<string, Ranker>();
  const localJobcenters = new Set(knowledge.overlays.map(({ jobcenter }) => jobcenter));
  let counted: NeedWords | undefined;
  function* needWords(): Steps<NeedWords> {
    return (counted ??= yield* buildNeedWords(knowledge.entries, normalized));
  }
  const keyOf = (audience: TurnContext['audience'], jobcenter = ''): string => `${audience} ${jobcenter}`;
  return {
    of({ audience, jobcenter }) {
      const own = jobcenter !== undefined && localJobcenters.has(jobcenter) ? jobcenter : undefined;
      const key = keyOf(audience, own);
      const known = made.get(key);
      if (known !== undefined) return known;
      const ranker = withNeedWords(createRanker(knowledge, model, audience, own, normalized), runSteps(needWords()));
      made.set(key, ranker);
      return ranker;
    },
    *prepare(audience) {
      const key = keyOf(audience);
      if (made.has(key)) return;
      const ranker = yield* buildRanker(knowledge, model, audience, undefined, normalized);
      made.set(key, withNeedWords(ranker, yield* needWords()));
    },
  };
}

function withNeedWords(ranker: Ranker, spoken: NeedWords): Ranker {
  return {
    engine: ranker.engine,
    rank(question) {
      const ranking = ranker.rank(question);
      return { ...ranking, entries: spoken(normalize(question), ranking.entries) };
    },
  };
}
