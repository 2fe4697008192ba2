/**
 * „Antwort melden“, for staff: what is wrong with the last answer, chosen; then a proposal in their own words, if they have one.
 * Any other question instead of a reason, and any command, leaves it without a report.
 */
import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Choice } from '../src/answering/outcome';
import { findEntry, reply, saying, standing } from '../src/rendering/parts';
import type { ReplyView } from '../src/rendering/view';
import { say } from '../src/rendering/wording';
import { ConversationTurn } from './conversationTurn';
import { isReason, type FeedbackReason } from './feedback';
import type { Reports } from './reports';
import { typedChoice } from './typedChoice';

export const REPORT_DIALOG = 'report';

export interface ReportOptions {
  readonly entryId: string;
}

const REASONS: Readonly<Record<string, FeedbackReason>> = {
  'rueckmeldung.grund.falsch': 'wrong',
  'rueckmeldung.grund.veraltet': 'outdated',
  'rueckmeldung.grund.unverstaendlich': 'unclear',
  'rueckmeldung.grund.passt-nicht': 'doesNotFit',
};
const WITHOUT = 'rueckmeldung.ohne-vorschlag';

export class ReportDialog extends Dialog<ReportOptions> {
  constructor(private readonly reports: Reports) {
    super(REPORT_DIALOG);
  }

  override async beginDialog(dc: DialogContext, options?: ReportOptions): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const { view } = turn;
    const entry = options === undefined ? undefined : findEntry(view, options.entryId);
    if (entry === undefined) {
      await turn.say(
        reply(view, 'command', [], [saying(view, 'personal.melden.ohne-antwort')], [standing(view, 'wahl.menue')]),
      );
      return dc.endDialog();
    }
    remember(dc, { entryId: entry.id });
    const question = saying(view, 'personal.melden.frage', { titel: entry.title });
    await turn.say(reply(view, 'command', [], [question], reasons(view)), 'feedback');
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const { entryId, reason } = remembered(dc);
    if (entryId === undefined) return dc.endDialog();
    return reason === undefined ? this.hearReason(dc, turn, entryId) : this.hearProposal(dc, turn, entryId, reason);
  }

  private async hearReason(dc: DialogContext, turn: ConversationTurn, entryId: string): Promise<DialogTurnResult> {
    const { view } = turn;
    const reason = REASONS[typedChoice(turn.said, reasons(view), { byPart: true })?.id ?? ''];
    if (reason === undefined) {
      turn.passed = true;
      return dc.endDialog();
    }
    remember(dc, { entryId, reason });
    const without: Choice = {
      id: WITHOUT,
      title: say(view, 'personal.melden.ohne'),
      value: say(view, 'personal.melden.ohne'),
    };
    await turn.say(reply(view, 'command', [], [saying(view, 'personal.melden.vorschlag')], [without]), 'feedback');
    return Dialog.EndOfTurn;
  }

  private async hearProposal(
    dc: DialogContext,
    turn: ConversationTurn,
    entryId: string,
    reason: FeedbackReason,
  ): Promise<DialogTurnResult> {
    const { view } = turn;
    // „Abbrechen“ and „Menü“ are no proposals: nothing is reported then.
    if (turn.outcome?.kind === 'command') {
      turn.passed = true;
      return dc.endDialog();
    }
    const none = turn.said.trim() === '' || turn.said.trim() === say(view, 'personal.melden.ohne');
    await this.reports.record({ entryId, reason, day: turn.day, ...(none ? {} : { proposal: turn.said }) });
    await turn.feedback.record({ entryId, helpful: false, reason });
    const thanks = saying(view, 'personal.melden.danke', { titel: findEntry(view, entryId)?.title ?? entryId });
    await turn.say(reply(view, 'command', [], [thanks], [standing(view, 'wahl.menue')]));
    return dc.endDialog();
  }
}

function reasons(view: ReplyView): readonly Choice[] {
  return Object.keys(REASONS).map((id) => ({ id, title: say(view, id), value: say(view, id) }));
}

function remember(dc: DialogContext, state: { readonly entryId: string; readonly reason?: FeedbackReason }): void {
  if (dc.activeDialog !== undefined) Object.assign(dc.activeDialog.state, state);
}

function remembered(dc: DialogContext): { readonly entryId?: string; readonly reason?: FeedbackReason } {
  const state: unknown = dc.activeDialog?.state;
  if (typeof state !== 'object' || state === null) return {};
  const { entryId, reason } = state as Readonly<Record<string, unknown>>;
  return {
    ...(typeof entryId === 'string' ? { entryId } : {}),
    ...(isReason(reason) ? { reason } : {}),
  };
}
