/**
 * Campaign events as a reply: the past told as past with its full date, contradictions always, lists grouped by day.
 * Never an invitation to something that is over; what a source does not say is said to be unknown.
 */
import type { AnswerOutcome, Choice, EventFilter, EventNote } from '../answering/outcome';
import type { CampaignEvent, EventTime, IsoDate } from '../knowledge/model';
import { clockTime, dayOf, daySpan, dayWithWeekday, lastOfMonth, longDay, monthAndYear, spanStart } from './dates';
import { addressPlaces, findJobcenter, safeSource, saying, standing } from './parts';
import type { Block, EventView } from './reply';
import { plainWords, safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { say } from './wording';

type EventsOutcome = Extract<AnswerOutcome, { kind: 'events' }>;
type Tense = 'past' | 'running' | 'coming' | 'unknown';

/** A list longer than this is cut, and the reply says so. */
const MAX_LISTED = 8;

export function eventBlocks(outcome: EventsOutcome, view: ReplyView): readonly Block[] {
  const events = outcome.eventIds
    .map((id) => view.knowledge.events.find((event) => event.id === id))
    .filter((event): event is CampaignEvent => event !== undefined);
  const shown = events.slice(0, MAX_LISTED).sort(byStart);
  if (outcome.aspect === 'still' && shown.length > 1 && events.every((event) => tense(event, view.day) === 'past'))
    return [saying(view, 'aktionen.vorbei'), announcements(outcome, shown, view)];
  if (outcome.aspect === 'details') return shown.flatMap((event) => particulars(outcome, event, view));
  if (outcome.aspect === 'unsaid') return unsaid(shown, view);
  const only = outcome.nearest || shown.length !== 1 ? undefined : shown[0];
  const asked = outcome.aspect === 'all' || (only !== undefined && isOpenStill(outcome, only, view)) ? undefined : only;
  if (asked !== undefined)
    return [
      ...outcome.notes.map((note) => noteBlock(note, outcome.filter, view)),
      ...aspectBlocks(outcome, asked, view),
    ];
  const blocks: Block[] = [
    ...outcome.notes.map((note) => noteBlock(note, outcome.filter, view)),
    ...opening(outcome, shown, view),
  ];
  const isList = shown.length > 1;
  for (const group of byDay(shown, view)) {
    if (isList) blocks.push({ type: 'heading', text: group.heading });
    blocks.push({
      type: 'events',
      events: group.events.map((event) => (isList ? listedView(event, view) : eventView(event, view))),
      ...(view.language === 'de' ? {} : { language: 'de' }),
    });
  }
  if (only !== undefined && outcome.details === true) blocks.push(...detailText(only, view));
  if (isList) blocks.push(sharedProvenance(shown));
  if (events.length > shown.length)
    blocks.push(saying(view, 'aktionen.weitere', { anzahl: events.length - shown.length }));
  if (!events.some((event) => ['coming', 'running'].includes(tense(event, view.day))))
    blocks.push(announcements(outcome, shown, view));
  return blocks;
}

/** What else is known of an event, for „mehr“; nothing when there is no more. */
export function eventDetailBlocks(event: CampaignEvent, view: ReplyView): readonly Block[] {
  const details = detailText(event, view);
  return details.length === 0
    ? []
    : [{ type: 'heading', text: event.title }, ...details, ...contradiction(event, view), provenanceOf(event)];
}

/** The description or the details, whichever answers, and not once more all that was told before. */
function particulars(outcome: EventsOutcome, event: CampaignEvent, view: ReplyView): readonly Block[] {
  const answer: Block =
    outcome.details === true && event.details !== undefined
      ? { type: 'text', markdown: safeMarkdown(event.details) }
      : { type: 'text', markdown: eventView(event, view).description };
  return [
    { type: 'heading', text: event.title },
    view.language === 'de' ? answer : { ...answer, language: 'de' },
    ...contradiction(event, view),
    provenanceOf(event),
  ];
}

function unsaid(events: readonly CampaignEvent[], view: ReplyView): readonly Block[] {
  const [only, ...others] = events;
  const sentences = [
    saying(view, others.length === 0 ? 'aktion.nicht-gesagt' : 'aktionen.nicht-gesagt'),
    saying(view, 'aktion.wer-weiss'),
  ];
  return only === undefined || others.length > 0 ? sentences : [...sentences, provenanceOf(only)];
}

function detailText(event: CampaignEvent, view: ReplyView): readonly Block[] {
  return event.details === undefined
    ? []
    : [
        {
          type: 'text',
          markdown: safeMarkdown(event.details),
          ...(view.language === 'de' ? {} : { language: 'de' }),
        },
      ];
}

/** „Kann ich da noch hin?“, and it is not over. */
function isOpenStill(outcome: EventsOutcome, event: CampaignEvent, view: ReplyView): boolean {
  return outcome.aspect === 'still' && tense(event, view.day) !== 'past';
}

export function eventChoices(outcome: EventsOutcome, view: ReplyView): readonly Choice[] {
  if (outcome.eventIds.length > 1) {
    return view.knowledge.events
      .filter((event) => outcome.eventIds.includes(event.id))
      .sort((a, b) => outcome.eventIds.indexOf(a.id) - outcome.eventIds.indexOf(b.id))
      .slice(0, 3)
      .map((event) => ({ id: event.id, title: event.title, value: event.title }));
  }
  return [standing(view, 'wahl.aktionen')];
}

function opening(outcome: EventsOutcome, events: readonly CampaignEvent[], view: ReplyView): readonly Block[] {
  if (events.length === 0) return outcome.notes.length > 0 ? [] : [saying(view, 'aktionen.keine')];
  if (outcome.nearest) return [saying(view, 'aktionen.naechste')];
  const only = events.length === 1 ? events[0] : undefined;
  if (only !== undefined) {
    const over = tense(only, view.day) === 'past';
    const past = outcome.whether === true ? 'aktionen.vergangen.ja' : 'aktionen.vergangen.eine';
    return over || only.times.length > 0 ? [saying(view, over ? past : 'aktionen.kommend.eine')] : [];
  }
  const past = events.filter((event) => tense(event, view.day) === 'past').length;
  if (outcome.aspect === 'still' && past === events.length) return [saying(view, 'aktionen.vorbei')];
  const key = past === events.length ? 'aktionen.vergangen' : past === 0 ? 'aktionen.kommend' : undefined;
  return [
    key === undefined
      ? saying(view, 'aktionen.gemischt', { anzahl: outcome.eventIds.length })
      : saying(view, `${key}.mehrere`, { anzahl: outcome.eventIds.length }),
  ];
}

/** When, where or for whom, and nothing that was said before; the contradiction and the source always. */
function aspectBlocks(outcome: EventsOutcome, event: CampaignEvent, view: ReplyView): readonly Block[] {
  return [...aspectSentences(outcome, event, view), ...contradiction(event, view), provenanceOf(event)];
}

function contradiction(event: CampaignEvent, view: ReplyView): readonly Block[] {
  return event.contradiction === undefined ? [] : [saying(view, 'aktion.widerspruch', { text: event.contradiction })];
}

function provenanceOf(event: CampaignEvent): Block {
  return { type: 'provenance', asOf: event.asOf, legalBasis: [], sources: event.sources.map(safeSource) };
}

function aspectSentences(outcome: EventsOutcome, event: CampaignEvent, view: ReplyView): readonly Block[] {
  const past = tense(event, view.day) === 'past';
  const titleAndTime: Block = { type: 'text', markdown: safeMarkdown(`**${event.title}**: ${when(event, view)}`) };
  if (outcome.aspect === 'when') return [titleAndTime];
  if (outcome.aspect === 'still') return [saying(view, 'aktionen.vorbei'), titleAndTime];
  if (outcome.aspect === 'where') {
    const place = where(event);
    if (place === undefined) return [saying(view, 'aktion.wo.unbekannt'), saying(view, 'aktion.wer-weiss')];
    return [saying(view, past ? 'aktion.wo.war' : 'aktion.wo.ist', { titel: event.title, ort: place })];
  }
  if (event.audience === undefined) return [saying(view, 'aktion.wer.unbekannt'), saying(view, 'aktion.wer-weiss')];
  return [saying(view, past ? 'aktion.wer.war' : 'aktion.wer.ist', { wer: event.audience })];
}

function noteBlock(note: EventNote, filter: EventFilter, view: ReplyView): Block {
  switch (note.name) {
    case 'noneInPeriod': {
      const period = periodWords(note.from, note.to, view);
      const place = placeOf(filter, view);
      return place === undefined
        ? saying(view, 'aktionen.hinweis.zeit', { zeit: period })
        : saying(view, 'aktionen.hinweis.zeit-ort', { zeit: period, ort: place });
    }
    case 'noneForJobcenter':
      return saying(view, 'aktionen.hinweis.jobcenter', {
        name: findJobcenter(view.knowledge, note.jobcenter)?.name ?? plainWords(note.jobcenter),
      });
    case 'placeUnknown':
      return saying(view, 'aktionen.hinweis.ort', { ort: plainWords(note.place) });
    case 'noUpcoming':
      return saying(view, 'aktionen.hinweis.keine-kommenden');
  }
}

/** „Im Jahr 2022“, „Im Juni 2022“, „Am 27. August 2019“, „Vom … bis …“. */
function periodWords(from: IsoDate, to: IsoDate, view: ReplyView): string {
  const { language } = view;
  if (from === to) return say(view, 'aktionen.zeit.tag', { tag: longDay(from, language) });
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`)
    return say(view, 'aktionen.zeit.jahr', { jahr: from.slice(0, 4) });
  if (from.endsWith('-01') && to === lastOfMonth(from))
    return say(view, 'aktionen.zeit.monat', { monat: monthAndYear(from, language) });
  return say(view, 'aktionen.zeit.spanne', spanPlaces(from, to, view));
}

function placeOf(filter: EventFilter, view: ReplyView): string | undefined {
  const names = (filter.jobcenters ?? []).map((id) => findJobcenter(view.knowledge, id)?.name ?? plainWords(id));
  return names.length > 0 && names.length <= 2
    ? names.join(', ')
    : filter.town === undefined
      ? undefined
      : plainWords(filter.town);
}

/** Where new events are announced: the one Jobcenter all shown events or the filter belong to, else in general. */
function announcements(outcome: EventsOutcome, events: readonly CampaignEvent[], view: ReplyView): Block {
  const asked = outcome.filter.jobcenters ?? [...new Set(events.flatMap((event) => event.jobcenters))];
  const jobcenter = asked.length === 1 ? findJobcenter(view.knowledge, asked[0]) : undefined;
  const address = jobcenter === undefined ? undefined : addressPlaces(view, jobcenter);
  return address === undefined ? saying(view, 'aktionen.neue') : saying(view, 'aktionen.neue.jobcenter', address);
}

export function eventView(event: CampaignEvent, view: ReplyView): EventView {
  const first = event.times[0];
  const last = event.times.at(-1);
  const place = where(event);
  const mapQuery = [event.place.name, event.place.town].filter((each) => each !== undefined).join(', ');
  const description =
    view.style === 'simple' || view.language !== 'de' ? (event.simple ?? event.description) : event.description;
  return {
    id: event.id,
    title: event.title,
    when: when(event, view),
    where: place ?? say(view, event.umbrella ? 'aktion.wo.bundesweit' : 'aktion.wo.unbekannt'),
    description: safeMarkdown(description),
    ...(event.contradiction === undefined
      ? {}
      : { contradiction: safeMarkdown(say(view, 'aktion.widerspruch', { text: event.contradiction })) }),
    past: tense(event, view.day) === 'past',
    ...(first === undefined ? {} : { start: first.from }),
    ...(last === undefined ? {} : { end: last.to }),
    ...(event.place.name === undefined || mapQuery === '' ? {} : { mapQuery }),
    sources: event.sources.map(safeSource),
    asOf: event.asOf,
  };
}

/** In a list: the first sentence, and the sources once for all below it. */
function listedView(event: CampaignEvent, view: ReplyView): EventView {
  const whole = eventView(event, view);
  const [first] = FIRST_SENTENCE.exec(whole.description) ?? [whole.description];
  return { ...whole, description: first, sources: [] };
}

/** The dot behind a digit belongs to a date or a number: „lief vom 26. bis 30. August 2019.“ */
const FIRST_SENTENCE = /^.+?(?:[!?]|(?<!\d)\.|(?<=\d{4})\.)(?=\s|$)/s;

function sharedProvenance(events: readonly CampaignEvent[]): Block {
  const sources = new Map(
    events.flatMap((event) => event.sources.map((source) => [source.title, safeSource(source)] as const)),
  );
  const oldest = events.map((event) => event.asOf).sort()[0] ?? '';
  return { type: 'provenance', asOf: oldest, legalBasis: [], sources: [...sources.values()] };
}

/** By first day; without one at the end. */
function byStart(a: CampaignEvent, b: CampaignEvent): number {
  return (a.times[0]?.from ?? '9').localeCompare(b.times[0]?.from ?? '9');
}

/** One full sentence per appointment, in the right tense for the day it is told. */
export function when(event: CampaignEvent, view: ReplyView): string {
  const sentences = event.times.map((time) => timeSentence(time, view));
  if (sentences.length === 0) sentences.push(event.timeNote ?? say(view, 'aktion.wann.unbekannt'));
  else if (event.timeNote !== undefined) sentences.push(event.timeNote);
  if (!event.cancelled) return sentences.join(' ');
  const planned = event.times.map((time) => timeSpan(time, view)).join('; ');
  return planned === ''
    ? say(view, 'aktion.abgesagt')
    : `${say(view, 'aktion.abgesagt')} ${say(view, 'aktion.abgesagt.wann', { wann: planned })}`;
}

function timeSentence(time: EventTime, view: ReplyView): string {
  const [from, to] = [dayOf(time.from), dayOf(time.to)];
  const over = to < view.day;
  const running = from <= view.day && !over;
  if (from === to) {
    const key = running ? 'aktion.laeuft.heute' : over ? 'aktion.war' : 'aktion.ist';
    return say(view, key, { wann: timeSpan(time, view) });
  }
  const key = running ? 'aktion.laeuft' : over ? 'aktion.war.zeitraum' : 'aktion.ist.zeitraum';
  return say(view, key, spanPlaces(from, to, view));
}

function timeSpan(time: EventTime, view: ReplyView): string {
  const [from, to] = [dayOf(time.from), dayOf(time.to)];
  if (from !== to) return daySpan(from, to, view.language);
  const [start, end] = [clockTime(time.from, view.language), clockTime(time.to, view.language)];
  const day = dayWithWeekday(from, view.language);
  return start === undefined || end === undefined
    ? day
    : say(view, 'aktion.uhrzeit', { datum: day, von: start, bis: end });
}

function spanPlaces(
  from: IsoDate,
  to: IsoDate,
  { language }: ReplyView,
): { readonly von: string; readonly bis: string } {
  return { von: spanStart(from, to, language), bis: longDay(to, language) };
}

function where(event: CampaignEvent): string | undefined {
  const { name, town } = event.place;
  if (name === undefined) return town;
  return town === undefined || name.includes(town) ? name : `${name}, ${town}`;
}

function tense(event: CampaignEvent, day: IsoDate): Tense {
  if (event.times.length === 0) return isReportOf(event, day) ? 'past' : 'unknown';
  if (event.times.every((time) => dayOf(time.to) < day)) return 'past';
  return event.times.some((time) => dayOf(time.from) <= day && day <= dayOf(time.to)) ? 'running' : 'coming';
}

/** Without a date of its own, an event that was reported more than a quarter of a year ago is over. */
function isReportOf(event: CampaignEvent, day: IsoDate): boolean {
  const reported = event.sources.map((source) => source.date).filter((date) => date !== undefined);
  return reported.length > 0 && reported.every((date) => Date.parse(day) - Date.parse(date) > 90 * 86_400_000);
}

interface DayGroup {
  readonly heading: string;
  readonly events: readonly CampaignEvent[];
}

/** In the order of the list: the first event of a day opens its group. */
function byDay(events: readonly CampaignEvent[], view: ReplyView): readonly DayGroup[] {
  const groups = new Map<string, CampaignEvent[]>();
  for (const event of events) {
    const heading = dayHeading(event, view);
    groups.set(heading, [...(groups.get(heading) ?? []), event]);
  }
  return [...groups].map(([heading, members]) => ({ heading, events: members }));
}

function dayHeading(event: CampaignEvent, view: ReplyView): string {
  const first = event.times[0];
  const last = event.times.at(-1);
  if (first === undefined || last === undefined) return say(view, 'aktionen.ohne-tag');
  const [from, to] = [dayOf(first.from), dayOf(last.to)];
  return from === to ? dayWithWeekday(from, view.language) : daySpan(from, to, view.language);
}
