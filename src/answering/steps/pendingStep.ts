/**
 * An open choice: „die zweite“, a click, „keins davon“. A new question is none of these and goes on to the other steps; so does what
 * is said while feedback is awaited, which the dialog takes.
 */
import { resolvePending } from '../pendingChoice';
import type { Chosen } from './chosen';
import type { Step } from './turn';

/** To „Meinten Sie …?“: with one thing to mean it is that, with several they are asked again. */
const YES =
  /^(?:ja|jo|jep|jup|joa|ok|okay|gerne?|passt|sicher|klar|genau|stimmt|richtig|korrekt|yes|evet|так|да|نعم)(?: (?:bitte|genau|das|stimmt|richtig))*$|^(?:ja |genau )?(?:(?:das|die|den|es) (?:meine?|meinte) ich|das ist es|(?:das|die) ist richtig)$/;
/** „Beides“: one answer at a time, so they are asked again. */
const BOTH = /^(?:ja )?(?:beides?|beide|alles?|alle (?:beide|drei|zwei))(?: bitte)?$/;

export function createPendingStep(chosen: Chosen): Step {
  return ({ text, folded, context }) => {
    const { pending } = context;
    if (pending === undefined || pending.about === 'feedback') return undefined;
    const [only, ...others] = pending.choices;
    if (only !== undefined && (YES.test(folded) || (others.length > 0 && BOTH.test(folded))))
      return others.length === 0
        ? chosen(only.id, context)
        : { kind: 'clarify', about: pending.about, choices: pending.choices, entries: [] };
    const found = resolvePending(text, pending.choices);
    switch (found.kind) {
      case 'choice':
        return chosen(found.choice.id, context);
      case 'none':
        return { kind: 'fallback', reason: 'noneOfThese', entries: [] };
      case 'new':
        return undefined;
    }
  };
}
