/**
 * Phrases as editors write them, matched against what people type: words in any order within a short stretch of one sentence.
 * `nicht mehr leben` · `strom abgestellt|weg|gesperrt` · `abgestell*` (beginning of a word) · `ich_kann nicht mehr .` (`_`: side by side, in
 * this order; a full stop behind or before: the sentence ends or begins there).
 * Refuses to rank: a phrase matches or it does not.
 */
import { normalize, tokenize } from '../search/german/normalize';
import { foldLetters } from './languageWords';

export interface Phrase {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Words side by side, each with its alternatives. */
type Part = readonly (readonly string[])[];

/** Sentences as folded tokens. */
type Sentences = readonly (readonly string[])[];

/** Words that may stand between the words of a phrase. */
const GAP = 3;
/** Phrases are sorted by so many letters of their first word. */
const BEGINNING = 3;

export function parsePhrase(text: string): Phrase {
  const written = text.trim().split(/\s+/);
  const parts = written
    .filter((part) => part !== '.')
    .map((part) => part.split('_').map((words) => words.split('|').map(foldWord)));
  return { text, parts, atStart: written[0] === '.', atEnd: written[written.length - 1] === '.' };
}

function foldWord(word: string): string {
  return word.endsWith('*') ? `${fold(word.slice(0, -1))}*` : fold(word);
}

/** „nasıl“ and „nasil“ are one word here. */
function fold(text: string): string {
  return foldLetters(normalize(text));
}

/** The sentences of a message as folded tokens. */
export function sentencesOf(message: string): Sentences {
  return message
    .split(/[.!?;:\n]+|,(?!\d)/)
    .map((part) => tokenize(fold(part)))
    .filter((tokens) => tokens.length > 0);
}

/**
 * The first of many phrases that matches. Those whose first word begins like no word of the message are never looked at: of a thousand
 * phrases a message has a dozen.
 */
export function createPhraseFinder(phrases: readonly Phrase[]): (sentences: Sentences) => Phrase | undefined {
  const byBeginning = new Map<string, number[]>();
  for (const [i, { parts }] of phrases.entries()) {
    for (const beginning of new Set((parts[0]?.[0] ?? []).map((word) => word.replace('*', '').slice(0, BEGINNING)))) {
      const known = byBeginning.get(beginning);
      if (known === undefined) byBeginning.set(beginning, [i]);
      else known.push(i);
    }
  }
  return (sentences) => {
    const near = new Set<number>();
    for (const token of sentences.flat()) {
      for (let length = 0; length <= BEGINNING; length++)
        for (const i of byBeginning.get(token.slice(0, length)) ?? []) near.add(i);
    }
    return [...near]
      .sort((a, b) => a - b)
      .map((i) => phrases[i])
      .find((phrase) => phrase !== undefined && matchesPhrase(phrase, sentences));
  };
}

export function matchesPhrase(phrase: Phrase, sentences: Sentences): boolean {
  return sentences.some((tokens) => matchesSentence(phrase, tokens));
}

function matchesSentence({ parts, atStart, atEnd }: Phrase, tokens: readonly string[]): boolean {
  // Nearly every phrase ends here: one of its words is nowhere in the sentence.
  const words = parts.flat();
  if (!words.every((alternatives) => tokens.some((token) => isOneOf(alternatives, token)))) return false;
  const span = words.length + GAP;
  for (let start = 0; start < (atStart ? 1 : tokens.length); start++) {
    const used = placesOf(parts, tokens.slice(start, start + span));
    if (used === undefined || (atStart && !used.has(0))) continue;
    if (!atEnd || start + Math.max(...used) === tokens.length - 1) return true;
  }
  return false;
}

/** Where the words of a phrase stand in a stretch of a sentence, each at a place of its own. */
function placesOf(parts: readonly Part[], stretch: readonly string[]): ReadonlySet<number> | undefined {
  const used = new Set<number>();
  for (const part of parts) {
    const at = stretch.findIndex((_, i) =>
      part.every((alternatives, j) => {
        const token = stretch[i + j];
        return token !== undefined && !used.has(i + j) && isOneOf(alternatives, token);
      }),
    );
    if (at < 0) return undefined;
    for (let j = 0; j < part.length; j++) used.add(at + j);
  }
  return used;
}

function isOneOf(alternatives: readonly string[], token: string): boolean {
  return alternatives.some((word) => matchesWord(word, token));
}

function matchesWord(word: string, token: string): boolean {
  if (!word.endsWith('*')) return token === word;
  return token.length >= word.length - 1 && token.startsWith(word.slice(0, -1));
}
