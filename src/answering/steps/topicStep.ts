/**
 * The topic that ranks first, if that is sure enough; else the few that are likely are asked back. Refuses to ask back for a number, or
 * across languages unless nearly sure.
 */
import { decide, MAX_CHOICES, type Thresholds } from '../decision';
import { EVENT_ENTRIES, EVENTS_INTENT } from '../knownEntries';
import type { Choice, TurnContext } from '../outcome';
import { noneShare, type RankedEntry } from '../ranker';
import type { EntryFinder } from './entryFinder';
import type { UrgencyDetector } from '../urgency';
import type { InLanguage } from './foreignStep';
import { LEAST_OFFERED } from './levels';
import { choiceOf, toldOf } from './ofEntry';
import { refsOf, type Step, type Turn } from './turn';

const LIKELY = 0.5;
/** Without a second choice beside it, this confidence is enough for an answer … */
const ALONE = 0.8;
/** … where hardly anything speaks for none of ours. */
const LITTLE = 0.05;
/** Letters alone may still say what is meant. */
const LIKELY_BY_LETTERS = 0.4;
/** German retrieval knows little of another language: below this it asks nothing back. */
const LIKELY_ACROSS_LANGUAGES = 0.7;

export function createTopicStep(
  inLanguage: InLanguage,
  entryOf: EntryFinder,
  thresholds: Thresholds,
  urgency: UrgencyDetector,
): Step {
  return (read) => {
    const turn = withoutLookalikes(read, entryOf, urgency);
    const { text, language, ranking, context } = turn;
    const confidences = ranking.entries.map(({ confidence }) => confidence);
    const none = noneShare(ranking.raw.intents);
    const decision = decide(confidences, none, thresholds);
    const [top] = ranking.entries;
    // What is believed of an event question is not believed against the entry of that week.
    const belief =
      top === undefined
        ? 0
        : top.confidence + (top.confidence >= LIKELY && EVENT_ENTRIES.has(top.id) ? ranking.intent(EVENTS_INTENT) : 0);
    if (top !== undefined && (decision === 'answer' || belief >= thresholds.answer))
      return toldOf(top.id, entryOf(top.id, context)?.urgent, refsOf(ranking));
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
    // One thing to mean, and nearly sure of it: asking back would only cost a turn.
    if (choices.length === 1 && top.confidence >= ALONE && none < LITTLE)
      return { kind: 'answer', entryId: top.id, entries: refsOf(ranking) };
    return { kind: 'clarify', about: 'topic', choices, entries: refsOf(ranking).slice(0, MAX_CHOICES) };
  };
}

/** „Meine Oma kann nicht mehr“ is no reason to offer help against suicide, however alike the words are; nor are letters of another language. */
function withoutLookalikes(turn: Turn, entryOf: EntryFinder, urgency: UrgencyDetector): Turn {
  const { ranking, context, text, language } = turn;
  const entries = ranking.entries.filter(({ id }) => {
    const need = entryOf(id, context)?.urgent;
    return need === undefined || (language === 'de' && !urgency.onlyLooksLike(need, text));
  });
  return entries.length === ranking.entries.length ? turn : { ...turn, ranking: { ...ranking, entries } };
}

function choicesFrom(
  ranked: readonly RankedEntry[],
  leastConfidence: number,
  entryOf: EntryFinder,
  context: TurnContext,
): readonly Choice[] {
  return ranked
    .filter(({ confidence }) => confidence >= leastConfidence)
    .flatMap(({ id }) => entryOf(id, context) ?? [])
    .slice(0, MAX_CHOICES)
    .map(choiceOf);
}
