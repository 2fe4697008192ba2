/**
 * From a message to what it means, as the conversation hears it: clicks and guided ways by name, then answering with the
 * thread so far. Words nothing.
 */
import type { DialogContext } from 'botbuilder-dialogs';
import type { AnswerOutcome, Choice } from '../src/answering/outcome';
import { roleOfTold, roleToRemember } from '../src/answering/steps/role';
import type { Guide, IsoDate } from '../src/knowledge/model';
import { clickedCase } from '../src/rendering/caseOfAnotherDay';
import { pendingOf, type ConversationTurn } from './conversationTurn';
import { JOBCENTER_DIALOG } from './jobcenterDialog';
import { foldedText } from './typedChoice';

export function understand(turn: ConversationTurn, dc: DialogContext, choice: Choice | undefined): AnswerOutcome {
  const known = clicked(choice, turn.day) ?? guideStart(turn.said, turn.mind.knowledge.guides);
  if (known !== undefined) return known;
  const said = roleToRemember(turn.said);
  if (said !== undefined) turn.thread = { ...turn.thread, role: said };
  const { thread } = turn;
  const pending = pendingOf(thread);
  // While a place is awaited, „Essen“ is no follow-up to the last list of events.
  const topic = dc.activeDialog?.id === JOBCENTER_DIALOG ? undefined : thread.topic;
  const told = roleOfTold(thread.trail.flatMap((told) => (told.kind === 'entry' ? [told.id] : [])));
  // What somebody says of themselves holds, whatever was told.
  const role = thread.role === 'none' ? undefined : (thread.role ?? told);
  return turn.mind.answering.answer(turn.said, {
    today: turn.day,
    audience: turn.audience,
    style: thread.style,
    language: thread.language,
    ...(thread.jobcenter === undefined ? {} : { jobcenter: thread.jobcenter }),
    ...(role === undefined ? {} : { role }),
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
  const id = guidesByStart(guides).get(foldedText(said));
  return id === undefined
    ? undefined
    : { kind: 'command', name: 'guide', argument: id, entries: [], explanation: [], masked: [], language: 'de' };
}

const known = new WeakMap<readonly Guide[], ReadonlyMap<string, string>>();

/** Of two guides with the same sentence, the first has it. */
function guidesByStart(guides: readonly Guide[]): ReadonlyMap<string, string> {
  const before = known.get(guides);
  if (before !== undefined) return before;
  const starts = new Map<string, string>();
  for (const { id, title, triggers } of guides)
    for (const start of [title, ...triggers].map(foldedText))
      if (start !== '' && !starts.has(start)) starts.set(start, id);
  known.set(guides, starts);
  return starts;
}
