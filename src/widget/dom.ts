/**
 * Builds elements. Text only ever becomes text: nothing here takes HTML.
 */
type Child = Node | string | undefined;
type Attribute = string | number | boolean | undefined | ((event: Event) => void);

/**
 * `h('a', { href: url, onclick: open }, 'Datenschutz')`: functions become listeners, `true` an empty attribute, `false` and `undefined` none.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A decorative 24×24 line drawing; what it means is said in text beside it. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** For screen readers only. */
export function hidden(text: string): HTMLElement {
  return h('span', { class: 'hidden' }, text);
}

/** Styles that no page policy blocks; browsers without constructable style sheets get an element with the page's nonce. */
export function applyStyles(root: ShadowRoot, css: string, nonce = ''): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = h('style', nonce === '' ? {} : { nonce });
    style.textContent = css;
    root.prepend(style);
  }
}

/** An element's `data-…` attributes. */
export function dataOf(element: HTMLElement): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(element.dataset));
}
