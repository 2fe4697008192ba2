/**
 * A folder without one answer is a mistake (deleted, half copied), never a knowledge base.
 */
import type { Draft } from '../draft';
import { finding, type Finding } from '../findings';

export function noEntries(draft: Draft): readonly Finding[] {
  if (!draft.complete || draft.ids.entries.size > 0) return [];
  return [finding('error', 'KB_NO_ENTRIES', { file: 'leistungen/', line: 1, column: 1 }, 'Hier steht kein einziges Thema.', 'Stellen Sie die Dateien wieder her.')];
}
