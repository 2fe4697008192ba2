/**
 * What is told together once it has been found: points of one list are the whole list, and an amount that grows from time to time is told
 * with all its steps. Pure, over line numbers. Refuses to say the words before a list twice.
 */
import { normalize } from '../search/german/normalize';
import type { Place } from './outcome';
import type { Passage } from './passages';

/** „Beim ersten Mal … 10 Prozent“, „Bei weiteren …“: each is too little or too much without the others. */
const STEP = /\b(?:beim? (?:ersten?|zweiten?|dritten?|weiteren|jedem weiteren)|der erste \w+ bleibt)\b/;
const OF_MONEY = /\b(?:prozent|euro)\b/;

/** The places of the passages, in the order of the answer. */
export function joined(told: readonly Passage[], passages: readonly Passage[]): readonly Place[] {
  const lists = told.map((passage) => (hasNeighbour(passage, told) ? listAround(passage, passages) : passage));
  const steps = lists.flatMap((passage) => (isStep(passage) ? stepsBeside(passage, passages) : []));
  const all = new Set([...lists, ...steps]);
  return merged(passages.filter((passage) => all.has(passage)).map(({ place }) => place));
}

/** The list that the point is one of; the point itself where there is none. */
export function listAround(passage: Passage, passages: readonly Passage[]): Passage {
  if (passage.kind !== 'item') return passage;
  const isAround = ({ kind, place }: Passage): boolean =>
    kind === 'list' && place.of === passage.place.of && place.lines.includes(passage.end);
  return passages.find(isAround) ?? passage;
}

function hasNeighbour(passage: Passage, told: readonly Passage[]): boolean {
  return (
    passage.kind === 'item' &&
    told.some(
      (other) =>
        other !== passage &&
        other.kind === 'item' &&
        other.place.of === passage.place.of &&
        other.place.lines[0] === passage.place.lines[0],
    )
  );
}

function isStep({ text }: Passage): boolean {
  const folded = normalize(text);
  return STEP.test(folded) && OF_MONEY.test(folded);
}

function stepsBeside({ place }: Passage, passages: readonly Passage[]): readonly Passage[] {
  return passages.filter((other) => other.place.of === place.of && isStep(other));
}

/** Places that share a line are one. */
function merged(places: readonly Place[]): readonly Place[] {
  return places.reduce<readonly Place[]>((before, place) => {
    const at = before.findIndex(({ of, lines }) => of === place.of && lines.some((line) => place.lines.includes(line)));
    const same = before[at];
    if (same === undefined) return [...before, place];
    const lines = [...new Set([...same.lines, ...place.lines])].sort((a, b) => a - b);
    return before.map((each, index) => (index === at ? { of: place.of, lines } : each));
  }, []);
}
