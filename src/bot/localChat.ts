/**
 * One conversation in process: the whole bot on a plain-text channel, for the command line and the conversation tests. Refuses to know
 * what is said: replies are collected as they are composed, with the text the channel would have sent.
 */
import type { Activity } from 'botbuilder';
import type { Capabilities, Reply } from '../rendering/reply';

export interface LocalReply {
  readonly replies: readonly Reply[];
  /** What the channel sent, parts joined by blank lines. */
  readonly text: string;
  readonly activities: readonly Partial<Activity>[];
}

export interface LocalChat {
  /** The welcome. */
  join(): Promise<LocalReply>;
  say(text: string): Promise<LocalReply>;
  /** Any activity, e.g. a card's submit or the widget's feedback event. */
  send(activity: Partial<Activity>): Promise<LocalReply>;
  /** Starts a new conversation. */
  reset(): void;
}

export const plainTextCapabilities: Capabilities = {
  markdown: false,
  suggestedActions: false,
  maxSuggestedActions: 0,
  adaptiveCards: false,
  structuredReply: false,
  maxChars: 4096,
};

export interface LocalChatOptions {
  /** Runs one turn to its end; the activities it sent. */
  readonly run: (activity: Activity) => Promise<readonly Partial<Activity>[]>;
  /** Replies composed since it was last asked. */
  readonly takeReplies: () => readonly Reply[];
  readonly nowMs: () => number;
}

export function createLocalChat({ run, takeReplies, nowMs }: LocalChatOptions): LocalChat {
  let conversation = 0;
  let turn = 0;
  const send = async (partial: Partial<Activity>): Promise<LocalReply> => {
    turn += 1;
    const activity = {
      id: `local-${turn}`,
      channelId: 'local',
      serviceUrl: 'urn:lotse:local',
      conversation: { id: `local-${conversation}`, isGroup: false, conversationType: 'personal', name: '' },
      from: { id: 'user', name: '' },
      recipient: { id: 'bot', name: '' },
      timestamp: new Date(nowMs()),
      ...partial,
    } as Activity;
    const activities = await run(activity);
    const text = activities.map((each) => each.text ?? each.summary ?? '').join('\n\n');
    return { replies: takeReplies(), text, activities };
  };
  return {
    join: () => send({ type: 'conversationUpdate', membersAdded: [{ id: 'user', name: '' }] }),
    say: (text) => send({ type: 'message', text, textFormat: 'plain' }),
    send,
    reset() {
      conversation += 1;
    },
  };
}
