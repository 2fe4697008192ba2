/** Where in a text something stands, and the text without it. Does not look whether the spans are of that text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The text with a blank for each of the spans. */
export function without(text: string, spans: readonly Span[]): string {
  return [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text);
}
