/**
 * The replies without an entry at their heart: Jobcenter, clarification, urgent need, own file, small talk, commands, fallback.
 * Every one offers a way on. Refuses to say what they mean for the conversation: that is the dialogs'.
 */
import type { AnswerOutcome, Choice } from '../answering/outcome';
import type { Entry, Guide, Jobcenter } from '../knowledge/model';
import { entryBlocks, entryChoices, urgentEntryBlocks } from './answerReply';
import { helpList } from './helpNumbers';
import { addressPlaces, findEntry, findJobcenter, reply, saying, standing, titleIn, toEntry } from './parts';
import type { Block, Reply } from './reply';
import { plainWords, safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { languagesOf, say } from './wording';

type Of<K extends AnswerOutcome['kind']> = Extract<AnswerOutcome, { kind: K }>;

/** Topics in another language's menu. */
const MAX_TOPICS = 5;

/** The standing ways on: guided ways first, then what most people need. */
export function menuChoices(view: ReplyView): readonly Choice[] {
  const offices = [standing(view, 'wahl.jobcenter'), standing(view, 'wahl.aktionen')];
  if (view.audience === 'staff') return [...offices, standing(view, 'wahl.hilfe')];
  const ways = view.language === 'de' ? guideChoices(view) : foreignTopicChoices(view);
  return [...ways, standing(view, 'wahl.geldnot'), ...offices, styleChoice(view), standing(view, 'wahl.sprache')];
}

function guideChoices(view: ReplyView): readonly Choice[] {
  return view.knowledge.guides.map(toGuide);
}

function toGuide(guide: Guide): Choice {
  return { id: guide.id, title: guide.title, value: guide.triggers[0] ?? guide.title };
}

/** The guided way that leads through this topic most often; none for staff and in other languages. */
export function guideThrough(entryId: string, view: ReplyView): readonly Choice[] {
  if (view.audience === 'staff' || view.language !== 'de') return [];
  const visits = (guide: Guide): number => guide.steps.filter((step) => step.entryId === entryId).length;
  const [best] = [...view.knowledge.guides].sort((a, b) => visits(b) - visits(a));
  return best === undefined || visits(best) === 0 ? [] : [toGuide(best)];
}

/** The first topics that have a title in the person's language: guided ways are German only. */
function foreignTopicChoices(view: ReplyView): readonly Choice[] {
  const topics = Object.keys(view.knowledge.texts).filter(
    (key) => key.startsWith('thema.') && !key.endsWith('.woerter'),
  );
  return topics
    .map((key) => findEntry(view, key.slice('thema.'.length)))
    .filter((entry): entry is Entry => entry !== undefined)
    .slice(0, MAX_TOPICS)
    .map((entry) => toEntry(entry, view));
}

function styleChoice(view: ReplyView): Choice {
  return standing(view, view.style === 'simple' ? 'wahl.alltag' : 'wahl.einfach');
}

/** The few ways on under a reply that did not help. */
export function waysOn(view: ReplyView): readonly Choice[] {
  return [standing(view, 'wahl.menue'), standing(view, 'wahl.jobcenter'), standing(view, 'wahl.mensch')];
}

export function welcomeReply(view: ReplyView): Reply {
  const greeting = saying(view, view.audience === 'staff' ? 'willkommen.personal' : 'willkommen');
  const blocks = view.language === 'de' ? [greeting] : [greeting, saying(view, 'sprache.maschinell')];
  return reply(view, 'smalltalk', [], blocks, menuChoices(view));
}

export function jobcenterReply(outcome: Of<'jobcenter'>, view: ReplyView): Reply {
  const found = outcome.jobcenterIds
    .map((id) => findJobcenter(view.knowledge, id))
    .filter((each): each is Jobcenter => each !== undefined);
  const place = outcome.place === undefined ? undefined : plainWords(outcome.place);
  const [only] = found;
  switch (outcome.status) {
    case 'found':
      if (only === undefined) break;
      return reply(view, 'jobcenter', outcome.entries, jobcenterBlocks(only, place, outcome, view), [
        standing(view, 'wahl.menue'),
      ]);
    case 'ambiguous':
      return reply(
        view,
        'jobcenter',
        outcome.entries,
        [saying(view, 'jobcenter.mehrere')],
        [
          ...found.slice(0, 3).map((each) => ({ id: each.id, title: each.name, value: each.name })),
          standing(view, 'wahl.keins'),
        ],
      );
    case 'ask':
      return outcome.why === true
        ? reply(view, 'jobcenter', outcome.entries, [saying(view, 'jobcenter.frage.warum')], waysOn(view).slice(0, 1))
        : reply(view, 'jobcenter', outcome.entries, [saying(view, 'jobcenter.frage')]);
    case 'unknown':
      break;
  }
  const blocks = [
    place === undefined || place === ''
      ? saying(view, 'fallback.unknownPlace')
      : saying(view, 'jobcenter.unbekannt', { ort: place }),
  ];
  return reply(view, 'jobcenter', outcome.entries, blocks, [standing(view, 'wahl.menue')]);
}

function jobcenterBlocks(
  jobcenter: Jobcenter,
  place: string | undefined,
  { contact, ofOther }: Of<'jobcenter'>,
  view: ReplyView,
): readonly Block[] {
  const address = addressPlaces(view, jobcenter);
  return [
    place === undefined || place === ''
      ? saying(view, 'jobcenter.gefunden.ohne-ort', { name: jobcenter.name })
      : saying(view, 'jobcenter.gefunden', { ort: place, name: jobcenter.name }),
    address === undefined ? saying(view, 'jobcenter.ohne-web') : saying(view, 'jobcenter.web', address),
    ...(contact === undefined ? reachedBy(jobcenter, view) : [contactOf(jobcenter, contact, view)]),
    ...(jobcenter.remarks === undefined ? [] : [{ type: 'text' as const, markdown: safeMarkdown(jobcenter.remarks) }]),
    ...(contact === undefined && ofOther !== true ? [saying(view, 'jobcenter.gemerkt')] : []),
    { type: 'provenance', asOf: jobcenter.asOf, legalBasis: [], sources: jobcenter.sources },
  ];
}

function reachedBy({ phone, openingHours }: Jobcenter, view: ReplyView): readonly Block[] {
  if (phone === undefined && openingHours === undefined) return [saying(view, 'jobcenter.kein-telefon')];
  return [
    ...(phone === undefined ? [] : [saying(view, 'jobcenter.telefon', { telefon: phone })]),
    ...(openingHours === undefined ? [] : [saying(view, 'jobcenter.oeffnungszeiten', { zeiten: openingHours })]),
  ];
}

/** What was asked for, or that it is not known. */
function contactOf(
  { phone, openingHours }: Jobcenter,
  contact: NonNullable<Of<'jobcenter'>['contact']>,
  view: ReplyView,
): Block {
  switch (contact) {
    case 'phone':
      return phone === undefined
        ? saying(view, 'jobcenter.keine-nummer')
        : saying(view, 'jobcenter.telefon', { telefon: phone });
    case 'hours':
      return openingHours === undefined
        ? saying(view, 'jobcenter.keine-zeiten')
        : saying(view, 'jobcenter.oeffnungszeiten', { zeiten: openingHours });
    case 'address':
      return saying(view, 'jobcenter.keine-anschrift');
    case 'mail':
      return saying(view, 'jobcenter.keine-mail');
  }
}

export function clarifyReply(outcome: Of<'clarify'>, view: ReplyView): Reply {
  const isOfSeveral = outcome.choices.filter(({ asked }) => asked === true).length > 1;
  const question = isOfSeveral
    ? 'klaerung.mehrere'
    : { topic: 'klaerung.thema', place: 'klaerung.ort', event: 'klaerung.aktion' }[outcome.about];
  return reply(
    view,
    'clarify',
    outcome.entries,
    [saying(view, question)],
    [
      ...outcome.choices.slice(0, 3).map((choice) => ({ ...choice, title: titleIn(view, choice.id, choice.title) })),
      standing(view, 'wahl.keins'),
    ],
  );
}

/** Needs in which the Jobcenter itself is help: advance, loan, voucher. In the others it comes after people and doctors. */
const OFFICE_HELPS = new Set(['hunger', 'homeless', 'eviction', 'power', 'theft']);

/** Help now, with the numbers and their Stand; then what the Jobcenter can do. */
export function urgentReply(outcome: Of<'urgent'>, view: ReplyView): Reply {
  const rule = view.knowledge.urgentRules.find((each) => each.class === outcome.urgentClass);
  const entry = findEntry(view, outcome.entryId);
  const own = inOwnLanguage(outcome.language, 'not.sofort', view);
  const opening = view.language === 'de' && rule !== undefined ? rule.opening : say(view, `not.${outcome.urgentClass}`);
  const help: Block[] = [
    {
      type: 'notice',
      tone: 'help',
      markdown: safeMarkdown([opening, ...helpList(outcome.urgentClass, view)].join('\n\n')),
    },
  ];
  if (entry === undefined)
    return reply(
      view,
      'urgent',
      outcome.entries,
      [...own, ...help, saying(view, 'fallback.mensch')],
      [standing(view, 'wahl.jobcenter')],
    );
  if (outcome.again === true)
    return reply(view, 'urgent', outcome.entries, [...own, ...help], [toEntry(entry, view)], entry.id);
  const officeHelps = OFFICE_HELPS.has(outcome.urgentClass);
  const choices = entryChoices(entry, view).filter(({ id }) => officeHelps || id !== 'wahl.jobcenter');
  return reply(
    view,
    'urgent',
    outcome.entries,
    [...own, ...help, ...urgentEntryBlocks(entry, view, officeHelps)],
    choices,
    entry.id,
  );
}

/** Cannot see files; whom to ask; send nothing personal; then what holds in general, if there is an entry. */
export function privateReply(outcome: Of<'private'>, view: ReplyView): Reply {
  const entry = outcome.entryId === undefined ? undefined : findEntry(view, outcome.entryId);
  const blocks = [saying(view, 'privat.akte'), ...contact(view, 'privat.kontakt', 'privat.kontakt.unbekannt')];
  if (entry === undefined) return reply(view, 'private', outcome.entries, blocks, waysOn(view));
  return reply(
    view,
    'private',
    outcome.entries,
    [...blocks, ...entryBlocks(entry, view)],
    entryChoices(entry, view),
    entry.id,
  );
}

function contact(view: ReplyView, knownKey: string, unknownKey: string): readonly Block[] {
  const jobcenter = findJobcenter(view.knowledge, view.jobcenter);
  const address = jobcenter === undefined ? undefined : addressPlaces(view, jobcenter);
  return [address === undefined ? saying(view, unknownKey) : saying(view, knownKey, address)];
}

export function smalltalkReply(outcome: Of<'smalltalk'>, view: ReplyView): Reply {
  const quiet = outcome.name === 'goodbye' || outcome.name === 'thanks';
  const choices =
    outcome.name === 'areYouHuman' || outcome.name === 'whoAreYou' || outcome.name === 'rudeness'
      ? waysOn(view)
      : quiet
        ? [standing(view, 'wahl.menue')]
        : menuChoices(view);
  return reply(view, 'smalltalk', outcome.entries, [saying(view, `smalltalk.${outcome.name}`)], choices);
}

/** What a command says by itself; what it does to the conversation is the dialogs' part. */
export function commandReply(outcome: Of<'command'>, view: ReplyView): Reply {
  const told = (key: string, choices: readonly Choice[]): Reply =>
    reply(view, 'command', outcome.entries, [saying(view, key)], choices);
  switch (outcome.name) {
    case 'help':
      return told('befehl.help', [
        standing(view, 'wahl.menue'),
        styleChoice(view),
        standing(view, 'wahl.sprache'),
        standing(view, 'wahl.mensch'),
      ]);
    case 'human':
      return reply(
        view,
        'command',
        outcome.entries,
        [saying(view, 'befehl.human'), ...contact(view, 'befehl.human.jobcenter', 'befehl.human.ort')],
        view.jobcenter === undefined
          ? [standing(view, 'wahl.jobcenter'), standing(view, 'wahl.menue')]
          : [standing(view, 'wahl.menue')],
      );
    case 'language':
      return told('befehl.language', languageChoices(view));
    case 'simple':
    case 'everyday':
      return told(`befehl.${outcome.name}`, [styleChoice(view), standing(view, 'wahl.menue')]);
    case 'deleteData':
    case 'accessibility':
    case 'privacy':
      return told(`befehl.${outcome.name}`, [standing(view, 'wahl.menue'), standing(view, 'wahl.hilfe')]);
    case 'menu':
    case 'restart':
      return told(`befehl.${outcome.name}`, menuChoices(view));
    case 'back':
    case 'cancel':
    case 'more':
    case 'print':
    case 'source':
      return told(`befehl.${outcome.name}.nichts`, waysOn(view));
    case 'feedback':
      return told('rueckmeldung.ohne-antwort', waysOn(view));
    case 'guide':
      return told('befehl.guide.unbekannt', menuChoices(view));
  }
}

function languageChoices(view: ReplyView): readonly Choice[] {
  return languagesOf(view.knowledge.texts).map(({ code, name }) => ({
    id: `sprache.${code}`,
    title: name,
    value: name,
  }));
}

/** A sentence in a language that has no more than a few of them (knowledge/texte/pl.yaml). */
function inOwnLanguage(language: string, key: string, view: ReplyView): readonly Block[] {
  const { texts } = view.knowledge;
  const isFull = languagesOf(texts).some(({ code }) => code === language);
  const said = isFull ? undefined : texts[key]?.[language];
  return said === undefined ? [] : [{ type: 'notice', tone: 'info', markdown: safeMarkdown(said), language }];
}

export function fallbackReply(outcome: Of<'fallback'>, view: ReplyView): Reply {
  const choices =
    outcome.reason === 'languageUnsupported'
      ? languageChoices(view)
      : view.language === 'de'
        ? waysOn(view)
        : menuChoices(view);
  const key = `fallback.${outcome.reason}`;
  // Whoever writes Polish is told in Polish that it is not spoken here.
  const own = outcome.reason === 'languageUnsupported' ? inOwnLanguage(outcome.language, key, view) : [];
  return reply(view, 'fallback', outcome.entries, [...own, saying(view, key)], choices);
}
