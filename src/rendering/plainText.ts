/**
 * A reply as plain text: for messengers, SMS, the command line and as the fallback of every card. Nothing is lost: links are spelled out,
 * choices numbered, details written in full. Long texts are split at sentences.
 */
import { shortDay } from './dates';
import type { Block, EventView, Reply, ReplyLabels } from './reply';
import { isSafeUrl, parseMarkdown, type Inline } from './safeMarkdown';

/** The whole reply, or its first `maxChars` with the hint that „mehr“ brings the rest. */
export function plainText(reply: Reply, options: { readonly maxChars?: number } = {}): string {
  const text = wholeText(reply);
  if (options.maxChars === undefined || text.length <= options.maxChars) return text;
  const hint = reply.labels === undefined ? '' : `\n${reply.labels.moreHint}`;
  const [first = ''] = splitText(text, Math.max(20, options.maxChars - hint.length));
  return `${first}${hint}`;
}

/** The whole reply in messages of at most `maxChars`. */
export function plainTextParts(reply: Reply, maxChars: number): readonly string[] {
  return splitText(wholeText(reply), maxChars);
}

export function markdownToText(markdown: string): string {
  return parseMarkdown(markdown)
    .map((block) =>
      (block.type === 'list'
        ? block.items.map((item) => `- ${item.map(inlineText).join('')}`)
        : block.lines.map((line) => line.map(inlineText).join(''))
      ).join('\n'),
    )
    .join('\n\n');
}

/** Splits at paragraphs, else sentences, else words, else anywhere: no part is longer than `maxChars`, nothing is dropped but blanks. */
export function splitText(text: string, maxChars: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > maxChars) {
    const window = rest.slice(0, maxChars);
    const at =
      [window.lastIndexOf('\n\n'), lastSentenceEnd(window), window.lastIndexOf('\n'), window.lastIndexOf(' ')].find(
        (index) => index > maxChars / 3,
      ) ?? safeCut(window);
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

/** `Stand: 22.11.2026 · § 32 SGB II`, then the sources, then the remark. */
export function provenanceText(
  block: Extract<Block, { type: 'provenance' }>,
  language: string,
  labels: ReplyLabels | undefined,
): string {
  const stand = [
    `${labels === undefined ? '' : `${labels.asOf}: `}${shortDay(block.asOf, language)}`,
    ...block.legalBasis,
  ].join(' · ');
  return [stand, ...sourceLines(block.sources, labels), ...(block.remark === undefined ? [] : [block.remark])].join(
    '\n',
  );
}

function wholeText(reply: Reply): string {
  const blocks = reply.blocks.map((block) => blockText(block, reply)).filter((text) => text !== '');
  return [...blocks, ...choicesText(reply)].join('\n\n').trim();
}

function choicesText(reply: Reply): readonly string[] {
  if (reply.choices.length === 0) return [];
  const lines = reply.choices.map((choice, index) => `${index + 1}. ${choice.title}`);
  return [[...lines, ...(reply.labels === undefined ? [] : [reply.labels.chooseHint])].join('\n')];
}

function blockText(block: Block, reply: Reply): string {
  switch (block.type) {
    case 'text':
    case 'notice':
      return markdownToText(block.markdown);
    case 'heading':
      return block.text;
    case 'details':
      return `${block.title}:\n${markdownToText(block.markdown)}`;
    case 'events':
      return block.events.map((event) => eventText(event, reply)).join('\n\n');
    case 'links':
      return block.links.map((link) => `${link.title}: ${link.url}`).join('\n');
    case 'provenance':
      return provenanceText(block, reply.language, reply.labels);
    case 'internal':
      return `${reply.labels === undefined ? '' : `${reply.labels.internal}: `}${markdownToText(block.markdown)}`;
  }
}

function eventText(event: EventView, reply: Reply): string {
  const { labels } = reply;
  return [
    event.title,
    markdownToText(event.when),
    event.where,
    markdownToText(event.description),
    ...(event.contradiction === undefined ? [] : [markdownToText(event.contradiction)]),
    ...(event.past || event.mapQuery === undefined || labels === undefined
      ? []
      : [`${labels.map}: ${mapUrl(event.mapQuery)}`]),
    // In a list the sources stand once, below it.
    ...(event.sources.length === 0
      ? []
      : [
          `${labels === undefined ? '' : `${labels.asOf}: `}${shortDay(event.asOf, reply.language)}`,
          ...sourceLines(event.sources, labels),
        ]),
  ].join('\n');
}

export function mapUrl(query: string): string {
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(query)}`;
}

function sourceLines(
  sources: readonly { readonly title: string; readonly url?: string }[],
  labels: ReplyLabels | undefined,
): readonly string[] {
  const label = labels === undefined ? '' : `${labels.source}: `;
  return sources.map(({ title, url }) =>
    url === undefined || !isSafeUrl(url) ? `${label}${title}` : `${label}${title}, ${url}`,
  );
}

function inlineText(inline: Inline): string {
  if (inline.type !== 'link') return inline.text;
  const target = inline.url.replace(/^(mailto|tel):/, '');
  return inline.title === target || inline.url.startsWith('tel:') || inline.url === `https://${inline.title}`
    ? inline.url.startsWith('https:')
      ? inline.url
      : inline.title
    : `${inline.title} (${target})`;
}

function lastSentenceEnd(window: string): number {
  const ends = [...window.matchAll(/[.!?…]["“”)]*\s/g)];
  const last = ends.at(-1);
  return last === undefined ? -1 : last.index + last[0].length;
}

/** Never between the halves of a surrogate pair. */
function safeCut(window: string): number {
  const last = window.charCodeAt(window.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? window.length - 1 : window.length;
}
