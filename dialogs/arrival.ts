/**
 * What came in, made ready: the person's words without personal data, and what the page or the client has set since the last message.
 */
import type { Activity } from 'botbuilder';
import { MAX_MESSAGE_CHARS } from '../src/answering/answering';
import type { Choice } from '../src/answering/outcome';
import { maskPersonalData } from '../src/answering/personalData';
import type { Capabilities } from '../src/rendering/reply';
import { languagesOf } from '../src/rendering/wording';
import type { Mind } from './conversationTurn';
import type { Thread } from './thread';
import { typedChoice } from './typedChoice';

/** Longer ones are refused by answering; more need not be looked at. */
const MAX_READ_CHARS = MAX_MESSAGE_CHARS * 4;

/** What the server knows of a turn; the same shape as `Turn` of src/bot/conversation.ts. */
export interface Arrival {
  readonly capabilities: Capabilities;
  readonly audience: 'citizens' | 'staff';
  readonly jobcenter?: string;
}

export interface Message {
  readonly text: string;
  readonly choice: Choice | undefined;
  /** Kinds of personal data that were in it. */
  readonly masked: readonly string[];
}

/** The message's text without personal data; a click, a number or „die zweite“ becomes the text of the choice it means. */
export function readMessage(activity: Activity, thread: Thread): Message {
  const value: unknown = activity.value;
  const submitted =
    typeof value === 'object' && value !== null && 'lotse' in value && typeof value.lotse === 'string'
      ? value.lotse
      : undefined;
  const typed = typeof activity.text === 'string' && activity.text.trim() !== '' ? activity.text : (submitted ?? '');
  const choice = typedChoice(typed, thread.offered?.choices ?? []);
  if (choice !== undefined) return { text: choice.value, choice, masked: [] };
  const { text, kinds } = maskPersonalData(typed.slice(0, MAX_READ_CHARS));
  // A channel may have masked before; then the kinds are unknown, and the person is told all the same.
  const masked = kinds.length === 0 && text.includes('[…]') ? ['sonstiges'] : kinds;
  return { text, choice, masked };
}

/** Takes over what the page or the client has set since the last message. */
export function settle(thread: Thread, activity: Activity, arrival: Arrival, mind: Mind): Thread {
  const data: unknown = activity.channelData;
  const { style, language, jobcenter } = (typeof data === 'object' && data !== null ? data : {}) as Readonly<
    Record<string, unknown>
  >;
  const client = thread.client;
  const knownJobcenter = [arrival.jobcenter, jobcenter].find(
    (id): id is string => typeof id === 'string' && mind.knowledge.jobcenters.some((each) => each.id === id),
  );
  const knownLanguage =
    typeof language === 'string' && languagesOf(mind.knowledge.texts).some(({ code }) => code === language)
      ? language
      : undefined;
  const knownStyle = style === 'simple' || style === 'everyday' ? style : undefined;
  return {
    ...thread,
    client: {
      ...client,
      ...(knownStyle === undefined ? {} : { style: knownStyle }),
      ...(knownLanguage === undefined ? {} : { language: knownLanguage }),
      ...(knownJobcenter === undefined ? {} : { jobcenter: knownJobcenter }),
    },
    ...(knownStyle === undefined || knownStyle === client.style ? {} : { style: knownStyle }),
    ...(knownLanguage === undefined || knownLanguage === client.language
      ? {}
      : { language: knownLanguage, languageChosen: knownLanguage !== 'de' }),
    ...(knownJobcenter === undefined || knownJobcenter === client.jobcenter ? {} : { jobcenter: knownJobcenter }),
  };
}
