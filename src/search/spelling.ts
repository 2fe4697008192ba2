/**
 * Spelling against a vocabulary: a delete index (SymSpell) with Damerau-Levenshtein, and the missing blank.
 * Only unknown words are touched; a known word is never changed (property-tested). Refuses to guess at short words.
 * Source: W. Garbe 2012, "1000x faster spelling correction"; optimal string alignment distance.
 */

import { createDeleteIndex, LONG_WORD, type DeleteIndex } from './deleteIndex';

export interface Speller {
  isKnown(token: string): boolean;
  /** The token(s) meant: itself when known or hopeless, two when a blank was missing. */
  correct(token: string): readonly string[];
}

const MAX_LENGTH = 24;

/** Vocabulary: folded words with their frequency. */
export function createSpeller(words: ReadonlyMap<string, number>): Speller {
  const deletes: DeleteIndex = createDeleteIndex(
    [...words.keys()].filter((word) => word.length >= 4 && word.length <= MAX_LENGTH && /^[a-z]+$/.test(word)),
  );
  const cache = new Map<string, readonly string[]>();

  function nearest(token: string): string | undefined {
    const maxDistance = token.length >= LONG_WORD ? 2 : 1;
    let best: string | undefined;
    let bestScore = Infinity;
    deletes.candidates(token, (word) => {
      const distance = editDistance(token, word, maxDistance);
      if (distance > maxDistance) return;
      const sameStart = token.charAt(0) === word.charAt(0) ? 0 : 0.6;
      const score = distance + sameStart - 0.08 * Math.log1p(words.get(word) ?? 0);
      if (score < bestScore || (score === bestScore && best !== undefined && word < best)) {
        best = word;
        bestScore = score;
      }
    });
    return best;
  }

  function missingBlank(token: string): readonly string[] | undefined {
    let best: readonly string[] | undefined;
    let bestCount = 0;
    for (let cut = 3; cut <= token.length - 3; cut++) {
      const left = words.get(token.slice(0, cut)) ?? 0;
      const right = words.get(token.slice(cut)) ?? 0;
      const count = Math.min(left, right);
      if (count > bestCount) {
        best = [token.slice(0, cut), token.slice(cut)];
        bestCount = count;
      }
    }
    return best;
  }

  return {
    isKnown: (token) => words.has(token),
    correct(token) {
      if (words.has(token) || token.length < 4 || token.length > MAX_LENGTH || !/^[a-z]+$/.test(token)) return [token];
      const known = cache.get(token);
      if (known !== undefined) return known;
      const near = nearest(token);
      const result = near !== undefined ? [near] : (missingBlank(token) ?? [token]);
      if (cache.size > 20_000) cache.clear();
      cache.set(token, result);
      return result;
    },
  };
}

/** Optimal string alignment distance, cut off above `max`. */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let previous2: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let rowMin = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (previous2[j - 2] ?? 0) + 1);
      current.push(value);
      rowMin = Math.min(rowMin, value);
    }
    if (rowMin > max) return max + 1;
    previous2 = previous;
    previous = current;
  }
  return previous[b.length] ?? max + 1;
}
