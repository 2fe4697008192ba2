/**
 * Which of the offered choices a typed message means: its text, its number, „die zweite“, or, where asked for, a part of its title.
 * Refuses to guess: two possible choices are none.
 */
import type { Choice } from '../src/answering/outcome';

const ORDINALS: Readonly<Record<string, number>> = {
  erste: 1,
  ersten: 1,
  erstes: 1,
  erster: 1,
  eins: 1,
  first: 1,
  zweite: 2,
  zweiten: 2,
  zweites: 2,
  zweiter: 2,
  zwei: 2,
  second: 2,
  dritte: 3,
  dritten: 3,
  drittes: 3,
  dritter: 3,
  drei: 3,
  third: 3,
  vierte: 4,
  vierten: 4,
  viertes: 4,
  vierter: 4,
  vier: 4,
  fünfte: 5,
  fünften: 5,
  fünftes: 5,
  fünfter: 5,
  fünf: 5,
};
const LAST = new Set(['letzte', 'letzten', 'letztes', 'letzter', 'last']);
/** „die zweite bitte“, „nummer 2“, „Antwort 2“. */
const FILLERS = new Set([
  'die',
  'das',
  'der',
  'den',
  'dem',
  'nr',
  'nummer',
  'no',
  'number',
  'punkt',
  'antwort',
  'auswahl',
  'bitte',
  'option',
  'ich',
  'meine',
  'meinte',
  'nehme',
  'möchte',
  'the',
  'one',
  'please',
]);
/** Longer messages are questions of their own. */
const MAX_WORDS = 6;

export function typedChoice(
  message: string,
  choices: readonly Choice[],
  options: { readonly byPart: boolean } = { byPart: false },
): Choice | undefined {
  const said = foldedText(message);
  if (said === '' || choices.length === 0) return undefined;
  const exact = choices.filter((choice) => foldedText(choice.title) === said || foldedText(choice.value) === said);
  if (exact[0] !== undefined) return exact[0];
  const words = said.split(' ');
  if (words.length > MAX_WORDS) return undefined;
  return byNumber(words, choices) ?? (options.byPart ? byPart(words, choices) : undefined);
}

function byNumber(words: readonly string[], choices: readonly Choice[]): Choice | undefined {
  const meaning = words.filter((word) => !FILLERS.has(word));
  const [only] = meaning;
  if (only === undefined || meaning.length !== 1) return undefined;
  if (LAST.has(only)) return choices.at(-1);
  const number = ORDINALS[only] ?? (/^\d{1,2}$/.test(only) ? Number(only) : Number.NaN);
  return Number.isInteger(number) ? choices[number - 1] : undefined;
}

/** Every word begins a word of the title, and of one title only. */
function byPart(words: readonly string[], choices: readonly Choice[]): Choice | undefined {
  const meaning = words.filter((word) => !FILLERS.has(word) && word.length >= 2);
  if (meaning.length === 0) return undefined;
  const hits = choices.filter((choice) => {
    const title = foldedText(choice.title).split(' ');
    return meaning.every((word) => title.some((part) => part === word || (word.length >= 4 && part.startsWith(word))));
  });
  return hits.length === 1 ? hits[0] : undefined;
}

/** Lower case, Latin digits, without punctuation; emoji stay. */
export function foldedText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[.,;:!?"'„“”‚‘’»«()[\]–-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
