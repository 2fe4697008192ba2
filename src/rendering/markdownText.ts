/**
 * A reply as one markdown text, for channels that show markdown but neither our widget's blocks nor cards.
 */
import { shortDay } from './dates';
import { mapUrl, provenanceText } from './plainText';
import type { Block, EventView, Reply } from './reply';
import { isSafeUrl } from './safeMarkdown';

/** `withChoices`: numbered choices at the end, where the channel has no buttons for them. */
export function markdownText(reply: Reply, options: { readonly withChoices: boolean }): string {
  const blocks = reply.blocks.map((block) => blockMarkdown(block, reply)).filter((text) => text !== '');
  return [...blocks, ...(options.withChoices ? choices(reply) : [])].join('\n\n').trim();
}

function choices(reply: Reply): readonly string[] {
  if (reply.choices.length === 0) return [];
  const lines = reply.choices.map((choice, index) => `${index + 1}. ${choice.title}`).join('\n');
  return reply.labels === undefined ? [lines] : [lines, reply.labels.chooseHint];
}

function blockMarkdown(block: Block, reply: Reply): string {
  switch (block.type) {
    case 'text':
    case 'notice':
      return block.markdown;
    case 'heading':
      return `**${block.text}**`;
    case 'details':
      return `**${block.title}**\n\n${block.markdown}`;
    case 'events':
      return block.events.map((event) => eventMarkdown(event, reply)).join('\n\n');
    case 'links':
      return block.links.map((link) => `- [${link.title}](${link.url})`).join('\n');
    case 'provenance':
      return provenanceText(block, reply.language, reply.labels);
    case 'internal':
      return `**${reply.labels?.internal ?? ''}**\n\n${block.markdown}`;
  }
}

export function eventMarkdown(event: EventView, reply: Reply): string {
  const map =
    event.past || event.mapQuery === undefined || reply.labels === undefined
      ? []
      : [`[${reply.labels.map}](${mapUrl(event.mapQuery)})`];
  const sources = event.sources.map((source) =>
    source.url === undefined || !isSafeUrl(source.url) ? source.title : `[${source.title}](${source.url})`,
  );
  const stand = `${reply.labels?.asOf ?? ''}: ${shortDay(event.asOf, reply.language)}`;
  const origin = `${reply.labels?.source ?? ''}: ${sources.join(', ')}`;
  // In a list the sources stand once, below it.
  const sourced = event.sources.length === 0 ? [] : [stand, origin];
  const contradiction = event.contradiction === undefined ? [] : [event.contradiction];
  return [`**${event.title}**`, event.when, event.where, event.description, ...contradiction, ...map, ...sourced].join(
    '\n\n',
  );
}
