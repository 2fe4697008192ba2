/**
 * Recognises urgent need before anything else: editors' phrases first (typos and anger included), the ranker second.
 * A phrase is taken back by an exception of the same rule („kann nicht mehr kommen“). Refuses to answer: it names the class.
 */
import type { UrgentRule } from '../knowledge/model';
import { createPhraseFinder, parsePhrase, sentencesOf } from './phrases';

/** Needs in which somebody may come to harm now: nothing comes before their help. */
export const LIFE_AT_RISK: ReadonlySet<string> = new Set(['suicide', 'violence', 'child']);

export interface UrgentFind {
  readonly rule: UrgentRule;
  readonly phrase: string;
}

export interface UrgencyDetector {
  detect(message: string): UrgentFind | undefined;
  /** Whether an exception of that kind of need is in the message, whoever thinks that it is urgent. */
  takesBack(urgentClass: string, message: string): boolean;
}

export function createUrgencyDetector(rules: readonly UrgentRule[]): UrgencyDetector {
  const compiled = rules.map((rule) => ({
    rule,
    trigger: createPhraseFinder(rule.triggers.map(parsePhrase)),
    exception: createPhraseFinder(rule.exceptions.map(parsePhrase)),
  }));
  return {
    takesBack(urgentClass, message) {
      const sentences = sentencesOf(message);
      return compiled.some(({ rule, exception }) => rule.class === urgentClass && exception(sentences) !== undefined);
    },
    detect(message) {
      const sentences = sentencesOf(message);
      for (const { rule, trigger, exception } of compiled) {
        const found = trigger(sentences);
        if (found !== undefined && exception(sentences) === undefined) return { rule, phrase: found.text };
      }
      return undefined;
    },
  };
}
