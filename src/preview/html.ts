/**
 * A reply as HTML for the preview page: the widget's blocks and the Teams card, near enough for an editor to judge wording and order.
 * Escapes everything; what is shown is parsed by the same markdown subset that channels get. Not the widget itself.
 */
import type { AdaptiveCard } from '../rendering/adaptiveCard';
import { mapUrl, provenanceText } from '../rendering/plainText';
import type { Block, EventView, Reply } from '../rendering/reply';
import { isSafeUrl, parseMarkdown, type Inline } from '../rendering/safeMarkdown';

export function replyHtml(reply: Reply): string {
  const choices = reply.choices.map(({ title }) => `<span class="choice">${escapeHtml(title)}</span>`).join('');
  return `${reply.blocks.map((block) => blockHtml(block, reply)).join('')}${choices === '' ? '' : `<p class="choices">${choices}</p>`}`;
}

function blockHtml(block: Block, reply: Reply): string {
  switch (block.type) {
    case 'text':
      return markdownHtml(block.markdown);
    case 'heading':
      return `<h3>${escapeHtml(block.text)}</h3>`;
    case 'details':
      return `<details><summary>${escapeHtml(block.title)}</summary>${markdownHtml(block.markdown)}</details>`;
    case 'notice':
      return `<div class="notice ${block.tone}">${markdownHtml(block.markdown)}</div>`;
    case 'events':
      return block.events.map(eventHtml).join('');
    case 'links':
      return `<p>${block.links.map(({ title, url }) => linkHtml(title, url)).join(' · ')}</p>`;
    case 'provenance':
      return `<p class="provenance">${lines(provenanceText(block, reply.language, reply.labels))}</p>`;
    case 'internal':
      return `<div class="notice internal"><strong>${escapeHtml(reply.labels?.internal ?? 'Intern')}</strong>${markdownHtml(block.markdown)}</div>`;
  }
}

function eventHtml(event: EventView): string {
  const map = event.past || event.mapQuery === undefined ? '' : `<p>${linkHtml('Karte', mapUrl(event.mapQuery))}</p>`;
  return (
    `<article><h3>${escapeHtml(event.title)}</h3>${markdownHtml(event.when)}<p>${escapeHtml(event.where)}</p>` +
    `${markdownHtml(event.description)}${event.contradiction === undefined ? '' : `<div class="notice info">${markdownHtml(event.contradiction)}</div>`}${map}</article>`
  );
}

/** A JSON value of the card that is an element. */
type Element = Readonly<Record<string, unknown>>;

export function cardHtml(card: AdaptiveCard): string {
  return card.body.map(elementHtml).join('');
}

function elementHtml(element: Element): string {
  switch (element['type']) {
    case 'TextBlock': {
      const html = markdownHtml(textOf(element['text']));
      if (element['style'] === 'heading') return `<div class="heading">${html}</div>`;
      return element['isSubtle'] === true ? `<div class="provenance">${html}</div>` : html;
    }
    case 'Container': {
      const inner = elements(element['items']).map(elementHtml).join('');
      if (element['isVisible'] === false)
        return `<details><summary>öffnet sich auf Knopfdruck</summary>${inner}</details>`;
      return element['style'] === undefined ? `<article>${inner}</article>` : `<div class="notice info">${inner}</div>`;
    }
    case 'ActionSet':
      return `<p class="choices">${elements(element['actions'])
        .map((action) => `<span class="choice">${escapeHtml(textOf(action['title']))}</span>`)
        .join('')}</p>`;
    default:
      return '';
  }
}

function elements(value: unknown): readonly Element[] {
  return Array.isArray(value) ? value.filter((each): each is Element => typeof each === 'object' && each !== null) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function markdownHtml(markdown: string): string {
  return parseMarkdown(markdown)
    .map((block) =>
      block.type === 'list'
        ? `<ul>${block.items.map((item) => `<li>${item.map(inlineHtml).join('')}</li>`).join('')}</ul>`
        : `<p>${block.lines.map((line) => line.map(inlineHtml).join('')).join('<br>')}</p>`,
    )
    .join('');
}

function inlineHtml(inline: Inline): string {
  if (inline.type === 'bold') return `<strong>${escapeHtml(inline.text)}</strong>`;
  return inline.type === 'link' ? linkHtml(inline.title, inline.url) : escapeHtml(inline.text);
}

function linkHtml(title: string, url: string): string {
  if (!isSafeUrl(url)) return escapeHtml(title);
  return `<a href="${escapeHtml(url)}" target="_blank" rel="noreferrer">${escapeHtml(title)}</a>`;
}

function lines(text: string): string {
  return text.split('\n').map(escapeHtml).join('<br>');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
