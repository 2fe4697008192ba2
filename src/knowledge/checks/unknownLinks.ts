/**
 * References that lead nowhere: between entries, to Jobcenter, help numbers, steps and amounts. Silent while a file is unreadable,
 * because what it holds is then unknown.
 */
import type { Draft } from '../draft';
import { didYouMean, finding, type Finding } from '../findings';
import type { Origin } from '../model';
import { AMOUNT } from '../parameters';
import { entryItems, isOwn, passages } from './passages';

export function unknownLinks(draft: Draft): readonly Finding[] {
  return draft.complete
    ? [...entryLinks(draft), ...noteLinks(draft), ...overlayFolders(draft), ...eventLinks(draft), ...urgentLinks(draft), ...guideLinks(draft), ...amounts(draft)]
    : [];
}

function unknown(at: Origin, what: string, id: string, known: Iterable<string>): Finding {
  return finding('error', 'KB_UNKNOWN_LINK', at, `${what.replace('%', `„${id}“`)} gibt es nicht.`, didYouMean(id, known));
}

const TOPIC = 'Das Thema %';

function entryLinks(draft: Draft): readonly Finding[] {
  const { entries: known } = draft.ids;
  const forCitizens = new Set(draft.entries.map((entry) => entry.value.id));
  const staffOnly = new Set(draft.staffEntries.map((entry) => entry.value.id).filter((id) => !forCitizens.has(id)));
  return entryItems(draft).flatMap((entry) => {
    if (!isOwn(entry, 'siehe_auch')) return [];
    return entry.value.seeAlso.flatMap((id, index) => {
      const at = entry.at('siehe_auch', index);
      if (!known.has(id)) return [unknown(at, TOPIC, id, known)];
      if (id === entry.value.id) return [finding('error', 'KB_SELF_LINK', at, `Das Thema „${id}“ verweist auf sich selbst.`, 'Löschen Sie den Verweis.')];
      if (entry.value.audience !== 'staff' && staffOnly.has(id)) {
        return [finding('error', 'KB_AUDIENCE', at, `„${id}“ ist nur für Mitarbeitende; ein Thema für Bürgerinnen und Bürger darf nicht darauf verweisen.`, 'Löschen Sie den Verweis.')];
      }
      return [];
    });
  });
}

function noteLinks(draft: Draft): readonly Finding[] {
  const { entries: known } = draft.ids;
  return draft.staffNotes.flatMap((note) => (known.has(note.value.entryId) ? [] : [unknown(note.at('zu'), TOPIC, note.value.entryId, known)]));
}

/** oertlich/<jobcenter>/ names its Jobcenter by the folder. */
function overlayFolders(draft: Draft): readonly Finding[] {
  const { jobcenters: known } = draft.ids;
  const reported = new Set<string>();
  return draft.overlays.flatMap((overlay) => {
    const { jobcenter } = overlay.value;
    if (known.has(jobcenter) || reported.has(overlay.file)) return [];
    reported.add(overlay.file);
    return [unknown({ file: overlay.file, line: 1, column: 1 }, 'Das Jobcenter % (Name des Ordners)', jobcenter, known)];
  });
}

function eventLinks(draft: Draft): readonly Finding[] {
  const { jobcenters: known } = draft.ids;
  return draft.events.flatMap((event) =>
    event.value.jobcenters.flatMap((id, index) => (known.has(id) ? [] : [unknown(event.at('jobcenter', index), 'Das Jobcenter %', id, known)])),
  );
}

function urgentLinks(draft: Draft): readonly Finding[] {
  const { entries, helpNumbers } = draft.ids;
  return draft.urgentRules.flatMap((rule) => [
    ...(entries.has(rule.value.entryId) ? [] : [unknown(rule.at('eintrag'), TOPIC, rule.value.entryId, entries)]),
    ...rule.value.helpNumbers.flatMap((id, index) =>
      helpNumbers.has(id) ? [] : [unknown(rule.at('hilfenummern', index), 'Die Hilfenummer %', id, helpNumbers)],
    ),
  ]);
}

function guideLinks(draft: Draft): readonly Finding[] {
  return draft.guides.flatMap((guide) => {
    const steps = new Set(guide.value.steps.map((step) => step.id));
    const start = steps.has(guide.value.start) ? [] : [unknown(guide.at('start'), 'Den Schritt %', guide.value.start, steps)];
    return [
      ...start,
      ...guide.value.steps.flatMap((step, index) => [
        ...(step.entryId === undefined || draft.ids.entries.has(step.entryId)
          ? []
          : [unknown(guide.at('schritte', index, 'eintrag'), TOPIC, step.entryId, draft.ids.entries)]),
        ...step.choices.flatMap((choice, each) =>
          steps.has(choice.next) ? [] : [unknown(guide.at('schritte', index, 'auswahl', each, 'weiter'), 'Den Schritt %', choice.next, steps)],
        ),
      ]),
    ];
  });
}

const AMOUNT_LIKE = /\{\s*betrag\b[^}]*\}?/gi;

function amounts(draft: Draft): readonly Finding[] {
  const { parameters: known } = draft.ids;
  const inText = (text: string, at: () => Origin): readonly Finding[] =>
    [...text.matchAll(AMOUNT_LIKE)].flatMap(([written]) => {
      const id = [...written.matchAll(AMOUNT)][0]?.[1]?.trim();
      if (id === undefined) return [finding('error', 'KB_AMOUNT_FORM', at(), `„${written}“ ist unvollständig.`, 'Schreiben Sie {betrag:kennung}.')];
      return known.has(id) ? [] : [unknown(at(), 'Den Betrag %', id, known)];
    });
  return passages(draft).flatMap(({ text, at }) => inText(text, at));
}
