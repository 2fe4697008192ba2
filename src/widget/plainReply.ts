/**
 * A message as plain words: for the announcement, reading aloud, copying, the saved file. The blocks decide, not the screen.
 */
import type { Block } from '../rendering/reply';
import { parseMarkdown, type Inline } from '../rendering/safeMarkdown';
import type { Message } from './conversation';
import type { Strings } from './strings';

type ServiceMessage = Extract<Message, { from: 'service' }>;

/** The whole answer with sources; `spoken` leaves out addresses nobody wants to hear. */
export function plainReply(message: ServiceMessage, strings: Strings, form: 'spoken' | 'written'): string {
  if (message.reply === undefined) return plainMarkdown(message.text, form);
  return message.reply.blocks
    .map((block) => plainBlock(block, strings, form))
    .filter((text) => text !== '')
    .join(form === 'spoken' ? '\n' : '\n\n');
}

function plainBlock(block: Block, strings: Strings, form: 'spoken' | 'written'): string {
  switch (block.type) {
    case 'text':
      return plainMarkdown(block.markdown, form);
    case 'heading':
      return `${block.text}${form === 'spoken' ? '.' : ''}`;
    case 'notice':
      return `${strings[block.tone]}: ${plainMarkdown(block.markdown, form)}`;
    case 'details':
      return form === 'spoken' ? '' : `${block.title}\n${plainMarkdown(block.markdown, form)}`;
    case 'events':
      return block.events
        .map((event) =>
          [
            event.title,
            plainMarkdown(event.when, form),
            `${strings.where}: ${event.where}`,
            plainMarkdown(event.description, form),
            ...(event.contradiction === undefined ? [] : [plainMarkdown(event.contradiction, form)]),
            `${strings.asOf}: ${event.asOf}`,
            ...event.sources.map((source) => `${strings.source}: ${source.title}${written(source.url, form)}`),
          ].join('\n'),
        )
        .join('\n\n');
    case 'links':
      return block.links.map((link) => `${link.title}${written(link.url, form)}`).join('\n');
    case 'provenance':
      return [
        `${strings.asOf}: ${block.asOf}`,
        ...block.sources.map((source) => `${strings.source}: ${source.title}${written(source.url, form)}`),
        ...(block.remark === undefined ? [] : [block.remark]),
      ].join('\n');
    case 'internal':
      return '';
  }
}

function written(url: string | undefined, form: 'spoken' | 'written'): string {
  return url === undefined || form === 'spoken' ? '' : ` (${url})`;
}

function plainMarkdown(markdown: string, form: 'spoken' | 'written'): string {
  const inline = (parts: readonly Inline[]): string =>
    parts
      .map((part) =>
        part.type === 'link' && part.url.startsWith('https:')
          ? `${part.title}${written(part.url, form)}`
          : part.type === 'link'
            ? part.title
            : part.text,
      )
      .join('');
  return parseMarkdown(markdown)
    .map((block) =>
      (block.type === 'list'
        ? block.items.map((item) => `${form === 'spoken' ? '' : '- '}${inline(item)}`)
        : block.lines.map(inline)
      ).join('\n'),
    )
    .join('\n');
}
