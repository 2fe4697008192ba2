/**
 * Character n-grams of folded words, with word boundaries: what still matches when stemming and spelling miss.
 * Refuses to weigh: callers do.
 */

/** The 3- to 5-grams of ` word `; `charGrams(['miete'], 3, 4)` begins with ` mi`, `mie`. */
export function charGrams(tokens: readonly string[], min: number, max: number): readonly string[] {
  const grams: string[] = [];
  for (const token of tokens) {
    const padded = ` ${token} `;
    for (let size = min; size <= max; size++) {
      for (let at = 0; at + size <= padded.length; at++) grams.push(padded.slice(at, at + size));
    }
  }
  return grams;
}
