/**
 * How alike two utterances are, without any knowledge of meaning: folded words as a set, and character trigrams. Only for finding
 * collisions between entries; answering ranks with src/search.
 */
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Lower case, umlauts written out, punctuation gone. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function wordSet(text: string): ReadonlySet<string> {
  return new Set(fold(text).split(' '));
}

/** Dice coefficient of the character trigrams, 0..1; 1 for equal texts. */
export function trigramSimilarity(a: string, b: string): number {
  const [left, right] = [trigrams(a), trigrams(b)];
  let common = 0;
  for (const gram of left) if (right.has(gram)) common += 1;
  return (2 * common) / (left.size + right.size || 1);
}

function trigrams(text: string): ReadonlySet<string> {
  const padded = ` ${text} `;
  const grams = new Set<string>();
  for (let index = 0; index + 3 <= padded.length; index += 1) grams.add(padded.slice(index, index + 3));
  return grams;
}
