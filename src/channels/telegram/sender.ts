/**
 * Sends one reply to a Telegram chat and says what became of it. Decides on Telegram's error codes, never on its sentences.
 * Source: core.telegram.org/bots/api („Making requests“, `ResponseParameters.retry_after`).
 */
import type { Activity } from 'botbuilder';
import { GrammyError, type Api } from 'grammy';
import { splitText } from '../../rendering/plainText';
import { buttonData } from './updates';

export type SendResult =
  | { readonly kind: 'sent' }
  /** Telegram asks to wait, or cannot be reached. */
  | { readonly kind: 'later'; readonly waitMs: number }
  /** The person has blocked the bot or closed the account: nothing more to this chat. */
  | { readonly kind: 'blocked' }
  /** Telegram will never take this message. */
  | { readonly kind: 'refused'; readonly code: number };

export const maxMessageChars = 4096;
const unreachableWaitMs = 2_000;

/** A message of ours, with the person's message it belongs to when that is not the latest. */
export interface Outgoing {
  readonly activity: Partial<Activity>;
  readonly quote?: number;
}

export async function send(api: Api, chatId: number, { activity, quote }: Outgoing): Promise<SendResult> {
  const text = (activity.text ?? '').trim();
  if (activity.type !== 'message' || text === '') return { kind: 'sent' };
  const actions = activity.suggestedActions?.actions ?? [];
  const keyboard = actions.map(({ title, value }, index) => [
    { text: title, callback_data: buttonData(typeof value === 'string' ? value : title, index) },
  ]);
  // Rendering keeps to the limit; a text from elsewhere must not be lost for being longer.
  const parts = splitText(text, maxMessageChars);
  try {
    for (const [index, part] of parts.entries())
      await api.sendMessage(chatId, part, {
        link_preview_options: { is_disabled: true },
        ...(quote === undefined ? {} : { reply_parameters: { message_id: quote, allow_sending_without_reply: true } }),
        ...(index === parts.length - 1 && keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
      });
    return { kind: 'sent' };
  } catch (error) {
    return failure(error);
  }
}

/** What a failed call means for what is still to be sent. */
export function failure(error: unknown): Exclude<SendResult, { kind: 'sent' }> {
  if (!(error instanceof GrammyError)) return { kind: 'later', waitMs: unreachableWaitMs };
  const { error_code: code, parameters } = error;
  if (code === 429) return { kind: 'later', waitMs: Math.max(1, parameters.retry_after ?? 1) * 1000 };
  if (code === 403) return { kind: 'blocked' };
  // 401 and 404: the token is wrong or withdrawn; the operator can mend that, and nothing is lost meanwhile.
  if (code >= 500 || code === 401 || code === 404 || code === 409) return { kind: 'later', waitMs: unreachableWaitMs };
  return { kind: 'refused', code };
}
