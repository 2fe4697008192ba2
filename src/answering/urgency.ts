/**
 * Recognises urgent need before anything else: editors' phrases first (typos and anger included), the ranker second.
 * A phrase is taken back by an exception of the same rule („kann nicht mehr kommen“). Refuses to answer: it names the class.
 */
import type { UrgentRule } from '../knowledge/model';
import { createPhraseFinder, parsePhrase, sentencesOf } from './phrases';

/** Needs in which somebody may come to harm now: nothing comes before their help. */
export const LIFE_AT_RISK: ReadonlySet<string> = new Set(['suicide', 'violence', 'child', 'medical']);

export interface UrgentFind {
  readonly rule: UrgentRule;
  readonly phrase: string;
}

export interface UrgencyDetector {
  detect(message: string): UrgentFind | undefined;
  /** Whether an exception of that kind of need, or what only looks like it, is in a message that nothing but the ranker holds for urgent. */
  takesBack(urgentClass: string, message: string): boolean;
  /** Whether a message only looks like that kind of need, and has no trigger of any. */
  onlyLooksLike(urgentClass: string, message: string): boolean;
}

export function createUrgencyDetector(rules: readonly UrgentRule[]): UrgencyDetector {
  const compiled = rules.map((rule) => ({
    rule,
    trigger: createPhraseFinder(rule.triggers.map(parsePhrase)),
    exception: createPhraseFinder(rule.exceptions.map(parsePhrase)),
    lookalike: createPhraseFinder((rule.lookalikes ?? []).map(parsePhrase)),
  }));
  const detect = (message: string): UrgentFind | undefined => {
    const sentences = sentencesOf(message);
    for (const { rule, trigger, exception } of compiled) {
      const found = trigger(sentences);
      if (found !== undefined && exception(sentences) === undefined) return { rule, phrase: found.text };
    }
    return undefined;
  };
  return {
    detect,
    onlyLooksLike(urgentClass, message) {
      const sentences = sentencesOf(message);
      const looks = compiled.some(
        ({ rule, lookalike }) => rule.class === urgentClass && lookalike(sentences) !== undefined,
      );
      return looks && detect(message) === undefined;
    },
    takesBack(urgentClass, message) {
      const sentences = sentencesOf(message);
      return compiled.some(
        ({ rule, exception, lookalike }) =>
          rule.class === urgentClass && (exception(sentences) ?? lookalike(sentences)) !== undefined,
      );
    },
  };
}
