/**
 * A reply's blocks as elements. Markdown is parsed into the same small tree as on the server, and only that tree becomes elements:
 * whatever else a text contains stays text. Links go to https, mail or telephone and say where.
 */
import { calendarFile } from '../rendering/calendarFile';
import type { Block, EventView, Reply } from '../rendering/reply';
import { isSafeUrl, parseMarkdown, type Inline } from '../rendering/safeMarkdown';
import type { Link, Source } from '../knowledge/model';
import { h, hidden, icon } from './dom';
import { directionOf, type Strings } from './strings';

export const ICONS = {
  external: 'M14 5h5v5M19 5l-8 8M10 6H6v12h12v-4',
  calendar: 'M5 7h14v12H5zM5 11h14M9 4v4M15 4v4',
  map: 'M12 21s6-6 6-11a6 6 0 0 0-12 0c0 5 6 11 6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
} as const;

export interface ReplyViewOptions {
  readonly strings: Strings;
  readonly now: () => Date;
}

export function replyBlocks(reply: Reply, options: ReplyViewOptions): readonly HTMLElement[] {
  return reply.blocks.flatMap((block) => {
    const element = blockElement(block, reply, options);
    if (element === undefined) return [];
    const language = 'language' in block ? block.language : undefined;
    if (language !== undefined && language !== reply.language) {
      element.lang = language;
      element.dir = directionOf(language);
    }
    return [element];
  });
}

/** A message without blocks: its markdown. */
export function markdownBlock(markdown: string, strings: Strings): HTMLElement {
  return h('div', { class: 'text' }, ...markdownElements(markdown, strings));
}

function blockElement(block: Block, reply: Reply, options: ReplyViewOptions): HTMLElement | undefined {
  const { strings } = options;
  switch (block.type) {
    case 'text':
      return markdownBlock(block.markdown, strings);
    case 'heading':
      return h('h4', {}, block.text);
    case 'details':
      return h(
        'details',
        {},
        h('summary', {}, block.title),
        h('div', { class: 'text' }, ...markdownElements(block.markdown, strings)),
      );
    case 'notice':
      return h(
        'div',
        { class: `notice ${block.tone}`, role: 'note' },
        h('p', { class: 'tone' }, strings[block.tone]),
        ...markdownElements(block.markdown, strings),
      );
    case 'events':
      return h(
        'ul',
        { class: 'events' },
        ...block.events.map((event) => h('li', {}, eventElement(event, reply, options))),
      );
    case 'links':
      return h('ul', { class: 'links' }, ...block.links.map((link) => h('li', {}, linkElement(link, strings))));
    case 'provenance':
      return h(
        'div',
        { class: 'provenance' },
        ...provenance(block.asOf, block.sources, reply, strings),
        block.legalBasis.length === 0
          ? undefined
          : h('p', { lang: 'de', dir: 'ltr' }, `${strings.legalBasis}: ${block.legalBasis.join(', ')}`),
        block.remark === undefined ? undefined : h('p', {}, block.remark),
      );
    case 'internal':
      return undefined;
  }
}

function provenance(asOf: string, sources: readonly Source[], reply: Reply, strings: Strings): readonly HTMLElement[] {
  const stand = h(
    'p',
    {},
    h('strong', {}, `${reply.labels?.asOf ?? strings.asOf}: `),
    h('time', { datetime: asOf }, shortDate(asOf, reply.language)),
  );
  if (sources.length === 0) return [stand];
  const label = h('strong', {}, `${reply.labels?.source ?? strings.source}: `);
  const items = sources.map((source) => sourceElement(source, strings));
  if (items.length === 1) return [stand, h('p', {}, label, ...items)];
  return [stand, h('p', {}, label), h('ul', {}, ...items.map((item) => h('li', {}, item)))];
}

function sourceElement(source: Source, strings: Strings): HTMLElement {
  const date = source.date === undefined ? '' : `, ${shortDate(source.date, 'de')}`;
  if (source.url === undefined || !isSafeUrl(source.url))
    return h('span', { lang: 'de', dir: 'ltr' }, `${source.title}${date}`);
  return h(
    'span',
    { lang: 'de', dir: 'ltr' },
    linkElement({ title: source.title, url: source.url }, strings),
    date === '' ? undefined : date,
  );
}

function eventElement(event: EventView, reply: Reply, options: ReplyViewOptions): HTMLElement {
  const { strings } = options;
  const file = calendarFile(
    event,
    options
      .now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, ''),
  );
  return h(
    'article',
    { class: 'event' },
    h('h5', {}, event.title, event.past ? h('span', { class: 'badge' }, strings.past) : undefined),
    h(
      'dl',
      {},
      h('dt', {}, strings.when),
      h('dd', {}, ...inlineOf(event.when, strings)),
      h('dt', {}, strings.where),
      h('dd', {}, event.where),
    ),
    ...markdownElements(event.description, strings),
    event.contradiction === undefined
      ? undefined
      : h('div', { class: 'notice warning', role: 'note' }, ...markdownElements(event.contradiction, strings)),
    h(
      'p',
      { class: 'row' },
      event.mapQuery === undefined
        ? undefined
        : linkElement(
            {
              title: reply.labels?.map ?? strings.map,
              url: `https://www.openstreetmap.org/search?query=${encodeURIComponent(event.mapQuery)}`,
            },
            strings,
          ),
      file === undefined ? undefined : calendarButton(file, event.id, strings),
    ),
    h('div', { class: 'provenance' }, ...provenance(event.asOf, event.sources, reply, strings)),
  );
}

function calendarButton(file: string, id: string, strings: Strings): HTMLElement {
  const save = (): void => {
    download(new Blob([file], { type: 'text/calendar;charset=utf-8' }), `${id}.ics`);
  };
  return h('button', { type: 'button', class: 'small', onclick: save }, icon(ICONS.calendar), strings.calendar);
}

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  h('a', { href: url, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

/** Web links open beside the chat and say so; mail and telephone do not leave the page. */
function linkElement(link: Link, strings: Strings): HTMLElement | Text {
  if (!isSafeUrl(link.url)) return document.createTextNode(link.title);
  if (!/^https:/i.test(link.url)) return h('a', { href: link.url }, link.title);
  return h(
    'a',
    { href: link.url, target: '_blank', rel: 'noopener noreferrer', title: hostOf(link.url) },
    link.title,
    icon(ICONS.external),
    hidden(` (${hostOf(link.url)}, ${strings.newWindow})`),
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}

function markdownElements(markdown: string, strings: Strings): readonly HTMLElement[] {
  const inlined = (inline: Inline): Node => inlineElement(inline, strings);
  return parseMarkdown(markdown).map((block) =>
    block.type === 'list'
      ? h('ul', {}, ...block.items.map((item) => h('li', {}, ...item.map(inlined))))
      : h('p', {}, ...block.lines.flatMap((line, index) => [...(index === 0 ? [] : [h('br')]), ...line.map(inlined)])),
  );
}

function inlineOf(markdown: string, strings: Strings): readonly Node[] {
  const inlined = (inline: Inline): Node => inlineElement(inline, strings);
  return parseMarkdown(markdown).flatMap((block) =>
    (block.type === 'list' ? block.items : block.lines).flatMap((line) => line.map(inlined)),
  );
}

function inlineElement(inline: Inline, strings: Strings): Node {
  if (inline.type === 'bold') return h('strong', {}, inline.text);
  if (inline.type === 'link') return linkElement({ title: inline.title, url: inline.url }, strings);
  return document.createTextNode(inline.text);
}

function shortDate(date: string, language: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return date;
  return new Date(Date.UTC(year, month - 1, day)).toLocaleDateString(language, {
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
}
