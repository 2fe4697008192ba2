/**
 * Which campaign events a question means: by name, place, period, theme or audience, alone or as a follow-up of the last list.
 * Knows what the knowledge base knows, nothing else: no event is a finding with its own notes, never an invented date.
 * Refuses to word anything and to decide whether the message asks for events at all (steps/eventStep.ts does).
 */
import type { CampaignEvent, IsoDate } from '../knowledge/model';
import { isFunctionWord } from '../search/german/functionWords';
import { normalize, tokenize } from '../search/german/normalize';
import { stem } from '../search/german/stem';
import type { EventAspect, EventFilter, EventNote } from './outcome';

export interface EventPlace {
  readonly jobcenterIds: readonly string[];
  /** As the person named it. */
  readonly name: string;
  readonly known: boolean;
}

export interface EventPeriod {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** False when the year was only guessed („am 29.8.“): then any year with an event will do. */
  readonly isYearGiven?: boolean;
}

interface EventQuestion {
  readonly text: string;
  readonly today: IsoDate;
  readonly place?: EventPlace;
  readonly period?: EventPeriod;
}

export interface EventFind {
  readonly filter: EventFilter;
  /** Best first. Empty: nothing matches the filter. */
  readonly eventIds: readonly string[];
  /** What to show instead when nothing matches. */
  readonly nearestIds: readonly string[];
  readonly aspect: EventAspect;
  readonly notes: readonly EventNote[];
  readonly whether: boolean;
  /** The text names something that of the one event found only the details tell. */
  readonly details: boolean;
}

interface PointedEvent {
  readonly id: string;
  /** Whether the event's text writes the word like a name: „Hubertus“ points to it, „Heil“ is called so as well. */
  isCalled(token: string): boolean;
}

export interface EventFinder {
  byId(id: string): CampaignEvent | undefined;
  find(question: EventQuestion, before?: EventFilter): EventFind;
  /** How strongly the text names or describes an event, 0..1, its place aside; for deciding whether it is an event question. */
  nameStrength(text: string, place?: string): number;
  hasEventWord(text: string): boolean;
  /** Whether the text names a theme of an event („Aktionen für Vermieter“), however common it is in other topics. */
  hasTheme(text: string, place?: string): boolean;
  /** „Was war in Solingen?“: says by itself only that something was; with nothing but a place beside it, events are meant. */
  asksWhatWas(text: string): boolean;
  /** The event that a name in the text stands for, which no other event and hardly a topic has: „Carsten Billing?“. */
  pointsTo(text: string, place?: string): PointedEvent | undefined;
  /** The one event whose text tells what the question is about: „Welches Jobcenter hat Mitarbeiter interviewt?“. */
  toldOf(text: string): string | undefined;
  /** Whether events are spoken of in this word: their themes, names, and what every question about them has. */
  isOwnWord(token: string): boolean;
  /** The same of the last only, which say nothing about which event. */
  isOfEveryEvent(token: string): boolean;
}

const EVENT_WORDS =
  /\b(?:aktion(?:en|s)?|aktionstag\w*|aktionswoche\w*|veranstaltung\w*|event\w*|ausstellung\w*|sonderausstellung|gesundheitstag\w*|podiumsdiskussion\w*|diskussion\w*|diskutier\w*|fest|feier\w*|infotag\w*|infostand|messe|workshop\w*|speeddating|tag der offenen tur|programm|mitmach\w*|jobcentertag|kampagne\w*|vortrag|vortrage)\b/;
const EVENT_ASKING =
  /\b(?:was|wat)\b.*\blos\b|\bstattgefunden\b|\bstattfinden\b|\bfindet\b.*\bstatt\b|\bfand\b.*\bstatt\b|\blauft\b.*\bbei euch\b/;
const WHAT_WAS = /\b(?:was|wat)\b(?: denn| alles| so)?\s(?:war|waren|gab|gabs|gibt|gibts|lief|passierte|geschah)\b/;
/** „Wann war da was?“, „war hier mal was?“ */
const WAS_THERE =
  /\b(?:war|waren|gab|gabs|gibt|gibts|lief) (?:es |denn |schon )?(?:da|dort|hier)(?: denn| schon| mal)* (?:was|etwas)\b/;
/** „Kann ich da noch hin?“, „findet das noch statt?“, „muss ich mich anmelden?“ */
const STILL =
  /\bnoch zu[mr]?\b|\bnoch (?:\w+ )?(?:hin\w*|statt|teilnehmen|mitmachen|besuchen|vorbeikommen|vorbei kommen)\b|\b(?:kann|konnen) (?:ich|man|wir) (?:da|dort)? ?(?:hin|hingehen|hinkommen|teilnehmen|mitmachen)\b|\b(?:lauft|geht) (?:das|die|der|es|sie) (?:\w+ )?noch$|\banmeld\w*/;
const WHETHER = /\b(?:gab|gabs|gibt|gibts)\b/;
/** A question for which something stands before „gibt es“ asks for more than yes or no. */
const OPEN = /\b(?:was|wat|welch\w*|wann|wo|wer|wie|warum|wen)\b/;
const UPCOMING =
  /\b(?:nachste\w*|kommende\w*|demnachst|bald|geplant|wieder|zukunft|kunftig\w*|neue\w*|noch (?:mal|hin)|nochmal|gibt es noch)\b/;

/** The campaign began in 2018; nobody asks further back. */
const YEARS_BACK = 10;

/** Of a question that tells what happened: so many of its words the event must have, and so much more than any other event. */
const TOLD_WORDS = 2;
const TOLD_SCORE = 2.5;
const TOLD_LEAD = 1.4;
/** „Interviewt“ is told of „Interviews“. */
const SAME_FROM = 6;
const LONGEST_ENDING = 3;

/** Words that every event question has; they say nothing about which event. */
const GENERIC = new Set(
  'wohne wohnen aktion aktionen veranstaltung veranstaltungen event jobcenter kommunal kommunale kommunalen woche aktionswoche kampagne tag termin termine jahr monat stadt kreis landkreis gemeinde ort geben gab los statt stattfinden findet fand kommen hingehen teilnehmen programm angebot angebote kunden kundinnen burger offentlich nachste nachsten wieder stark sozial uhrzeit datum interessiert interessierte'
    .split(' ')
    .map(stem),
);

/** From so many words on, an event's name says which event is meant. */
const PHRASE_WORDS = 4;

const CAPITALIZED = /\p{Lu}[\p{L}-]+/gu;
/** A word of more topics than this is no name of an event. */
const MOST_TOPICS_OF_A_NAME = 1;

/** A word that this many topics use too says nothing about an event any more. */
const COMMON_IN_TOPICS = 25;

/**
 * `topics`: the texts of each topic that has nothing to do with events; what they talk about names no event. `normalized`: another way to
 * `normalize` them, e.g. one that remembers.
 */
export function createEventFinder(
  events: readonly CampaignEvent[],
  topics: readonly (readonly string[])[] = [],
  normalized: (text: string) => string = normalize,
): EventFinder {
  const inTopics = new Map<string, number>();
  for (const topic of topics)
    for (const term of new Set(topic.flatMap((text) => stems(text, normalized))))
      inTopics.set(term, (inTopics.get(term) ?? 0) + 1);
  const profiles = events.map((event) => {
    const names = new Set(stems([event.title, ...event.names].join(' ')));
    const themes = new Set(stems([...event.topics, event.audience ?? '', event.place.name ?? ''].join(' ')));
    const body = new Set(stems(`${event.description} ${event.details ?? ''}`));
    const shown = new Set(stems(`${event.title} ${event.description}`));
    const onlyInDetails = new Set(stems(event.details ?? '').filter((term) => !shown.has(term)));
    const written = [event.title, ...event.names, event.description, event.details ?? ''].join(' ');
    const called = new Set(tokenize(normalize((written.match(CAPITALIZED) ?? []).join(' '))));
    /** Names of several words: whoever writes one down means this event, however common its words. */
    const phrases = [event.title, ...event.names]
      .map(normalize)
      .filter((name) => tokenize(name).length >= PHRASE_WORDS);
    return { event, names, themes, body, onlyInDetails, called, phrases };
  });
  const spread = new Map<string, number>();
  for (const { names, themes, body } of profiles)
    for (const term of new Set([...names, ...themes, ...body])) spread.set(term, (spread.get(term) ?? 0) + 1);
  const rarity = (term: string, atLeast = 0.15): number =>
    Math.log(1 + events.length / (spread.get(term) ?? events.length)) *
    Math.max(atLeast, 1 - (inTopics.get(term) ?? 0) / COMMON_IN_TOPICS);

  /** Weighted overlap of the text's own words with an event; names count most. That events are asked for is settled by then. */
  function affinity(terms: readonly string[], profile: (typeof profiles)[number]): number {
    let score = 0;
    for (const term of terms) {
      const weight = profile.names.has(term) ? 1 : profile.themes.has(term) ? 0.8 : profile.body.has(term) ? 0.35 : 0;
      score += weight * rarity(term, 0.5);
    }
    return score;
  }

  function calledByName(text: string): typeof profiles {
    const line = ` ${normalize(text)} `;
    return profiles.filter(({ phrases }) => phrases.some((phrase) => line.includes(` ${phrase} `)));
  }

  function ownWords(text: string, place?: string): readonly string[] {
    const placeStems = new Set(place === undefined ? [] : stems(place));
    return [...new Set(stems(text))].filter(
      (term) => !GENERIC.has(term) && !placeStems.has(term) && !/^\d+$/.test(term) && spread.has(term),
    );
  }

  function pointedTo(text: string, place?: string): (typeof profiles)[number] | undefined {
    const rare = new Set(
      ownWords(text, place).filter(
        (term) => spread.get(term) === 1 && (inTopics.get(term) ?? 0) <= MOST_TOPICS_OF_A_NAME,
      ),
    );
    // As it is written, not by its stem: „interessiert“ is not the „Interessierte“ of an invitation.
    const tokens = tokenize(normalize(text)).filter((token) => rare.has(stem(token)));
    const meant = profiles.filter(({ called }) => tokens.some((token) => called.has(token)));
    return meant.length === 1 ? meant[0] : undefined;
  }

  function byTheme(candidates: typeof profiles, terms: readonly string[]): typeof profiles {
    if (terms.length === 0) return candidates;
    const scored = candidates
      .map((profile) => ({ profile, score: affinity(terms, profile) }))
      .filter(({ score }) => score > 0);
    const best = Math.max(0, ...scored.map(({ score }) => score));
    if (best < 0.9) return [];
    return scored
      .filter(({ score }) => score >= 0.6 * best)
      .sort((a, b) => b.score - a.score)
      .map(({ profile }) => profile);
  }

  return {
    byId: (id) => events.find((event) => event.id === id),
    hasTheme: (text, place) =>
      profiles.some(({ event, names, themes }) =>
        ownWords(text, place).some((term) => !event.umbrella && (names.has(term) || themes.has(term))),
      ),
    asksWhatWas: (text) => WHAT_WAS.test(normalize(text)) || WAS_THERE.test(normalize(text)),
    pointsTo(text, place) {
      const meant = pointedTo(text, place);
      return meant === undefined
        ? undefined
        : { id: meant.event.id, isCalled: (token: string) => meant.called.has(token) };
    },
    toldOf(text) {
      const terms = [...new Set(stems(text))].filter((term) => !GENERIC.has(term) && !/^\d+$/.test(term));
      const scored = profiles
        .filter(({ event }) => !event.umbrella)
        .map(({ event, names, themes, body }) => {
          const own = [...names, ...themes, ...body];
          const told = terms
            .map((term) => Math.max(0, ...own.filter((each) => isLike(term, each)).map((each) => rarity(each, 0.5))))
            .filter((weight) => weight > 0);
          return { id: event.id, words: told.length, score: told.reduce((sum, weight) => sum + weight, 0) };
        })
        .sort((a, b) => b.score - a.score);
      const [first, second] = scored;
      if (first === undefined || first.words < TOLD_WORDS || first.score < TOLD_SCORE) return undefined;
      return first.score >= TOLD_LEAD * (second?.score ?? 0) ? first.id : undefined;
    },
    isOfEveryEvent,
    isOwnWord: (token) =>
      isOfEveryEvent(token) || profiles.some(({ names, themes }) => names.has(stem(token)) || themes.has(stem(token))),
    hasEventWord: (text) => EVENT_WORDS.test(normalize(text)) || EVENT_ASKING.test(normalize(text)),
    nameStrength(text, place) {
      if (calledByName(text).length > 0) return 1;
      const terms = ownWords(text, place);
      // Names and themes only: a word of some description is no name. The weeks as a whole have entries of their own.
      const strengths = profiles
        .filter(({ event }) => !event.umbrella)
        .map(({ names, themes }) =>
          terms.reduce((sum, term) => sum + (names.has(term) ? 1 : themes.has(term) ? 0.8 : 0) * rarity(term), 0),
        );
      return Math.min(1, Math.max(0, ...strengths) / 3);
    },
    find({ text, today, place, period }, before) {
      const folded = normalize(text);
      const aspect = aspectOf(folded);
      // A name that belongs to another event leaves the place told before.
      const pointed = before !== undefined && place === undefined && period === undefined ? pointedTo(text) : undefined;
      const filter: EventFilter = {
        ...(place?.known === true
          ? { jobcenters: place.jobcenterIds, town: place.name }
          : place === undefined && before?.jobcenters !== undefined && pointed === undefined
            ? keep(before)
            : {}),
        ...(period !== undefined ? { from: period.from, to: period.to } : {}),
      };
      const notes: EventNote[] = [];
      let left = pointed === undefined ? profiles : [pointed];

      if (filter.jobcenters !== undefined) {
        const wanted = new Set(filter.jobcenters);
        left = left.filter(({ event }) => event.jobcenters.some((id) => wanted.has(id)));
        const town = filter.town === undefined ? undefined : normalize(filter.town);
        left = [...left].sort((a, b) => Number(inTown(b.event, town)) - Number(inTown(a.event, town)));
        if (left.length === 0) notes.push({ name: 'noneForJobcenter', jobcenter: filter.jobcenters[0] ?? '' });
      } else if (place !== undefined && !place.known) {
        left = left.filter(
          ({ event }) => event.place.town !== undefined && normalize(event.place.town) === normalize(place.name),
        );
        if (left.length === 0) notes.push({ name: 'placeUnknown', place: place.name });
      }

      if (filter.from !== undefined && filter.to !== undefined && left.length > 0) {
        const { from, to } = { from: filter.from, to: filter.to };
        const within = firstNonEmpty(years(period, from, to).map((days) => () => onDays(left, days.from, days.to)));
        if (within.length === 0) notes.push({ name: 'noneInPeriod', from, to });
        left = within;
      }

      const own = ownWords(text, place?.name);
      const called = calledByName(text).filter((profile) => left.includes(profile));
      const themed = called.length > 0 ? called : byTheme(left, own);
      const theme = themed.length > 0 && themed.length < left.length;
      if (themed.length > 0) left = themed;
      // Named places and themes mean single events; the weeks as a whole answer what is asked in general.
      if (filter.jobcenters === undefined && place === undefined && !theme && filter.from === undefined) {
        const weeks = left.filter(({ event }) => event.umbrella);
        if (weeks.length > 0) left = [...weeks, ...left.filter(({ event }) => !event.umbrella)];
      }
      const isAllOver = left.every(({ event }) => endOf(event) < today);
      const isAhead = filter.from !== undefined && filter.from > today;
      if (isAllOver && (isAhead || (aspect !== 'still' && UPCOMING.test(folded)))) notes.push({ name: 'noUpcoming' });

      return {
        filter,
        eventIds: left.map(({ event }) => event.id),
        nearestIds: left.length > 0 ? [] : nearest(events, filter, byTheme(profiles, own)),
        aspect,
        notes,
        whether: WHETHER.test(folded) && !OPEN.test(folded),
        details: left.length === 1 && own.some((term) => left[0]?.onlyInDetails.has(term) === true),
      };
    },
  };
}

/** Two stems of one word: they part only in their endings. */
function isLike(term: string, other: string): boolean {
  if (term === other) return true;
  let shared = 0;
  while (shared < term.length && term[shared] === other[shared]) shared += 1;
  return shared >= SAME_FROM && Math.max(term.length, other.length) - shared <= LONGEST_ENDING;
}

function isOfEveryEvent(token: string): boolean {
  return GENERIC.has(stem(token)) || EVENT_WORDS.test(token);
}

function keep({ jobcenters, town }: EventFilter): EventFilter {
  return { ...(jobcenters === undefined ? {} : { jobcenters }), ...(town === undefined ? {} : { town }) };
}

function stems(text: string, normalized: (text: string) => string = normalize): readonly string[] {
  return tokenize(normalized(text))
    .filter((token) => token.length >= 3 && !isFunctionWord(token))
    .map(stem);
}

function inTown(event: CampaignEvent, town: string | undefined): boolean {
  return town !== undefined && event.place.town !== undefined && normalize(event.place.town) === town;
}

function aspectOf(folded: string): EventAspect {
  if (STILL.test(folded)) return 'still';
  if (/\b(?:wann|uhrzeit|um wie ?viel|wie spat|datum|welchem tag)\b/.test(folded)) return 'when';
  if (/\b(?:wo|wohin|adresse|treffpunkt)\b/.test(folded)) return 'where';
  if (/\b(?:fur wen|wer (?:darf|kann|konnte)|zielgruppe|darf (?:ich|man|jeder)|offentlich)\b/.test(folded))
    return 'who';
  return 'all';
}

/**
 * Events that overlap the days. Asked for a single day, those of exactly that day come first and long-running ones only when there are none;
 * an event whose source gives that day by mistake is named last, with its contradiction.
 */
function onDays<T extends { readonly event: CampaignEvent }>(profiles: readonly T[], from: IsoDate, to: IsoDate): T[] {
  const overlapping = profiles.filter(({ event }) =>
    periodsOf(event).some((period) => period.from <= to && from <= period.to),
  );
  if (from !== to) return [...overlapping].sort((a, b) => Number(b.event.umbrella) - Number(a.event.umbrella));
  const exact = overlapping.filter(({ event }) =>
    periodsOf(event).some((period) => period.from === from && period.to === to),
  );
  const [year, month, day] = from.split('-');
  const written = `${day ?? ''}.${month ?? ''}.${year ?? ''}`;
  const mistaken = profiles.filter(
    ({ event }) => !exact.some((one) => one.event === event) && (event.contradiction ?? '').includes(written),
  );
  return exact.length > 0 ? [...exact, ...mistaken] : overlapping;
}

/** The period as understood and, where the person gave no year, the same days of the years before, latest first. */
function years(period: EventPeriod | undefined, from: IsoDate, to: IsoDate): readonly EventPeriod[] {
  if (period?.isYearGiven !== false) return [{ from, to }];
  const year = Number(from.slice(0, 4));
  const turn = Number(to.slice(0, 4)) - year;
  return Array.from({ length: YEARS_BACK + 1 }, (_, back) => ({
    from: `${year - back}${from.slice(4)}`,
    to: `${year - back + turn}${to.slice(4)}`,
  }));
}

function firstNonEmpty<T>(lists: readonly (() => T[])[]): T[] {
  for (const list of lists) {
    const found = list();
    if (found.length > 0) return found;
  }
  return [];
}

/** Days of an event; an event without any is taken to have been in the year of its id. */
function periodsOf(event: CampaignEvent): readonly EventPeriod[] {
  if (event.times.length > 0)
    return event.times.map(({ from, to }) => ({ from: from.slice(0, 10), to: to.slice(0, 10) }));
  const source = event.sources.find(({ date }) => date !== undefined)?.date;
  return source === undefined ? [] : [{ from: `${source.slice(0, 4)}-01-01`, to: source }];
}

function endOf(event: CampaignEvent): IsoDate {
  return periodsOf(event).reduce((latest, { to }) => (to > latest ? to : latest), '');
}

/** Those of the same Jobcenter, else what was described, else the latest weeks as a whole: where a person can see what there has been. */
function nearest(
  events: readonly CampaignEvent[],
  filter: EventFilter,
  described: readonly { readonly event: CampaignEvent }[],
): readonly string[] {
  const wanted = new Set(filter.jobcenters ?? []);
  const same = events.filter((event) => event.jobcenters.some((id) => wanted.has(id)));
  if (same.length === 0 && described.length > 0 && described.length < events.length)
    return described.slice(0, 3).map(({ event }) => event.id);
  const from = same.length > 0 ? same : events.filter(({ umbrella }) => umbrella);
  return [...from]
    .sort((a, b) => (endOf(a) < endOf(b) ? 1 : -1))
    .slice(0, 3)
    .map(({ id }) => id);
}
