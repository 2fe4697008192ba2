/**
 * The root of the conversation. One turn, in the order of precedence: a need that is still standing, urgent need, own file and personal data,
 * the dialog in progress, commands, then whatever the message means. Refuses to decide about meaning (src/answering) and to word anything
 * (knowledge/texte).
 */
import type { BotState, TurnContext } from 'botbuilder';
import { DialogSet, type DialogContext, type DialogState } from 'botbuilder-dialogs';
import type { AnswerOutcome, Choice } from '../src/answering/outcome';
import { conversationIdleMs } from '../src/bot/state';
import { berlinDate, type Clock } from '../src/clock';
import type { IsoDate } from '../src/knowledge/model';
import { composeReply } from '../src/rendering/composeReply';
import { reply, saying } from '../src/rendering/parts';
import type { Reply } from '../src/rendering/reply';
import { waysOn, welcomeReply } from '../src/rendering/shortReplies';
import { languagesOf, phrases } from '../src/rendering/wording';
import { runCommand } from './commands';
import { askedOn, detailedNow } from './askedOn';
import { readMessage, settle, type Arrival, type Message } from './arrival';
import { ConversationTurn, type Mind } from './conversationTurn';
import { isReason, type FeedbackSink } from './feedback';
import { FEEDBACK_DIALOG, FeedbackDialog, readVerdict } from './feedbackDialog';
import { activeGuide, GUIDE_DIALOG, GuideDialog, resumeChoice } from './guideDialog';
import { JOBCENTER_DIALOG, JobcenterDialog } from './jobcenterDialog';
import { REPORT_DIALOG, ReportDialog } from './reportDialog';
import { reportable, serveStaff, type StaffDesk } from './staffDesk';
import { missOf, type Miss, type MissSink } from './misses';
import { helpBeside, standingNeed } from './standingNeed';
import { isClosed, noticeBlock, tellClosed, withhold, type Switches } from './switches';
import { eventsTopic, follow, isDialogState, newThread, parseThread, type Thread } from './thread';
import { understand } from './understand';

interface RootDialogOptions {
  /** What this turn is answered with. */
  readonly mind: () => Mind;
  readonly state: BotState;
  readonly clock: Clock;
  readonly feedback: FeedbackSink;
  /** Hears what could not be answered, for the editors' tools. */
  readonly misses?: MissSink;
  /** Absent: staff can neither report nor ask for the report of the week. */
  readonly staffDesk?: StaffDesk;
  /** What the operator has switched off at this moment; absent: nothing. */
  readonly switches?: () => Switches;
  /** The day to answer for; Berlin's by the clock unless given. */
  readonly today?: () => IsoDate;
  /** Hears every reply before it is sent, e.g. for the command line. */
  readonly onReply?: (reply: Reply) => void;
  /** Hears what each message meant: kinds and ids only, for metrics and the editors' tools. */
  readonly onOutcome?: (
    outcome: AnswerOutcome,
    turn: { readonly audience: 'citizens' | 'staff'; readonly said: string },
  ) => void;
}

/** Choices that belong to the dialog in progress, whatever their words could mean elsewhere. */
const DIALOG_CHOICE = /^(weg|rueckmeldung)\./;

/** Implements `ConversationRunner` of src/bot/conversation.ts. */
export function createRootDialog(options: RootDialogOptions): {
  run(context: TurnContext, arrival: Arrival): Promise<void>;
} {
  const { state, clock } = options;
  const dialogState = state.createProperty<DialogState>('dialog');
  const threads = state.createProperty<Thread | undefined>('thread');
  const notices = state.createProperty<string | undefined>('notice');
  const dialogs = new DialogSet(dialogState);
  dialogs.add(new GuideDialog());
  dialogs.add(new JobcenterDialog());
  dialogs.add(new FeedbackDialog());
  if (options.staffDesk !== undefined) dialogs.add(new ReportDialog(options.staffDesk.reports));

  return {
    async run(context, arrival) {
      const nowMs = clock.nowMs();
      const stored = parseThread(await threads.get(context), nowMs, conversationIdleMs);
      if (stored === undefined || !isDialogState(await dialogState.get(context)))
        await dialogState.set(context, { dialogStack: [] });
      const mind = options.mind();
      const thread = settle({ ...(stored ?? newThread(nowMs)), seenMs: nowMs }, context.activity, arrival, mind);
      const { text, choice, masked } = readMessage(context.activity, thread);
      const switches = options.switches?.();
      const turn = new ConversationTurn(
        context,
        arrival,
        {
          mind,
          day: options.today?.() ?? berlinDate(nowMs),
          feedback: options.feedback,
          onReply: options.onReply ?? ignore,
          ...(options.misses === undefined ? {} : { misses: options.misses }),
          ...(switches === undefined ? {} : { guard: (reply, view) => withhold(reply, switches, view) }),
        },
        text,
        thread,
      );
      if (switches !== undefined && isClosed(switches, context.activity.channelId, thread.jobcenter))
        return tellClosed(turn);
      const notice = switches?.notice;
      const isNew = notice !== undefined && (await notices.get(context)) !== notice;
      if (isNew) turn.leadWith([noticeBlock(notice)]);
      const dc = await dialogs.createContext(context);
      if (context.activity.type === 'message') await converse(turn, dc, options, { choice, masked });
      else await hearEvent(turn, dc);
      if (isNew && turn.hasSpoken) await notices.set(context, notice);
      await threads.set(context, turn.thread);
    },
  };
}

async function converse(
  turn: ConversationTurn,
  dc: DialogContext,
  options: RootDialogOptions,
  message: Pick<Message, 'choice' | 'masked'>,
): Promise<void> {
  const { choice, masked } = message;
  introduce(turn);
  if (turn.said === '' && (turn.context.activity.attachments?.length ?? 0) > 0) {
    return turn.say(reply(turn.view, 'private', [], [saying(turn.view, 'privat.datei')], waysOn(turn.view)));
  }
  const understood = understand(turn, dc, choice);
  const outcome = masked.length === 0 ? understood : { ...understood, masked };
  turn.outcome = outcome;
  options.onOutcome?.(outcome, { audience: turn.audience, said: turn.said });
  // A click sends German words, whatever the person speaks.
  if (choice === undefined) followLanguage(turn, outcome);

  // A proposal for the editors may speak of need without being in need.
  if (dc.activeDialog?.id === REPORT_DIALOG && (await continueDialogs(dc, turn))) return;
  // „Veraltet“ as the reason of a rating is that, whatever else the word is near to.
  const answersDialog = choice !== undefined && DIALOG_CHOICE.test(choice.id);
  const need = choice === undefined && dc.activeDialog === undefined ? standingNeed(turn, outcome) : undefined;
  if (need !== undefined) return tell(turn, need);
  if (choice === undefined && dc.activeDialog === undefined) turn.leadWith(helpBeside(turn, outcome));
  if ((outcome.kind === 'urgent' || outcome.kind === 'private') && !answersDialog) {
    turn.extraChoices = waitingGuide(turn, dc);
    return tell(turn, outcome);
  }
  if (await continueDialogs(dc, turn)) return;
  if (await resume(turn, dc)) return;
  if (await rate(turn, dc)) return;
  if (options.staffDesk !== undefined && (await serveStaff(turn, dc, options.staffDesk))) return;
  if (outcome.kind === 'command') return runCommand(turn, dc, outcome, options.state);
  if (outcome.kind === 'jobcenter') {
    const { topic } = turn.thread;
    await dc.beginDialog(JOBCENTER_DIALOG, topic?.kind === 'entry' ? { returnTo: topic.id } : {});
    return;
  }
  return tell(turn, outcome);
}

/** Runs the dialog in progress; `true` when the message was for it. */
async function continueDialogs(dc: DialogContext, turn: ConversationTurn): Promise<boolean> {
  if (dc.activeDialog === undefined) return false;
  if (dc.findDialog(dc.activeDialog.id) === undefined) {
    await dc.cancelAllDialogs();
    return false;
  }
  await dc.continueDialog();
  const handled = !turn.passed;
  turn.passed = false;
  return handled;
}

/** „Weiter“ takes up the guided way that was left. */
async function resume(turn: ConversationTurn, dc: DialogContext): Promise<boolean> {
  const paused = turn.thread.pausedGuide;
  if (paused === null || !phrases(turn.view, 'weg.fortsetzen').includes(turn.said.trim().toLowerCase())) return false;
  await dc.beginDialog(GUIDE_DIALOG, paused);
  const resumed = !turn.passed;
  turn.passed = false;
  return resumed;
}

async function rate(turn: ConversationTurn, dc: DialogContext): Promise<boolean> {
  const helpful = readVerdict(turn.said, turn.view);
  if (helpful === undefined) return false;
  const { entryId } = turn.thread;
  if (entryId === undefined)
    await turn.say(
      reply(turn.view, 'command', [], [saying(turn.view, 'rueckmeldung.ohne-antwort')], waysOn(turn.view)),
    );
  else {
    if (!helpful) await turn.missed(unhelpful(turn, entryId));
    await dc.beginDialog(FEEDBACK_DIALOG, { entryId, helpful });
  }
  return true;
}

/** Tells an outcome that needs no dialog, and carries on the thread. */
async function tell(turn: ConversationTurn, outcome: AnswerOutcome): Promise<void> {
  if (outcome.kind === 'smalltalk' && outcome.name === 'rudeness') {
    turn.thread = { ...turn.thread, rudeness: turn.thread.rudeness + 1 };
    if (turn.thread.rudeness > 1)
      return turn.say(
        reply(
          turn.view,
          'smalltalk',
          outcome.entries,
          [saying(turn.view, 'smalltalk.rudeness.wieder')],
          waysOn(turn.view),
        ),
      );
  }
  await turn.missed(missOf(outcome, turn.said, turn.thread.offered));
  const before = turn.thread.entryId;
  if (outcome.kind === 'events') turn.thread = follow(turn.thread, eventsTopic(outcome.filter, outcome.eventIds));
  const entryId =
    outcome.kind === 'answer' || outcome.kind === 'urgent' || outcome.kind === 'private' ? outcome.entryId : undefined;
  if (entryId !== undefined)
    turn.thread = follow({ ...turn.thread, entryId }, { kind: 'entry', id: entryId, ...caseDayOf(outcome) });
  const told = askedOn(turn, outcome, before) ?? composeReply(outcome, turn.view);
  turn.thread = detailedNow(turn.thread, outcome);
  await turn.say(reportable(turn, hintAtFeedback(turn, told)));
}

function caseDayOf(outcome: AnswerOutcome): { readonly caseDay?: IsoDate } {
  return outcome.kind === 'answer' && outcome.caseDay !== undefined ? { caseDay: outcome.caseDay } : {};
}

/** Where no button can be shown, feedback is mentioned once. */
function hintAtFeedback(turn: ConversationTurn, told: Reply): Reply {
  const { capabilities, thread, view } = turn;
  if (
    told.kind !== 'answer' ||
    told.feedbackFor === undefined ||
    capabilities.structuredReply ||
    capabilities.adaptiveCards ||
    thread.feedbackHinted
  )
    return told;
  turn.thread = { ...thread, feedbackHinted: true };
  return { ...told, blocks: [...told.blocks, saying(view, 'rueckmeldung.frage')] };
}

/** AI Act Art. 50: whoever was not welcomed is told with the first reply that this is an automated assistant. */
function introduce(turn: ConversationTurn): void {
  if (turn.thread.greeted) return;
  turn.thread = { ...turn.thread, greeted: true };
  turn.leadWith([saying(turn.view, 'willkommen.kurz')]);
}

/** A recognised language is answered in it; German in whole sentences leads back, unless another language was chosen. */
function followLanguage(turn: ConversationTurn, outcome: AnswerOutcome): void {
  const { thread } = turn;
  if (outcome.language === thread.language) return;
  const known = languagesOf(turn.mind.knowledge.texts).some(({ code }) => code === outcome.language);
  if (!known) return;
  if (outcome.language === 'de' && (thread.languageChosen || turn.said.trim().split(/\s+/).length < 4)) return;
  turn.thread = { ...thread, language: outcome.language };
}

/** The question is known only as long as the answer's choices are open; without it there is nothing to learn. */
function unhelpful(turn: ConversationTurn, entryId: string): Omit<Miss, 'conversation'> {
  return { kind: 'notHelpful', question: turn.thread.offered?.question ?? '', entryIds: [entryId] };
}

async function hearEvent(turn: ConversationTurn, dc: DialogContext): Promise<void> {
  const { activity } = turn.context;
  if (activity.type === 'event' && activity.name === 'lotse/feedback') return hearFeedback(turn, dc, activity.value);
  // „/start“ asks for the welcome, every time.
  const asks = activity.name === 'lotse/start';
  const joins =
    ['conversationUpdate', 'installationUpdate'].includes(activity.type) || activity.name === 'webchat/join';
  if (!asks && (!joins || turn.thread.greeted)) return;
  turn.thread = { ...turn.thread, greeted: true };
  await turn.say(welcomeReply(turn.view));
}

/** The widget's thumbs: `{ entryId, helpful, reason? }`. Counted without a reply; a thumb down without a reason asks for one. */
async function hearFeedback(turn: ConversationTurn, dc: DialogContext, value: unknown): Promise<void> {
  if (typeof value !== 'object' || value === null) return;
  const { entryId, helpful, reason } = value as Readonly<Record<string, unknown>>;
  if (typeof entryId !== 'string' || typeof helpful !== 'boolean') return;
  const { entries, staffEntries } = turn.mind.knowledge;
  if (![...entries, ...staffEntries].some((entry) => entry.id === entryId)) return;
  if (!helpful) await turn.missed(unhelpful(turn, entryId));
  if (helpful || isReason(reason)) {
    await turn.feedback.record({ entryId, helpful, ...(isReason(reason) ? { reason } : {}) });
    return;
  }
  await dc.beginDialog(FEEDBACK_DIALOG, { entryId, helpful });
}

/** The way back into a guide that waits while something more important is answered. */
function waitingGuide(turn: ConversationTurn, dc: DialogContext): readonly Choice[] {
  const guide = dc.activeDialog?.id === GUIDE_DIALOG ? activeGuide(dc, turn.view) : undefined;
  return guide === undefined ? [] : [resumeChoice(guide, turn.view)];
}

function ignore(): void {
  // Nobody listens.
}
