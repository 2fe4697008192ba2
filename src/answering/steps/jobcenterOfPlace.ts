/** Which Jobcenter the place of a message belongs to, as an outcome. A place outside is `unknown`, never assigned. */
import { WHICH_JOBCENTER_ENTRIES, WHICH_JOBCENTER_ENTRY, WHICH_JOBCENTER_INTENT } from '../knownEntries';
import type { Body, Ref } from '../outcome';
import type { Ranking } from '../ranker';
import { refsOf, type Turn } from './turn';

/** `undefined` where no place is named. */
export function jobcenterOfPlace({ place, ranking }: Turn): Body<'jobcenter'> | undefined {
  const { status, jobcenterIds } = place;
  if (status === 'none') return undefined;
  const named = place.place === undefined ? {} : { place: place.place };
  if (status === 'unknown')
    return { kind: 'jobcenter', jobcenterIds: [], status, entries: whichJobcenter(ranking), ...named };
  const entries = jobcenterIds.map((id) => ({ id, confidence: 1 / jobcenterIds.length }));
  // „Hamm oder Essen“: only the person knows which is meant.
  if (jobcenterIds.length > 1) return { kind: 'jobcenter', jobcenterIds, status: 'ambiguous', entries, ...named };
  return { kind: 'jobcenter', jobcenterIds, status, entries, ...named };
}

/** „Wo wohnen Sie?“ */
export function askForPlace(ranking: Ranking): Body<'jobcenter'> {
  return { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: whichJobcenter(ranking) };
}

/** The entry that says how to find one's Jobcenter, and those near it. */
export function whichJobcenter(ranking: Ranking): readonly Ref[] {
  const about = refsOf(ranking).filter(({ id }) => WHICH_JOBCENTER_ENTRIES.has(id));
  return about.some(({ id }) => id === WHICH_JOBCENTER_ENTRY)
    ? about
    : [{ id: WHICH_JOBCENTER_ENTRY, confidence: ranking.intent(WHICH_JOBCENTER_INTENT) }, ...about];
}
