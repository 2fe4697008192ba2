/**
 * An entry as a reply: the wording valid on the day, in the person's style and language, what is local about it, how sure it is,
 * and where it comes from. Refuses to say anything the entry does not say.
 */
import type { Choice, Place } from '../answering/outcome';
import type { AnswerVersion, Entry, StaffNote } from '../knowledge/model';
import { fillParameters } from '../knowledge/parameters';
import { versionOn } from '../knowledge/versions';
import { addressPlaces, findEntry, findJobcenter, provenance, saying, standing, titleIn, toEntry } from './parts';
import type { Block } from './reply';
import { isSafeUrl, safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { hasWording, say } from './wording';

const MAX_RELATED = 3;

/** Title, answer, details, local and reservation notices, links, provenance; for staff the internal notes. */
export function entryBlocks(entry: Entry, view: ReplyView): readonly Block[] {
  const version = versionOn(entry, view.day);
  return [
    heading(entry, view),
    ...(version === undefined
      ? [saying(view, 'antwort.keine-fassung', { titel: entry.title })]
      : wordingBlocks(entry, version, view)),
    ...localNotice(entry, view),
    ...reservation(entry, view),
    ...links(entry),
    provenance(entry, remark(entry, view)),
    ...internalNotes(entry, view),
  ];
}

/**
 * The same after help numbers: no reservation in front of somebody in need; the word on the own Jobcenter, and that this is general information,
 * only where an office can help.
 */
export function urgentEntryBlocks(entry: Entry, view: ReplyView, officeHelps: boolean): readonly Block[] {
  const version = versionOn(entry, view.day);
  return [
    heading(entry, view),
    ...(version === undefined ? [] : wordingBlocks(entry, version, view)),
    ...(officeHelps ? localNotice(entry, view) : []),
    ...links(entry),
    provenance(entry, officeHelps ? remark(entry, view) : undefined),
    ...internalNotes(entry, view),
  ];
}

/** The entry behind a step of a guided way: there to be opened, the step's own words come first. */
export function stepEntryBlocks(entry: Entry, view: ReplyView): readonly Block[] {
  const version = versionOn(entry, view.day);
  const text =
    version === undefined ? say(view, 'antwort.keine-fassung', { titel: entry.title }) : wordingFor(version, view);
  const more = version?.more === undefined || view.style === 'simple' ? '' : `\n\n${version.more}`;
  return [
    {
      type: 'details',
      title: titleIn(view, entry.id, entry.title),
      markdown: filled(`${text}${more}`, view),
      ...german(view),
    },
    ...localNotice(entry, view),
    ...reservation(entry, view),
    provenance(entry, remark(entry, view)),
    ...internalNotes(entry, view),
  ];
}

/** The details of an entry alone („mehr“); absent when there are none today. */
export function detailBlocks(entry: Entry, view: ReplyView): readonly Block[] {
  const more = versionOn(entry, view.day)?.more;
  if (more === undefined) return [];
  return [
    heading(entry, view),
    { type: 'text', markdown: filled(more, view), ...german(view) },
    ...(view.language === 'de' ? [] : [info(say(view, 'sprache.dolmetscher'))]),
    provenance(entry, remark(entry, view)),
  ];
}

/** Places of an entry, word for word; none where the wording of that day has no such lines. */
export function placeBlocks(entry: Entry, places: readonly Place[], view: ReplyView): readonly Block[] {
  const version = versionOn(entry, view.day);
  const found = version === undefined ? [] : places.flatMap((place) => wordingAt(version, place) ?? []);
  if (found.length === 0) return [];
  return [
    { type: 'text', markdown: filled(found.join('\n\n'), view), ...german(view) },
    ...reservation(entry, view),
    provenance(entry, remark(entry, view)),
  ];
}

/** Absent where the version has no such line. */
function wordingAt(version: AnswerVersion, { of, lines }: Place): string | undefined {
  const field = version[of]?.split('\n');
  const found = lines.map((line) => field?.[line]);
  return found.length > 0 && found.every((line) => line !== undefined) ? found.join('\n') : undefined;
}

/** Related topics, and the way to the own Jobcenter where the answer needs it. */
export function entryChoices(entry: Entry, view: ReplyView): readonly Choice[] {
  const related = entry.seeAlso
    .map((id) => findEntry(view, id))
    .filter((each): each is Entry => each !== undefined && each.id !== entry.id)
    .slice(0, MAX_RELATED)
    .map((each) => toEntry(each, view));
  return entry.local && view.jobcenter === undefined ? [...related, standing(view, 'wahl.jobcenter')] : related;
}

function wordingBlocks(entry: Entry, version: AnswerVersion, view: ReplyView): readonly Block[] {
  if (view.language !== 'de') return foreignBlocks(entry, version, view);
  return [{ type: 'text', markdown: filled(wordingFor(version, view), view) }, ...details(version, view)];
}

function wordingFor(version: AnswerVersion, view: ReplyView): string {
  return view.style === 'simple' || view.language !== 'de' ? (version.simple ?? version.answer) : version.answer;
}

/** A translation that is as new as the German text, or Einfache Sprache with a word about help. */
function foreignBlocks(entry: Entry, version: AnswerVersion, view: ReplyView): readonly Block[] {
  const translation = entry.translations.find((each) => each.language === view.language && each.asOf >= entry.asOf);
  if (translation !== undefined) return [{ type: 'text', markdown: filled(translation.answer, view) }];
  return [
    { type: 'notice', tone: 'info', markdown: safeMarkdown(say(view, 'sprache.antwort-deutsch')) },
    { type: 'text', markdown: filled(wordingFor(version, view), view), language: 'de' },
    { type: 'notice', tone: 'info', markdown: safeMarkdown(say(view, 'sprache.dolmetscher')) },
  ];
}

function details(version: AnswerVersion, view: ReplyView): readonly Block[] {
  if (version.more === undefined) return [];
  return [{ type: 'details', title: say(view, 'antwort.mehr'), markdown: filled(version.more, view) }];
}

function filled(text: string, view: ReplyView): string {
  return safeMarkdown(fillParameters(text, view.knowledge.parameters, view.day));
}

function localNotice(entry: Entry, view: ReplyView): readonly Block[] {
  if (!entry.local) return [];
  const jobcenter = findJobcenter(view.knowledge, view.jobcenter);
  if (jobcenter === undefined) return [info(say(view, 'lokal.unbekannt'))];
  const address = addressPlaces(view, jobcenter);
  const who = say(view, 'lokal.bekannt', { name: jobcenter.name });
  return [info(address === undefined ? who : `${who}\n${say(view, 'lokal.web', address)}`)];
}

function reservation(entry: Entry, view: ReplyView): readonly Block[] {
  const key = `antwort.vorbehalt.${entry.certainty}`;
  return hasWording(view, key) ? [{ type: 'notice', tone: 'warning', markdown: safeMarkdown(say(view, key)) }] : [];
}

function links(entry: Entry): readonly Block[] {
  const safe = entry.actions.filter((link) => isSafeUrl(link.url));
  return safe.length === 0 ? [] : [{ type: 'links', links: safe }];
}

function remark(entry: Entry, view: ReplyView): string {
  const general = say(view, 'antwort.hinweis');
  return entry.checkedBy === null ? `${general} ${say(view, 'antwort.ungeprueft')}` : general;
}

function internalNotes(entry: Entry, view: ReplyView): readonly Block[] {
  if (view.audience !== 'staff') return [];
  return view.knowledge.staffNotes
    .filter((note: StaffNote) => note.entryId === entry.id)
    .map((note) => ({ type: 'internal', markdown: safeMarkdown(note.text) }));
}

function info(markdown: string): Block {
  return { type: 'notice', tone: 'info', markdown: safeMarkdown(markdown) };
}

function heading(entry: Entry, view: ReplyView): Block {
  const title = titleIn(view, entry.id, entry.title);
  return { type: 'heading', text: title, ...(title === entry.title ? german(view) : {}) };
}

/** Content is German; inside a reply in another language the block says so. */
function german(view: ReplyView): { readonly language?: string } {
  return view.language === 'de' ? {} : { language: 'de' };
}
