/**
 * From a message and its context to what it means: one readable list of steps (steps/), the first that knows decides.
 * Order of precedence (docs/design.md): urgent need → open choices → commands and small talk → a title word for word → own file → another
 * language → follow-ups → Jobcenter → events → topics or asking back → an event retold → a way on. What was found is then told
 * with what else was asked (steps/otherMatters.ts), to the role somebody has (steps/role.ts) and for the day of the case (steps/caseOf.ts).
 * Pure: no I/O, no channel; refuses to word anything, and a miss is a value.
 */
import type { KnowledgeBase } from '../knowledge/model';
import { createNormalizer, normalize } from '../search/german/normalize';
import type { Steps } from '../search/steps';
import { createEventFinder } from './events';
import { explain } from './explain';
import { createForeignTopics } from './foreignTopics';
import { CAMPAIGN_ENTRIES } from './knownEntries';
import { detectLanguage } from './language';
import { contextOf, openQuestion } from './openQuestions';
import type { AnswerOutcome, AnyBody, TurnContext } from './outcome';
import { MASK, maskPersonalData } from './personalData';
import { createPlaceFinder } from './places/placeFinder';
import { createPressNumbers } from './pressNumbers';
import { UNTRAINED, type RankerModel } from './ranker';
import { createRankers, type Rankers } from './rankers';
import { createSmallSteps } from './smallSteps';
import { createChosen } from './steps/chosen';
import { withCase } from './steps/caseOf';
import { createEntryFinder, type EntryFinder } from './steps/entryFinder';
import { createEventList } from './steps/eventList';
import { createEventStep } from './steps/eventStep';
import { fallbackStep } from './steps/fallbackStep';
import { createFollowUpStep } from './steps/followUpStep';
import { createForeignStep, createInLanguage } from './steps/foreignStep';
import { createJobcenterStep } from './steps/jobcenterStep';
import { createOwnFileStep } from './steps/ownFileStep';
import { needOf } from './steps/ofEntry';
import { createOtherMatters, type Decide } from './steps/otherMatters';
import { createPendingStep } from './steps/pendingStep';
import { inRole } from './steps/role';
import { createRetoldEventStep } from './steps/retoldEventStep';
import { createSmallStep } from './steps/smallStep';
import { createTitleStep } from './steps/titleStep';
import { createTopicStep } from './steps/topicStep';
import type { Step } from './steps/turn';
import { createTurnReader, type TurnReader } from './steps/turnReader';
import { createUrgentStep } from './steps/urgentStep';
import { createUrgencyDetector, type UrgencyDetector } from './urgency';

export interface Answering {
  answer(message: string, context: TurnContext): AnswerOutcome;
  /** Makes now, in steps, what otherwise the first question of an audience waits for. */
  prepare(audience: TurnContext['audience']): Steps<void>;
  /** What the knowledge base is called in logs and health. */
  readonly version: string;
}

interface AnsweringOptions {
  readonly model?: RankerModel;
  /** Prints terms, features and weights into the outcome's explanation. */
  readonly explain?: boolean;
}

/** Longer messages are refused politely before anything looks at them. */
export const MAX_MESSAGE_CHARS = 1000;

const TOO_LONG: AnyBody = { kind: 'fallback', reason: 'tooLong', entries: [] };

export function createAnswering(knowledge: KnowledgeBase, options: AnsweringOptions = {}): Answering {
  const model = options.model ?? UNTRAINED;
  const normalized = createNormalizer();
  const rankers = createRankers(knowledge, model, normalized);
  const urgency = createUrgencyDetector(knowledge.urgentRules);
  const entryOf = createEntryFinder(knowledge);
  const { readTurn, steps } = createParts(knowledge, model, rankers, urgency, entryOf, normalized);
  const decide: Decide = (turn) => {
    for (const [step, means] of steps) {
      const found = means(turn);
      if (found !== undefined) return { step, found, turn };
    }
    return undefined;
  };
  const withOtherMatters = createOtherMatters(readTurn, decide, entryOf, model.thresholds);
  const namesPressNumber = createPressNumbers(knowledge.jobcenters);
  /** Whoever writes at such length in need is not told to be brief. */
  const needIn = (text: string): AnyBody | undefined => {
    const need = urgency.detect(text)?.rule;
    return need === undefined ? undefined : needOf(need.class, need.entryId, [{ id: need.entryId, confidence: 1 }]);
  };

  return {
    version: knowledge.version,
    prepare: (audience) => rankers.prepare(audience),
    answer(message, context) {
      const masked = maskPersonalData(message.slice(0, MAX_MESSAGE_CHARS * 4));
      const typed = masked.text.trim();
      const question = openQuestion(typed, context.pending);
      const text = question?.value ?? typed;
      const shared = {
        explanation: [],
        masked: masked.kinds,
        language: detectLanguage(text, context.language),
        ...(namesPressNumber(text) ? { notice: 'pressNumber' as const } : {}),
      };
      if (message.length > MAX_MESSAGE_CHARS) return { ...shared, ...(needIn(text) ?? TOO_LONG) };
      if (normalize(text) === '') return { ...shared, kind: 'fallback', reason: 'empty', entries: [] };

      const decided = decide(readTurn(text, shared.language, contextOf(question, context)));
      if (decided === undefined) return { ...shared, kind: 'fallback', reason: 'outOfScope', entries: [] };
      const { step, found, turn } = withOtherMatters(decided);
      return {
        ...shared,
        ...withCase(inRole(privateIfMasked(found, text), step, turn, entryOf), step, turn, entryOf),
        masked: shared.masked,
        explanation: options.explain === true ? explain(step, turn, model) : [],
      };
    },
  };
}

interface Parts {
  readonly readTurn: TurnReader;
  /** By name, as explanations call them, in the order in which they are asked. */
  readonly steps: readonly (readonly [name: string, step: Step])[];
}

function createParts(
  knowledge: KnowledgeBase,
  { thresholds }: RankerModel,
  rankers: Rankers,
  urgency: UrgencyDetector,
  entryOf: EntryFinder,
  normalized: (text: string) => string,
): Parts {
  const { entries, jobcenters } = knowledge;
  const events = createEventFinder(
    knowledge.events,
    entries
      .filter(({ id }) => !CAMPAIGN_ENTRIES.has(id))
      .map(({ title, questions, examples }) => [title, ...questions, ...examples]),
    normalized,
  );
  const chosen = createChosen(knowledge, entryOf);
  const eventList = createEventList(events, jobcenters);
  const inLanguage = createInLanguage(createForeignTopics(knowledge.texts, entries), eventList);
  return {
    readTurn: createTurnReader({ places: createPlaceFinder(jobcenters), events, rankers }),
    steps: [
      ['urgent', createUrgentStep(urgency, entryOf)],
      ['pending', createPendingStep(chosen)],
      ['small', createSmallStep(createSmallSteps(knowledge.intents))],
      ['title', createTitleStep(knowledge, chosen)],
      ['ownFile', createOwnFileStep(entries, entryOf)],
      ['foreign', createForeignStep(inLanguage, entryOf)],
      ['followUp', createFollowUpStep(entryOf, thresholds)],
      ['jobcenter', createJobcenterStep(events, thresholds)],
      ['events', createEventStep(events, eventList, thresholds)],
      ['topic', createTopicStep(inLanguage, entryOf, thresholds, urgency)],
      ['retoldEvent', createRetoldEventStep(events)],
      ['fallback', fallbackStep],
    ],
  };
}

/** Nothing but personal data, or nothing that can be told beside it: no choices drawn from a name or a number. */
function privateIfMasked(found: AnyBody, text: string): AnyBody {
  return text.includes(MASK) && (found.kind === 'clarify' || found.kind === 'fallback')
    ? { kind: 'private', entries: [] }
    : found;
}
