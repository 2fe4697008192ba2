/**
 * From a message to what it means, as the conversation hears it: clicks and guided ways by name, then answering with the
 * thread so far. Words nothing.
 */
import type { DialogContext } from 'botbuilder-dialogs';
import type { AnswerOutcome, Choice } from '../src/answering/outcome';
import type { Guide, IsoDate } from '../src/knowledge/model';
import { clickedCase } from '../src/rendering/caseOfAnotherDay';
import { pendingOf, type ConversationTurn } from './conversationTurn';
import { JOBCENTER_DIALOG } from './jobcenterDialog';
import { foldedText } from './typedChoice';

export function understand(turn: ConversationTurn, dc: DialogContext, choice: Choice | undefined): AnswerOutcome {
  const known = clicked(choice, turn.day) ?? guideStart(turn.said, turn.mind.knowledge.guides);
  if (known !== undefined) return known;
  const { thread } = turn;
  const pending = pendingOf(thread);
  // While a place is awaited, „Essen“ is no follow-up to the last list of events.
  const topic = dc.activeDialog?.id === JOBCENTER_DIALOG ? undefined : thread.topic;
  return turn.mind.answering.answer(turn.said, {
    today: turn.day,
    audience: turn.audience,
    style: thread.style,
    language: thread.language,
    ...(thread.jobcenter === undefined ? {} : { jobcenter: thread.jobcenter }),
    ...(topic === undefined ? {} : { topic }),
    ...(pending === undefined ? {} : { pending }),
  });
}

/** A click says by its id what it means, whatever the button is called in the person's language. */
function clicked(choice: Choice | undefined, today: IsoDate): AnswerOutcome | undefined {
  const base = { entries: [], explanation: [], masked: [], language: 'de' };
  if (choice?.id.startsWith('sprache.') === true)
    return { ...base, kind: 'command', name: 'language', argument: choice.id.slice('sprache.'.length) };
  if (choice?.id === 'wahl.jobcenter') return { ...base, kind: 'jobcenter', jobcenterIds: [], status: 'ask' };
  const older = choice === undefined ? undefined : clickedCase(choice.id, today);
  return older === undefined ? undefined : { ...base, ...older };
}

/** The sentences editors declared to begin a guided way, word for word. */
function guideStart(said: string, guides: readonly Guide[]): AnswerOutcome | undefined {
  const folded = foldedText(said);
  const guide =
    folded === ''
      ? undefined
      : guides.find((each) => [each.title, ...each.triggers].some((trigger) => foldedText(trigger) === folded));
  return guide === undefined
    ? undefined
    : { kind: 'command', name: 'guide', argument: guide.id, entries: [], explanation: [], masked: [], language: 'de' };
}
