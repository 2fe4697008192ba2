/**
 * Whether a citizen can read it: sentence length, nested clauses, passive; stricter for Einfache Sprache. Source: writing.md.
 * One finding per passage and rule, with the worst sentence; staff texts are left alone.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import { passages, type Passage } from './passages';
import { excerpt, sentences, wordCount } from './sentences';

const EVERYDAY = { maxWords: 25, averageWords: 16, maxClauses: 2 };
const SIMPLE = { maxWords: 12, maxSentences: 8, maxClauses: 1 };

/** Words that open a subordinate clause, behind a comma. */
const SUBORDINATE = /, (?:(?:auch|nur|erst|selbst|außer|und|oder) )?(?:dass|weil|wenn|ob|obwohl|damit|falls|sofern|soweit|solange|sobald|bevor|nachdem|indem|sodass|während|als|wie|was|wer|wo|welche[rsmn]?|(?:die|der|das|den|dem|deren|dessen)(?= [^,.]* \p{L}+(?:t|en|st|te|ten)(?:[,.!?]|$)))(?= )/gu;
/** „wird … abgezogen“, „wurden … gemindert“: a form of werden and a participle in one clause. */
const PASSIVE = /\b(?:wird|werden|wurde|wurden|worden)\b(?: [^,.;:!?]*)? (?:\p{L}*ge\p{L}{2,}(?:t|en)|(?:ver|be|er|ent|zer|über|unter)\p{L}+(?:t|en))(?=[ ,.;:!?]|$)/iu;
const SUBJUNCTIVE = /\b(?:würde|würden|könnte|könnten|müsste|müssten|hätte|hätten|wäre|wären|dürfte|dürften|sollte|sollten)\b/i;

export function readability(draft: Draft): readonly Finding[] {
  return passages(draft).flatMap((passage) => {
    if (passage.entry?.audience === 'staff') return [];
    if (passage.kind === 'simple') return simple(passage);
    return passage.kind === 'everyday' ? everyday(passage) : [];
  });
}

function everyday(passage: Passage): readonly Finding[] {
  const all = sentences(passage.text);
  const lengths = all.map(wordCount);
  const average = lengths.reduce((sum, each) => sum + each, 0) / (lengths.length || 1);
  const passive = all.filter((sentence) => PASSIVE.test(sentence)).length;
  return [
    ...longest(passage, all, EVERYDAY.maxWords),
    ...(lengths.length >= 3 && average > EVERYDAY.averageWords
      ? [finding('warning', 'KB_LONG_SENTENCE', passage.at(), `Die Sätze haben im Schnitt ${Math.round(average)} Wörter (höchstens ${EVERYDAY.averageWords}).`, 'Teilen Sie sie.')]
      : []),
    ...nested(passage, all, EVERYDAY.maxClauses),
    ...(all.length >= 3 && passive > all.length / 2
      ? [finding('warning', 'KB_PASSIVE', passage.at(), `${passive} von ${all.length} Sätzen stehen im Passiv.`, 'Sagen Sie, wer etwas tut: „Das Jobcenter zahlt …“.')]
      : []),
  ];
}

function simple(passage: Passage): readonly Finding[] {
  const all = sentences(passage.text);
  const passive = all.find((sentence) => PASSIVE.test(sentence));
  const subjunctive = all.find((sentence) => SUBJUNCTIVE.test(sentence));
  return [
    ...longest(passage, all, SIMPLE.maxWords),
    ...(all.length > SIMPLE.maxSentences
      ? [finding('warning', 'KB_SIMPLE_TOO_LONG', passage.at(), `Der Text in Einfacher Sprache hat ${all.length} Sätze (höchstens ${SIMPLE.maxSentences}).`, 'Kürzen Sie ihn.')]
      : []),
    ...nested(passage, all, SIMPLE.maxClauses),
    ...(passive === undefined ? [] : [finding('warning', 'KB_PASSIVE', passage.at(), `Einfache Sprache hat kein Passiv: „${excerpt(passive)}“`, 'Sagen Sie, wer etwas tut.')]),
    ...(subjunctive === undefined
      ? []
      : [finding('warning', 'KB_SUBJUNCTIVE', passage.at(), `Einfache Sprache hat keinen Konjunktiv: „${excerpt(subjunctive)}“`, 'Schreiben Sie „vielleicht“ oder „kann“.')]),
  ];
}

function longest(passage: Passage, all: readonly string[], maxWords: number): readonly Finding[] {
  const worst = all.reduce<string>((longer, sentence) => (wordCount(sentence) > wordCount(longer) ? sentence : longer), '');
  const words = wordCount(worst);
  if (words <= maxWords) return [];
  return [finding('warning', 'KB_LONG_SENTENCE', passage.at(), `Ein Satz hat ${words} Wörter (höchstens ${maxWords}): „${excerpt(worst)}“`, 'Teilen Sie ihn.')];
}

function nested(passage: Passage, all: readonly string[], maxClauses: number): readonly Finding[] {
  const worst = all.find((sentence) => (sentence.match(SUBORDINATE)?.length ?? 0) > maxClauses);
  return worst === undefined ? [] : [finding('warning', 'KB_NESTED_CLAUSES', passage.at(), `Ein Satz ist verschachtelt: „${excerpt(worst)}“`, 'Machen Sie zwei Sätze daraus.')];
}
