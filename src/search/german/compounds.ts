/**
 * Splits German compounds into parts the vocabulary knows: `mietschulden` → `miet`, `schuld`. Works on folded words, returns stems.
 * Refuses to split a word that is itself frequent and short, or into parts nobody uses.
 */
import { stem } from './stem';

const LINKS = ['', 's', 'es', 'n', 'en', 'e', 'er'];
const MIN_WORD = 8;
/** Nobody's word is longer; splitting takes time that grows with the square. */
const MAX_WORD = 64;
const MIN_PART = 4;
const MAX_PARTS = 4;

export interface CompoundSplitter {
  /** Stems of the parts, left to right; empty when the word is no known compound. */
  split(token: string): readonly string[];
}

/**
 * `words`: folded words that may be parts, with how often they occur (more often: the better part).
 */
export function createCompoundSplitter(words: ReadonlyMap<string, number>): CompoundSplitter {
  const parts = new Map<string, number>();
  for (const [word, count] of words) {
    if (word.length < MIN_PART || !/^[a-z]+$/.test(word)) continue;
    parts.set(word, Math.max(parts.get(word) ?? 0, count));
  }
  const cache = new Map<string, readonly string[]>();

  /** Best list of parts for `rest`, or undefined; fewer and longer parts win. */
  function best(rest: string, left: number): readonly string[] | undefined {
    if (parts.has(rest)) return [rest];
    if (left <= 1) return undefined;
    let chosen: readonly string[] | undefined;
    let chosenScore = -Infinity;
    for (let cut = MIN_PART; cut <= rest.length - MIN_PART; cut++) {
      const head = headAt(rest, cut);
      if (head === undefined) continue;
      const tail = best(rest.slice(cut), left - 1);
      if (tail === undefined) continue;
      const candidate = [head, ...tail];
      const score = -10 * candidate.length + Math.log1p(Math.min(...candidate.map((part) => parts.get(part) ?? 0)));
      if (score > chosenScore) {
        chosen = candidate;
        chosenScore = score;
      }
    }
    return chosen;
  }

  /** The part that ends at `cut`, with its linking element taken off. */
  function headAt(word: string, cut: number): string | undefined {
    const head = word.slice(0, cut);
    for (const link of LINKS) {
      if (!head.endsWith(link)) continue;
      const bare = link === '' ? head : head.slice(0, -link.length);
      if (bare.length >= MIN_PART && parts.has(bare)) return bare;
    }
    return parts.has(`${head}e`) ? `${head}e` : undefined;
  }

  return {
    split(token) {
      if (token.length < MIN_WORD || token.length > MAX_WORD) return [];
      const known = cache.get(token);
      if (known !== undefined) return known;
      let found: readonly string[] | undefined;
      for (let cut = MIN_PART; cut <= token.length - MIN_PART; cut++) {
        const head = headAt(token, cut);
        if (head === undefined) continue;
        const tail = best(token.slice(cut), MAX_PARTS - 1);
        if (tail === undefined) continue;
        const candidate = [head, ...tail];
        if (found === undefined || candidate.length < found.length) found = candidate;
      }
      const stems = found === undefined ? [] : found.map(stem);
      if (cache.size > 20_000) cache.clear();
      cache.set(token, stems);
      return stems;
    },
  };
}
