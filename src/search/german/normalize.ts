/**
 * Brings German as people type it to one form: Unicode, case, umlauts in every spelling, spaced or dotted abbreviations.
 * Applied to both sides of every comparison. Refuses to stem, correct or drop words. Idempotent (property-tested).
 */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** Spellings of the field that are one token each; keys match the folded text. */
const JOINED: readonly (readonly [RegExp, string])[] = [
  [/§+\s*(\d+)\s*([a-z])?(?![a-z])/g, ' par$1$2 '],
  [/\bparagra(?:f|ph)\s*(\d+)\s*([a-z])?(?![a-z])/g, ' par$1$2 '],
  [/\bhart?z\s*(?:4|iv|vier)\b/g, ' hartz4 '],
  [/\bh4\b/g, ' hartz4 '],
  [/\b(?:alg|arbeitslosengeld)\s*-?\s*(?:2|ii|zwei)\b/g, ' alg2 '],
  [/\b(?:alg|arbeitslosengeld)\s*-?\s*(?:1|i|eins)\b/g, ' alg1 '],
  [/\bu\s*-?\s*25\b/g, ' u25 '],
  [/\bjob\s*-?\s*cent(?:er|re)\b/g, ' jobcenter '],
  [/\b(?:1|ein)\s*-?\s*euro\s*-?\s*job/g, ' eineurojob'],
  [/\bk\s*\.?\s*d\s*\.?\s*u\b/g, ' kdu '],
  [/\bz\s*\.\s*b\s*\./g, ' '],
  [/\bburger\s+geld/g, ' burgergeld'],
  [/\bgrundsicherungs?\s+geld/g, ' grundsicherungsgeld'],
];

/** ä/ae → a, ö/oe → o, ü/ue → u, ß → ss; „ue“ after a, e or q is no umlaut (neue, bauen, Quelle). */
function foldUmlauts(text: string): string {
  let folded = text.replace(/ß/g, 'ss').replace(/ä/g, 'a').replace(/ö/g, 'o').replace(/ü/g, 'u');
  for (;;) {
    const next = folded.replace(/ae|oe|(?<![aeq])ue/g, (pair) => pair.charAt(0));
    if (next === folded) return folded;
    folded = next;
  }
}

/**
 * One line of lower-case text without umlauts, accents, control characters or doubled blanks.
 * `normalize('Bürgergeld – wann?')` is `'burgergeld wann'`.
 */
export function normalize(text: string): string {
  let out = text
    .normalize('NFKC')
    .replace(/\u00ad/g, '')
    .replace(INVISIBLE, ' ')
    .toLowerCase();
  out = foldUmlauts(out)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])[*:_/](innen|in)\b/g, '$1$2')
    .replace(/(\p{L})\1{2,}/gu, '$1$1');
  out = foldUmlauts(out);
  for (const [pattern, joined] of JOINED) out = out.replace(pattern, joined);
  return out
    .replace(/(\d)[.,](?=\d{3}\b)/g, '$1')
    .replace(/(\d),\d\d?\b/g, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The tokens of a normalised text. */
export function tokenize(normalized: string): readonly string[] {
  return normalized === '' ? [] : normalized.split(' ');
}
