/**
 * How an outcome came about, for `ask --explain` and the preview: the step that decided, what was recognised, and the features and
 * weights behind the first hits. English lines of a fixed shape, which src/preview/why.ts reads; decides nothing.
 */
import type { Explanation } from './outcome';
import type { RankerModel } from './ranker';
import type { Turn } from './steps/turn';
import { weighedFeatures } from './training';

const SHOWN_INTENTS = 3;
const SHOWN_HITS = 3;
const SHOWN_CLASS_FEATURES = 12;

/** `step`: the name of the step that decided. */
export function explain(
  step: string,
  { ranking, ranker, place, period }: Turn,
  { weights }: RankerModel,
): readonly Explanation[] {
  const { analysis, hits, intents } = ranking.raw;
  const [top] = hits;
  return [
    { step: 'step', lines: [step] },
    { step: 'terms', lines: analysis.terms.map(({ term, weight, from }) => `${term} ${weight.toFixed(2)} ${from}`) },
    { step: 'corrections', lines: analysis.corrections.map(([typed, meant]) => `${typed} → ${meant}`) },
    { step: 'place', lines: [`${place.status} ${place.place ?? ''} ${place.jobcenterIds.join(' ')}`.trim()] },
    { step: 'period', lines: period === undefined ? [] : [`${period.from} … ${period.to}`] },
    {
      step: 'intents',
      lines: intents.slice(0, SHOWN_INTENTS).map(([name, probability]) => `${name} ${probability.toFixed(3)}`),
    },
    ...hits.slice(0, SHOWN_HITS).map((hit, i) => ({
      step: `hit ${i + 1}: ${hit.id}`,
      lines: [
        `probability ${hit.probability.toFixed(3)}, confidence ${(ranking.entries[i]?.confidence ?? 0).toFixed(3)}, score ${hit.score.toFixed(2)}`,
        `best variant: ${hit.variant}`,
        ...weighedFeatures(weights, hit).map(([name, value, say]) => `${name} ${value.toFixed(3)} → ${say.toFixed(2)}`),
      ],
    })),
    ...(top === undefined
      ? []
      : [
          {
            step: `classifier for ${top.id}`,
            lines: ranker.engine
              .explainClass(analysis.tokens.join(' '), top.id)
              .slice(0, SHOWN_CLASS_FEATURES)
              .map(([name, say]) => `${name} ${say.toFixed(2)}`),
          },
        ]),
  ];
}
