/**
 * A reply as activities, by what a channel can show and never by its name: our widget's blocks, a card, markdown, or plain text in parts.
 */
import type { Activity, SuggestedActions } from 'botbuilder';
import { ADAPTIVE_CARD, adaptiveCard } from './adaptiveCard';
import { markdownText } from './markdownText';
import { plainText, plainTextParts, splitText } from './plainText';
import type { Capabilities, Reply } from './reply';

/** A card's notification line. */
const SUMMARY_CHARS = 120;

export function toActivities(reply: Reply, capabilities: Capabilities): readonly Partial<Activity>[] {
  const buttons = suggested(reply, capabilities);
  const common: Partial<Activity> = {
    type: 'message',
    locale: reply.language,
    inputHint:
      reply.kind === 'clarify' || (reply.kind === 'jobcenter' && reply.choices.length === 0)
        ? 'expectingInput'
        : 'acceptingInput',
  };
  if (capabilities.structuredReply) {
    return [
      {
        ...common,
        textFormat: 'markdown',
        text: markdownText(reply, { withChoices: buttons.suggestedActions === undefined }),
        channelData: { reply },
        ...buttons,
      },
    ];
  }
  if (capabilities.adaptiveCards) {
    const summary = plainText({ ...reply, choices: [] }, { maxChars: SUMMARY_CHARS });
    return [{ ...common, summary, attachments: [{ contentType: ADAPTIVE_CARD, content: adaptiveCard(reply) }] }];
  }
  const listed = buttons.suggestedActions === undefined;
  const shown = listed ? reply : { ...reply, choices: [] };
  const parts = capabilities.markdown
    ? splitText(markdownText(shown, { withChoices: true }), capabilities.maxChars)
    : plainTextParts(shown, capabilities.maxChars);
  const last = parts.length - 1;
  return parts.map((text, index) => ({
    ...common,
    text,
    textFormat: capabilities.markdown ? 'markdown' : 'plain',
    // Buttons belong under the last message, or the next one would push them away.
    ...(index === last ? buttons : {}),
  }));
}

function suggested(reply: Reply, capabilities: Capabilities): { readonly suggestedActions?: SuggestedActions } {
  if (
    !capabilities.suggestedActions ||
    reply.choices.length === 0 ||
    reply.choices.length > capabilities.maxSuggestedActions
  )
    return {};
  return {
    suggestedActions: {
      to: [],
      actions: reply.choices.map((choice) => ({ type: 'imBack', title: choice.title, value: choice.value })),
    },
  };
}
