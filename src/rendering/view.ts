/**
 * What a reply is composed for: the knowledge as this turn sees it, the day, and how the person wants to be spoken to.
 * Knows no channel; what a channel can show comes later (toActivities.ts).
 */
import type { IsoDate, KnowledgeBase } from '../knowledge/model';
import { entriesFor, staffEntriesFor } from '../knowledge/overlay';

export interface ReplyView {
  /** Already merged for the chosen Jobcenter (knowledge/overlay.ts). */
  readonly knowledge: KnowledgeBase;
  readonly day: IsoDate;
  readonly style: 'everyday' | 'simple';
  /** `de` or one of the languages of knowledge/texte. */
  readonly language: string;
  readonly audience: 'citizens' | 'staff';
  readonly jobcenter?: string;
}

/** The view of one turn: what the chosen Jobcenter words differently is merged in. */
export function createView(knowledge: KnowledgeBase, view: Omit<ReplyView, 'knowledge'>): ReplyView {
  return {
    ...view,
    knowledge: {
      ...knowledge,
      entries: entriesFor(knowledge, view.jobcenter),
      staffEntries: staffEntriesFor(knowledge, view.jobcenter),
    },
  };
}
