/**
 * The root of the conversation. One turn, in the order of precedence: urgent need, own file and personal data, the dialog in progress,
 * commands, then whatever the message means. Decides nothing about meaning (src/answering) and words nothing (knowledge/texte).
 */
import type { BotState, TurnContext } from 'botbuilder';
import { DialogSet, type DialogContext, type DialogState } from 'botbuilder-dialogs';
import type { AnswerOutcome, Choice } from '../src/answering/outcome';
import { conversationIdleMs } from '../src/bot/state';
import { berlinDate, type Clock } from '../src/clock';
import type { IsoDate } from '../src/knowledge/model';
import { detailBlocks, entryChoices, placeBlocks } from '../src/rendering/answerReply';
import { caseChoices, caseNotice } from '../src/rendering/caseOfAnotherDay';
import { composeReply } from '../src/rendering/composeReply';
import { findEntry, reply, saying, titleIn, toEntry } from '../src/rendering/parts';
import type { Reply } from '../src/rendering/reply';
import { waysOn, welcomeReply } from '../src/rendering/shortReplies';
import { languagesOf, phrases } from '../src/rendering/wording';
import { runCommand } from './commands';
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

export interface RootDialogOptions {
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
  const told = followUp(turn, outcome, before) ?? composeReply(outcome, turn.view);
  turn.thread = detailedNow(turn.thread, outcome);
  await turn.say(reportable(turn, hintAtFeedback(turn, told)));
}

function caseDayOf(outcome: AnswerOutcome): { readonly caseDay?: IsoDate } {
  return outcome.kind === 'answer' && outcome.caseDay !== undefined ? { caseDay: outcome.caseDay } : {};
}

/** Details are told once after each answer. */
function detailedNow({ detailed, ...thread }: Thread, outcome: AnswerOutcome): Thread {
  if (outcome.kind !== 'answer') return detailed === undefined ? thread : { ...thread, detailed };
  // A place that was shown, or not found, leaves the details untold.
  return outcome.follow === true && outcome.places === undefined
    ? { ...thread, detailed: outcome.entryId }
    : detailed === outcome.entryId && outcome.follow === true
      ? { ...thread, detailed }
      : thread;
}

/** From here on a topic is offered beside the place of the last answer. */
const LIKELY = 0.5;

/** „Und mit Kind?“ after an answer of the same topic: where that stands in it, or what was not said yet, instead of the same again. */
function followUp(turn: ConversationTurn, outcome: AnswerOutcome, before: string | undefined): Reply | undefined {
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
  const choices = distinct([...others, ...entryChoices(entry, view), ...caseChoices(entry, caseDay, view)]);
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

function distinct(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ id }, at) => choices.findIndex((each) => each.id === id) === at);
}

/** Another topic that the message by itself would have been taken for. */
function likelyChoices({ view }: ConversationTurn, { entries }: AnswerOutcome): readonly Choice[] {
  return entries
    .slice(1, 2)
    .filter(({ confidence }) => confidence >= LIKELY)
    .flatMap(({ id }) => findEntry(view, id) ?? [])
    .map((entry) => toEntry(entry, view));
}

/** Where no button can be shown, feedback is mentioned once. */
function hintAtFeedback(
  turn: ConversationTurn,
  told: ReturnType<typeof composeReply>,
): ReturnType<typeof composeReply> {
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
