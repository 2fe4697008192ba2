/**
 * Colours with the contrast WCAG 2.2 asks for, whatever colour a website gives: text on the accent, and the accent as text, are computed.
 * Source: WCAG 2.2, relative luminance and contrast ratio.
 */
export type Rgb = readonly [red: number, green: number, blue: number];

export const DEFAULT_ACCENT = '#1b4f72';

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [21, 28, 36];
const NIGHT: Rgb = [29, 36, 44];
const TEXT_CONTRAST = 4.5;

export function parseColour(text: string): Rgb | undefined {
  const match = /^\s*#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\s*$/i.exec(text);
  if (match === null) return undefined;
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => parseInt(part, 16));
  return [red, green, blue];
}

/** 1 (same) to 21 (black on white). */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((first, second) => second - first);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

export interface Palette {
  readonly accent: string;
  /** White or ink, whichever can be read on the accent. */
  readonly onAccent: string;
  /** The accent as text or line on a light and on a dark surface. */
  readonly accentOnLight: string;
  readonly accentOnDark: string;
}

export function palette(accentText: string): Palette {
  const accent = parseColour(accentText) ?? parseColour(DEFAULT_ACCENT) ?? INK;
  return {
    accent: hex(accent),
    onAccent: hex(
      contrast(accent, WHITE) >= TEXT_CONTRAST ? WHITE : contrast(accent, INK) >= TEXT_CONTRAST ? INK : WHITE,
    ),
    accentOnLight: hex(readableOn([238, 242, 246], accent, [0, 0, 0])),
    accentOnDark: hex(readableOn(NIGHT, accent, WHITE)),
  };
}

/** The colour moved towards `end` until it can be read on the surface. */
function readableOn(surface: Rgb, colour: Rgb, end: Rgb): Rgb {
  for (let step = 0; step <= 20; step += 1) {
    const mixed = mix(colour, end, step / 20);
    if (contrast(mixed, surface) >= TEXT_CONTRAST) return mixed;
  }
  return end;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (a: number, b: number): number => Math.round(a + (b - a) * share);
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])];
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function hex(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
