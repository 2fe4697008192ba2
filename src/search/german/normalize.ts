/**
 * Brings German as people type it to one form: Unicode, case, umlauts in every spelling, spaced or dotted abbreviations.
 * Applied to both sides of every comparison. Refuses to stem, correct or drop words. Idempotent (property-tested).
 */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** Spellings of the field that are one token each; patterns match the folded text, the hint is in every text they match (most have none). */
const JOINED: readonly (readonly [hint: string, pattern: RegExp, joined: string])[] = [
  ['§', /§+ ?(\d+) ?([a-z])?(?![a-z])/g, ' par$1$2 '],
  ['paragra', /\bparagra(?:f|ph) ?(\d+) ?([a-z])?(?![a-z])/g, ' par$1$2 '],
  ['har', /\bhart?z ?(?:4|iv|vier)\b/g, ' hartz4 '],
  ['h4', /\bh4\b/g, ' hartz4 '],
  ['alg', /\balg ?-? ?(?:2|ii|zwei)\b/g, ' alg2 '],
  ['arbeitslosengeld', /\barbeitslosengeld ?-? ?(?:2|ii|zwei)\b/g, ' alg2 '],
  ['alg', /\balg ?-? ?(?:1|i|eins)\b/g, ' alg1 '],
  ['arbeitslosengeld', /\barbeitslosengeld ?-? ?(?:1|i|eins)\b/g, ' alg1 '],
  ['25', /\bu ?-? ?25\b/g, ' u25 '],
  ['job', /\bjob ?-? ?cent(?:er|re)\b/g, ' jobcenter '],
  ['euro', /\b(?:1|ein) ?-? ?euro ?-? ?job/g, ' eineurojob'],
  ['k', /\bk ?\.? ?d ?\.? ?u\b/g, ' kdu '],
  ['z', /\bz ?\. ?b ?\./g, ' '],
  ['burger', /\bburger geld/g, ' burgergeld'],
  ['grundsicherung', /\bgrundsicherungs? geld/g, ' grundsicherungsgeld'],
];
const PLAIN = /^[\x20-\x7e]*$/;

const DIGRAPH = /[aou]e/;
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', ä: 'a', ö: 'o', ü: 'u' };

/** ä/ae → a, ö/oe → o, ü/ue → u, ß → ss; „ue“ after a, e or q is no umlaut (neue, bauen, Quelle). */
function foldUmlauts(text: string): string {
  let folded = text.replace(/[ßäöü]/g, (letter) => FOLDED[letter] ?? letter);
  while (DIGRAPH.test(folded)) {
    const next = folded.replace(/ae|oe|(?<![aeq])ue/g, (pair) => pair.charAt(0));
    if (next === folded) return folded;
    folded = next;
  }
  return folded;
}

/**
 * One line of lower-case text without umlauts, accents, control characters or doubled blanks.
 * `normalize('Bürgergeld – wann?')` is `'burgergeld wann'`.
 */
export function normalize(text: string): string {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const normalized = normalizeAnew(text);
  if (recent.size >= RECENT) recent.clear();
  recent.set(text, normalized);
  return normalized;
}

/** All of a large knowledge base (some 5 MB), and no more memory than that for a huge one. */
const KEPT = 60_000;

/** `normalize` for a knowledge base's own texts, which several indexes are made of: each text once. Keeps what it was given: nothing for messages. */
export function createNormalizer(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const normalized = normalizeAnew(text);
    if (kept.size < KEPT) kept.set(text, normalized);
    return normalized;
  };
}

/** A dozen steps ask for the same message, one after the other. Small, so that no conversation outlives its turn for long. */
const RECENT = 32;
const recent = new Map<string, string>();

function normalizeAnew(text: string): string {
  let out = PLAIN.test(text)
    ? text
    : text
        .normalize('NFKC')
        .replace(/\u00ad/g, '')
        .replace(INVISIBLE, ' ');
  out = foldUmlauts(out.toLowerCase());
  if (!PLAIN.test(out)) out = out.normalize('NFD').replace(/\p{M}/gu, '');
  // Blanks first: the patterns below need look at one only, whatever somebody pastes.
  out = out
    .replace(/\s{2,}|[\t\n\r]/g, ' ')
    .replace(/§{2,}/g, '§')
    .replace(/([a-z])[*:_/](innen|in)\b/g, '$1$2');
  if (hasTripled(out)) out = out.replace(/(\p{L})\1{2,}/gu, '$1$1');
  out = foldUmlauts(out);
  out = joinSpellings(out);
  out = out.replace(/(\d)[.,](?=\d{3}\b)/g, '$1').replace(/(\d),\d\d?\b/g, '$1');
  out = out.replace(PLAIN.test(out) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, ' ').trim();
  // What punctuation kept apart („ALG (2)“) is joined now, until nothing is left to join.
  for (;;) {
    const next = joinSpellings(out).replace(/ {2,}/g, ' ').trim();
    if (next === out) return out;
    out = next;
  }
}

function joinSpellings(text: string): string {
  let out = text;
  for (const [hint, pattern, joined] of JOINED) if (out.includes(hint)) out = out.replace(pattern, joined);
  return out;
}

/** Somebody leaning on a key („hilfeee“): rare, and looked for in every text. */
function hasTripled(text: string): boolean {
  for (let i = 2; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === text.charCodeAt(i - 1) && code === text.charCodeAt(i - 2)) return true;
  }
  return false;
}

/** The tokens of a normalised text. */
export function tokenize(normalized: string): readonly string[] {
  return normalized === '' ? [] : normalized.split(' ');
}
