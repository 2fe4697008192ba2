/**
 * „Welches Jobcenter?“: asks for the place, takes it from the next message, and offers the way back to the question it was asked for.
 * What a place means is decided by answering; anything that is no place passes.
 */
import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { AnswerOutcome } from '../src/answering/outcome';
import { composeReply } from '../src/rendering/composeReply';
import { findEntry, toEntry } from '../src/rendering/parts';
import { say } from '../src/rendering/wording';
import { ConversationTurn } from './conversationTurn';
import { follow } from './thread';

export const JOBCENTER_DIALOG = 'jobcenter';

type JobcenterOutcome = Extract<AnswerOutcome, { kind: 'jobcenter' }>;

interface JobcenterOptions {
  /** Entry whose answer needs the own Jobcenter. */
  readonly returnTo?: string;
}

export class JobcenterDialog extends Dialog<JobcenterOptions> {
  constructor() {
    super(JOBCENTER_DIALOG);
  }

  override async beginDialog(dc: DialogContext, options: JobcenterOptions = {}): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    if (dc.activeDialog !== undefined) Object.assign(dc.activeDialog.state, options);
    return this.tell(dc, turn, turn.outcome, options.returnTo);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const state: unknown = dc.activeDialog?.state;
    const returnTo =
      typeof state === 'object' && state !== null && 'returnTo' in state && typeof state.returnTo === 'string'
        ? state.returnTo
        : undefined;
    return this.tell(dc, turn, turn.outcome, returnTo);
  }

  private async tell(
    dc: DialogContext,
    turn: ConversationTurn,
    outcome: AnswerOutcome | undefined,
    returnTo: string | undefined,
  ): Promise<DialogTurnResult> {
    if (outcome?.kind !== 'jobcenter') {
      turn.passed = true;
      return dc.endDialog();
    }
    remember(turn, outcome);
    const entry = returnTo === undefined ? undefined : findEntry(turn.view, returnTo);
    const reply = composeReply(outcome, turn.view);
    const done = outcome.status === 'found';
    const about = done ? outcome.entries.flatMap(({ id }) => findEntry(turn.view, id) ?? []) : [];
    const topics = about.map((each) => toEntry(each, turn.view));
    const back =
      !done || entry === undefined
        ? []
        : [{ id: entry.id, title: say(turn.view, 'jobcenter.zurueck', { titel: entry.title }), value: entry.title }];
    // Until it is found a place is awaited, and then it may be corrected.
    await turn.say({ ...reply, choices: [...back, ...topics, ...reply.choices] }, 'place');
    return done ? dc.endDialog() : Dialog.EndOfTurn;
  }
}

/** The found Jobcenter holds for the conversation, unless somebody else lives there: then only until something else is spoken of. */
function remember(turn: ConversationTurn, outcome: JobcenterOutcome): void {
  const [id] = outcome.jobcenterIds;
  if (outcome.status !== 'found' || id === undefined) return;
  const known = outcome.ofOther === true ? turn.thread : { ...turn.thread, jobcenter: id };
  turn.thread = follow(known, { kind: 'jobcenter', id });
}
