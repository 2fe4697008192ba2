/**
 * Begins the conversation while the chat itself is still on its way: token and conversation take as long as its script. Only when the chat is
 * being opened, and only where no conversation is kept. Whatever fails here is done again by the chat.
 */
import { hasConversation } from './session';
import type { WidgetSettings } from './settings';

/** Answer of `POST /conversations`, unchecked; undefined when it did not come. */
export type EarlyConversation = Promise<unknown>;

export function beginEarly(settings: WidgetSettings): EarlyConversation | undefined {
  return hasConversation() ? undefined : begin(settings).catch(() => undefined);
}

/** What the page has set, as the service reads it. */
export function pageChannelData({
  jobcenter,
  language,
  languageGiven,
}: WidgetSettings): Readonly<Record<string, string>> {
  return { ...(jobcenter === undefined ? {} : { jobcenter }), ...(languageGiven ? { language } : {}) };
}

async function begin(settings: WidgetSettings): Promise<unknown> {
  const post = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(`${settings.service}/v3/directline${path}`, {
      method: 'POST',
      credentials: 'omit',
      ...init,
    });
    return response.ok ? response.json() : undefined;
  };
  const first = await post('/tokens/generate', {});
  const token = typeof first === 'object' && first !== null && 'token' in first ? first.token : undefined;
  if (typeof token !== 'string') return undefined;
  return post('/conversations', {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ locale: settings.language, channelData: pageChannelData(settings) }),
  });
}
