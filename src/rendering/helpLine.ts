/** One line with the numbers of one need or several, for before whatever else is said. Refuses to say what to do: that is the entry's. */
import type { HelpNumber, UrgentClass } from '../knowledge/model';
import type { Block } from './reply';
import { safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { say } from './wording';

export function helpLine(classes: readonly UrgentClass[], view: ReplyView): readonly Block[] {
  const ids = classes.flatMap(
    (each) => view.knowledge.urgentRules.find((rule) => rule.class === each)?.helpNumbers ?? [],
  );
  const numbers = [...new Set(ids)]
    .map((id) => view.knowledge.helpNumbers.find((each) => each.id === id))
    .filter((each): each is HelpNumber => each !== undefined);
  if (numbers.length === 0) return [];
  const nummern = numbers.map(called).join(', ');
  return [{ type: 'notice', tone: 'help', markdown: safeMarkdown(say(view, 'not.bleibt', { nummern })) }];
}

function called({ label, numbers }: HelpNumber): string {
  return `${label} ${numbers.map((number) => `[${number}](tel:${number.replace(/[^0-9+]/g, '')})`).join(' · ')}`;
}
