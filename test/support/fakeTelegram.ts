/**
 * A Telegram Bot API server on loopback: takes what the bot sends, hands out updates by poll or delivers them to a webhook,
 * and misbehaves on request: fails, asks to wait, repeats, reorders, delays, hangs up.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface SentMessage {
  readonly chatId: number;
  readonly text: string;
  readonly buttons: readonly { readonly text: string; readonly data: string }[];
  readonly quote?: number;
}

export type Misbehaviour =
  | { readonly kind: 'error'; readonly code: number; readonly retryAfter?: number }
  | { readonly kind: 'hangUp' }
  /** Takes the message and loses the answer. */
  | { readonly kind: 'takeAndHangUp' };

export interface FakeTelegram {
  readonly apiRoot: string;
  readonly calls: readonly Call[];
  /** Messages that were taken, in order. */
  readonly messages: readonly SentMessage[];
  /** The next calls of a method go wrong, in this order. */
  misbehave(method: string, ...how: readonly Misbehaviour[]): void;
  /** Updates for the poll; nothing is confirmed but by a later offset. */
  offer(...updates: readonly object[]): void;
  /** Delivers to the webhook that was set; repeats until confirmed, at most `tries` times. Resolves with the statuses. */
  deliver(update: object, options?: { readonly secret?: string; readonly tries?: number }): Promise<readonly number[]>;
  waitFor(condition: () => boolean, timeoutMs?: number): Promise<void>;
  /** Waits for `count` messages to a chat and answers their texts. */
  textsTo(chatId: number, count: number): Promise<readonly string[]>;
  /** Where the webhook is in reality; the address that was set is public. */
  webhookAt(url: string): void;
  close(): Promise<void>;
}

export const telegramToken = '123456:test-token-of-twenty-characters';
export const telegramSecret = 'webhook_secret_of_a_test';

let nextUpdate = 1000;
let nextMessage = 1;

const person = (chatId: number): object => ({ id: chatId, is_bot: false, first_name: 'A' });
const privateChat = (chatId: number): object => ({ id: chatId, type: 'private', first_name: 'A' });

export function textUpdate(
  chatId: number,
  text: string,
  more: { readonly messageId?: number } = {},
): { update_id: number; message: { message_id: number } & Record<string, unknown> } {
  return {
    update_id: (nextUpdate += 1),
    message: {
      message_id: more.messageId ?? (nextMessage += 1),
      date: 1_800_000_000,
      chat: privateChat(chatId),
      from: person(chatId),
      text,
    },
  };
}

export function mediaUpdate(chatId: number, kind: string, caption?: string): object {
  const { update_id, message } = textUpdate(chatId, '');
  return {
    update_id,
    message: { ...message, text: undefined, [kind]: [{ file_id: 'x' }], ...(caption === undefined ? {} : { caption }) },
  };
}

export function editUpdate(chatId: number, messageId: number, text: string): object {
  const { update_id, message } = textUpdate(chatId, text, { messageId });
  return { update_id, edited_message: { ...message, edit_date: 1_800_000_100 } };
}

export function groupUpdate(chatId: number, text: string): object {
  const { update_id, message } = textUpdate(chatId, text);
  return { update_id, message: { ...message, chat: { id: chatId, type: 'group', title: 'G' } } };
}

export function blockUpdate(chatId: number): object {
  const member = (status: string): object => ({ status, user: { id: 123456, is_bot: true, first_name: 'B' } });
  return {
    update_id: (nextUpdate += 1),
    my_chat_member: {
      chat: privateChat(chatId),
      from: person(chatId),
      date: 1_800_000_000,
      old_chat_member: member('member'),
      new_chat_member: member('kicked'),
    },
  };
}

/** A click on a button under one of the bot's messages. */
export function pressUpdate(chatId: number, message: SentMessage, data: string): object {
  return {
    update_id: (nextUpdate += 1),
    callback_query: {
      id: `press${nextUpdate}`,
      from: person(chatId),
      chat_instance: '1',
      data,
      message: {
        message_id: (nextMessage += 1),
        date: 1_800_000_000,
        chat: privateChat(chatId),
        text: message.text,
        reply_markup: {
          inline_keyboard: message.buttons.map((button) => [{ text: button.text, callback_data: button.data }]),
        },
      },
    },
  };
}

export async function startFakeTelegram(): Promise<FakeTelegram> {
  const calls: Call[] = [];
  const messages: SentMessage[] = [];
  const faults = new Map<string, Misbehaviour[]>();
  let offered: { update_id: number }[] = [];
  let webhookUrl = '';

  const answer = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const results: Readonly<Record<string, unknown>> = {
    getMe: {
      id: 123456,
      is_bot: true,
      first_name: 'Jobcenter-Lotse',
      username: 'lotse_bot',
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    },
  };
  const take = (method: string, body: Readonly<Record<string, unknown>>): void => {
    if (method === 'sendMessage') messages.push(readMessage(body));
    if (method === 'getUpdates') offered = offered.filter((update) => update.update_id >= Number(body['offset'] ?? 0));
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = /^\/bot[^/]+\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '';
      const text = Buffer.concat(chunks).toString();
      const body = (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
      calls.push({ method, body });
      const fault = faults.get(method)?.shift();
      if (fault?.kind === 'hangUp') {
        request.socket.destroy();
        return;
      }
      if (fault?.kind === 'error') {
        const parameters = fault.retryAfter === undefined ? {} : { parameters: { retry_after: fault.retryAfter } };
        answer(response, fault.code, { ok: false, error_code: fault.code, description: 'told to fail', ...parameters });
        return;
      }
      take(method, body);
      if (fault?.kind === 'takeAndHangUp') {
        request.socket.destroy();
        return;
      }
      if (method === 'getUpdates') {
        // A long poll: at once when there is something, else after a moment.
        const reply = (): void => {
          answer(response, 200, { ok: true, result: offered });
        };
        if (offered.length > 0) reply();
        else setTimeout(reply, 30);
        return;
      }
      answer(response, 200, { ok: true, result: results[method] ?? true });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const waitFor = async (condition: () => boolean, timeoutMs = 8_000): Promise<void> => {
    const until = Date.now() + timeoutMs;
    while (!condition()) {
      if (Date.now() > until)
        throw new Error(
          `Not within ${timeoutMs} ms; sent: ${JSON.stringify(messages.map(({ text }) => text.slice(0, 80)))}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    messages,
    misbehave(method, ...how) {
      faults.set(method, [...(faults.get(method) ?? []), ...how]);
    },
    offer(...updates) {
      offered.push(...(updates as { update_id: number }[]));
    },
    async deliver(update, { secret = telegramSecret, tries = 1 } = {}) {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const response = await fetch(webhookUrl, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
          body: JSON.stringify(update),
        });
        statuses.push(response.status);
        if (response.status === 200) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return statuses;
    },
    waitFor,
    async textsTo(chatId, count) {
      const texts = (): string[] => messages.filter((message) => message.chatId === chatId).map(({ text }) => text);
      await waitFor(() => texts().length >= count);
      return texts();
    },
    webhookAt(url) {
      webhookUrl = url;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function readMessage(body: Readonly<Record<string, unknown>>): SentMessage {
  const markup = body['reply_markup'] as { inline_keyboard?: { text: string; callback_data: string }[][] } | undefined;
  const quoted = body['reply_parameters'] as { message_id: number } | undefined;
  return {
    chatId: Number(body['chat_id']),
    text: String(body['text']),
    buttons: (markup?.inline_keyboard ?? [])
      .flat()
      .map((button) => ({ text: button.text, data: button.callback_data })),
    ...(quoted === undefined ? {} : { quote: quoted.message_id }),
  };
}
