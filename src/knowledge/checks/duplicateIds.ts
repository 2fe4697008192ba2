/**
 * The same id twice: nobody could tell which of the two answers is meant. Names both places.
 */
import type { Draft, Located } from '../draft';
import { finding, type Finding } from '../findings';

export function duplicateIds(draft: Draft): readonly Finding[] {
  return [
    ...within([...draft.entries, ...draft.staffEntries], 'Das Thema'),
    ...within(draft.events, 'Die Aktion'),
    ...within(draft.jobcenters, 'Das Jobcenter'),
    ...within(draft.parameters, 'Der Betrag'),
    ...within(draft.helpNumbers, 'Die Hilfenummer'),
    ...within(draft.guides, 'Der Weg'),
    ...draft.guides.flatMap((guide) =>
      within(
        guide.value.steps.map((step, index) => ({ value: step, file: guide.file, at: (...path) => guide.at('schritte', index, ...path) })),
        'Der Schritt',
      ),
    ),
    ...overlaysTwice(draft),
    ...acrossKinds(draft),
  ];
}

function within(items: readonly Located<{ readonly id: string }>[], noun: string): readonly Finding[] {
  const first = new Map<string, Located<{ readonly id: string }>>();
  const findings: Finding[] = [];
  for (const item of items) {
    const earlier = first.get(item.value.id);
    if (earlier === undefined) first.set(item.value.id, item);
    else findings.push(twice(item, earlier, `${noun} „${item.value.id}“`));
  }
  return findings;
}

function twice(item: Located<unknown>, earlier: Located<unknown>, what: string): Finding {
  const before = earlier.at('id');
  return finding('error', 'KB_DUPLICATE_ID', item.at('id'), `${what} gibt es schon: ${before.file}:${before.line}.`, 'Ändern oder löschen Sie eines von beiden.');
}

/** A Jobcenter may change an entry once. */
function overlaysTwice(draft: Draft): readonly Finding[] {
  const first = new Map<string, Draft['overlays'][number]>();
  return draft.overlays.flatMap((overlay) => {
    const key = `${overlay.value.jobcenter}/${overlay.value.entry.id}`;
    const earlier = first.get(key);
    if (earlier !== undefined) return [twice(overlay, earlier, `Die örtliche Fassung von „${overlay.value.entry.id}“`)];
    first.set(key, overlay);
    return [];
  });
}

/** Entries, events and Jobcenter share one namespace in outcomes and metrics. */
function acrossKinds(draft: Draft): readonly Finding[] {
  const entries = new Map([...draft.entries, ...draft.staffEntries].map((entry) => [entry.value.id, entry]));
  return [...draft.events, ...draft.jobcenters].flatMap((item) => {
    const entry = entries.get(item.value.id);
    return entry === undefined ? [] : [twice(item, entry, `Die Kennung „${item.value.id}“`)];
  });
}
