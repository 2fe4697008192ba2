/**
 * A reply as an Adaptive Card 1.5 (what Teams shows today). Details open in place; every button sends plain text, so that typing it works as well.
 */
import { eventMarkdown } from './markdownText';
import { plainText, provenanceText } from './plainText';
import type { Block, Reply } from './reply';

/** JSON of a card element; the schema is Microsoft's. */
type CardElement = Readonly<Record<string, unknown>>;

export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: string;
  readonly version: '1.5';
  readonly lang: string;
  readonly rtl?: boolean;
  /** Shown where cards, or this version of them, are not understood. */
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardElement[];
}

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export function adaptiveCard(reply: Reply): AdaptiveCard {
  const body = reply.blocks.flatMap((block, index) => elements(block, reply, `mehr${index}`));
  const actions = [...reply.choices.map((choice) => submit(choice.title, choice.value)), ...feedback(reply)];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: reply.language,
    fallbackText: plainText(reply),
    ...(reply.language === 'ar' ? { rtl: true } : {}),
    // Teams shows six actions below a card and hides the rest; an action set inside the body has no such limit.
    body:
      actions.length === 0
        ? body
        : [...body, ...actions.map((action) => ({ type: 'ActionSet', spacing: 'Small', actions: [action] }))],
  };
}

function feedback(reply: Reply): readonly CardElement[] {
  if (reply.feedbackFor === undefined || reply.labels === undefined) return [];
  const { helpful, notHelpful } = reply.labels;
  return [submit(helpful.title, helpful.value), submit(notHelpful.title, notHelpful.value)];
}

function elements(block: Block, reply: Reply, id: string): readonly CardElement[] {
  switch (block.type) {
    case 'text':
      return [text(block.markdown)];
    case 'heading':
      return [text(block.text, { weight: 'Bolder', size: 'Medium', style: 'heading' })];
    case 'details':
      return [
        { type: 'ActionSet', actions: [{ type: 'Action.ToggleVisibility', title: block.title, targetElements: [id] }] },
        { type: 'Container', id, isVisible: false, items: [text(block.markdown)] },
      ];
    case 'notice':
      return [
        {
          type: 'Container',
          style: { help: 'attention', warning: 'warning', info: 'emphasis' }[block.tone],
          items: [text(block.markdown)],
        },
      ];
    case 'events':
      return block.events.map((event) => ({
        type: 'Container',
        separator: true,
        items: [text(eventMarkdown(event, reply))],
      }));
    case 'links':
      return [
        {
          type: 'ActionSet',
          actions: block.links.map((link) => ({ type: 'Action.OpenUrl', title: link.title, url: link.url })),
        },
      ];
    case 'provenance':
      return [
        text(provenanceText(block, reply.language, reply.labels).replace(/\n/g, '\n\n'), {
          size: 'Small',
          isSubtle: true,
        }),
      ];
    case 'internal':
      return [
        {
          type: 'Container',
          style: 'accent',
          items: [text(reply.labels?.internal ?? '', { weight: 'Bolder' }), text(block.markdown)],
        },
      ];
  }
}

function text(markdown: string, more: CardElement = {}): CardElement {
  return { type: 'TextBlock', wrap: true, text: markdown, ...more };
}

/**
 * The value arrives in `activity.value.lotse`. Teams could show a click as the person's message (`msteams: messageBack`), but the Agents
 * Playground 0.2.28 sends nothing for such a button (its card library writes into a frozen object); plain submits work in both.
 */
function submit(title: string, value: string): CardElement {
  return { type: 'Action.Submit', title, data: { lotse: value } };
}
