/**
 * The topic that ranks first, if that is sure enough; else the few that are likely are asked back. Refuses to ask back for a number, or
 * across languages unless nearly sure.
 */
import { decide, MAX_CHOICES, type Thresholds } from '../decision';
import { EVENT_ENTRIES } from '../knownEntries';
import type { Choice, TurnContext } from '../outcome';
import { noneShare, type RankedEntry } from '../ranker';
import type { EntryFinder } from './entryFinder';
import type { InLanguage } from './foreignStep';
import { oldCase } from './oldCase';
import { refsOf, type Step } from './turn';

/** A choice this much less likely than the first is no choice. */
const LEAST_OFFERED = 0.1;
/** Letters alone may still say what is meant. */
const LIKELY_BY_LETTERS = 0.4;
/** German retrieval knows little of another language: below this it asks nothing back. */
const LIKELY_ACROSS_LANGUAGES = 0.7;

export function createTopicStep(inLanguage: InLanguage, entryOf: EntryFinder, thresholds: Thresholds): Step {
  return (turn) => {
    const { text, language, ranking, context } = turn;
    const confidences = ranking.entries.map(({ confidence }) => confidence);
    const decision = decide(confidences, noneShare(ranking.raw.intents), thresholds);
    const [top] = ranking.entries;
    // What is believed of an event question is not believed against the entry of that week.
    const belief =
      top === undefined ? 0 : top.confidence + (EVENT_ENTRIES.has(top.id) ? ranking.intent('ereignisse') : 0);
    if (top !== undefined && (decision === 'answer' || belief >= thresholds.answer))
      return { kind: 'answer', entryId: top.id, ...oldCase(entryOf(top.id, context), turn), entries: refsOf(ranking) };
    // A few words are too little to recognise a language by; the one of the conversation is tried before giving up.
    const meant = language === 'de' && context.language !== 'de' ? inLanguage(turn, context.language) : undefined;
    if (meant !== undefined) return meant;
    if (decision === 'reject' || top === undefined) return undefined;
    // A bare number is no question that choices could be drawn from.
    if (!/[\p{L}§]/u.test(text)) return undefined;
    // Nor are words of which not one is known.
    if (ranking.raw.analysis.knownShare === 0 && top.confidence < LIKELY_BY_LETTERS) return undefined;
    if (language !== 'de' && top.confidence < LIKELY_ACROSS_LANGUAGES) return undefined;
    const choices = choicesFrom(ranking.entries, LEAST_OFFERED * top.confidence, entryOf, context);
    return { kind: 'clarify', about: 'topic', choices, entries: refsOf(ranking).slice(0, MAX_CHOICES) };
  };
}

function choicesFrom(
  ranked: readonly RankedEntry[],
  leastConfidence: number,
  entryOf: EntryFinder,
  context: TurnContext,
): readonly Choice[] {
  return ranked
    .filter(({ confidence }) => confidence >= leastConfidence)
    .flatMap(({ id }) => {
      const offered = entryOf(id, context);
      return offered === undefined ? [] : [{ id, title: offered.title, value: offered.title }];
    })
    .slice(0, MAX_CHOICES);
}
