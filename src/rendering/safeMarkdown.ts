/**
 * The markdown subset that may leave the service: paragraphs, `-` lists, `**bold**` and https, mailto and tel links.
 * Everything else becomes inert text: HTML, images, other schemes, reference links, control and direction characters.
 * It parses into a small tree, so that each renderer decides on meaning and never on characters.
 */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bold'; readonly text: string }
  | { readonly type: 'link'; readonly title: string; readonly url: string };

export type Paragraph = { readonly type: 'paragraph'; readonly lines: readonly (readonly Inline[])[] };
export type List = { readonly type: 'list'; readonly items: readonly (readonly Inline[])[] };

/** Whether a citizen may be sent to the address. */
export function isSafeUrl(url: string): boolean {
  return /^https:\/\/[^\s<>"'`()]+$/i.test(url) || /^mailto:[^\s<>"'`()]+$/i.test(url) || /^tel:\+?[0-9-]+$/i.test(url);
}

/** Text without characters that change direction, hide or break: C0/C1 controls, bidi overrides, lone surrogates. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replace(/\t/g, ' ');
}

/** Words that came from a person or another system, so that they cannot become markdown. */
export function plainWords(text: string, maxChars = 80): string {
  const words = cleanText(text)
    .replace(/[<>[\]()*_`#\\|~!{}]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = Array.from(words);
  return letters.length <= maxChars ? words : `${letters.slice(0, maxChars - 1).join('')}…`;
}

export function parseMarkdown(markdown: string): readonly (Paragraph | List)[] {
  const blocks: (Paragraph | List)[] = [];
  let lines: (readonly Inline[])[] = [];
  let items: string[] = [];
  const endParagraph = (): void => {
    if (lines.length > 0) blocks.push({ type: 'paragraph', lines });
    lines = [];
  };
  const endList = (): void => {
    if (items.length > 0) blocks.push({ type: 'list', items: items.map(parseInline) });
    items = [];
  };
  for (const raw of cleanText(markdown).split('\n')) {
    const line = raw.trim();
    const item = /^[-*•]\s+(.*)$/.exec(line);
    if (line === '') {
      endParagraph();
      endList();
    } else if (item !== null) {
      endParagraph();
      items.push(item[1] ?? '');
    } else if (items.length > 0 && /^\s/.test(raw)) {
      items[items.length - 1] = `${items.at(-1) ?? ''} ${line}`;
    } else {
      endList();
      lines.push(parseInline(line.replace(/^(#{1,6}\s+|>\s*|\d+\\?\.\s{4,})/, '')));
    }
  }
  endParagraph();
  endList();
  return blocks;
}

/** The same text, reduced to the subset. */
export function safeMarkdown(markdown: string): string {
  return parseMarkdown(markdown)
    .map((block) =>
      block.type === 'list'
        ? block.items.map((item) => `- ${item.map(inlineMarkdown).join('')}`).join('\n')
        : block.lines.map((line) => line.map(inlineMarkdown).join('')).join('\n'),
    )
    .join('\n\n');
}

const LINK_OR_BOLD = /!?\[([^[\]]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s[^()]*)?\)|\*\*([^*]+)\*\*/g;

function parseInline(line: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(LINK_OR_BOLD)) {
    pushText(inlines, line.slice(end, match.index));
    end = match.index + match[0].length;
    const [, title, url, bold] = match;
    if (bold !== undefined) inlines.push({ type: 'bold', text: inert(bold) });
    else if (url !== undefined && isSafeUrl(url)) inlines.push({ type: 'link', title: inert(title ?? '') || url, url });
    else pushText(inlines, title ?? '');
  }
  pushText(inlines, line.slice(end));
  return inlines;
}

/** Neighbouring texts become one, so that nothing dangerous can form across their seam. */
function pushText(inlines: Inline[], text: string): void {
  const before = inlines.at(-1);
  if (text === '') return;
  if (before?.type === 'text') inlines[inlines.length - 1] = { type: 'text', text: inert(before.text + text) };
  else inlines.push({ type: 'text', text: inert(text) });
}

/** No HTML, no code, no image, no reference link can start from what is left. */
function inert(text: string): string {
  return text
    .replace(/</g, '‹')
    .replace(/>/g, '›')
    .replace(/`/g, '’')
    .replace(/\\/g, '')
    .replace(/\]\s*(?=[(:[])/g, '] ');
}

function inlineMarkdown(inline: Inline): string {
  if (inline.type === 'bold') return `**${inline.text}**`;
  if (inline.type === 'link') return `[${inline.title.replace(/[[\]]/g, '')}](${inline.url})`;
  return inline.text;
}
