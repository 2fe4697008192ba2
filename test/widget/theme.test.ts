/**
 * Whatever colour a website gives, text can be read on it.
 */
import fc from 'fast-check';
import { contrast, palette, parseColour, type Rgb } from '../../src/widget/theme';

const parse = (text: string): Rgb => parseColour(text) ?? [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

test('contrast is that of WCAG: 21 for black on white, 1 for the same, 4.54 for #767676 on white', () => {
  expect(contrast([0, 0, 0], WHITE)).toBeCloseTo(21, 5);
  expect(contrast(WHITE, WHITE)).toBe(1);
  expect(contrast(parse('#767676'), WHITE)).toBeCloseTo(4.54, 2);
});

test.each([
  ['#1b4f72', '#ffffff'],
  ['#ffd500', '#151c24'],
  ['#000000', '#ffffff'],
  ['#ffffff', '#151c24'],
])('on %s is written in %s', (accent, onAccent) => {
  expect(palette(accent).onAccent).toBe(onAccent);
});

test('the accent as text is readable on light and dark surfaces, for every colour', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => {
      const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      const { accentOnLight, accentOnDark } = palette(colour);
      return (
        contrast(parse(accentOnLight), WHITE) >= 4.5 &&
        contrast(parse(accentOnLight), parse('#eef2f6')) >= 4.5 &&
        contrast(parse(accentOnDark), parse('#1d242c')) >= 4.5
      );
    }),
  );
});

test.each(['red', '#12', 'url(x)', '#1b4f72; color:red', ''])('%j is no colour, ours is taken', (text) => {
  expect(parseColour(text)).toBeUndefined();
  expect(palette(text).accent).toBe('#1b4f72');
});
