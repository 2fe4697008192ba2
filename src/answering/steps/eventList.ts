/**
 * The list of events that a message means, as an outcome: of the place it names, else of the one that is standing in the conversation.
 * Whether it asks for events at all is decided elsewhere (eventStep.ts, foreignStep.ts).
 */
import type { Jobcenter } from '../../knowledge/model';
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import { MAX_CHOICES } from '../decision';
import { isElliptic } from '../ellipsis';
import type { EventFind, EventFinder, EventPlace } from '../events';
import { EVENT_ENTRIES, EVENTS_INTENT } from '../knownEntries';
import type { Body, EventFilter } from '../outcome';
import type { PlaceMatch } from '../places/placeFinder';
import type { Ranking } from '../ranker';
import { refsOf, type Turn } from './turn';

/** „Was ist da los?“ means the Jobcenter just named, „hier“ the one that holds for the conversation. */
const THERE = /\b(?:da|dort|dorthin|hier)\b/;
const HERE =
  /\b(?:hier|bei (?:mir|uns)|(?:mein\w*|unser\w*) (?:stadt|ort|kreis|gemeinde|gegend|nahe|umgebung|jobcenter))\b/;
/** Every event of a list has a share of the confidence; in a long one, no less than this. */
const LEAST_SHARE = 0.01;

export interface EventList {
  /** `before`: the filter of the last list, which a follow-up narrows. `asked`: how sure the message asks for events. */
  find(turn: Turn, before: EventFilter | undefined, asked: number): Body<'events'>;
  /** The few events told last, unless a Jobcenter's filter says by itself what was meant. */
  same(turn: Turn): Body<'events'> | undefined;
  /** The Jobcenter that a question without a place is about: the one just named, or the one that holds for the conversation. */
  standingPlace(turn: Turn): EventPlace | undefined;
}

export function createEventList(events: EventFinder, jobcenters: readonly Jobcenter[]): EventList {
  function standingPlace(turn: Turn): EventPlace | undefined {
    const { text, folded, place, context } = turn;
    if (place.status !== 'none') return undefined;
    if (!(events.hasEventWord(text) || events.asksWhatWas(text) || isOnlyPastPeriod(turn))) return undefined;
    const named = context.topic?.kind === 'jobcenter' ? context.topic.id : undefined;
    const meant =
      named !== undefined && (THERE.test(folded) || isElliptic(text))
        ? named
        : HERE.test(folded)
          ? context.jobcenter
          : undefined;
    const jobcenter = jobcenters.find(({ id }) => id === meant);
    return jobcenter === undefined ? undefined : { jobcenterIds: [jobcenter.id], name: jobcenter.name, known: true };
  }

  function search(turn: Turn, before: EventFilter | undefined): EventFind {
    const { text, context, period } = turn;
    const place = namedPlace(turn.place) ?? standingPlace(turn);
    return events.find(
      {
        text,
        today: context.today,
        ...(place === undefined ? {} : { place }),
        ...(period === undefined ? {} : { period }),
      },
      before,
    );
  }

  return {
    standingPlace,
    find(turn, before, asked) {
      const { filter, eventIds, nearestIds, aspect, notes, whether, details } = search(turn, before);
      const nearest = eventIds.length === 0;
      const share = Math.max(LEAST_SHARE, 1 / eventIds.length);
      // Where an entry led here, it stands behind the list as well.
      const listEntry =
        asked < 0.5 && !nearest
          ? refsOf(turn.ranking).find(({ id, confidence }) => EVENT_ENTRIES.has(id) && confidence >= 0.2)
          : undefined;
      const entries = eventIds.map((id) => ({ id, confidence: share }));
      return {
        kind: 'events',
        filter,
        eventIds: nearest ? nearestIds : eventIds,
        aspect,
        nearest,
        notes,
        ...(whether ? { whether } : {}),
        ...(details ? { details } : {}),
        entries: listEntry === undefined ? entries : [...entries, listEntry],
      };
    },
    same(turn) {
      const { topic } = turn.context;
      if (topic?.kind !== 'events') return undefined;
      const { filter, eventIds } = topic;
      const { aspect, notes } = search(turn, filter);
      if (eventIds.length === 0) return undefined;
      // Whether one can still go to any of them is one answer for all.
      const isOneAnswer = aspect === 'still' || eventIds.length === 1;
      if (!isOneAnswer && (eventIds.length > MAX_CHOICES || filter.jobcenters !== undefined)) return undefined;
      const entries = eventIds.map((id) => ({ id, confidence: 1 / eventIds.length }));
      // What was told of it is asked on: the answer may stand in its details.
      const details = aspect === 'all' && eventIds.length === 1;
      return {
        kind: 'events',
        filter,
        eventIds,
        aspect,
        nearest: false,
        notes: notes.filter(({ name }) => name === 'noUpcoming'),
        entries,
        ...(details ? { details } : {}),
      };
    },
  };
}

/** „Und 2022?“ after a Jobcenter can only ask what there was then. */
export function isOnlyPastPeriod({ text, period, context }: Turn): boolean {
  if (context.topic?.kind !== 'jobcenter' || period === undefined || period.to >= context.today) return false;
  return tokenize(normalize(text.replace(period.phrase, ' '))).every((token) => isFunctionWord(token));
}

/** An event that was told of without its name. */
export function oneEvent(id: string): Body<'events'> {
  const entries = [{ id, confidence: 1 }];
  return { kind: 'events', filter: {}, eventIds: [id], aspect: 'all', nearest: false, notes: [], entries };
}

/** Belief that events are asked for, the entries about them included. */
export function beliefInEvents(ranking: Ranking): number {
  const entries = ranking.entries.filter(({ id }) => EVENT_ENTRIES.has(id));
  return ranking.intent(EVENTS_INTENT) + entries.reduce((sum, { probability }) => sum + probability, 0);
}

function namedPlace({ status, jobcenterIds, place, town }: PlaceMatch): EventPlace | undefined {
  if (status === 'none' || place === undefined) return undefined;
  return { jobcenterIds, name: town ?? place, known: status !== 'unknown' };
}
