/**
 * Whether a short message says a word of a need in which somebody may come to harm. „Mein Kind ist 5“ is near to help for children by its
 * letters, and names no need. The words are those that the editors' examples of such needs have and all others hardly ever. Refuses to
 * weigh longer messages, which may tell a need without any one word, and messages in other languages.
 */
import type { Entry } from '../knowledge/model';
import { isFunctionWord } from '../search/german/functionWords';
import { tokenize } from '../search/german/normalize';
import { stem } from '../search/german/stem';
import { runSteps, type Steps } from '../search/steps';
import type { RankedEntry } from './ranker';
import { LIFE_AT_RISK } from './urgency';

/** Of the gold questions that a ranker alone made a need, every one with fewer words had a word of need. */
const SHORT = 8;
/** A word this much more frequent where needs are told is one of need („bedroht“, „Tabletten“) … */
const OF_NEED = 0.95;
/** … from here on it may be („Angst“, „anrufen“), and two of them are („trau mich nicht heim“). */
const OF_NEED_MAYBE = 0.85;
const CALLS_FOR_HELP = /\b(?:hilfe|helft|notfall|notruf|sos)\b/;
/** An age says nothing of a need. */
const NUMBER = /^\d+$/;
/** What is believed at most of a need of which no word was said: enough to be offered, too little for an alarm. */
const BELIEVED_UNSAID = 0.5;
/** A word of a single example says nothing; one of a title or keyword does. */
const FEW = 2;

export type NeedWords = (folded: string, ranked: readonly RankedEntry[]) => readonly RankedEntry[];

/** Takes from a ranking the needs that a short German message does not speak of. */
export function createNeedWords(entries: readonly Entry[], normalized: (text: string) => string): NeedWords {
  return runSteps(buildNeedWords(entries, normalized));
}

/** The same in steps, one per entry, for whoever serves meanwhile: every word of every example is counted. */
export function* buildNeedWords(entries: readonly Entry[], normalized: (text: string) => string): Steps<NeedWords> {
  const atRisk = new Set(entries.filter(isAtRisk).map(({ id }) => id));
  const shareOf = yield* countShares(entries, normalized);
  return (folded, ranked) => {
    const tokens = tokenize(folded);
    if (tokens.length >= SHORT || !ranked.some(({ id }) => atRisk.has(id))) return ranked;
    const shares = tokens
      .filter((token) => !isFunctionWord(token) && !NUMBER.test(token))
      .map((token) => shareOf(stem(token)));
    const likely = shares.flatMap((share) => (share !== undefined && share >= OF_NEED_MAYBE ? [share] : []));
    if (likely.length > 1 || likely.some((share) => share >= OF_NEED)) return ranked;
    // A word that nobody wrote before may be a need misspelt.
    const maybe = likely.length > 0 || shares.includes(undefined) || CALLS_FOR_HELP.test(folded);
    return ranked
      .flatMap((one) => {
        if (!atRisk.has(one.id)) return [one];
        return maybe ? [{ ...one, confidence: Math.min(one.confidence, BELIEVED_UNSAID) }] : [];
      })
      .sort((a, b) => b.confidence - a.confidence);
  };
}

function isAtRisk({ urgent }: Entry): boolean {
  return urgent !== undefined && LIFE_AT_RISK.has(urgent);
}

/** How much likelier a word is where needs are told than elsewhere, from 0 to 1; nothing for a word that nobody wrote. */
function* countShares(
  entries: readonly Entry[],
  normalized: (text: string) => string,
): Steps<(word: string) => number | undefined> {
  const needs = yield* count(entries.filter(isAtRisk), normalized);
  const others = yield* count(
    entries.filter(({ urgent }) => urgent === undefined),
    normalized,
  );
  return (word) => {
    const inNeeds = needs.times.get(word) ?? 0;
    const inOthers = others.times.get(word) ?? 0;
    if (inNeeds + inOthers === 0) return undefined;
    if (inNeeds < FEW) return 0;
    const share = inNeeds / needs.texts;
    return share / (share + inOthers / Math.max(1, others.texts));
  };
}

function* count(
  entries: readonly Entry[],
  normalized: (text: string) => string,
): Steps<{ readonly times: ReadonlyMap<string, number>; readonly texts: number }> {
  const times = new Map<string, number>();
  const add = (texts: readonly string[], by: number): number => {
    for (const text of texts) {
      for (const word of new Set(tokenize(normalized(text)).map(stem))) times.set(word, (times.get(word) ?? 0) + by);
    }
    return texts.length * by;
  };
  let texts = 0;
  for (const { title, keywords, questions, examples } of entries) {
    texts += add([...questions, ...examples], 1) + add([title, ...keywords], FEW);
    yield;
  }
  return { times, texts };
}
