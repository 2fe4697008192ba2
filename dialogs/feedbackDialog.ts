/**
 * „War das hilfreich?“: yes is counted at once; no asks for a reason that can be chosen, never for free text.
 */
import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Choice } from '../src/answering/outcome';
import { reply, saying, standing } from '../src/rendering/parts';
import { waysOn } from '../src/rendering/shortReplies';
import type { ReplyView } from '../src/rendering/view';
import { phrases, say } from '../src/rendering/wording';
import { ConversationTurn } from './conversationTurn';
import type { FeedbackReason } from './feedback';
import { typedChoice } from './typedChoice';

export const FEEDBACK_DIALOG = 'feedback';

const REASONS: Readonly<Record<string, FeedbackReason>> = {
  'rueckmeldung.grund.falsch': 'wrong',
  'rueckmeldung.grund.veraltet': 'outdated',
  'rueckmeldung.grund.unverstaendlich': 'unclear',
  'rueckmeldung.grund.passt-nicht': 'doesNotFit',
};

export interface FeedbackOptions {
  readonly entryId: string;
  readonly helpful: boolean;
}

/** Whether a message rates the last answer; `undefined` when it does not. */
export function readVerdict(said: string, view: ReplyView): boolean | undefined {
  const text = said
    .trim()
    .toLowerCase()
    .replace(/[.!,]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (phrases(view, 'rueckmeldung.nein').includes(text) || text === say(view, 'rueckmeldung.nein').toLowerCase())
    return false;
  if (
    phrases(view, 'rueckmeldung.ja').includes(text) ||
    text === say(view, 'rueckmeldung.ja').replace(/,/g, '').toLowerCase()
  )
    return true;
  return undefined;
}

export class FeedbackDialog extends Dialog<FeedbackOptions> {
  constructor() {
    super(FEEDBACK_DIALOG);
  }

  override async beginDialog(dc: DialogContext, options?: FeedbackOptions): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const { view } = turn;
    if (options === undefined) return dc.endDialog();
    if (options.helpful) {
      await turn.feedback.record(options);
      await turn.say(reply(view, 'command', [], [saying(view, 'rueckmeldung.danke')], [standing(view, 'wahl.menue')]));
      return dc.endDialog();
    }
    if (dc.activeDialog !== undefined) Object.assign(dc.activeDialog.state, { entryId: options.entryId });
    await turn.say(reply(view, 'command', [], [saying(view, 'rueckmeldung.grund')], reasons(view)), 'feedback');
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = ConversationTurn.of(dc);
    const state: unknown = dc.activeDialog?.state;
    const entryId =
      typeof state === 'object' && state !== null && 'entryId' in state && typeof state.entryId === 'string'
        ? state.entryId
        : undefined;
    const reason = REASONS[typedChoice(turn.said, reasons(turn.view), { byPart: true })?.id ?? ''];
    if (entryId === undefined || reason === undefined) {
      // No reason was given; that it did not help is counted all the same.
      if (entryId !== undefined) await turn.feedback.record({ entryId, helpful: false });
      turn.passed = true;
      return dc.endDialog();
    }
    await turn.feedback.record({ entryId, helpful: false, reason });
    await turn.say(reply(turn.view, 'command', [], [saying(turn.view, 'rueckmeldung.grund.danke')], waysOn(turn.view)));
    return dc.endDialog();
  }
}

function reasons(view: ReplyView): readonly Choice[] {
  return Object.keys(REASONS).map((id) => ({ id, title: say(view, id), value: say(view, id) }));
}
