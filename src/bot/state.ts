/**
 * Conversation state on the storage port. BotState writes with eTag `*`, so of parallel turns the last one wins; here nothing is
 * written by the SDK at all: the turn takes the change, fenced with the eTag it read, and commits it with everything else.
 * State is plain JSON; what cannot be read is quarantined (row 32) and the conversation starts afresh.
 */
import { BotState, type Storage as SdkStorage, type StoreItems, type TurnContext } from 'botbuilder';
import { LotseError } from '../errors';
import type { Change, Store } from '../storage/ports';

/** Silence after which a conversation is forgotten. */
export const conversationIdleMs = 60 * 60 * 1000;

const cache = Symbol('conversation state');
const fences = Symbol('conversation state as read');
const deletion = Symbol('conversation is to be forgotten');

interface Fence {
  readonly key: string;
  readonly eTag: string | null;
}

export class ConversationStateStore extends BotState {
  /** `onQuarantine` hears of state that could not be read. */
  constructor(
    private readonly store: Store,
    private readonly onQuarantine: () => void = () => undefined,
  ) {
    super(refusingStorage, (context) => Promise.resolve(conversationKey(context)));
  }

  override async load(context: TurnContext, force = false): Promise<unknown> {
    const cached = this.get(context);
    if (!force && cached !== undefined) return cached;
    const key = conversationKey(context);
    const stored = (await this.store.read([key])).get(key);
    const fence: Fence = { key, eTag: stored?.eTag ?? null };
    const state = stored === undefined ? {} : this.parse(stored.value);
    context.turnState.set(fences, fence);
    context.turnState.set(cache, state);
    return state;
  }

  override get(context: TurnContext): object | undefined {
    return context.turnState.get<object | undefined>(cache);
  }

  override clear(context: TurnContext): Promise<void> {
    context.turnState.set(cache, {});
    return Promise.resolve();
  }

  /** The turn commits; a dialog that saves early changes nothing. */
  override saveChanges(): Promise<void> {
    return Promise.resolve();
  }

  override delete(context: TurnContext): Promise<void> {
    requestDeletion(context);
    return Promise.resolve();
  }

  /** What this turn has to write, fenced; nothing when the state was never loaded or has not changed. */
  change(context: TurnContext, nowMs: number): Change | undefined {
    const fence = readFence(context);
    if (fence === undefined) return undefined;
    const json = isDeletionRequested(context) ? undefined : JSON.stringify(this.get(context) ?? {});
    // An unchanged state is written too: the write renews its hour, and the fence orders the turns.
    return { key: fence.key, value: json ?? null, expect: fence.eTag, expiresAtMs: nowMs + conversationIdleMs };
  }

  /** Forgets what was read, before the turn is run again. */
  reset(context: TurnContext): void {
    context.turnState.delete(cache);
    context.turnState.delete(fences);
    context.turnState.delete(deletion);
  }

  private parse(json: string): Record<string, unknown> {
    try {
      const value: unknown = JSON.parse(json);
      if (isRecord(value)) return value;
    } catch {
      // falls through to the quarantine
    }
    this.onQuarantine();
    return {};
  }
}

/** Asks the turn to forget the conversation at its end: state, log and outstanding messages ("Meine Daten löschen"). */
export function requestDeletion(context: TurnContext): void {
  context.turnState.set(deletion, true);
}

export function isDeletionRequested(context: TurnContext): boolean {
  return context.turnState.get(deletion) === true;
}

/** `state/directline/<conversation>`; both parts come from us or from an authenticated channel. */
export function conversationKey(context: TurnContext): string {
  const { channelId } = context.activity;
  const conversation = context.activity.conversation.id;
  if (channelId === '' || conversation === '')
    throw new LotseError('TURN_INVALID', 'Activity without channel or conversation');
  return `state/${keyPart(channelId)}/${keyPart(conversation)}`;
}

/** A part of a storage key: no slash, no lone surrogate (which encodeURIComponent refuses). */
export function keyPart(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

function readFence(context: TurnContext): Fence | undefined {
  return context.turnState.get<Fence | undefined>(fences);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** BotState wants a storage; every path to it is overridden above. */
const refusingStorage: SdkStorage = {
  read: (): Promise<StoreItems> => Promise.reject(new LotseError('STATE_BYPASS', 'State is read through the turn')),
  write: () => Promise.reject(new LotseError('STATE_BYPASS', 'State is written by the turn')),
  delete: () => Promise.reject(new LotseError('STATE_BYPASS', 'State is deleted by the turn')),
};
