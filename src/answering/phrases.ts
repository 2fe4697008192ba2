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

/** Words that may stand between the words of a phrase. */
const GAP = 3;

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
export function sentencesOf(message: string): readonly (readonly string[])[] {
  return message
    .split(/[.!?;:\n]+|,(?!\d)/)
    .map((part) => tokenize(fold(part)))
    .filter((tokens) => tokens.length > 0);
}

export function matchesPhrase(phrase: Phrase, sentences: readonly (readonly string[])[]): boolean {
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
