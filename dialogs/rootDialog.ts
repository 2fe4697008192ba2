/**
 * The root of the conversation. One turn, in the order of precedence: urgent need, own file and personal data, the dialog in progress,
 * commands, then whatever the message means. Decides nothing about meaning (src/answering) and words nothing (knowledge/texte).
 */
import type { Activity, BotState, TurnContext } from 'botbuilder';
import { DialogSet, type DialogContext, type DialogState } from 'botbuilder-dialogs';
import type { AnswerOutcome, Choice } from '../src/answering/outcome';
import { MAX_MESSAGE_CHARS } from '../src/answering/answering';
import { createForeignTopics, type ForeignTopics } from '../src/answering/foreignTopics';
import { maskPersonalData } from '../src/answering/personalData';
import { conversationIdleMs } from '../src/bot/state';
import { berlinDate, type Clock } from '../src/clock';
import type { Guide, IsoDate } from '../src/knowledge/model';
import { composeReply } from '../src/rendering/composeReply';
import { reply, saying } from '../src/rendering/parts';
import type { Capabilities, Reply } from '../src/rendering/reply';
import { waysOn, welcomeReply } from '../src/rendering/shortReplies';
import { languagesOf, phrases } from '../src/rendering/wording';
import { runCommand } from './commands';
import { ConversationTurn, pendingOf, type Mind } from './conversationTurn';
import { isReason, type FeedbackSink } from './feedback';
import { FEEDBACK_DIALOG, FeedbackDialog, readVerdict } from './feedbackDialog';
import { activeGuide, GUIDE_DIALOG, GuideDialog, resumeChoice } from './guideDialog';
import { JOBCENTER_DIALOG, JobcenterDialog } from './jobcenterDialog';
import { eventsTopic, follow, isDialogState, newThread, parseThread, type Thread } from './thread';
import { foldedText, typedChoice } from './typedChoice';

export interface RootDialogOptions {
  /** What this turn is answered with. */
  readonly mind: () => Mind;
  readonly state: BotState;
  readonly clock: Clock;
  readonly feedback: FeedbackSink;
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

/** Longer ones are refused by answering; more need not be looked at. */
const MAX_READ_CHARS = MAX_MESSAGE_CHARS * 4;
/** Choices that belong to the dialog in progress, whatever their words could mean elsewhere. */
const DIALOG_CHOICE = /^(weg|rueckmeldung)\./;

interface Arrival {
  readonly capabilities: Capabilities;
  readonly audience: 'citizens' | 'staff';
  readonly jobcenter?: string;
}

/** Implements `ConversationRunner` of src/bot/conversation.ts. */
export function createRootDialog(options: RootDialogOptions): {
  run(context: TurnContext, arrival: Arrival): Promise<void>;
} {
  const { state, clock } = options;
  const dialogState = state.createProperty<DialogState>('dialog');
  const threads = state.createProperty<Thread | undefined>('thread');
  const dialogs = new DialogSet(dialogState);
  dialogs.add(new GuideDialog());
  dialogs.add(new JobcenterDialog());
  dialogs.add(new FeedbackDialog());

  return {
    async run(context, arrival) {
      const nowMs = clock.nowMs();
      const stored = parseThread(await threads.get(context), nowMs, conversationIdleMs);
      if (stored === undefined || !isDialogState(await dialogState.get(context)))
        await dialogState.set(context, { dialogStack: [] });
      const mind = options.mind();
      const thread = settle({ ...(stored ?? newThread(nowMs)), seenMs: nowMs }, context.activity, arrival, mind);
      const { text, choice, masked } = readMessage(context.activity, thread);
      const turn = new ConversationTurn(
        context,
        arrival,
        {
          mind,
          day: options.today?.() ?? berlinDate(nowMs),
          feedback: options.feedback,
          onReply: options.onReply ?? ignore,
        },
        text,
        thread,
      );
      const dc = await dialogs.createContext(context);
      if (context.activity.type === 'message') await converse(turn, dc, options, { choice, masked });
      else await hearEvent(turn, dc);
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

  const answersDialog = choice !== undefined && DIALOG_CHOICE.test(choice.id);
  if (outcome.kind === 'urgent' || (outcome.kind === 'private' && !answersDialog)) {
    turn.extraChoices = waitingGuide(turn, dc);
    return tell(turn, outcome);
  }
  if (await continueDialogs(dc, turn)) return;
  if (await resume(turn, dc)) return;
  if (await rate(turn, dc)) return;
  if (outcome.kind === 'command') return runCommand(turn, dc, outcome, options.state);
  if (outcome.kind === 'jobcenter') {
    const { topic } = turn.thread;
    await dc.beginDialog(JOBCENTER_DIALOG, topic?.kind === 'entry' ? { returnTo: topic.id } : {});
    return;
  }
  return tell(turn, outcome);
}

function understand(turn: ConversationTurn, dc: DialogContext, choice: Choice | undefined): AnswerOutcome {
  const known = clicked(choice) ?? guideStart(turn.said, turn.mind.knowledge.guides);
  if (known !== undefined) return known;
  const { thread } = turn;
  const pending = pendingOf(thread);
  // While a place is awaited, „Essen“ is no follow-up to the last list of events.
  const topic = dc.activeDialog?.id === JOBCENTER_DIALOG ? undefined : thread.topic;
  const outcome = turn.mind.answering.answer(turn.said, {
    today: turn.day,
    audience: turn.audience,
    style: thread.style,
    language: thread.language,
    ...(thread.jobcenter === undefined ? {} : { jobcenter: thread.jobcenter }),
    ...(topic === undefined ? {} : { topic }),
    ...(pending === undefined ? {} : { pending }),
  });
  const open = outcome.kind === 'fallback' || outcome.kind === 'clarify';
  const language = outcome.language === 'de' ? thread.language : outcome.language;
  return (
    (open && language !== 'de' && choice === undefined
      ? foreignTopics(turn.mind).find(turn.said, language)
      : undefined) ?? outcome
  );
}

/** Made once per knowledge base: a reload brings a new mind. */
const foreign = new WeakMap<Mind, ForeignTopics>();

function foreignTopics(mind: Mind): ForeignTopics {
  const known = foreign.get(mind);
  if (known !== undefined) return known;
  const made = createForeignTopics(mind.knowledge.texts, mind.knowledge.entries);
  foreign.set(mind, made);
  return made;
}

/** A click says by its id what it means, whatever the button is called in the person's language. */
function clicked(choice: Choice | undefined): AnswerOutcome | undefined {
  const base = { entries: [], explanation: [], masked: [], language: 'de' };
  if (choice?.id.startsWith('sprache.') === true)
    return { ...base, kind: 'command', name: 'language', argument: choice.id.slice('sprache.'.length) };
  if (choice?.id === 'wahl.jobcenter') return { ...base, kind: 'jobcenter', jobcenterIds: [], status: 'ask' };
  return undefined;
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
  else await dc.beginDialog(FEEDBACK_DIALOG, { entryId, helpful });
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
  if (outcome.kind === 'events') turn.thread = follow(turn.thread, eventsTopic(outcome.filter, outcome.eventIds));
  const entryId =
    outcome.kind === 'answer' || outcome.kind === 'urgent' || outcome.kind === 'private' ? outcome.entryId : undefined;
  if (entryId !== undefined) turn.thread = follow({ ...turn.thread, entryId }, { kind: 'entry', id: entryId });
  const told = composeReply(outcome, turn.view);
  await turn.say(hintAtFeedback(turn, told));
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

async function hearEvent(turn: ConversationTurn, dc: DialogContext): Promise<void> {
  const { activity } = turn.context;
  if (activity.type === 'event' && activity.name === 'lotse/feedback') return hearFeedback(turn, dc, activity.value);
  const joins = activity.type === 'conversationUpdate' || activity.name === 'webchat/join';
  if (!joins || turn.thread.greeted) return;
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
  if (helpful || isReason(reason)) {
    await turn.feedback.record({ entryId, helpful, ...(isReason(reason) ? { reason } : {}) });
    return;
  }
  await dc.beginDialog(FEEDBACK_DIALOG, { entryId, helpful });
}

/** Takes over what the page or the client has set since the last message. */
function settle(thread: Thread, activity: Activity, arrival: Arrival, mind: Mind): Thread {
  const data: unknown = activity.channelData;
  const { style, language, jobcenter } = (typeof data === 'object' && data !== null ? data : {}) as Readonly<
    Record<string, unknown>
  >;
  const client = thread.client;
  const knownJobcenter = [arrival.jobcenter, jobcenter].find(
    (id): id is string => typeof id === 'string' && mind.knowledge.jobcenters.some((each) => each.id === id),
  );
  const knownLanguage =
    typeof language === 'string' && languagesOf(mind.knowledge.texts).some(({ code }) => code === language)
      ? language
      : undefined;
  const knownStyle = style === 'simple' || style === 'everyday' ? style : undefined;
  return {
    ...thread,
    client: {
      ...client,
      ...(knownStyle === undefined ? {} : { style: knownStyle }),
      ...(knownLanguage === undefined ? {} : { language: knownLanguage }),
      ...(knownJobcenter === undefined ? {} : { jobcenter: knownJobcenter }),
    },
    ...(knownStyle === undefined || knownStyle === client.style ? {} : { style: knownStyle }),
    ...(knownLanguage === undefined || knownLanguage === client.language
      ? {}
      : { language: knownLanguage, languageChosen: knownLanguage !== 'de' }),
    ...(knownJobcenter === undefined || knownJobcenter === client.jobcenter ? {} : { jobcenter: knownJobcenter }),
  };
}

interface Message {
  readonly text: string;
  readonly choice: Choice | undefined;
  /** Kinds of personal data that were in it. */
  readonly masked: readonly string[];
}

/** The message's text without personal data; a click, a number or „die zweite“ becomes the text of the choice it means. */
function readMessage(activity: Activity, thread: Thread): Message {
  const value: unknown = activity.value;
  const submitted =
    typeof value === 'object' && value !== null && 'lotse' in value && typeof value.lotse === 'string'
      ? value.lotse
      : undefined;
  const typed = typeof activity.text === 'string' && activity.text.trim() !== '' ? activity.text : (submitted ?? '');
  const choice = typedChoice(typed, thread.offered?.choices ?? []);
  if (choice !== undefined) return { text: choice.value, choice, masked: [] };
  const { text, kinds } = maskPersonalData(typed.slice(0, MAX_READ_CHARS));
  // A channel may have masked before; then the kinds are unknown, and the person is told all the same.
  const masked = kinds.length === 0 && text.includes('[…]') ? ['sonstiges'] : kinds;
  return { text, choice, masked };
}

/** The way back into a guide that waits while something more important is answered. */
function waitingGuide(turn: ConversationTurn, dc: DialogContext): readonly Choice[] {
  const guide = dc.activeDialog?.id === GUIDE_DIALOG ? activeGuide(dc, turn.view) : undefined;
  return guide === undefined ? [] : [resumeChoice(guide, turn.view)];
}

function ignore(): void {
  // Nobody listens.
}
