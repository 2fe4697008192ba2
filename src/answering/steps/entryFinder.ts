/** The entry of an id as the person may read it: the wording of their Jobcenter first, a staff entry for staff alone. */
import type { Entry, KnowledgeBase } from '../../knowledge/model';
import type { TurnContext } from '../outcome';

export type EntryFinder = (id: string, context: TurnContext) => Entry | undefined;

export function createEntryFinder({ entries, staffEntries, overlays }: KnowledgeBase): EntryFinder {
  const forAll = new Map(entries.map((entry) => [entry.id, entry]));
  const forStaff = new Map(staffEntries.map((entry) => [entry.id, entry]));
  return (id, { audience, jobcenter }) => {
    const local = overlays.find((overlay) => overlay.jobcenter === jobcenter && overlay.entry.id === id)?.entry;
    return local ?? forAll.get(id) ?? (audience === 'staff' ? forStaff.get(id) : undefined);
  };
}
