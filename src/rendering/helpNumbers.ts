/**
 * The numbers to call in need: in one line before whatever else is said, or as a list with their Stand. Refuses to say what to do: that is the
 * entry's.
 */
import type { HelpNumber, UrgentClass } from '../knowledge/model';
import { shortDay } from './dates';
import type { Block } from './reply';
import { safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { say } from './wording';

/** Of one need or several; nothing where none has numbers. */
export function helpLine(classes: readonly UrgentClass[], view: ReplyView): readonly Block[] {
  const numbers = numbersOf(classes, view);
  if (numbers.length === 0) return [];
  const nummern = numbers.map(called).join(', ');
  return [{ type: 'notice', tone: 'help', markdown: safeMarkdown(say(view, 'not.bleibt', { nummern })) }];
}

/** As Markdown; nothing where the need has no numbers. */
export function helpList(need: string, view: ReplyView): readonly string[] {
  const numbers = numbersOf([need], view);
  if (numbers.length === 0) return [];
  const oldest = numbers.map(({ asOf }) => asOf).sort()[0] ?? '';
  const lines = numbers.map(({ label, note, ...rest }) => {
    const remark = note === undefined ? '' : ` (${note})`;
    return `- ${label}: ${links(rest)}${remark}`;
  });
  return [`${say(view, 'not.nummern', { datum: shortDay(oldest, view.language) })}\n${lines.join('\n')}`];
}

function numbersOf(needs: readonly string[], { knowledge }: ReplyView): readonly HelpNumber[] {
  const ids = needs.flatMap((need) => knowledge.urgentRules.find((rule) => rule.class === need)?.helpNumbers ?? []);
  return [...new Set(ids)].flatMap((id) => knowledge.helpNumbers.find((each) => each.id === id) ?? []);
}

function called({ label, numbers }: HelpNumber): string {
  return `${label} ${links({ numbers })}`;
}

function links({ numbers }: Pick<HelpNumber, 'numbers'>): string {
  return numbers.map((number) => `[${number}](tel:${number.replace(/[^0-9+]/g, '')})`).join(' · ');
}
