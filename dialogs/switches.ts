/**
 * What a conversation does about the operator's switches: says that it is closed, withholds one answer, tells a notice once.
 * Reads no file and decides nothing about who is switched off.
 */
import type { Choice } from '../src/answering/outcome';
import { reply, saying, standing } from '../src/rendering/parts';
import type { Block, Reply } from '../src/rendering/reply';
import { safeMarkdown, plainWords } from '../src/rendering/safeMarkdown';
import { toActivities } from '../src/rendering/toActivities';
import type { ReplyView } from '../src/rendering/view';
import type { ConversationTurn } from './conversationTurn';

const MAX_NOTICE_CHARS = 500;

/** The same shape as `Switches` of src/switches.ts. */
export interface Switches {
  readonly allOff: boolean;
  readonly channelsOff: readonly string[];
  readonly jobcentersOff: readonly string[];
  readonly answersOff: readonly string[];
  readonly notice?: string;
}

/** Whether nothing is answered here. */
export function isClosed(switches: Switches, channel: string, jobcenter: string | undefined): boolean {
  return (
    switches.allOff ||
    switches.channelsOff.includes(channel) ||
    (jobcenter !== undefined && switches.jobcentersOff.includes(jobcenter))
  );
}

/** Said past the thread: when the service is on again, the conversation goes on where it was. Events other than a start are let pass. */
export async function tellClosed(turn: ConversationTurn): Promise<void> {
  const { type, name } = turn.context.activity;
  if (type === 'event' && name !== 'lotse/start' && name !== 'webchat/join') return;
  const closed: Reply = {
    ...reply(turn.view, 'fallback', [], [saying(turn.view, 'schalter.aus')]),
    choices: [],
  };
  for (const activity of toActivities(closed, turn.capabilities)) await turn.context.sendActivity(activity);
}

/** Instead of an answer that is switched off: that it is being checked, and the way to the office. */
export function withhold(given: Reply, { answersOff }: Switches, view: ReplyView): Reply {
  const about = given.feedbackFor ?? (given.kind === 'answer' ? given.entries[0]?.id : undefined);
  if (about === undefined || !answersOff.includes(about)) return given;
  const ways: readonly Choice[] = [standing(view, 'wahl.jobcenter'), standing(view, 'wahl.menue')];
  return reply(view, 'answer', given.entries, [saying(view, 'schalter.antwort')], ways);
}

/** The operator's text, shown as it is written: no markup. */
export function noticeBlock(notice: string): Block {
  return {
    type: 'notice',
    tone: 'warning',
    markdown: safeMarkdown(plainWords(notice, MAX_NOTICE_CHARS)),
    language: 'de',
  };
}
