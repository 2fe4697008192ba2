/**
 * What a Telegram update means for us, as a value. Refuses: groups, channels, files. Keeps no name and no account of the person;
 * the chat's number is the conversation.
 */
import type { Message, Update } from 'grammy/types';

export type TelegramIncoming =
  /** What the person says, one or two turns: a file that comes with words is refused, and the words are answered. */
  | {
      readonly kind: 'turns';
      readonly chatId: number;
      readonly messageId: number;
      readonly edited: boolean;
      readonly said: readonly Said[];
    }
  /** A button under one of our messages; `callbackId` is to be confirmed, whatever comes of it. */
  | { readonly kind: 'press'; readonly chatId: number; readonly callbackId: string; readonly text: string }
  | { readonly kind: 'group'; readonly chatId: number }
  | { readonly kind: 'blocked'; readonly chatId: number }
  | { readonly kind: 'ignored' };

export type Said =
  | { readonly type: 'start' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly contentType: string };

/** What is subscribed to; everything else never comes. */
export const subscribedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** Commands of the menu beside the input and the words they stand for; `/start` is the client's own. */
export const commands: readonly (readonly [command: string, text: string, description: string])[] = [
  ['hilfe', 'Hilfe', 'Wie ich helfen kann'],
  ['menue', 'Menü', 'Themen zeigen'],
  ['jobcenter', 'Welches Jobcenter ist für mich zuständig?', 'Mein Jobcenter finden'],
  ['einfach', 'Einfache Sprache', 'Einfache Sprache einschalten'],
  ['sprache', 'Sprache wechseln', 'Sprache wechseln'],
  ['mensch', 'Mensch', 'Mit einem Menschen sprechen'],
  ['zurueck', 'zurück', 'Einen Schritt zurück'],
  ['abbrechen', 'abbrechen', 'Schrittfolge beenden'],
  ['loeschen', 'Meine Daten löschen', 'Dieses Gespräch löschen'],
];

const fileKinds = [
  'photo',
  'document',
  'voice',
  'audio',
  'video',
  'video_note',
  'animation',
  'sticker',
  'location',
  'venue',
  'contact',
] as const;

/** Whether a request's body is an update at all; who sent it has been checked before. */
export function isUpdate(body: unknown): body is Update {
  return (
    typeof body === 'object' &&
    body !== null &&
    'update_id' in body &&
    Number.isSafeInteger(body.update_id) &&
    subscribedUpdates.every((name) => {
      const part: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
      return part === undefined || (typeof part === 'object' && part !== null);
    })
  );
}

export function readUpdate(update: Update): TelegramIncoming {
  const message = update.message ?? update.edited_message;
  if (message !== undefined) return readMessage(message, update.edited_message !== undefined);
  if (update.callback_query !== undefined) return readPress(update.callback_query);
  const member = update.my_chat_member;
  if (member === undefined) return { kind: 'ignored' };
  const { status } = member.new_chat_member;
  if (member.chat.type === 'private')
    return status === 'kicked' ? { kind: 'blocked', chatId: member.chat.id } : { kind: 'ignored' };
  return status === 'member' || status === 'administrator'
    ? { kind: 'group', chatId: member.chat.id }
    : { kind: 'ignored' };
}

function readMessage(message: Message, edited: boolean): TelegramIncoming {
  const { chat, message_id: messageId } = message;
  if (chat.type !== 'private')
    return chat.type === 'channel' ? { kind: 'ignored' } : { kind: 'group', chatId: chat.id };
  // Another bot that answers us would keep the two talking for ever.
  if (message.from?.is_bot === true) return { kind: 'ignored' };
  const file = fileKinds.find((kind) => message[kind] !== undefined);
  const words = message.text ?? message.caption;
  const said: Said[] = [
    ...(file === undefined ? [] : [{ type: 'file' as const, contentType: `telegram/${file}` }]),
    ...(typeof words === 'string' ? [readWords(words)] : []),
  ];
  return said.length === 0 ? { kind: 'ignored' } : { kind: 'turns', chatId: chat.id, messageId, edited, said };
}

/** `/hilfe`, `/hilfe@JobcenterBot` and `/start quelle` are commands; an unknown one is read as the words it is made of. */
function readWords(words: string): Said {
  const command = /^\/([a-z0-9_]{1,32})(?:@\w{1,64})?(?:\s|$)/i.exec(words);
  const name = command?.[1]?.toLowerCase();
  if (name === undefined) return { type: 'text', text: words };
  if (name === 'start') return { type: 'start' };
  const known = [...commands, ...aliases].find(([each]) => each === name);
  return { type: 'text', text: known === undefined ? words.slice(1).replace(/_/g, ' ') : known[1] };
}

/** What people try because other bots have it. */
const aliases: readonly (readonly [command: string, text: string])[] = [
  ['help', 'Hilfe'],
  ['settings', 'Hilfe'],
  ['menu', 'Menü'],
  ['language', 'Sprache wechseln'],
  ['stop', 'abbrechen'],
];

/** A value too long for a button is left out of it; then the button's label, which the update brings along, says what is meant. */
function readPress(press: NonNullable<Update['callback_query']>): TelegramIncoming {
  const { message, data, id } = press;
  if (message === undefined || typeof data !== 'string' || typeof id !== 'string') return { kind: 'ignored' };
  if (message.chat.type !== 'private') return { kind: 'ignored' };
  const keyboard = 'reply_markup' in message ? message.reply_markup.inline_keyboard : [];
  const label = keyboard.flat().find((button) => 'callback_data' in button && button.callback_data === data)?.text;
  const text = data.startsWith(longValue) ? (label ?? '') : data;
  return { kind: 'press', chatId: message.chat.id, callbackId: id, text };
}

/** Marks the data of a button whose value does not fit into it. */
export const longValue = '\u2026';
const maxDataBytes = 64;

/** What a button carries: its value, or a mark and its place when the value is longer than Telegram's 64 bytes. */
export function buttonData(value: string, index: number): string {
  return Buffer.byteLength(value) <= maxDataBytes && !value.startsWith(longValue) ? value : `${longValue}${index}`;
}
