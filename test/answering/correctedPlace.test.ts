import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { correctedPlace } from '../../src/answering/places/correctedPlace';
import { createPlaceFinder } from '../../src/answering/places/placeFinder';
import { jobcenterSchema, toJobcenter } from '../../src/knowledge/schema/jobcenter';

const folder = join(__dirname, '../../knowledge/jobcenter');
const places = createPlaceFinder(
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) =>
      toJobcenter(jobcenterSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))), { file, line: 1, column: 1 }),
    ),
);

function where(text: string, isSpokenOf: boolean): string | undefined {
  const found = correctedPlace(text, places, isSpokenOf);
  return found?.span === undefined ? undefined : text.slice(found.span.start, found.span.end);
}

describe('where places are spoken of', () => {
  test.each([
    ['nein ich meinte essen', 'essen'],
    ['ok, dann düren', 'düren'],
    ['ach nee, bad berleburg', 'bad berleburg'],
    ['nee, essen meinte ich', 'essen'],
    ['quatsch, hamm bitte', 'hamm'],
    ['also nach marl', 'marl'],
  ])('a place behind words of correction is meant: %s', (text, place) => {
    expect(where(text, true)).toBe(place);
  });

  test.each([
    ['nein danke'],
    ['ok dann tschüss'],
    ['nein ich hab hunger'],
    ['essen'],
    ['dann solingenn'],
    ['nein'],
    [''],
  ])('nothing else is: „%s“', (text) => {
    expect(where(text, true)).toBeUndefined();
  });
});

describe('where none is', () => {
  test('a correction names none', () => {
    expect(where('nein ich meinte essen', false)).toBeUndefined();
    expect(where('ok dann düren', false)).toBeUndefined();
  });

  test('a word for the office is enough', () => {
    expect(where('telefonnummer kleve', false)).toBe('kleve');
    expect(where('öffnungszeiten in hamm', false)).toBe('hamm');
  });
});
