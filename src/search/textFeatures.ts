/**
 * What the linear ranker sees of a text: stems (with parts and synonyms), neighbouring stems, character n-grams of the words.
 * Each group is scaled to its own length, so that a long question weighs no more than a short one. Refuses to learn.
 */
import type { Analysis } from './analyzer';
import { charGrams } from './charGrams';
import { isFunctionWord } from './german/functionWords';
import { stem } from './german/stem';

export interface Feature {
  readonly name: string;
  readonly value: number;
}

const WORD_NORM = 1;
const PAIR_NORM = 0.4;
const GRAM_NORM = 0.6;
const GRAM_SIZE = 4;

export function textFeatures(analysis: Analysis): readonly Feature[] {
  const words = new Map<string, number>();
  for (const { term, weight } of analysis.terms) words.set(`w${term}`, Math.max(words.get(`w${term}`) ?? 0, weight));

  const pairs = new Map<string, number>();
  const stems = analysis.tokens.map(stem);
  for (let i = 0; i + 1 < stems.length; i++) pairs.set(`p${stems[i] ?? ''} ${stems[i + 1] ?? ''}`, 1);
  const content = analysis.tokens.filter((token) => !isFunctionWord(token)).map(stem);
  for (let i = 0; i + 1 < content.length; i++) pairs.set(`s${content[i] ?? ''} ${content[i + 1] ?? ''}`, 1);

  const grams = new Map<string, number>();
  for (const gram of charGrams(
    analysis.tokens.filter((token) => token.length >= 3 && !isFunctionWord(token)),
    GRAM_SIZE,
    GRAM_SIZE,
  )) {
    grams.set(`g${gram}`, 1);
  }
  return [...scaled(words, WORD_NORM), ...scaled(pairs, PAIR_NORM), ...scaled(grams, GRAM_NORM)];
}

function scaled(group: ReadonlyMap<string, number>, norm: number): Feature[] {
  let square = 0;
  for (const value of group.values()) square += value * value;
  const factor = square === 0 ? 0 : norm / Math.sqrt(square);
  return [...group].map(([name, value]) => ({ name, value: value * factor }));
}
