/**
 * German numbers: words („dreiundzwanzig“, „zweitausendneunzehn“, „anderthalb“), ordinals („ersten“, „27.“) and figures (`1.234,56`).
 * Reads one token at a time and never searches with a backtracking pattern. A lone „ein“ is an article, no number.
 */

const UNITS: Readonly<Record<string, number>> = {
  null: 0,
  ein: 1,
  eins: 1,
  eine: 1,
  einen: 1,
  einer: 1,
  einem: 1,
  zwei: 2,
  zwo: 2,
  drei: 3,
  vier: 4,
  funf: 5,
  fuenf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  elf: 11,
  zwolf: 12,
  zwoelf: 12,
  dreizehn: 13,
  vierzehn: 14,
  funfzehn: 15,
  fuenfzehn: 15,
  sechzehn: 16,
  siebzehn: 17,
  achtzehn: 18,
  neunzehn: 19,
};
const TENS: Readonly<Record<string, number>> = {
  zwanzig: 20,
  dreissig: 30,
  vierzig: 40,
  funfzig: 50,
  fuenfzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
};
const HALVES: Readonly<Record<string, number>> = {
  anderthalb: 1.5,
  eineinhalb: 1.5,
  zweieinhalb: 2.5,
  dreieinhalb: 3.5,
  viereinhalb: 4.5,
};
const ORDINAL_STEMS: Readonly<Record<string, number>> = {
  erst: 1,
  zweit: 2,
  dritt: 3,
  viert: 4,
  funft: 5,
  sechst: 6,
  siebt: 7,
  acht: 8,
  neunt: 9,
  zehnt: 10,
  elft: 11,
  zwolft: 12,
};
const ARTICLES = new Set(['ein', 'eine', 'einen', 'einer', 'einem', 'null']);

/** Lower case, one character for one character: spans stay those of the text. */
export function foldKeepingLength(text: string): string {
  let out = '';
  for (const unit of text.split('')) {
    const lower = unit.toLowerCase();
    out +=
      lower.length !== 1
        ? unit
        : lower === 'ä'
          ? 'a'
          : lower === 'ö'
            ? 'o'
            : lower === 'ü'
              ? 'u'
              : lower === 'ß'
                ? 's'
                : lower === '\u00a0'
                  ? ' '
                  : lower;
  }
  return out;
}

/** A cardinal in words, folded: `dreiundzwanzig` → 23. Undefined when the token is no number. */
export function wordNumber(token: string): number | undefined {
  if (token.length > 60) return undefined;
  // `dreißig` is folded to `dreisig` where lengths must be kept.
  const word = token.replace('dreisig', 'dreissig');
  if (Object.hasOwn(HALVES, word)) return HALVES[word];
  return million(word);
}

function million(word: string): number | undefined {
  return split(word, 'tausend', 1_000, (rest) => hundred(rest));
}

function hundred(word: string): number | undefined {
  return split(word, 'hundert', 100, (rest) => tens(rest));
}

/** `<factor>hundert[und]<rest>`; the factor is 1 when it is left out. */
function split(
  word: string,
  unit: string,
  value: number,
  read: (rest: string) => number | undefined,
): number | undefined {
  const at = word.indexOf(unit);
  if (at < 0) return read(word);
  const factor = at === 0 ? 1 : read(word.slice(0, at));
  const tail = word.slice(at + unit.length).replace(/^und/, '');
  const rest = tail === '' ? 0 : value === 1_000 ? hundred(tail) : read(tail);
  return factor === undefined || factor === 0 || rest === undefined ? undefined : factor * value + rest;
}

function tens(word: string): number | undefined {
  if (Object.hasOwn(UNITS, word)) return UNITS[word];
  if (Object.hasOwn(TENS, word)) return TENS[word];
  const at = word.lastIndexOf('und');
  if (at <= 0) return undefined;
  const unit = word.slice(0, at);
  const ten = word.slice(at + 3);
  const ones = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  const tenfold = Object.hasOwn(TENS, ten) ? TENS[ten] : undefined;
  return ones === undefined || ones > 9 || ones === 0 || tenfold === undefined ? undefined : tenfold + ones;
}

/** `ersten` → 1, `dritter` → 3, `einundzwanzigsten` → 21, `27.` → 27, `3ten` → 3. Up to 31. */
export function ordinal(token: string): number | undefined {
  const figure = /^(\d{1,2})(?:\.|te[nrsm]?|ste[nrsm]?)$/.exec(token);
  if (figure !== null) return Number(figure[1]);
  const stem = token
    .replace(/e[nrsm]?$/, '')
    .replace('fuenft', 'funft')
    .replace('zwoelft', 'zwolft');
  if (stem === token) return undefined;
  if (Object.hasOwn(ORDINAL_STEMS, stem)) return ORDINAL_STEMS[stem];
  if (!stem.endsWith('t')) return undefined;
  const cardinal = wordNumber(stem.endsWith('st') ? stem.slice(0, -2) : stem.slice(0, -1));
  return cardinal !== undefined && cardinal >= 13 && cardinal <= 31 ? cardinal : undefined;
}

/** `1.234,56` → 1234.56; `1234,5` → 1234.5; `12 000` is two numbers. Undefined when the token is none. */
export function figureNumber(token: string): number | undefined {
  if (token.length > 24) return undefined;
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(token)) return Number(token.replace(/\./g, '').replace(',', '.'));
  if (/^\d+(?:,\d+)?$/.test(token)) return Number(token.replace(',', '.'));
  return /^\d+\.\d{1,2}$/.test(token) ? Number(token) : undefined;
}

export interface FoundNumber {
  readonly text: string;
  readonly start: number;
  /** Inclusive, as the recognizers count. */
  readonly end: number;
  readonly value: number;
}

/** Every number of a text, in order. */
export function findNumbers(text: string): readonly FoundNumber[] {
  const folded = foldKeepingLength(text);
  const found: FoundNumber[] = [];
  const factors: Readonly<Record<string, number>> = {
    million: 1_000_000,
    millionen: 1_000_000,
    mio: 1_000_000,
    milliarde: 1e9,
    milliarden: 1e9,
    mrd: 1e9,
    tausend: 1_000,
  };
  let last: (FoundNumber & { readonly gapEnd: number }) | undefined;
  for (const match of folded.matchAll(/\d+(?:[.,]\d+)*|\p{L}+/gu)) {
    const token = match[0];
    const start = match.index;
    const factor = Object.hasOwn(factors, token) ? factors[token] : undefined;
    if (factor !== undefined && last?.gapEnd === start) {
      const before = last;
      found.pop();
      const merged = {
        text: text.slice(before.start, start + token.length),
        start: before.start,
        end: start + token.length - 1,
        value: before.value * factor,
      };
      found.push(merged);
      last = undefined;
      continue;
    }
    const isFigure = /^\d/.test(token);
    const value = isFigure ? figureNumber(token) : wordNumber(token);
    // „eine Million“ counts, „eine Frage“ does not.
    const isArticle =
      ARTICLES.has(token) &&
      !/^ (?:million|milliarde|tausend)/.test(folded.slice(start + token.length, start + token.length + 12));
    if (value === undefined || isArticle) continue;
    const isNegative = isFigure && /(?:^|\s)(?:-|−|minus )$/.test(folded.slice(Math.max(0, start - 7), start));
    const item = {
      text: text.slice(start, start + token.length),
      start,
      end: start + token.length - 1,
      value: isNegative ? -value : value,
    };
    found.push(item);
    last = { ...item, gapEnd: start + token.length + 1 };
  }
  return found;
}
