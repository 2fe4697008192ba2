/**
 * From a message and its context to what it means: one readable list of steps, the first that knows decides.
 * Order of precedence (docs/design.md): urgent need → own file → open choices → commands and small talk → follow-ups → Jobcenter and
 * events → topics → asking back → a way on. Pure: no I/O, no channel, no wording; a miss is a value.
 */
import type { Entry, KnowledgeBase } from '../knowledge/model';
import { normalize, tokenize } from '../search/german/normalize';
import { isFunctionWord } from '../search/german/functionWords';
import type { Steps } from '../search/steps';
import { understandPeriod } from './dates/understandPeriod';
import { decide, MAX_CHOICES } from './decision';
import { createEventFinder, type EventFind, type EventFinder, type EventPeriod, type EventPlace } from './events';
import { createForeignTopics } from './foreignTopics';
import { detectLanguage } from './language';
import type { AnswerOutcome, Choice, EventFilter, Explanation, FallbackReason, Ref, TurnContext } from './outcome';
import { resolvePending } from './pendingChoice';
import { maskPersonalData } from './personalData';
import { createPlaceFinder, type PlaceFinder, type PlaceMatch } from './places/placeFinder';
import { buildRanker, createRanker, noneShare, type Ranker, type RankerModel, type Ranking, UNTRAINED } from './ranker';
import { createSmallSteps, type SmallFind, type SmallSteps } from './smallSteps';
import { weighedFeatures } from './training';
import { createUrgencyDetector, type UrgencyDetector } from './urgency';

export interface Answering {
  answer(message: string, context: TurnContext): AnswerOutcome;
  /** Makes now, in steps, what otherwise the first question of an audience waits for. */
  prepare(audience: TurnContext['audience']): Steps<void>;
  /** What the knowledge base is called in logs and health. */
  readonly version: string;
}

export interface AnsweringOptions {
  readonly model?: RankerModel;
  /** Prints terms, features and weights into the outcome's explanation. */
  readonly explain?: boolean;
}

/** Longer messages are refused politely before anything looks at them. */
export const MAX_MESSAGE_CHARS = 1000;

const SURE_INTENT = 0.6;
const LIKELY_INTENT = 0.4;
/** Without a phrase of the editors, only a ranker this sure makes a message urgent. */
const SURE_URGENT = 0.8;
const LIKELY_URGENT = 0.5;
/** A phrase of need that puts no life at risk gives way to a question understood this well: on gold questions it was always the right one. */
const SURE_OF_QUESTION = 0.8;
const LIFE_AT_RISK: ReadonlySet<string> = new Set(['suicide', 'violence', 'child']);
/** Entries that answer what a person asks about the own file. */
const OWN_FILE_ENTRY = 'geld-nicht-angekommen';
const WHICH_JOBCENTER = 'zustaendiges-jobcenter';
const WHICH_JOBCENTER_ENTRIES = new Set([
  WHICH_JOBCENTER,
  'kommunale-jobcenter-nrw',
  'kontakt-oeffnungszeiten',
  'optionskommune-kommunales-jobcenter',
]);
/** Entries whose answer is a list of events: those events are the better answer. */
const EVENT_LISTS = new Set(['veranstaltungen-2019-nrw', 'spree-neisse-mainz-bingen-2019']);
/** Entries about the campaign; the first five are answered by events as well. */
const EVENT_ENTRIES = new Set([
  'aktionswoche-2019',
  'aktionswoche-2022',
  'veranstaltungen-2019-nrw',
  'spree-neisse-mainz-bingen-2019',
  'kampagne-stark-sozial-vor-ort',
]);
const CAMPAIGN_ENTRIES = new Set([
  ...EVENT_ENTRIES,
  'muelheim-sozialagentur-zahlen',
  'kampagne-zahlen',
  'kommunale-jobcenter-nrw',
  'optionskommune-kommunales-jobcenter',
  'vorteile-kommunales-jobcenter',
]);
const OFFICE_WORDS =
  /\b(?:zustandig\w*|jobcenter|jc|amt|wende|internet|homepage|webseite|website|webadresse|adresse|seite|sozialagentur|wohn\w*|anlaufstelle|melden)\b/;
const YEARS_WITH_ENTRY = new Set(['2019', '2022']);
/** „Aktionen für Vermieter“: what is asked for stands first. */
const ASKS_FOR_EVENTS =
  /^(?:welche |gibt es |gab es |gibts |gabs )*(?:aktionen|veranstaltungen|events|ausstellungen)\b/;
const WHICH_OFFICE = /\bwelche[sr]? (?:jobcenter|amt|jc)\b/;
const WEB_WORDS = /\b(?:homepage|web\w*|internet\w*|netz|url|link|adresse)\b/;
/** A choice this much less likely than the first is no choice. */
const LEAST_OFFERED = 0.1;
/** German retrieval knows little of another language: below this it asks nothing back. */
const LIKELY_ACROSS_LANGUAGES = 0.7;
const MONEY_WORDS = /\b(?:geld|gelder|kohle|zahlung|auszahlung|uberweisung|leistung|leistungen)\b/;
/** „Ich habe kein Geld bekommen“ is about the own file, however it is put. */
const NO_PAYMENT =
  /\b(?:hab|habe|haben)\b.*\b(?:kein|keine|nix|nichts)\b.*\b(?:geld|kohle|zahlung|uberweisung)\b.*\b(?:bekommen|gekriegt|erhalten)\b/;
/** Where another language is spoken, the bare name is a wish; in German it may be a question about courses. */
const BACK_TO_GERMAN = /^(?:(?:auf|in|bitte|please) )*(?:deutsch|german|немецкий|німецька|almanca)(?: bitte| please)?$/;
/** Said about the last answer: the same in easy language helps more than another topic. */
const NOT_UNDERSTOOD =
  /^(?:(?:das )?(?:versteh|verstehe|kapier|kapiere|raff) ich nicht|ich (?:versteh|verstehe|kapier|kapiere|raff)(?: das)? nicht|(?:das ist )?(?:mir )?zu (?:kompliziert|schwer|schwierig)(?: fur mich)?)$/;
/** „Was ist da los?“ means the Jobcenter just named, „hier“ the one that holds for the conversation. */
const THERE = /\b(?:da|dort|dorthin|hier)\b/;
const HERE =
  /\b(?:hier|bei (?:mir|uns)|(?:mein\w*|unser\w*) (?:stadt|ort|kreis|gemeinde|gegend|nahe|umgebung|jobcenter))\b/;
/** From here on a text names or describes an event. */
const NAMED = 0.6;

type Body<K extends AnswerOutcome['kind']> = Omit<
  Extract<AnswerOutcome, { kind: K }>,
  'explanation' | 'masked' | 'language'
>;
type AnyBody = { [K in AnswerOutcome['kind']]: Body<K> }[AnswerOutcome['kind']] & {
  /** Where a step knows better than the message alone. */
  readonly language?: string;
};

/** What the steps share about one message. */
interface Turn {
  readonly text: string;
  /** Of the message; `de` unless recognised with certainty. */
  readonly language: string;
  readonly folded: string;
  readonly context: TurnContext;
  readonly place: PlaceMatch;
  readonly period: EventPeriod | undefined;
  readonly ranking: Ranking;
}

export function createAnswering(knowledge: KnowledgeBase, options: AnsweringOptions = {}): Answering {
  const model = options.model ?? UNTRAINED;
  const rankers = new Map<string, Ranker>();
  const places: PlaceFinder = createPlaceFinder(knowledge.jobcenters);
  const events: EventFinder = createEventFinder(
    knowledge.events,
    knowledge.entries
      .filter(({ id }) => !CAMPAIGN_ENTRIES.has(id))
      .map(({ title, questions, examples }) => [title, ...questions, ...examples].join(' ')),
  );
  const urgency: UrgencyDetector = createUrgencyDetector(knowledge.urgentRules);
  const small: SmallSteps = createSmallSteps(knowledge.intents);
  const foreign = createForeignTopics(knowledge.texts, knowledge.entries);
  const localJobcenters = new Set(knowledge.overlays.map(({ jobcenter }) => jobcenter));
  const publicIds = new Map(knowledge.entries.map((entry) => [entry.id, entry]));
  const staffIds = new Map(knowledge.staffEntries.map((entry) => [entry.id, entry]));

  /** Rankers are made when first needed; only a Jobcenter with an overlay has one of its own. */
  function rankerFor({ audience, jobcenter }: TurnContext): Ranker {
    const own = jobcenter !== undefined && localJobcenters.has(jobcenter) ? jobcenter : undefined;
    const key = `${audience} ${own ?? ''}`;
    const known = rankers.get(key);
    if (known !== undefined) return known;
    const made = createRanker(knowledge, model, audience, own);
    rankers.set(key, made);
    return made;
  }

  function* prepare(audience: TurnContext['audience']): Steps<void> {
    const key = `${audience} `;
    if (!rankers.has(key)) rankers.set(key, yield* buildRanker(knowledge, model, audience));
  }

  function entry(id: string, { audience, jobcenter }: TurnContext): Entry | undefined {
    const local = knowledge.overlays.find(
      (overlay) => overlay.jobcenter === jobcenter && overlay.entry.id === id,
    )?.entry;
    return local ?? publicIds.get(id) ?? (audience === 'staff' ? staffIds.get(id) : undefined);
  }

  /** „kleve aktionswoche“: beside an event word, a bare name is a place. */
  function placeIn(text: string): PlaceMatch {
    const found = places.find(text);
    return found.status === 'none' && events.hasEventWord(text) && text.length < 60
      ? withoutSpan(places.find(`in ${text}`))
      : found;
  }

  const pressNumbers = knowledge.jobcenters.flatMap((jobcenter) => jobcenter.pressNumbers).map(digitsOf);
  const namesPressNumber = (text: string): boolean => {
    const digits = digitsOf(text);
    return pressNumbers.some((number) => digits.includes(number));
  };

  const refsOf = (ranking: Ranking): Ref[] =>
    ranking.entries.slice(0, 5).map(({ id, confidence }) => ({ id, confidence }));
  const withFirst = (id: string, confidence: number, refs: readonly Ref[]): readonly Ref[] => [
    { id, confidence },
    ...refs.filter((ref) => ref.id !== id),
  ];

  /* ── the steps ─────────────────────────────────────────────────────────── */

  function urgentStep({ text, ranking, context }: Turn): AnyBody | undefined {
    const found = urgency.detect(text);
    const [top] = ranking.entries;
    const topEntry = top === undefined ? undefined : entry(top.id, context);
    // Staff asking what to do in a customer's emergency want their own plan.
    if (topEntry?.audience === 'staff' && top !== undefined && top.confidence >= LIKELY_URGENT) return undefined;
    if (found !== undefined) {
      // The phrase says that it is urgent; between several kinds of need the ranker may know better which.
      const better =
        topEntry?.urgent !== undefined &&
        top !== undefined &&
        top.confidence >= LIKELY_URGENT &&
        !LIFE_AT_RISK.has(found.rule.class)
          ? topEntry
          : undefined;
      const entryId = better?.id ?? found.rule.entryId;
      // „Konto leer, Vermieter droht – kann ein Gericht das eilig entscheiden?“: the question is answered, help stands beside it.
      if (
        topEntry !== undefined &&
        topEntry.urgent === undefined &&
        top !== undefined &&
        top.confidence >= SURE_OF_QUESTION &&
        !LIFE_AT_RISK.has(found.rule.class)
      )
        return { kind: 'answer', entryId: topEntry.id, need: entryId, entries: refsOf(ranking) };
      return {
        kind: 'urgent',
        urgentClass: better?.urgent ?? found.rule.class,
        entryId,
        entries: withFirst(entryId, 1, refsOf(ranking)),
      };
    }
    if (
      topEntry?.urgent !== undefined &&
      top !== undefined &&
      top.confidence >= SURE_URGENT &&
      !urgency.takesBack(topEntry.urgent, text)
    ) {
      return { kind: 'urgent', urgentClass: topEntry.urgent, entryId: topEntry.id, entries: refsOf(ranking) };
    }
    return undefined;
  }

  function ownFileStep({ folded, ranking, context }: Turn): AnyBody | undefined {
    const [top] = ranking.entries;
    const own = ranking.intent('eigene-akte');
    const asksForMoney = (top?.id === OWN_FILE_ENTRY && top.confidence + own >= 0.5) || NO_PAYMENT.test(folded);
    if (!asksForMoney && !(own >= LIKELY_INTENT && own > (top?.confidence ?? 0))) return undefined;
    const known =
      top !== undefined && entry(top.id, context) !== undefined && top.confidence >= 0.2
        ? top.id
        : MONEY_WORDS.test(folded) && publicIds.has(OWN_FILE_ENTRY)
          ? OWN_FILE_ENTRY
          : undefined;
    if (known === undefined) return { kind: 'private', entries: refsOf(ranking) };
    const entries = known === top?.id ? refsOf(ranking) : withFirst(known, own, refsOf(ranking));
    return { kind: 'private', entries, entryId: known };
  }

  /** Phrases editors list for other languages, before German retrieval takes their words for German ones. */
  function foreignStep(turn: Turn): AnyBody | undefined {
    const { text, language } = turn;
    return language === 'de' ? undefined : inLanguage(turn, foreign.find(text, language));
  }

  /** Two topics are answered by what was asked for, not by an entry: the Jobcenter of a place, and events. */
  function inLanguage(turn: Turn, found: AnyBody | undefined): AnyBody | undefined {
    if (found?.kind !== 'answer') return found;
    if (found.entryId === WHICH_JOBCENTER)
      return turn.place.status === 'none'
        ? { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: found.entries }
        : ofPlace(turn);
    return EVENT_ENTRIES.has(found.entryId) ? listEvents(turn, undefined, 1) : found;
  }

  function pendingStep({ text, context }: Turn): AnyBody | undefined {
    const { pending } = context;
    if (pending === undefined || pending.about === 'feedback') return undefined;
    const found = resolvePending(text, pending.choices);
    if (found.kind === 'none') return { kind: 'fallback', reason: 'noneOfThese', entries: [] };
    if (found.kind === 'new') return undefined;
    return byId(found.choice.id, context);
  }

  /** A choice is an entry, an event or a Jobcenter; its id says which. */
  function byId(id: string, context: TurnContext): AnyBody | undefined {
    const chosen = entry(id, context);
    const refs = [{ id, confidence: 1 }];
    if (chosen?.urgent !== undefined) return { kind: 'urgent', urgentClass: chosen.urgent, entryId: id, entries: refs };
    if (chosen !== undefined) return { kind: 'answer', entryId: id, entries: refs };
    if (knowledge.events.some((event) => event.id === id)) {
      return {
        kind: 'events',
        filter: { eventIds: [id] },
        eventIds: [id],
        aspect: 'all',
        nearest: false,
        notes: [],
        entries: refs,
      };
    }
    if (knowledge.jobcenters.some((jobcenter) => jobcenter.id === id))
      return { kind: 'jobcenter', jobcenterIds: [id], status: 'found', entries: refs };
    return undefined;
  }

  /** A title or a question of an entry, word for word: a click on a suggestion, or an editor testing. */
  function titleStep({ folded, context }: Turn): AnyBody | undefined {
    const match = exactTitles(context).get(folded);
    return match === undefined ? undefined : byId(match, context);
  }

  const titleMaps = new Map<string, ReadonlyMap<string, string>>();
  function exactTitles({ audience }: TurnContext): ReadonlyMap<string, string> {
    const known = titleMaps.get(audience);
    if (known !== undefined) return known;
    const all = audience === 'staff' ? [...knowledge.entries, ...knowledge.staffEntries] : knowledge.entries;
    const map = new Map<string, string>();
    for (const { id, title, questions } of all)
      for (const text of [title, ...questions]) if (!map.has(normalize(text))) map.set(normalize(text), id);
    for (const { id, title } of knowledge.events) map.set(normalize(title), id);
    titleMaps.set(audience, map);
    return map;
  }

  function smallStep({ text, folded, ranking, context }: Turn): AnyBody | undefined {
    if (context.language !== 'de' && BACK_TO_GERMAN.test(folded))
      return { kind: 'command', name: 'language', argument: 'de', entries: [] };
    if (context.topic?.kind === 'entry' && context.style === 'everyday' && NOT_UNDERSTOOD.test(folded))
      return { kind: 'command', name: 'simple', entries: [] };
    const exact = small.exact(text);
    if (exact !== undefined) return fromSmall(exact);
    const [name, probability] = ranking.topIntent;
    const [top] = ranking.entries;
    if (probability < SURE_INTENT || probability < (top?.confidence ?? 0)) return undefined;
    const find = small.byIntent(name, text);
    if (find === undefined || (find.kind === 'smalltalk' && (find.name === 'yes' || find.name === 'no')))
      return undefined;
    return fromSmall(find);
  }

  function fromSmall(find: SmallFind): AnyBody {
    if (find.kind === 'noneOfThese') return { kind: 'fallback', reason: 'noneOfThese', entries: [] };
    return { ...find, entries: [] };
  }

  function jobcenterStep(turn: Turn): AnyBody | undefined {
    const { folded, text, place, ranking, context } = turn;
    const onlyPlace = place.status !== 'none' && isOnlyPlace(text, place);
    const asked = ranking.intent('jobcenter-suche');
    const [top] = ranking.entries;
    const officeWord = OFFICE_WORDS.test(folded);
    const aboutOffice = top !== undefined && WHICH_JOBCENTER_ENTRIES.has(top.id);
    const likely =
      asked >= LIKELY_INTENT && asked >= ranking.intent('ereignisse') && asked > (top?.confidence ?? 0) * 0.8;
    const strong =
      place.status !== 'none' &&
      (asked >= SURE_INTENT || WHICH_OFFICE.test(folded) || (WEB_WORDS.test(folded) && (aboutOffice || officeWord)));
    const placed =
      place.status !== 'none' &&
      officeWord &&
      (asked >= 0.15 || aboutOffice || WHICH_OFFICE.test(folded)) &&
      !(top !== undefined && top.confidence >= model.thresholds.answer && !aboutOffice);
    if (!onlyPlace && !likely && !placed && !strong) return undefined;
    if (onlyPlace && events.asksWhatWas(text)) return undefined;
    if (!onlyPlace && (events.nameStrength(text, place.place) >= NAMED || (!strong && events.hasEventWord(text))))
      return undefined;
    if (onlyPlace && context.topic?.kind === 'events') return undefined;
    if (place.status === 'none')
      return likely
        ? { kind: 'jobcenter', jobcenterIds: [], status: 'ask', entries: whichJobcenter(ranking) }
        : undefined;
    return ofPlace(turn);
  }

  function ofPlace({ place, ranking }: Turn): AnyBody | undefined {
    if (place.status === 'none') return undefined;
    if (place.status === 'unknown') {
      return {
        kind: 'jobcenter',
        jobcenterIds: [],
        status: 'unknown',
        entries: whichJobcenter(ranking),
        ...(place.place === undefined ? {} : { place: place.place }),
      };
    }
    const refs = place.jobcenterIds.map((id) => ({ id, confidence: 1 / place.jobcenterIds.length }));
    return {
      kind: 'jobcenter',
      jobcenterIds: place.jobcenterIds,
      status: place.status,
      entries: refs,
      ...(place.place === undefined ? {} : { place: place.place }),
    };
  }

  function whichJobcenter(ranking: Ranking): readonly Ref[] {
    const about = refsOf(ranking).filter(({ id }) => WHICH_JOBCENTER_ENTRIES.has(id));
    return about.some(({ id }) => id === WHICH_JOBCENTER)
      ? about
      : [{ id: WHICH_JOBCENTER, confidence: ranking.intent('jobcenter-suche') }, ...about];
  }

  function eventStep(turn: Turn): AnyBody | undefined {
    const { text, folded, ranking, place, period, context, language } = turn;
    const [top] = ranking.entries;
    const standing = standingPlace(turn);
    const before = context.topic?.kind === 'events' ? context.topic.filter : undefined;
    const named = events.nameStrength(text, place.place);
    const asked = ranking.intent('ereignisse');
    // What the ranker gives to the weeks and lists of the campaign is belief in an event question too.
    const belief =
      asked + ranking.entries.reduce((sum, { id, probability }) => sum + (EVENT_ENTRIES.has(id) ? probability : 0), 0);
    const placed = place.status !== 'none' || standing !== undefined;
    const eventWord = events.hasEventWord(text);
    if (language !== 'de' && !placed && !eventWord) return undefined;
    const whatWas = place.status !== 'none' && events.asksWhatWas(text) && isOnlyPlace(text, place);
    const narrowed =
      placed ||
      named >= NAMED ||
      (eventWord && events.hasTheme(text)) ||
      (period !== undefined &&
        (isShort(period) || period.to > context.today || !YEARS_WITH_ENTRY.has(period.from.slice(0, 4))));
    const elliptic =
      before !== undefined &&
      isElliptic(text) &&
      (top === undefined || top.confidence < model.thresholds.answer || narrowed || period !== undefined);
    const rival = ranking.entries.find(({ id }) => !EVENT_ENTRIES.has(id))?.probability ?? 0;
    const inPast = period !== undefined && period.to < context.today;
    const isEventQuestion =
      elliptic ||
      whatWas ||
      (ASKS_FOR_EVENTS.test(folded) && events.hasTheme(text)) ||
      asked >= 0.5 ||
      (belief >= 0.35 && belief > rival && narrowed && (asked >= 0.2 || named >= NAMED || placed)) ||
      (belief >= 0.15 && belief > rival && (named >= NAMED || (placed && asked >= 0.1))) ||
      (belief >= 0.05 && named >= NAMED) ||
      (belief >= 0.1 && rival < 0.5 && narrowed && (eventWord || (placed && inPast)));
    if (!isEventQuestion) return undefined;
    const none = noneShare(ranking.raw.intents);
    if (!elliptic && !whatWas && !eventWord && none > (named >= NAMED ? 0.25 : belief)) return undefined;
    // „Was war in der Aktionswoche 2019?“ has an entry of its own; only a place, a day or a name makes it a list of events.
    const ownYear = period === undefined || (!isShort(period) && YEARS_WITH_ENTRY.has(period.from.slice(0, 4)));
    const general = !placed && ownYear && named < NAMED && !(eventWord && events.hasTheme(text));
    const sureOfTopic = !placed && period === undefined && asked < 0.5 && top !== undefined && top.confidence >= 0.9;
    if (
      !elliptic &&
      (general || (sureOfTopic && !EVENT_LISTS.has(top.id))) &&
      top !== undefined &&
      CAMPAIGN_ENTRIES.has(top.id) &&
      top.probability > asked
    )
      return undefined;

    // „War der öffentlich?“: nothing new is named, so the same events are meant.
    const isSame = elliptic && !placed && period === undefined && !events.hasTheme(text);
    return (isSame ? sameEvents(turn) : undefined) ?? listEvents(turn, before, asked);
  }

  function findEvents(turn: Turn, before: EventFilter | undefined): EventFind {
    const { text, context, period, place } = turn;
    const where =
      place.status === 'none' || place.place === undefined ? standingPlace(turn) : eventPlace(place, place.place);
    return events.find(
      {
        text,
        today: context.today,
        ...(where === undefined ? {} : { place: where }),
        ...(period === undefined ? {} : { period }),
      },
      before,
    );
  }

  /** `asked`: how sure the message asks for events. */
  function listEvents(turn: Turn, before: EventFilter | undefined, asked: number): AnyBody {
    const found = findEvents(turn, before);
    // Where an entry led here, it stands behind the list as well.
    const listEntry =
      asked < 0.5 && found.eventIds.length > 0
        ? refsOf(turn.ranking).find(({ id, confidence }) => EVENT_ENTRIES.has(id) && confidence >= 0.2)
        : undefined;
    const share = found.eventIds.length === 0 ? 0 : 1 / found.eventIds.length;
    return {
      kind: 'events',
      filter: found.filter,
      eventIds: found.eventIds.length > 0 ? found.eventIds : found.nearestIds,
      aspect: found.aspect,
      nearest: found.eventIds.length === 0,
      notes: found.notes,
      entries: [
        ...found.eventIds.map((id) => ({ id, confidence: Math.max(0.01, share) })),
        ...(listEntry === undefined ? [] : [listEntry]),
      ],
    };
  }

  /** The few events told last, unless a Jobcenter's filter says by itself what was meant. */
  function sameEvents(turn: Turn): AnyBody | undefined {
    const { topic } = turn.context;
    if (topic?.kind !== 'events' || topic.filter.jobcenters !== undefined) return undefined;
    const { filter, eventIds } = topic;
    if (eventIds.length === 0 || eventIds.length > MAX_CHOICES) return undefined;
    const { aspect } = findEvents(turn, filter);
    const confidence = 1 / eventIds.length;
    const entries = eventIds.map((id) => ({ id, confidence }));
    return { kind: 'events', filter, eventIds, aspect, nearest: false, notes: [], entries };
  }

  /** The Jobcenter that a question without a place is about: the one just named, or the one that holds for the conversation. */
  function standingPlace({ text, folded, place, context }: Turn): EventPlace | undefined {
    if (place.status !== 'none' || !events.hasEventWord(text)) return undefined;
    const named = context.topic?.kind === 'jobcenter' ? context.topic.id : undefined;
    const meant =
      named !== undefined && (THERE.test(folded) || isElliptic(text))
        ? named
        : HERE.test(folded)
          ? context.jobcenter
          : undefined;
    const jobcenter = knowledge.jobcenters.find(({ id }) => id === meant);
    return jobcenter === undefined ? undefined : { jobcenterIds: [jobcenter.id], name: jobcenter.name, known: true };
  }

  function followUpStep({ text, place, context, ranking }: Turn): AnyBody | undefined {
    const { topic, pending } = context;
    // „Regelsatz“ was asked back, „und für Kinder?“ is said instead of choosing: both together may be clear.
    const asked = pending?.about === 'topic' && place.status === 'none' ? pending.question.trim() : '';
    if (topic?.kind !== 'entry' && asked !== '' && leansOnTopic(text)) {
      const [clear] = rankerFor(context).rank(`${asked} ${text}`).entries;
      if (clear !== undefined && clear.confidence >= model.thresholds.answer)
        return { kind: 'answer', entryId: clear.id, entries: [{ id: clear.id, confidence: clear.confidence }] };
    }
    // „und in Dülmen?“ asks for the Jobcenter there, whatever was told before.
    if (topic?.kind !== 'entry' || !leansOnTopic(text) || isOnlyPlace(text, place)) return undefined;
    const last = entry(topic.id, context);
    const [top] = ranking.entries;
    if (last === undefined || (top !== undefined && top.confidence >= model.thresholds.answer)) return undefined;
    const together = rankerFor(context).rank(`${last.questions[0] ?? last.title} ${text}`);
    const [best] = together.entries;
    if (best === undefined || best.confidence < model.thresholds.offer) return undefined;
    // Two questions in one lean towards the longer one; what the message says by itself is then worth more.
    if (
      best.id === last.id &&
      top !== undefined &&
      top.id !== last.id &&
      top.confidence >= OWN_SUBJECT &&
      hasSubject(text)
    )
      return undefined;
    return { kind: 'answer', entryId: best.id, follow: best.id === last.id, entries: refsOf(together) };
  }

  function topicStep(turn: Turn): AnyBody | undefined {
    const { text, language, ranking, context } = turn;
    const decision = decide(
      ranking.entries.map(({ confidence }) => confidence),
      noneShare(ranking.raw.intents),
      model.thresholds,
    );
    const [top] = ranking.entries;
    if (decision === 'answer' && top !== undefined)
      return { kind: 'answer', entryId: top.id, entries: refsOf(ranking) };
    // A few words are too little to recognise a language by; the one of the conversation is tried before giving up.
    const chosen =
      language === 'de' && context.language !== 'de'
        ? inLanguage(turn, foreign.find(text, context.language))
        : undefined;
    if (chosen !== undefined) return chosen;
    if (decision === 'reject' || top === undefined) return undefined;
    // A bare number is no question that choices could be drawn from.
    if (!/[\p{L}§]/u.test(text)) return undefined;
    if (language !== 'de' && top.confidence < LIKELY_ACROSS_LANGUAGES) return undefined;
    const choices: Choice[] = [];
    for (const { id, confidence } of ranking.entries) {
      const offered = entry(id, context);
      if (offered !== undefined && choices.length < MAX_CHOICES && confidence >= LEAST_OFFERED * top.confidence)
        choices.push({ id, title: offered.title, value: offered.title });
    }
    return { kind: 'clarify', about: 'topic', choices, entries: refsOf(ranking).slice(0, MAX_CHOICES) };
  }

  function fallbackStep({ text, ranking }: Turn): AnyBody {
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    const reason: FallbackReason =
      letters < 2 || ranking.raw.analysis.knownShare < 0.34 ? 'unintelligible' : 'outOfScope';
    return { kind: 'fallback', reason, entries: [] };
  }

  const steps: readonly (readonly [string, (turn: Turn) => AnyBody | undefined])[] = [
    ['urgent', urgentStep],
    ['pending', pendingStep],
    ['small', smallStep],
    ['title', titleStep],
    ['ownFile', ownFileStep],
    ['foreign', foreignStep],
    ['followUp', followUpStep],
    ['jobcenter', jobcenterStep],
    ['events', eventStep],
    ['topic', topicStep],
    ['fallback', fallbackStep],
  ];

  return {
    version: knowledge.version,
    prepare,
    answer(message, context) {
      const masked = maskPersonalData(message.slice(0, MAX_MESSAGE_CHARS * 4));
      const text = masked.text.trim();
      const shared = {
        masked: masked.kinds,
        language: detectLanguage(text),
        ...(namesPressNumber(text) ? { notice: 'pressNumber' as const } : {}),
      };
      if (message.length > MAX_MESSAGE_CHARS)
        return { kind: 'fallback', reason: 'tooLong', entries: [], explanation: [], ...shared };
      if (normalize(text) === '') return { kind: 'fallback', reason: 'empty', entries: [], explanation: [], ...shared };

      const ranker = rankerFor(context);
      const ranking = ranker.rank(withoutMask(text));
      const turn: Turn = {
        text,
        language: shared.language,
        folded: normalize(text),
        context,
        place: placeIn(text),
        period: understandPeriod(text, context.today),
        ranking,
      };
      for (const [name, step] of steps) {
        const found = step(turn);
        if (found === undefined) continue;
        // Nothing but personal data, or nothing that can be told beside it: no choices drawn from a name or a number.
        const body: AnyBody =
          text.includes('[…]') && (found.kind === 'clarify' || found.kind === 'fallback')
            ? { kind: 'private', entries: [] }
            : found;
        return {
          ...shared,
          ...body,
          masked: shared.masked,
          explanation: options.explain === true ? explain(name, turn, ranker, model) : [],
        };
      }
      return { kind: 'fallback', reason: 'outOfScope', entries: [], explanation: [], ...shared };
    },
  };
}

/** „Meine IBAN ist […], wann kommt das Geld?“ is not about the bank account: the number and the word that names it are left out. */
function withoutMask(text: string): string {
  if (!text.includes('[…]')) return text;
  const rest = text
    .replace(/(?:\bmeine? )?\b[\p{L}-]{2,20}(?: ist| lautet)?[ :]{0,2}\[…\]/giu, ' ')
    .replaceAll('[…]', ' ');
  return tokenize(normalize(rest)).length >= 2 ? rest : text;
}

/** Up to a season: narrower than a year, in which there was one week of events at most. */
function isShort({ from, to }: EventPeriod): boolean {
  return Date.parse(to) - Date.parse(from) <= 100 * 86_400_000;
}

function eventPlace(match: PlaceMatch, name: string): EventPlace {
  return {
    jobcenterIds: match.jobcenterIds,
    name: match.town ?? name,
    known: match.status === 'found' || match.status === 'ambiguous',
  };
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** The span is one of another text. */
function withoutSpan({ status, jobcenterIds, place, town, elsewhere }: PlaceMatch): PlaceMatch {
  return {
    status,
    jobcenterIds,
    ...(place === undefined ? {} : { place }),
    ...(town === undefined ? {} : { town }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
}

/** The message names a place (or a postcode) and nothing else that matters. */
function isOnlyPlace(text: string, { span }: PlaceMatch): boolean {
  if (span === undefined) return false;
  const around = `${text.slice(0, span.start)} ${text.slice(span.end)}`;
  return tokenize(normalize(around)).every(
    (token) => isFunctionWord(token) || PLACE_TALK.has(token) || /^\d{5}$/.test(token),
  );
}

const PLACE_TALK = new Set(
  'plz postleitzahl wohne wohn wohnen ort stadt kreis landkreis gemeinde komme meine jobcenter nein nee doch sondern meinte sorry quatsch falsch'.split(
    ' ',
  ),
);

/** „und in Solingen?“, „wann genau?“, „und mit Kind?“: says something only together with what was said before. */
export function isElliptic(text: string): boolean {
  const tokens = tokenize(normalize(text));
  if (tokens.length === 0 || tokens.length > 8) return false;
  const [first = ''] = tokens;
  if (/^(?:und|oder|aber|auch|nur|nein|ne|nee|doch|sondern|gilt|dann)$/.test(first)) return true;
  return tokens.filter((token) => !isFunctionWord(token)).length <= 2 && tokens.length <= 5;
}

/** From here on a message says by itself what it is about, even behind an „und“. */
const OWN_SUBJECT = 0.4;

/** Words that ask on without naming a subject: „wie lange?“, „was kostet das?“. */
const ASKING_ON = new Set(
  'lang lange viel viele hoch oft genau dauert dauern kostet kosten geht gilt heisst bedeutet passiert machen tun'.split(
    ' ',
  ),
);

/** „und mit Kind?“, „wie lange?“: begins with a connective, or has no subject of its own. A bare „nein“ leans on nothing. */
export function leansOnTopic(text: string): boolean {
  if (!isElliptic(text)) return false;
  const tokens = tokenize(normalize(text));
  if (/^(?:nein|ne|nee|ja)$/.test(tokens[0] ?? '')) return hasSubject(text);
  return /^(?:und|oder|aber|auch|nur|sondern|gilt|dann)$/.test(tokens[0] ?? '') || !hasSubject(text);
}

function hasSubject(text: string): boolean {
  return tokenize(normalize(text)).some((token) => !isFunctionWord(token) && !ASKING_ON.has(token));
}

function explain(
  step: string,
  { ranking, place, period }: Turn,
  ranker: Ranker,
  model: RankerModel,
): readonly Explanation[] {
  const { analysis, hits, intents } = ranking.raw;
  const lines = (title: string, rows: readonly string[]): Explanation => ({ step: title, lines: rows });
  const [top] = hits;
  return [
    lines('step', [step]),
    lines(
      'terms',
      analysis.terms.map(({ term, weight, from }) => `${term} ${weight.toFixed(2)} ${from}`),
    ),
    lines(
      'corrections',
      analysis.corrections.map(([typed, meant]) => `${typed} → ${meant}`),
    ),
    lines('place', [`${place.status} ${place.place ?? ''} ${place.jobcenterIds.join(' ')}`.trim()]),
    lines('period', period === undefined ? [] : [`${period.from} … ${period.to}`]),
    lines(
      'intents',
      intents.slice(0, 3).map(([name, probability]) => `${name} ${probability.toFixed(3)}`),
    ),
    ...hits
      .slice(0, 3)
      .map((hit, i) =>
        lines(`hit ${i + 1}: ${hit.id}`, [
          `probability ${hit.probability.toFixed(3)}, confidence ${(ranking.entries[i]?.confidence ?? 0).toFixed(3)}, score ${hit.score.toFixed(2)}`,
          `best variant: ${hit.variant}`,
          ...weighedFeatures(model.weights, hit).map(
            ([name, value, say]) => `${name} ${value.toFixed(3)} → ${say.toFixed(2)}`,
          ),
        ]),
      ),
    ...(top === undefined
      ? []
      : [
          lines(
            `classifier for ${top.id}`,
            ranker.engine
              .explainClass(analysis.tokens.join(' '), top.id)
              .slice(0, 12)
              .map(([name, say]) => `${name} ${say.toFixed(2)}`),
          ),
        ]),
  ];
}
