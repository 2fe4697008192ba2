/**
 * What an entry becomes in an outcome: a choice that leads to it, or what is told of it; a need is told as one, with its numbers. Refuses to
 * say which entry is meant.
 */
import type { Entry, UrgentClass } from '../../knowledge/model';
import { MAX_CHOICES } from '../decision';
import type { Body, Choice, Ref } from '../outcome';

/** A click sends the title, which means the entry word for word. */
export function choiceOf({ id, title }: Pick<Entry, 'id' | 'title'>): Choice {
  return { id, title, value: title };
}

/** As many choices as are offered at once, each entry once. */
export function fewOf(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ id }, at) => choices.findIndex((each) => each.id === id) === at).slice(0, MAX_CHOICES);
}

export function toldOf(
  entryId: string,
  need: UrgentClass | undefined,
  entries: readonly Ref[],
): Body<'answer'> | Body<'urgent'> {
  return need === undefined ? { kind: 'answer', entryId, entries } : needOf(need, entryId, entries);
}

export function needOf(need: UrgentClass, entryId: string, entries: readonly Ref[]): Body<'urgent'> {
  return { kind: 'urgent', urgentClass: need, entryId, entries };
}
