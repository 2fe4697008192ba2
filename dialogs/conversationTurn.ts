/**
 * One turn as the dialogs see it: what was said and what it means, the view to answer in, and the thread that is carried on.
 * The one place that sends replies: it remembers what was offered, and breaks a circle at the third same reply, except in need.
 */
import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import { createHash } from 'node:crypto';
import type { AnswerOutcome, Choice, TurnContext as Thought } from '../src/answering/outcome';
import { LotseError } from '../src/errors';
import type { IsoDate, KnowledgeBase } from '../src/knowledge/model';
import { pagedReply } from '../src/rendering/pages';
import { distinct, reply, saying, standing } from '../src/rendering/parts';
import { plainText } from '../src/rendering/plainText';
import type { Capabilities, Reply } from '../src/rendering/reply';
import { menuChoices, waysOn } from '../src/rendering/shortReplies';
import { toActivities } from '../src/rendering/toActivities';
import { createView, type ReplyView } from '../src/rendering/view';
import type { FeedbackSink } from './feedback';
import type { Miss, MissSink } from './misses';
import type { Offered, Thread } from './thread';

/** What questions are answered with; one per turn, so that a reload never splits a turn. */
export interface Mind {
  readonly knowledge: KnowledgeBase;
  readonly answering: { answer(question: string, context: Thought): AnswerOutcome };
}

/** What a turn is answered with besides what was said. */
interface TurnMeans {
  readonly mind: Mind;
  readonly day: IsoDate;
  readonly feedback: FeedbackSink;
  readonly onReply: (reply: Reply) => void;
  readonly misses?: MissSink;
  /** Puts something else in the place of a reply that must not be given now. */
  readonly guard?: (reply: Reply, view: ReplyView) => Reply;
}

const key = Symbol('conversation turn');
/** Ids of choices that are no topics: commands and languages. */
const STANDING = /^(wahl|sprache|weg|rueckmeldung|personal|altfall)\./;

export class ConversationTurn {
  /** Set by a dialog that lets a message pass: it was not for it. */
  passed = false;
  /** Choices every reply of this turn gets as well, e.g. the way back into a guide. */
  extraChoices: readonly Choice[] = [];
  outcome: AnswerOutcome | undefined;
  /** Whether something was said in this turn. */
  hasSpoken = false;
  private lead: Reply['blocks'] = [];

  constructor(
    readonly context: TurnContext,
    private readonly arrival: { readonly capabilities: Capabilities; readonly audience: 'citizens' | 'staff' },
    private readonly means: TurnMeans,
    /** What was said, personal data masked, a click or number already read as the choice's text. */
    readonly said: string,
    public thread: Thread,
  ) {
    context.turnState.set(key, this);
  }

  get capabilities(): Capabilities {
    return this.arrival.capabilities;
  }

  get audience(): 'citizens' | 'staff' {
    return this.arrival.audience;
  }

  get mind(): Mind {
    return this.means.mind;
  }

  get day(): IsoDate {
    return this.means.day;
  }

  get feedback(): FeedbackSink {
    return this.means.feedback;
  }

  /** Told for citizens only: what staff look for is not what citizens miss. */
  async missed(miss: Omit<Miss, 'conversation'> | undefined): Promise<void> {
    if (miss === undefined || this.audience === 'staff') return;
    await this.means.misses?.record({ ...miss, conversation: this.context.activity.conversation.id });
  }

  /** The turn that a dialog is run in. */
  static of(dc: DialogContext): ConversationTurn {
    const turn: unknown = dc.context.turnState.get(key);
    if (turn instanceof ConversationTurn) return turn;
    throw new LotseError('TURN_MISSING', 'A dialog was run outside a conversation turn');
  }

  get view(): ReplyView {
    const { jobcenter, language, style } = this.thread;
    return createView(this.mind.knowledge, {
      day: this.day,
      style,
      language,
      audience: this.audience,
      ...(jobcenter === undefined ? {} : { jobcenter }),
    });
  }

  /** Whether the reply before this message offered the choice. */
  wasOffered(choiceId: string): boolean {
    return this.thread.offered?.choices.some(({ id }) => id === choiceId) ?? false;
  }

  /** Put before the next reply of this turn, e.g. who is speaking. */
  leadWith(blocks: Reply['blocks']): void {
    this.lead = [...this.lead, ...blocks];
  }

  /** Sends a reply and remembers what it offers. */
  async say(given: Reply, about: Offered['about'] = aboutOf(given)): Promise<void> {
    const reply = this.means.guard?.(given, this.view) ?? given;
    this.hasSpoken = true;
    const led = {
      ...reply,
      blocks: place(this.lead, reply),
      choices: this.waysFrom(reply, about),
    };
    this.lead = [];
    const final = this.withoutCircle(led);
    const choices = final.choices;
    const open = choices.length > 0 || about === 'place';
    this.thread = { ...this.thread, offered: open ? { about, choices, question: this.said } : null };
    this.means.onReply(final);
    await this.send(final);
  }

  /** The next page of the last reply; `false` when none waits. */
  async sayNextPage(): Promise<boolean> {
    const { thread } = this;
    const [text, ...rest] = thread.rest ?? [];
    if (text === undefined) return false;
    this.thread = { ...thread, rest };
    const choices = thread.offered?.choices ?? [];
    const entries = thread.entryId === undefined ? [] : [{ id: thread.entryId, confidence: 1 }];
    this.means.onReply(reply(this.view, 'answer', entries, [{ type: 'text', markdown: text }], choices));
    await this.context.sendActivity({ type: 'message', text, textFormat: 'plain', locale: thread.language });
    return true;
  }

  private async send(final: Reply): Promise<void> {
    if (this.capabilities.paged !== true) {
      for (const activity of toActivities(final, this.capabilities)) await this.context.sendActivity(activity);
      return;
    }
    const { first, rest } = pagedReply(final, this.capabilities);
    this.thread = { ...this.thread, rest };
    for (const activity of first) await this.context.sendActivity(activity);
  }

  /** Never a dead end: where nothing is offered and no place is awaited, the menu is. */
  private waysFrom(reply: Reply, about: Offered['about']): readonly Choice[] {
    const choices = distinct([...reply.choices, ...this.extraChoices]);
    return choices.length === 0 && about !== 'place' ? [standing(this.view, 'wahl.menue')] : choices;
  }

  /** The third same reply in a row says so and shows other ways. */
  private withoutCircle(reply: Reply): Reply {
    const first = fingerprint(reply);
    const times = first === this.thread.last.print ? this.thread.last.times + 1 : 1;
    // Whoever is in need of numbers to call is not told that the talk goes round in circles.
    const inNeed = reply.blocks.some(
      (block) => block.type === 'notice' && block.tone === 'help' && block.markdown.includes('](tel:'),
    );
    if (times < 3 || inNeed) {
      this.thread = { ...this.thread, last: { print: first, times } };
      return reply;
    }
    const { view } = this;
    const notice = saying(view, 'fallback.wiederholt');
    const helped =
      reply.kind === 'answer' || reply.kind === 'urgent' || reply.kind === 'events' || reply.kind === 'private';
    const other: Reply = {
      ...reply,
      blocks: helped ? [...reply.blocks, notice] : [notice],
      choices: distinct(helped ? [...reply.choices, ...waysOn(view)] : [...waysOn(view), ...menuChoices(view)]),
    };
    this.thread = { ...this.thread, last: { print: fingerprint(other), times: 1 } };
    return other;
  }
}

/** The choices that answering may resolve as topics, places or events. */
export function pendingOf(thread: Thread): Thought['pending'] {
  const { offered } = thread;
  if (offered === null) return undefined;
  return { ...offered, choices: offered.choices.filter((choice) => !STANDING.test(choice.id)) };
}

function aboutOf(reply: Reply): Offered['about'] {
  if (reply.kind === 'events') return 'event';
  return reply.kind === 'jobcenter' ? 'place' : 'topic';
}

/** Help always stays first. */
function place(lead: Reply['blocks'], reply: Reply): Reply['blocks'] {
  return reply.kind === 'urgent' ? [...reply.blocks, ...lead] : [...lead, ...reply.blocks];
}

function fingerprint(reply: Reply): string {
  return createHash('sha256').update(plainText(reply)).digest('base64').slice(0, 16);
}
