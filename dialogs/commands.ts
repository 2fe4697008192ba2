/**
 * What a command does to the conversation; what it says is composed in rendering. Works in every dialog.
 */
import type { BotState } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { AnswerOutcome } from '../src/answering/outcome';
import { detailBlocks, entryBlocks, entryChoices } from '../src/rendering/answerReply';
import { composeReply } from '../src/rendering/composeReply';
import { findEntry, reply, saying, standing } from '../src/rendering/parts';
import { menuChoices } from '../src/rendering/shortReplies';
import { languagesOf } from '../src/rendering/wording';
import type { ConversationTurn } from './conversationTurn';
import { GUIDE_DIALOG, placeOf, printed } from './guideDialog';
import { newThread, stepBack, type Topic } from './thread';

type Command = Extract<AnswerOutcome, { kind: 'command' }>;

export async function runCommand(
  turn: ConversationTurn,
  dc: DialogContext,
  command: Command,
  state: BotState,
): Promise<void> {
  switch (command.name) {
    case 'simple':
    case 'everyday':
      return changeStyle(turn, command);
    case 'language':
      return changeLanguage(turn, command);
    case 'back':
      return goBack(turn, command);
    case 'more':
      return tellMore(turn, command);
    case 'print':
      return print(turn, command);
    case 'guide':
      await dc.beginDialog(GUIDE_DIALOG, { guideId: command.argument ?? '' });
      if (turn.passed) await turn.say(composeReply(command, turn.view));
      return;
    case 'cancel': {
      const open = turn.thread.offered !== null;
      await dc.cancelAllDialogs();
      return turn.say(
        open
          ? reply(turn.view, 'command', [], [saying(turn.view, 'befehl.cancel')], [standing(turn.view, 'wahl.menue')])
          : composeReply(command, turn.view),
      );
    }
    case 'restart': {
      await dc.cancelAllDialogs();
      const { style, language, languageChosen, client, jobcenter, last, seenMs } = turn.thread;
      turn.thread = newThread(seenMs, {
        style,
        language,
        languageChosen,
        client,
        last,
        greeted: true,
        ...(jobcenter === undefined ? {} : { jobcenter }),
      });
      return turn.say(composeReply(command, turn.view));
    }
    case 'deleteData': {
      await dc.cancelAllDialogs();
      await turn.say(composeReply(command, turn.view));
      turn.thread = newThread(turn.thread.seenMs);
      await state.delete(turn.context);
      return;
    }
    case 'help':
    case 'menu':
    case 'human':
    case 'accessibility':
    case 'privacy':
      return turn.say(composeReply(command, turn.view));
  }
}

/** The last answer is given again in the new style: that is what was asked for. */
async function changeStyle(turn: ConversationTurn, command: Command): Promise<void> {
  turn.thread = { ...turn.thread, style: command.name === 'simple' ? 'simple' : 'everyday' };
  const { view } = turn;
  const told = composeReply(command, view);
  const entry = turn.thread.entryId === undefined ? undefined : findEntry(view, turn.thread.entryId);
  if (entry === undefined) return turn.say(told);
  return turn.say({
    ...told,
    blocks: [...told.blocks, ...entryBlocks(entry, view)],
    choices: [...entryChoices(entry, view), ...told.choices],
  });
}

async function changeLanguage(turn: ConversationTurn, command: Command): Promise<void> {
  const known = languagesOf(turn.view.knowledge.texts).find(({ code }) => code === command.argument);
  if (known === undefined) return turn.say(composeReply(command, turn.view));
  turn.thread = { ...turn.thread, language: known.code, languageChosen: true };
  const { view } = turn;
  const label = known.code === 'de' ? [] : [saying(view, 'sprache.maschinell')];
  return turn.say(
    reply(view, 'command', [], [saying(view, 'befehl.language.gewechselt'), ...label], menuChoices(view)),
  );
}

async function goBack(turn: ConversationTurn, command: Command): Promise<void> {
  const { thread, topic } = stepBack(turn.thread);
  if (topic === undefined) return turn.say(composeReply(command, turn.view));
  turn.thread = thread;
  turn.leadWith([saying(turn.view, 'befehl.back')]);
  return turn.say(composeReply(outcomeOf(topic), turn.view));
}

function outcomeOf(topic: Topic): AnswerOutcome {
  const base = { entries: [], explanation: [], masked: [], language: 'de' };
  switch (topic.kind) {
    case 'entry':
      return { ...base, entries: [{ id: topic.id, confidence: 1 }], kind: 'answer', entryId: topic.id };
    case 'events':
      return {
        ...base,
        entries: topic.eventIds.map((id) => ({ id, confidence: 1 })),
        kind: 'events',
        filter: topic.filter,
        eventIds: topic.eventIds,
        aspect: 'all',
        nearest: false,
        notes: [],
      };
    case 'jobcenter':
      return {
        ...base,
        entries: [{ id: topic.id, confidence: 1 }],
        kind: 'jobcenter',
        jobcenterIds: [topic.id],
        status: 'found',
      };
  }
}

async function tellMore(turn: ConversationTurn, command: Command): Promise<void> {
  if (await turn.sayNextPage()) return;
  const { view } = turn;
  const entry = turn.thread.entryId === undefined ? undefined : findEntry(view, turn.thread.entryId);
  const blocks = entry === undefined ? [] : detailBlocks(entry, view);
  if (entry === undefined || blocks.length === 0) return turn.say(composeReply(command, view));
  return turn.say(
    reply(view, 'answer', [{ id: entry.id, confidence: 1 }], blocks, entryChoices(entry, view), entry.id),
  );
}

/** The guided way that waits, else the last answer. */
async function print(turn: ConversationTurn, command: Command): Promise<void> {
  const { view, thread } = turn;
  const place = placeOf(view, thread.pausedGuide?.guideId, thread.pausedGuide?.path);
  if (place !== undefined) return turn.say(printed(place, view));
  const entry = thread.entryId === undefined ? undefined : findEntry(view, thread.entryId);
  if (entry === undefined) return turn.say(composeReply(command, view));
  return turn.say(
    reply(
      view,
      'command',
      [],
      [saying(view, 'befehl.print'), ...entryBlocks(entry, view)],
      [standing(view, 'wahl.menue')],
    ),
  );
}
