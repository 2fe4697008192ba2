/**
 * Finds the words within one or two errors of a typed one without comparing with all: every word is filed under itself with letters left out,
 * and a typed word looks under itself with letters left out (SymSpell). Two errors only where both are long enough to stay themselves.
 * Kept as one typed array of word numbers in hash order, four bytes per filing; a wrong candidate is the caller's to reject.
 * Source: W. Garbe 2012, "1000x faster spelling correction"; only the first letters of long words are varied, as in its version 6.
 */

/** From this length on two letters may be left out. */
export const LONG_WORD = 9;
/** Letters beyond are not varied: what they differ in shows when the candidate is compared. */
const PREFIX = 14;
const FILINGS_PER_BUCKET = 4;
/** Bound once: in the sandbox of the tests every look at `Math` goes through the global object, and hashing looks millions of times. */
const { imul } = Math;

export interface DeleteIndex {
  /** Calls back with each word that may be meant, once; words much longer or shorter are left out. */
  candidates(token: string, visit: (word: string) => void): void;
}

export function createDeleteIndex(words: readonly string[]): DeleteIndex {
  let filings = 0;
  for (const word of words) variations(word, () => (filings += 1));
  let bits = 1;
  while (2 ** bits * FILINGS_PER_BUCKET < filings) bits += 1;
  const shift = 32 - bits;

  const starts = new Uint32Array(2 ** bits + 1);
  for (const word of words) variations(word, (hash) => (starts[(hash >>> shift) + 1]! += 1));
  for (let bucket = 0; bucket < 2 ** bits; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const filed = new Uint32Array(filings);
  const next = starts.slice(0, 2 ** bits);
  for (const [id, word] of words.entries()) variations(word, (hash) => (filed[next[hash >>> shift]!++] = id));
  const letters = Uint32Array.from(words, lettersOf);
  const lengths = Uint8Array.from(words, ({ length }) => length);
  const seenAt = new Uint32Array(words.length);
  let question = 0;

  return {
    candidates(token, visit) {
      question += 1;
      const errors = token.length >= LONG_WORD ? 2 : 1;
      const own = lettersOf(token);
      variations(token, (hash) => {
        const bucket = hash >>> shift;
        const end = starts[bucket + 1]!;
        for (let i = starts[bucket]!; i < end; i++) {
          const id = filed[i]!;
          if (seenAt[id] === question) continue;
          seenAt[id] = question;
          if (Math.abs(lengths[id]! - token.length) > errors) continue;
          // Every error changes two letters of the set at most.
          if (bitCount(own ^ letters[id]!) > 2 * errors) continue;
          visit(words[id]!);
        }
      });
    },
  };
}

/** The hashes of the beginning of the word with no, one and (long words) two letters left out. */
function variations(word: string, visit: (hash: number) => void): void {
  const length = Math.min(PREFIX, word.length);
  visit(hashWithout(word, length, -1, -1));
  for (let i = 0; i < length; i++) visit(hashWithout(word, length, i, -1));
  if (word.length < LONG_WORD) return;
  for (let i = 0; i < length; i++) for (let j = i + 1; j < length; j++) visit(hashWithout(word, length, i, j));
}

/** FNV-1a with a last mix: the upper bits choose the bucket. */
function hashWithout(word: string, length: number, first: number, second: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) {
    if (at === first || at === second) continue;
    hash = imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  hash = imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function lettersOf(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) & 31);
  return set;
}

function bitCount(value: number): number {
  let rest = value - ((value >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
