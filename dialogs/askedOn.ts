/**
 * The reply to what is asked on about the last answer: the place where that stands in it, the details not told yet, or that nothing of it is
 * known. Refuses an answer to anything else, which is told in full.
 */
import type { AnswerOutcome, Choice } from '../src/answering/outcome';
import { detailBlocks, entryChoices, placeBlocks } from '../src/rendering/answerReply';
import { caseChoices, caseNotice } from '../src/rendering/caseOfAnotherDay';
import { findEntry, reply, saying, titleIn, toEntry } from '../src/rendering/parts';
import type { Reply } from '../src/rendering/reply';
import { waysOn } from '../src/rendering/shortReplies';
import type { ConversationTurn } from './conversationTurn';
import type { Thread } from './thread';

/** From here on a topic is offered beside the place of the last answer. */
const LIKELY = 0.5;

/** „Und mit Kind?“ after an answer of the same topic: where that stands in it, or what was not said yet, instead of the same again. */
export function askedOn(turn: ConversationTurn, outcome: AnswerOutcome, before: string | undefined): Reply | undefined {
  if (outcome.kind !== 'answer' || outcome.follow !== true || outcome.entryId !== before) return undefined;
  const { view } = turn;
  const entry = findEntry(view, outcome.entryId);
  if (entry === undefined) return undefined;
  const { caseDay, entries, places } = outcome;
  const then = caseDay === undefined ? view : { ...view, day: caseDay };
  const of = caseDay === undefined ? [] : [caseNotice(entry, caseDay, view)];
  const titel = titleIn(view, entry.id, entry.title);
  const elsewhere = outcome.elsewhere === undefined ? undefined : findEntry(view, outcome.elsewhere);
  const others = elsewhere === undefined ? likelyChoices(turn, outcome) : [toEntry(elsewhere, view)];
  // The places told are of one law: the way to the other one stays open beside them.
  const choices = [...others, ...entryChoices(entry, view), ...caseChoices(entry, caseDay, view)];
  const there = placeBlocks(entry, places ?? [], then);
  if (there.length > 0) {
    const lead = saying(view, 'antwort.stelle', { titel });
    return reply(view, 'answer', entries, [...of, lead, ...there], choices, entry.id);
  }
  const [, ...details] = detailBlocks(entry, then);
  if (details.length === 0 || turn.thread.detailed === entry.id || places !== undefined) {
    const nothing =
      elsewhere === undefined
        ? saying(view, 'antwort.folge.nichts')
        : saying(view, 'antwort.folge.woanders', { titel: titleIn(view, elsewhere.id, elsewhere.title) });
    return reply(view, 'answer', entries, [nothing], [...choices, ...waysOn(view)], entry.id);
  }
  const lead = saying(view, 'antwort.folge', { titel });
  return reply(view, 'answer', entries, [...of, lead, ...details], choices, entry.id);
}

/** Another topic that the message by itself would have been taken for. */
function likelyChoices({ view }: ConversationTurn, { entries }: AnswerOutcome): readonly Choice[] {
  return entries
    .slice(1, 2)
    .filter(({ confidence }) => confidence >= LIKELY)
    .flatMap(({ id }) => findEntry(view, id) ?? [])
    .map((entry) => toEntry(entry, view));
}

/** Details are told once after each answer. */
export function detailedNow({ detailed, ...thread }: Thread, outcome: AnswerOutcome): Thread {
  if (outcome.kind !== 'answer') return detailed === undefined ? thread : { ...thread, detailed };
  // A place that was shown, or not found, leaves the details untold.
  return outcome.follow === true && outcome.places === undefined
    ? { ...thread, detailed: outcome.entryId }
    : detailed === outcome.entryId && outcome.follow === true
      ? { ...thread, detailed }
      : thread;
}
