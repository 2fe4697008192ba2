/**
 * Everything the service may say out of the knowledge base, passage by passage with its place: what the rules about wording read.
 */
import type { Draft, Located } from '../draft';
import type { AnswerVersion, Entry, Origin } from '../model';

export interface Passage {
  readonly kind: 'everyday' | 'simple' | 'translation' | 'note';
  readonly text: string;
  /** Where the passage begins; called only for a finding. */
  readonly at: () => Origin;
  readonly entry?: Entry;
  readonly version?: AnswerVersion;
  /** From oertlich/. */
  readonly local: boolean;
}

/** Every entry that is served, with the German keys that stand in its own file (an overlay only gives some). */
export interface EntryItem extends Located<Entry> {
  readonly keys: readonly string[] | undefined;
  readonly local: boolean;
}

export function entryItems(draft: Draft): readonly EntryItem[] {
  return [
    ...[...draft.entries, ...draft.staffEntries].map((item) => ({ ...item, keys: undefined, local: false })),
    ...draft.overlays.map(({ value, file, at, keys }) => ({ value: value.entry, file, at, keys, local: true })),
  ];
}

export function isOwn(item: EntryItem, key: string): boolean {
  return item.keys === undefined || item.keys.includes(key);
}

/** Answers in all their forms; then the notes and the guided ways. */
export function passages(draft: Draft): readonly Passage[] {
  return [...entryItems(draft).flatMap(answerPassages), ...notePassages(draft), ...guidePassages(draft)];
}

export function answerPassages(item: EntryItem): readonly Passage[] {
  const { value: entry, at, local } = item;
  const versions = isOwn(item, 'fassungen') ? entry.versions : [];
  return [
    ...versions.flatMap((version, index): Passage[] => {
      const place = (key: string) => () => at('fassungen', index, key);
      const about = { entry, version, local };
      return [
        { kind: 'everyday', text: version.answer, at: place('antwort'), ...about },
        ...(version.more === undefined ? [] : [{ kind: 'everyday' as const, text: version.more, at: place('mehr'), ...about }]),
        ...(version.simple === undefined ? [] : [{ kind: 'simple' as const, text: version.simple, at: place('einfach'), ...about }]),
      ];
    }),
    ...(isOwn(item, 'uebersetzungen') ? entry.translations : []).map(
      (translation, index): Passage => ({ kind: 'translation', text: translation.answer, at: () => at('uebersetzungen', index, 'antwort'), entry, local }),
    ),
  ];
}

function notePassages(draft: Draft): readonly Passage[] {
  return draft.staffNotes.map(({ value, at }) => ({ kind: 'note', text: value.text, at: () => at('text'), local: false }));
}

function guidePassages(draft: Draft): readonly Passage[] {
  return draft.guides.flatMap(({ value, at }) =>
    value.steps.flatMap((step, index): Passage[] => [
      { kind: 'everyday', text: step.text, at: () => at('schritte', index, 'text'), local: false },
      ...(step.simple === undefined ? [] : [{ kind: 'simple' as const, text: step.simple, at: () => at('schritte', index, 'einfach'), local: false }]),
    ]),
  );
}
