/**
 * The window's own words: complete in every language, with the same places to fill, and understood by the service where they are sent.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHER_STRINGS, LANGUAGE_NAMES, STRINGS, directionOf } from '../../src/widget/strings';

const german: readonly (readonly [string, string])[] = Object.entries({ ...STRINGS.de });

test.each(Object.entries(STRINGS))('%s says everything and keeps the places', (_language, strings) => {
  const other: Readonly<Record<string, string>> = { ...strings };
  for (const [key, text] of german) {
    expect(other[key]?.trim()).toBeTruthy();
    expect([key, other[key]?.includes('{x}')]).toEqual([key, text.includes('{x}')]);
  }
});

test('the names of the languages are those the service knows', () => {
  for (const [language, name] of Object.entries(LANGUAGE_NAMES)) {
    const texts = readFileSync(join(__dirname, '..', '..', 'knowledge', 'texte', `${language}.yaml`), 'utf8');
    expect(texts).toContain(`sprache.name: ${name}\n`);
  }
});

test('the switch sends the words that the service takes as commands', () => {
  const texts = readFileSync(join(__dirname, '..', '..', 'knowledge', 'texte', 'de.yaml'), 'utf8');
  expect(texts).toMatch(/^wahl\.einfach\.wert: Einfache Sprache$/m);
  expect(texts).toMatch(new RegExp(`^wahl\\.alltag\\.wert: ${STRINGS.de.everydayCommand}$`, 'm'));
});

test('Arabic goes from right to left, the others do not', () => {
  expect(Object.keys(LAUNCHER_STRINGS).filter((language) => directionOf(language) === 'rtl')).toEqual(['ar']);
});
