/**
 * What a command does to the conversation; what it says is composed in rendering. Works in every dialog.
 */
import type { BotState } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { AnswerOutcome } from '../src/answering/outcome';
import type { Jobcenter } from '../src/knowledge/model';
import { detailBlocks, entryBlocks, entryChoices } from '../src/rendering/answerReply';
import { composeReply } from '../src/rendering/composeReply';
import { eventDetailBlocks } from '../src/rendering/eventsReply';
import { findEntry, provenance, reply, safeSource, saying, standing, titleIn, toEntry } from '../src/rendering/parts';
import { menuChoices } from '../src/rendering/shortReplies';
import type { ReplyView } from '../src/rendering/view';
import { languagesOf } from '../src/rendering/wording';
import type { ConversationTurn } from './conversationTurn';
import { GUIDE_DIALOG, placeOf, printed } from './guideDialog';
import { newThread, stepBack, type Topic } from './thread';

/** Who wants easy language may also want the Jobcenter's own texts in it. */
const EASY_LANGUAGE = 'barrierefreiheit-leichte-sprache';

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
    case 'source':
      return nameSources(turn, command);
    case 'feedback':
      return askForFeedback(turn, command);
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
  if (entry === undefined) {
    const about = command.name === 'simple' ? findEntry(view, EASY_LANGUAGE) : undefined;
    const topics = about === undefined ? [] : [toEntry(about, view)];
    return turn.say({ ...told, choices: [...told.choices, ...topics] });
  }
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
  const { topic } = turn.thread;
  if (topic?.kind === 'events') return tellMoreOfEvent(turn, command, topic.eventIds);
  const entry = turn.thread.entryId === undefined ? undefined : findEntry(view, turn.thread.entryId);
  const blocks = entry === undefined ? [] : detailBlocks(entry, view);
  if (entry === undefined || blocks.length === 0) return turn.say(composeReply(command, view));
  return turn.say(
    reply(view, 'answer', [{ id: entry.id, confidence: 1 }], blocks, entryChoices(entry, view), entry.id),
  );
}

/** Of a single event; of several nobody knows which is meant. */
async function tellMoreOfEvent(turn: ConversationTurn, command: Command, ids: readonly string[]): Promise<void> {
  const { view } = turn;
  const event = ids.length === 1 ? view.knowledge.events.find(({ id }) => id === ids[0]) : undefined;
  const blocks = event === undefined ? [] : eventDetailBlocks(event, view);
  if (event === undefined || blocks.length === 0) return turn.say(composeReply(command, view));
  return turn.say(reply(view, 'events', [{ id: event.id, confidence: 1 }], blocks, [standing(view, 'wahl.aktionen')]));
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

/** What the last answer rests on; a claim that it was wrong is thanked for first, and can be told to the editors. */
async function nameSources(turn: ConversationTurn, command: Command): Promise<void> {
  const { view } = turn;
  const { topic, offered } = turn.thread;
  const regret = command.argument === 'wrong' ? [saying(view, 'befehl.source.zweifel')] : [];
  const entry = topic?.kind === 'entry' ? findEntry(view, topic.id) : undefined;
  if (entry !== undefined) {
    const told = saying(view, 'befehl.source', { titel: titleIn(view, entry.id, entry.title) });
    const choices = [standing(view, 'rueckmeldung.falsch'), standing(view, 'wahl.jobcenter')];
    await turn.say(reply(view, 'command', [], [...regret, told, provenance(entry)], choices));
    // What is told to the editors next is about the question that was answered, not about this doubt.
    const open = turn.thread.offered;
    if (offered !== null && open !== null)
      turn.thread = { ...turn.thread, offered: { ...open, question: offered.question } };
    return;
  }
  const parts = topic === undefined ? [] : behind(topic, view);
  if (parts.length === 0) return turn.say(composeReply(command, view));
  const sources = new Map(parts.flatMap((part) => part.sources.map((each) => [each.title, safeSource(each)] as const)));
  const asOf = parts.map((part) => part.asOf).sort()[0] ?? '';
  return turn.say(
    reply(
      view,
      'command',
      [],
      [
        ...regret,
        saying(view, 'befehl.source.ohne-titel'),
        { type: 'provenance', asOf, legalBasis: [], sources: [...sources.values()] },
      ],
      [standing(view, 'wahl.jobcenter'), standing(view, 'wahl.menue')],
    ),
  );
}

/** The events or the Jobcenter a topic is about. */
function behind(topic: Topic, { knowledge }: ReplyView): readonly Pick<Jobcenter, 'asOf' | 'sources'>[] {
  if (topic.kind === 'events') return knowledge.events.filter(({ id }) => topic.eventIds.includes(id));
  return knowledge.jobcenters.filter(({ id }) => topic.kind === 'jobcenter' && id === topic.id);
}

async function askForFeedback(turn: ConversationTurn, command: Command): Promise<void> {
  const { view, thread } = turn;
  if (thread.entryId === undefined) return turn.say(composeReply(command, view));
  const choices = [standing(view, 'rueckmeldung.ja'), standing(view, 'rueckmeldung.nein')];
  return turn.say(reply(view, 'command', [], [saying(view, 'rueckmeldung.frage')], choices));
}
