/**
 * Turns text into weighted terms: normalise, correct unknown words, stem, split compounds, add synonyms, damp function words.
 * One analyzer per vocabulary, used on documents and questions alike. Refuses to rank.
 */
import { createCompoundSplitter, type CompoundSplitter } from './german/compounds';
import { commonWords } from './german/data/commonWords';
import { functionWeight, isFunctionWord } from './german/functionWords';
import { normalize, tokenize } from './german/normalize';
import { stem } from './german/stem';
import { createSpeller, editDistance, type Speller } from './spelling';

/** A normalised term with the weight it counts (0..1) and where it came from. */
export interface Term {
  readonly term: string;
  readonly weight: number;
  readonly from: 'word' | 'part' | 'synonym';
}

export interface Analysis {
  readonly terms: readonly Term[];
  /** Corrected, folded tokens in order; what spelling and synonyms made of the text. */
  readonly tokens: readonly string[];
  /** Corrections made, `typed → meant`. */
  readonly corrections: readonly (readonly [typed: string, meant: string])[];
  /** Share of content tokens the vocabulary knows, 0..1 (1 when there are none). */
  readonly knownShare: number;
}

export interface Analyzer {
  /** `normalized`: another way to `normalize`, e.g. one that remembers (createNormalizer). */
  analyze(text: string, normalized?: (text: string) => string): Analysis;
  isKnown(token: string): boolean;
}

export interface Synonyms {
  readonly term: string;
  readonly alternatives: readonly string[];
}

export interface AnalyzerInput {
  /** Texts an editor wrote: every word in them counts as correctly spelled. */
  readonly cleanTexts: readonly string[];
  /** Utterances as typed: a word counts as known once it stands in several entries. */
  readonly typedTexts: readonly (readonly string[])[];
  readonly synonyms: readonly Synonyms[];
  /** Another way to `normalize`, e.g. one that remembers. */
  readonly normalized?: (text: string) => string;
}

const PART_WEIGHT = 0.6;
const SYNONYM_WEIGHT = 0.7;
const KNOWN_IN_ENTRIES = 3;
const COMMON_WORDS_FOR_PARTS = 9000;

/** Longer questions are cut: what follows adds nothing and costs time. */
export const MAX_TOKENS = 120;
const MAX_CHARS = 4000;

export function createAnalyzer(input: AnalyzerInput): Analyzer {
  const known = countWords(input);
  const speller: Speller = createSpeller(known.words);
  const splitter: CompoundSplitter = createCompoundSplitter(known.parts);
  const { single, multi, replacements } = indexSynonyms(input.synonyms);

  function correctAll(raw: readonly string[]): {
    tokens: string[];
    corrections: [string, string][];
    unknown: number;
    content: number;
  } {
    const tokens: string[] = [];
    const corrections: [string, string][] = [];
    let unknown = 0;
    let content = 0;
    for (const typed of raw) {
      // Dialect for a function word („dat“, „ick“) and a listed misspelling are that word, not a term of their own.
      const token = replacements.get(typed) ?? typed;
      if (isFunctionWord(token) || token.length < 4 || single.has(token)) {
        tokens.push(token);
        continue;
      }
      content += 1;
      const meant = speller.isKnown(token) || splitter.split(token).length > 0 ? [token] : speller.correct(token);
      if (meant.length !== 1 || meant[0] !== token) corrections.push([token, meant.join(' ')]);
      else if (!speller.isKnown(token) && splitter.split(token).length === 0) unknown += 1;
      tokens.push(...meant);
    }
    return { tokens, corrections, unknown, content };
  }

  return {
    isKnown: (token) => speller.isKnown(normalize(token)),
    analyze(text, normalized = normalize) {
      const { tokens, corrections, unknown, content } = correctAll(
        tokenize(normalized(text.slice(0, MAX_CHARS))).slice(0, MAX_TOKENS),
      );
      const terms: Term[] = [];
      for (const token of tokens) {
        const weight = functionWeight(token);
        terms.push({ term: stem(token), weight, from: 'word' });
        if (weight < 1) continue;
        for (const part of splitter.split(token)) terms.push({ term: part, weight: PART_WEIGHT, from: 'part' });
        for (const synonym of single.get(token) ?? single.get(stem(token)) ?? [])
          terms.push({ term: synonym, weight: SYNONYM_WEIGHT, from: 'synonym' });
      }
      for (const target of multi(tokens)) terms.push({ term: target, weight: SYNONYM_WEIGHT, from: 'synonym' });
      return { terms, tokens, corrections, knownShare: content === 0 ? 1 : 1 - unknown / content };
    },
  };
}

function countWords(input: AnalyzerInput): { words: Map<string, number>; parts: Map<string, number> } {
  const { normalized = normalize } = input;
  const words = new Map<string, number>();
  const parts = new Map<string, number>();
  const bump = (map: Map<string, number>, word: string, by: number): void => {
    map.set(word, (map.get(word) ?? 0) + by);
  };
  for (const text of input.cleanTexts) {
    for (const token of tokenize(normalized(text))) {
      bump(words, token, 5);
      bump(parts, token, 5);
    }
  }
  const entriesWith = new Map<string, number>();
  for (const texts of input.typedTexts) {
    const seen = new Set<string>();
    for (const text of texts) for (const token of tokenize(normalized(text))) seen.add(token);
    for (const token of seen) bump(entriesWith, token, 1);
  }
  for (const [token, count] of entriesWith) {
    if (count < KNOWN_IN_ENTRIES && !words.has(token)) continue;
    bump(words, token, count);
    if (count >= KNOWN_IN_ENTRIES) bump(parts, token, count);
  }
  for (const [rank, word] of commonWords.split(' ').entries()) {
    const folded = normalize(word);
    if (folded.includes(' ')) continue;
    if (!words.has(folded)) words.set(folded, 1);
    if (rank < COMMON_WORDS_FOR_PARTS && folded.length >= 4 && !isFunctionWord(folded) && !parts.has(folded))
      parts.set(folded, 1);
  }
  for (const { term, alternatives } of input.synonyms) {
    for (const text of [term, ...alternatives])
      for (const token of tokenize(normalize(text))) if (!words.has(token)) words.set(token, 2);
  }
  return { words, parts };
}

function indexSynonyms(groups: readonly Synonyms[]): {
  single: Map<string, string[]>;
  /** Targets of the phrases of several words that stand in the text, in the order of the phrases. */
  multi: (tokens: readonly string[]) => readonly string[];
  replacements: Map<string, string>;
} {
  const single = new Map<string, string[]>();
  const multi: (readonly [string, readonly string[]])[] = [];
  const replacements = new Map<string, string>();
  for (const { term, alternatives } of groups) {
    const words = tokenize(normalize(term));
    const targets = words.map(stem);
    for (const alternative of alternatives) {
      const tokens = tokenize(normalize(alternative));
      const [only] = tokens;
      const [word] = words;
      const isOneForOne = tokens.length === 1 && only !== undefined && words.length === 1 && word !== undefined;
      if (isOneForOne && (isFunctionWord(word) || isMisspelling(only, word))) replacements.set(only, word);
      else if (tokens.length === 1 && only !== undefined) single.set(only, [...(single.get(only) ?? []), ...targets]);
      else if (tokens.length > 1) multi.push([` ${tokens.join(' ')} `, targets]);
    }
  }
  return { single, multi: phraseFinder(multi), replacements };
}

/** Looks only at phrases that begin with a word of the text: there are hundreds, and every utterance is asked. */
function phraseFinder(
  phrases: readonly (readonly [phrase: string, targets: readonly string[]])[],
): (tokens: readonly string[]) => readonly string[] {
  const byFirstWord = new Map<string, number[]>();
  for (const [i, [phrase]] of phrases.entries()) {
    const first = phrase.trimStart().split(' ')[0] ?? '';
    const list = byFirstWord.get(first);
    if (list === undefined) byFirstWord.set(first, [i]);
    else list.push(i);
  }
  return (tokens) => {
    const possible = new Set(tokens.flatMap((token) => byFirstWord.get(token) ?? []));
    if (possible.size === 0) return [];
    const line = ` ${tokens.join(' ')} `;
    return [...possible]
      .sort((a, b) => a - b)
      .flatMap((i) => {
        const [phrase, targets] = phrases[i] ?? ['', []];
        return line.includes(phrase) ? targets : [];
      });
  };
}

/** Two letters apart at most, in a word long enough to be the same. */
function isMisspelling(typed: string, meant: string): boolean {
  return meant.length >= 6 && editDistance(typed, meant, 2) <= 2;
}
