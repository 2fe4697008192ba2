/**
 * Phone typos as people make them: neighbouring keys, swapped, dropped and doubled letters, missing umlauts and blanks.
 * For training and evaluation; deterministic for a given generator.
 */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'sqy',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  j: 'hk',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  q: 'w',
  r: 'et',
  s: 'ad',
  t: 'rz',
  u: 'zi',
  v: 'cb',
  w: 'qe',
  x: 'yc',
  y: 'x',
  z: 'tu',
};

/** Disturbs about `rate` of the words of four letters and more; `random` gives 0..1. */
export function addTypos(text: string, random: () => number, rate = 0.2): string {
  return text
    .split(' ')
    .map((word) => (word.length >= 4 && random() < rate ? disturb(word, random) : word))
    .join(' ');
}

function disturb(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const letter = word.charAt(at);
  switch (Math.floor(random() * 5)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + letter + word.slice(at);
    case 2:
      return word.slice(0, at) + word.charAt(at + 1) + letter + word.slice(at + 2);
    case 3: {
      const near = NEIGHBOURS[letter.toLowerCase()] ?? letter;
      return word.slice(0, at) + near.charAt(Math.floor(random() * near.length)) + word.slice(at + 1);
    }
    default:
      return word.replace(/ä/g, 'a').replace(/ö/g, 'o').replace(/ü/g, 'u').replace(/ß/g, 's');
  }
}
