/**
 * What an id means by itself: an entry, an event or a Jobcenter. Refuses to judge: whether an entry may be read is the caller's
 * knowledge, whether it is urgent the step's (steps/chosen.ts).
 */
import type { Entry, KnowledgeBase } from '../knowledge/model';
import type { Body } from './outcome';

/** `entry`: the entry of that id, if there is one that may be read. */
export function outcomeById(
  id: string,
  entry: Entry | undefined,
  { events, jobcenters }: KnowledgeBase,
): Body<'answer'> | Body<'events'> | Body<'jobcenter'> | undefined {
  const entries = [{ id, confidence: 1 }];
  if (entry !== undefined) return { kind: 'answer', entryId: id, entries };
  if (events.some((event) => event.id === id))
    return {
      kind: 'events',
      filter: { eventIds: [id] },
      eventIds: [id],
      aspect: 'all',
      nearest: false,
      notes: [],
      entries,
    };
  if (jobcenters.some((jobcenter) => jobcenter.id === id))
    return { kind: 'jobcenter', jobcenterIds: [id], status: 'found', entries };
  return undefined;
}
