/**
 * A reply page by page, for messengers: first the answer, its details and what does not fit into a message when „mehr“ is said. Nothing is lost:
 * the pages together hold every word of the whole reply. Each page but the last says how to go on.
 */
import type { Activity } from 'botbuilder';
import { plainText, splitText } from './plainText';
import type { Capabilities, Reply } from './reply';
import { toActivities } from './toActivities';

/** What a button and a person say for the next page. */
export const MORE = 'mehr';

export interface PagedReply {
  readonly first: readonly Partial<Activity>[];
  /** Texts of the pages that wait. */
  readonly rest: readonly string[];
}

export function pagedReply(reply: Reply, capabilities: Capabilities): PagedReply {
  const listed = !showsButtons(reply, capabilities);
  const main = { ...reply, blocks: reply.blocks.filter(({ type }) => type !== 'details') };
  const details = { ...reply, choices: [], blocks: reply.blocks.filter(({ type }) => type === 'details') };
  const hint = reply.labels === undefined ? '' : `\n\n${reply.labels.moreHint}`;
  const room = capabilities.maxChars - hint.length;
  const texts = [
    ...splitText(plainText(listed ? main : { ...main, choices: [] }), room),
    ...(details.blocks.length === 0 ? [] : splitText(plainText(details), room)),
  ];
  const [first = '', ...rest] = texts.map((text, index) => (index < texts.length - 1 ? `${text}${hint}` : text));
  const [shell] = toActivities({ ...reply, blocks: [] }, capabilities);
  return { first: [{ ...shell, text: first, ...withMore(shell, reply, rest.length > 0) }], rest };
}

function showsButtons({ choices }: Reply, capabilities: Capabilities): boolean {
  return capabilities.suggestedActions && choices.length > 0 && choices.length <= capabilities.maxSuggestedActions;
}

/** Where there are buttons, „mehr“ is the first of them. */
function withMore(shell: Partial<Activity> | undefined, reply: Reply, waits: boolean): Partial<Activity> {
  const buttons = shell?.suggestedActions;
  if (!waits || buttons === undefined || reply.labels?.more === undefined) return {};
  const more = { type: 'imBack', title: reply.labels.more, value: MORE };
  return { suggestedActions: { ...buttons, actions: [more, ...buttons.actions] } };
}
