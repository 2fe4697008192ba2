/**
 * Steps of a guided way that no choice leads to.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';
import type { Guide } from '../model';

export function deadSteps(draft: Draft): readonly Finding[] {
  return draft.guides.flatMap((guide) => {
    const reached = reachable(guide.value);
    return guide.value.steps.flatMap((step, index) =>
      reached.has(step.id)
        ? []
        : [finding('warning', 'KB_DEAD_STEP', guide.at('schritte', index), `Zum Schritt „${step.id}“ führt keine Auswahl.`, 'Verweisen Sie darauf oder löschen Sie ihn.')],
    );
  });
}

function reachable(guide: Guide): ReadonlySet<string> {
  const steps = new Map(guide.steps.map((step) => [step.id, step]));
  const reached = new Set<string>();
  const open = [guide.start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(steps.get(id)?.choices ?? []).map((choice) => choice.next));
  }
  return reached;
}
