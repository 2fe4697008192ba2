/**
 * What only staff can ask for: to report the last answer, and the report of the week. A citizen's message never gets here.
 */
import type { DialogContext } from 'botbuilder-dialogs';
import type { Choice } from '../src/answering/outcome';
import { digestReply, type OpenQuestion } from '../src/rendering/digestReply';
import { standing } from '../src/rendering/parts';
import type { Reply } from '../src/rendering/reply';
import { phrases, say } from '../src/rendering/wording';
import type { ConversationTurn } from './conversationTurn';
import type { FeedbackCount } from './feedback';
import { REPORT_DIALOG } from './reportDialog';
import type { Reports } from './reports';

export interface StaffDesk {
  readonly reports: Reports;
  readonly feedback: () => Promise<readonly FeedbackCount[]>;
  /** Questions that stayed without an answer, clustered and masked, most frequent first. */
  readonly unanswered: () => Promise<readonly OpenQuestion[]>;
}

/** Runs what staff asked for; `false` when the message is none of that. */
export async function serveStaff(turn: ConversationTurn, dc: DialogContext, desk: StaffDesk): Promise<boolean> {
  if (turn.audience !== 'staff') return false;
  if (asksFor(turn, 'personal.melden')) {
    await dc.beginDialog(REPORT_DIALOG, { entryId: turn.thread.entryId ?? '' });
    return true;
  }
  if (!asksFor(turn, 'personal.bericht')) return false;
  const [unanswered, feedback, reports] = await Promise.all([desk.unanswered(), desk.feedback(), desk.reports.list()]);
  await turn.say(digestReply(turn.view, { unanswered, feedback, reports }));
  return true;
}

/** An answer to staff can be reported. */
export function reportable(turn: ConversationTurn, told: Reply): Reply {
  if (turn.audience !== 'staff' || told.feedbackFor === undefined) return told;
  return { ...told, choices: [...told.choices, reportChoice(turn)] };
}

function reportChoice(turn: ConversationTurn): Choice {
  return standing(turn.view, 'personal.melden');
}

function asksFor(turn: ConversationTurn, key: string): boolean {
  const said = turn.said
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, '');
  return said === say(turn.view, key).toLowerCase() || phrases(turn.view, key).includes(said);
}
