/**
 * An open choice: „die zweite“, a click, „keins davon“. A new question is none of these and goes on to the other steps; so does what
 * is said while feedback is awaited, which the dialog takes.
 */
import { resolvePending } from '../pendingChoice';
import type { Chosen } from './chosen';
import type { Step } from './turn';

export function createPendingStep(chosen: Chosen): Step {
  return ({ text, context }) => {
    const { pending } = context;
    if (pending === undefined || pending.about === 'feedback') return undefined;
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
