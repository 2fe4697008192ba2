/**
 * Somebody whose life is at risk is not let go of: what is not clearly about something else is told the help again, in brief, and whatever
 * else is answered or asked back begins with the numbers. Refuses to speak of it once something else was told, and to word anything.
 */
import { leansOnTopic } from '../src/answering/ellipsis';
import type { AnswerOutcome } from '../src/answering/outcome';
import { withFirst } from '../src/answering/steps/turn';
import { LIFE_AT_RISK } from '../src/answering/urgency';
import type { Entry } from '../src/knowledge/model';
import { helpLine } from '../src/rendering/helpNumbers';
import { findEntry } from '../src/rendering/parts';
import type { Block } from '../src/rendering/reply';
import type { ConversationTurn } from './conversationTurn';

/** „Wie ist die Nummer?“, „da ist besetzt“ */
const ASKS_FOR_NUMBER = /\b(?:nummer|telefon\w*|anruf\w*|anzurufen|besetzt)\b/i;
/** A need less likely than this is no reason for numbers beside a choice. */
const LIKELY_NEED = 0.15;
/** „He comes home soon“ says no more than that; „when is my money coming“ is another matter. */
const FEW_WORDS = 4;
/** „Und wenn mir was daran nicht passt?“ leans on the last answer: a few letters of a need are then worth less. */
const LIKELY_NEED_BEHIND_ANSWER = 0.5;
/** From here on a choice is about what was said, not merely near to it. */
const LIKELY_OTHER = 0.3;

/** „Er kommt gleich heim“ after „mein Mann schlägt mich“ is no reason to let go; the help is told again. */
export function standingNeed(turn: ConversationTurn, outcome: AnswerOutcome): AnswerOutcome | undefined {
  const entry = entryOfNeed(turn);
  if (entry?.urgent === undefined) return undefined;
  if (outcome.kind === 'urgent') return outcome.entryId === entry.id ? { ...outcome, again: true } : undefined;
  const asksForNumber = ASKS_FOR_NUMBER.test(turn.said);
  if (!asksForNumber && (!isAboutNothingElse(outcome) || saysMore(outcome, turn) || asksElsewhere(turn)))
    return undefined;
  const entries = withFirst(entry.id, 1, outcome.entries);
  return { ...outcome, kind: 'urgent', urgentClass: entry.urgent, entryId: entry.id, entries, again: true };
}

/** Of another language too little is understood to say what a longer message is about: it is told so, behind the numbers. */
function asksElsewhere({ said, view }: ConversationTurn): boolean {
  if (view.language === 'de') return false;
  const words = said.match(/[\p{L}\p{M}\p{N}'’-]+/gu)?.length ?? 0;
  return words > FEW_WORDS || (words > 2 && /[?؟]/.test(said));
}

/** What is asked stands in what was told, or may be asked back: the numbers come before it. */
function saysMore(outcome: AnswerOutcome, { view }: ConversationTurn): boolean {
  if (outcome.kind === 'answer') return (outcome.places?.length ?? 0) > 0;
  const [likely] = outcome.kind === 'clarify' ? outcome.entries : [];
  if (likely === undefined || likely.confidence < LIKELY_OTHER) return false;
  const entry = findEntry(view, likely.id);
  return entry !== undefined && !isNeed(entry);
}

/** The numbers before an answer that leads away from a need, or before choices of which one is a need. */
export function helpBeside(turn: ConversationTurn, outcome: AnswerOutcome): readonly Block[] {
  if (outcome.kind === 'urgent') return [];
  const standing = entryOfNeed(turn);
  const needs = standing === undefined ? likelyNeeds(turn, outcome) : [standing];
  return helpLine(
    needs.flatMap(({ urgent }) => urgent ?? []),
    turn.view,
  );
}

function likelyNeeds({ view, said, thread }: ConversationTurn, { kind, entries }: AnswerOutcome): readonly Entry[] {
  if (kind !== 'clarify') return [];
  const least = thread.topic !== undefined && leansOnTopic(said) ? LIKELY_NEED_BEHIND_ANSWER : LIKELY_NEED;
  return entries
    .filter(({ confidence }) => confidence >= least)
    .flatMap(({ id }) => findEntry(view, id) ?? [])
    .filter(isNeed);
}

/** What was told last; a Jobcenter named since then changes nothing about it. */
function entryOfNeed({ thread, view }: ConversationTurn): Entry | undefined {
  const { topic, trail } = thread;
  const last = [...trail, ...(topic === undefined ? [] : [topic])].reverse().find(({ kind }) => kind !== 'jobcenter');
  const entry = topic !== undefined && last?.kind === 'entry' ? findEntry(view, last.id) : undefined;
  return entry !== undefined && isNeed(entry) ? entry : undefined;
}

function isNeed({ urgent }: Entry): boolean {
  return urgent !== undefined && LIFE_AT_RISK.has(urgent);
}

function isAboutNothingElse(outcome: AnswerOutcome): boolean {
  switch (outcome.kind) {
    case 'clarify':
    case 'private':
      return true;
    case 'fallback':
      return ['outOfScope', 'unintelligible'].includes(outcome.reason);
    case 'answer':
      return outcome.follow === true;
    case 'jobcenter':
      return outcome.status === 'ask';
    case 'smalltalk':
      return ['yes', 'no', 'greeting', 'howAreYou'].includes(outcome.name);
    case 'command':
      // „Hilfe“ beside somebody unconscious asks for no instructions of ours.
      return outcome.name === 'help' || (outcome.name === 'source' && outcome.argument === 'wrong');
    case 'urgent':
    case 'events':
      return false;
  }
}
