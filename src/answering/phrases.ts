/**
 * Phrases as editors write them, matched against what people type: words in any order within a short stretch of one sentence.
 * `nicht mehr leben` · `strom abgestellt|weg|gesperrt` · `abgestell*` (beginning of a word) · `kann nicht mehr .` (the sentence ends there).
 * Refuses to rank: a phrase matches or it does not.
 */
import { normalize, tokenize } from '../search/german/normalize';
import { foldLetters } from './languageWords';

export interface Phrase {
  readonly text: string;
  readonly words: readonly (readonly string[])[];
  readonly atEnd: boolean;
}

/** Sentences as folded tokens. */
type Sentences = readonly (readonly string[])[];

/** Words that may stand between the words of a phrase. */
const GAP = 3;
/** Phrases are sorted by so many letters of their first word. */
const BEGINNING = 3;

export function parsePhrase(text: string): Phrase {
  const parts = text.trim().split(/\s+/);
  const atEnd = parts[parts.length - 1] === '.';
  const words = (atEnd ? parts.slice(0, -1) : parts).map((part) =>
    part.split('|').map((word) => (word.endsWith('*') ? `${fold(word.slice(0, -1))}*` : fold(word))),
  );
  return { text, words, atEnd };
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
  for (const [i, { words }] of phrases.entries()) {
    for (const beginning of new Set((words[0] ?? []).map((word) => word.replace('*', '').slice(0, BEGINNING)))) {
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

function matchesSentence({ words, atEnd }: Phrase, tokens: readonly string[]): boolean {
  // Nearly every phrase ends here: one of its words is nowhere in the sentence.
  if (!words.every((alternatives) => tokens.some((token) => alternatives.some((word) => matchesWord(word, token)))))
    return false;
  const span = words.length + GAP;
  for (let start = 0; start < tokens.length; start++) {
    const stretch = tokens.slice(start, start + span);
    const used = new Set<number>();
    const last = words.every((alternatives) => {
      const at = stretch.findIndex((token, i) => !used.has(i) && alternatives.some((word) => matchesWord(word, token)));
      if (at < 0) return false;
      used.add(at);
      return true;
    });
    if (!last) continue;
    if (!atEnd || start + Math.max(...used) === tokens.length - 1) return true;
  }
  return false;
}

function matchesWord(word: string, token: string): boolean {
  if (!word.endsWith('*')) return token === word;
  return token.length >= word.length - 1 && token.startsWith(word.slice(0, -1));
}
