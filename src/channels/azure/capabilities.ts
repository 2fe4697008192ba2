/**
 * What each channel behind Azure Bot Service can show. The only place that looks at a channel's name for it.
 * Source: Bot Framework channel reference, "Categorized activities by channel" and the limits of each messenger.
 */
import type { Capabilities } from '../../rendering/reply';

const plain: Capabilities = {
  markdown: false,
  suggestedActions: false,
  maxSuggestedActions: 0,
  adaptiveCards: false,
  structuredReply: false,
  maxChars: 1500,
  paged: true,
};
const web: Capabilities = {
  ...plain,
  paged: false,
  markdown: true,
  suggestedActions: true,
  maxSuggestedActions: 10,
  maxChars: 20_000,
};

const byChannel: Readonly<Record<string, Capabilities>> = {
  msteams: { ...plain, paged: false, markdown: true, adaptiveCards: true, maxChars: 20_000 },
  webchat: web,
  directline: web,
  emulator: web,
  telegram: { ...plain, suggestedActions: true, maxSuggestedActions: 10, maxChars: 4096 },
  facebook: { ...plain, suggestedActions: true, maxSuggestedActions: 10, maxChars: 2000 },
  line: { ...plain, suggestedActions: true, maxSuggestedActions: 13, maxChars: 5000 },
  whatsapp: { ...plain, maxChars: 4096 },
};

/** An unknown channel gets plain text with numbered choices: that arrives everywhere. */
export function capabilitiesOf(channelId: string): Capabilities {
  return Object.hasOwn(byChannel, channelId) ? (byChannel[channelId] ?? plain) : plain;
}
