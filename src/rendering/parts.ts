/**
 * The parts that several replies share: labels, standing choices, the Jobcenter's address, provenance. Composes blocks, never meaning.
 */
import type { Choice, OutcomeKind, Ref } from '../answering/outcome';
import type { Entry, Jobcenter, KnowledgeBase, Source } from '../knowledge/model';
import { longDay } from './dates';
import type { Block, Reply, ReplyLabels } from './reply';
import { isSafeUrl, safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { hasWording, say, sends, type Places } from './wording';

/** A text block of the service's own wording. */
export function saying(view: ReplyView, key: string, places?: Places): Block {
  return { type: 'text', markdown: safeMarkdown(say(view, key, places)) };
}

/** A choice whose label is `wahl.menue` and whose click sends `wahl.menue.wert`. */
export function standing(view: ReplyView, key: string): Choice {
  return { id: key, title: say(view, key), value: sends(view, key) };
}

/** A choice that leads to an entry: the German title is what a click sends, whatever the label says. */
export function toEntry(entry: Entry, view: ReplyView): Choice {
  return { id: entry.id, title: titleIn(view, entry.id, entry.title), value: entry.title };
}

/** The title of a topic in the person's language, where there is one. */
export function titleIn(view: ReplyView, entryId: string, title: string): string {
  const key = `thema.${entryId}`;
  return view.language !== 'de' && hasWording(view, key) ? say(view, key) : title;
}

export function labels(view: ReplyView): ReplyLabels {
  return {
    asOf: say(view, 'antwort.stand'),
    source: say(view, 'antwort.quelle'),
    map: say(view, 'aktion.karte'),
    // Not even the word for internal notes reaches a citizen.
    internal: view.audience === 'staff' ? say(view, 'antwort.intern') : '',
    chooseHint: say(view, 'text.auswahl'),
    moreHint: say(view, 'text.mehr'),
    more: say(view, 'antwort.mehr'),
    feedbackHint: say(view, 'rueckmeldung.frage'),
    feedbackQuestion: say(view, 'rueckmeldung.kurz'),
    helpful: { title: say(view, 'rueckmeldung.ja'), value: sends(view, 'rueckmeldung.ja') },
    notHelpful: { title: say(view, 'rueckmeldung.nein'), value: sends(view, 'rueckmeldung.nein') },
  };
}

/** Puts blocks and choices together; choices with the same value appear once. */
export function reply(
  view: ReplyView,
  kind: OutcomeKind,
  entries: readonly Ref[],
  blocks: readonly Block[],
  choices: readonly Choice[] = [],
  feedbackFor?: string,
): Reply {
  return {
    kind,
    entries,
    language: view.language,
    blocks,
    choices: distinct(choices),
    labels: labels(view),
    ...(feedbackFor === undefined ? {} : { feedbackFor }),
  };
}

/** Choices that send the same are one. */
export function distinct(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ value }, at) => choices.findIndex((other) => other.value === value) === at);
}

/** Entries this audience may see; staff entries never for a citizen. */
export function findEntry(view: ReplyView, id: string): Entry | undefined {
  const found = view.knowledge.entries.find((entry) => entry.id === id);
  if (found !== undefined || view.audience !== 'staff') return found;
  return view.knowledge.staffEntries.find((entry) => entry.id === id);
}

export function findJobcenter(knowledge: KnowledgeBase, id: string | undefined): Jobcenter | undefined {
  return id === undefined ? undefined : knowledge.jobcenters.find((jobcenter) => jobcenter.id === id);
}

/** Places for the sentences that name a Jobcenter's address; without an address there is nothing to fill. */
export function addressPlaces(view: ReplyView, jobcenter: Jobcenter): Places | undefined {
  const web = jobcenter.web;
  if (web === undefined) return undefined;
  const address = web.url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return {
    name: jobcenter.name,
    adresse: address,
    url: safeAddress(web.url),
    datum: longDay(web.seenOn, view.language),
  };
}

/** Addresses seen years ago as `http://` are offered over https; the sentence beside it asks to check. */
function safeAddress(url: string): string {
  return url.replace(/^http:\/\//, 'https://');
}

export function provenance(entry: Entry, remark?: string): Block {
  return {
    type: 'provenance',
    asOf: entry.asOf,
    legalBasis: entry.legalBasis,
    sources: entry.sources.map(safeSource),
    ...(remark === undefined ? {} : { remark }),
  };
}

export function safeSource(source: Source): Source {
  if (source.url === undefined || isSafeUrl(source.url)) return source;
  const { url, ...rest } = source;
  const secure = safeAddress(url);
  return isSafeUrl(secure) ? { ...rest, url: secure } : rest;
}
