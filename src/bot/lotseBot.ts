/**
 * Sorts activities into what the conversation handles: messages, joins, installations and the widget's named events. Everything else is let pass in silence.
 */
import { ActivityHandler, type TurnContext } from 'botbuilder';
import type { ConversationRunner, Turn } from './conversation';

const turnKey = Symbol('turn');

export class LotseBot extends ActivityHandler {
  constructor(private readonly runner: ConversationRunner) {
    super();
    this.onMessage((context) => this.converse(context));
    this.onEvent((context) => this.converse(context));
    this.onInstallationUpdateAdd((context) => this.converse(context));
    this.onMembersAdded(async (context) => {
      const botId = context.activity.recipient.id;
      // Channels report the bot itself as a member too; it needs no welcome.
      if (context.activity.membersAdded?.some((member) => member.id !== botId) === true) await this.converse(context);
    });
  }

  /** Handles one activity with what the server knows of the turn. */
  async respond(context: TurnContext, turn: Turn): Promise<void> {
    context.turnState.set(turnKey, turn);
    await this.run(context);
  }

  private async converse(context: TurnContext): Promise<void> {
    await this.runner.run(context, context.turnState.get<Turn>(turnKey));
  }
}
