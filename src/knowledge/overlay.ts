/**
 * One installation, many Jobcenter: the base entries with what one Jobcenter words differently or adds.
 */
import type { Entry, KnowledgeBase } from './model';

/** What citizens of this Jobcenter may see; without a Jobcenter, or with one that changes nothing, the base entries. */
export function entriesFor(knowledge: KnowledgeBase, jobcenterId?: string): readonly Entry[] {
  return merged(knowledge, knowledge.entries, jobcenterId, (entry) => entry.audience !== 'staff');
}

/** The same for staff-only entries. */
export function staffEntriesFor(knowledge: KnowledgeBase, jobcenterId?: string): readonly Entry[] {
  return merged(knowledge, knowledge.staffEntries, jobcenterId, (entry) => entry.audience === 'staff');
}

function merged(knowledge: KnowledgeBase, base: readonly Entry[], jobcenterId: string | undefined, belongs: (entry: Entry) => boolean): readonly Entry[] {
  const own = knowledge.overlays.filter((overlay) => overlay.jobcenter === jobcenterId).map((overlay) => overlay.entry);
  if (own.length === 0) return base;
  const overridden = new Map(own.map((entry) => [entry.id, entry]));
  const known = new Set(base.map((entry) => entry.id));
  return [
    ...base.map((entry) => overridden.get(entry.id) ?? entry).filter(belongs),
    ...own.filter((entry) => !known.has(entry.id) && belongs(entry)),
  ];
}
