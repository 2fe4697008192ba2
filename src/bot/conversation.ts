/**
 * The seam between the bot and the conversation: the bot brings turns in order, exactly once; the runner decides what is said.
 * dialogs/rootDialog.ts implements it.
 */
import type { TurnContext } from 'botbuilder';
import type { Capabilities } from '../rendering/reply';

/** What the server knows of a turn; decided from adapter and authenticated claims, never from what a client says. */
export interface Turn {
  readonly capabilities: Capabilities;
  readonly audience: 'citizens' | 'staff';
  /** Set when the page that embeds the chat belongs to one Jobcenter. */
  readonly jobcenter?: string;
}

export interface ConversationRunner {
  run(context: TurnContext, turn: Turn): Promise<void>;
}
