/**
 * „Wie hoch ist der Regelsatz und darf ich dazuverdienen?“: what is told of a message of several matters, and what is offered beside it,
 * so that none is lost. A matter counts when its part is sure of it and the whole message speaks of it too; whatever is clear as one
 * stays as it is.
 */
import type { Thresholds } from '../decision';
import { hasSubject, subjectsOf } from '../ellipsis';
import {
  CAMPAIGN_ENTRIES,
  EVENTS_INTENT as EVENTS,
  OWN_FILE_ENTRY,
  WHICH_JOBCENTER_ENTRIES,
  WHICH_JOBCENTER_INTENT as WHICH_JOBCENTER,
} from '../knownEntries';
import { partsOf, type MessagePart } from '../multiIntent';
import type { AnyBody, Choice, TurnContext } from '../outcome';
import { normalize } from '../../search/german/normalize';
import { MASK } from '../personalData';
import type { Ranking } from '../ranker';
import type { EntryFinder } from './entryFinder';
import { SURE_INTENT } from './levels';
import { lostQuestions } from './lostQuestions';
import { fewOf } from './ofEntry';
import type { Turn } from './turn';
import type { TurnReader } from './turnReader';

/** What the steps made of a message, and which of them. */
export interface Decided {
  readonly step: string;
  readonly found: AnyBody;
  readonly turn: Turn;
}

export type Decide = (turn: Turn) => Decided | undefined;

/** What is chosen, written word for word or leans on what was told is one thing; of another language too little is known. */
const OF_ONE_MATTER: ReadonlySet<string> = new Set(['pending', 'title', 'followUp', 'foreign']);
/** How sure a part must be. Chosen on the gold questions, each of one matter: fewer than one in a hundred is taken for two. */
const SURE = { asked: 0.8, askedAndSpokenOf: 0.7, unasked: 0.9 } as const;
/** The whole message believes in each of its matters at least this much, as probability before calibration, which knows little of so little … */
const SPOKEN_OF = 0.0002;
const CLEARLY_SPOKEN_OF = 0.004;
/** … and where nothing is clear, this much. */
const SPOKEN_OF_WHERE_UNCLEAR = 0.0016;
/** What was told is the matter of another part: that part believes in it this much. */
const SUPPORTED = 0.3;
/** Both questions this clear, the one asked first is told first. */
const SURE_OF_ORDER = 0.95;
const MAX_OTHERS = 2;
/** „Was kann ich dagegen machen?“ goes on about the question before. */
const GOES_ON = /\b(?:dagegen|dafur|dabei|damit|davon|daran|darauf|solange|dazu)\b/;
const MOST_SUBJECTS_GOING_ON = 2;

interface Matter {
  /** An entry, or the intent of a list. */
  readonly key: string;
  readonly confidence: number;
  readonly part: MessagePart;
  /** As it was understood. */
  readonly text: string;
}

export function createOtherMatters(
  readTurn: TurnReader,
  decide: Decide,
  entryOf: EntryFinder,
  { answer }: Thresholds,
): (whole: Decided) => Decided {
  function choiceOf({ key, part }: Matter, context: TurnContext): Choice {
    const title = entryOf(key, context)?.title ?? part.asked;
    return { id: key, title, value: title, asked: true };
  }

  /** One of several questions was chosen: the others are still open. */
  function withOpenOnes(decided: Decided): Decided {
    const { step, found, turn } = decided;
    const open = (turn.context.pending?.choices ?? []).filter(({ asked }) => asked === true);
    const told = keyOf(found);
    const isChosen = ({ id, value }: Choice): boolean =>
      step === 'pending' || step === 'title' ? id === told : normalize(value) === turn.folded;
    if (told === undefined || !open.some(isChosen)) return decided;
    const also = open
      .filter((choice) => !isChosen(choice))
      .map(({ id, value }): Choice => ({ id, title: entryOf(id, turn.context)?.title ?? value, value, asked: true }));
    return also.length === 0 ? decided : { ...decided, found: { ...found, also } };
  }

  function withOthers(decided: Decided, others: readonly Matter[], { context }: Turn): Decided {
    const also = others.slice(0, MAX_OTHERS).map((other) => choiceOf(other, context));
    return also.length === 0 ? decided : { ...decided, found: { ...decided.found, also } };
  }

  /** What else was asked, and is no matter that anything is sure of, in the person's own words. */
  function withLost(decided: Decided, parts: readonly MessagePart[], told: string): Decided {
    const { found, turn } = decided;
    const { also = [] } = found;
    const offered = new Set([told, ...also.map(({ id }) => id)]);
    const lost = lostQuestions(turn.text, parts, turn.ranker, told, offered).slice(0, MAX_OTHERS - also.length);
    return lost.length === 0 ? decided : { ...decided, found: { ...found, also: [...also, ...lost] } };
  }

  /** The outcome of one matter's words alone, if they lead to it by themselves. */
  function toldOf({ key, text }: Matter, { language, context }: Turn): Decided | undefined {
    const decided = decide(readTurn(text, language, bare(context)));
    return decided !== undefined && keyOf(decided.found) === key ? decided : undefined;
  }

  /** The first matter is told and the others offered, if the first can be told. */
  function inOrder(matters: readonly Matter[], turn: Turn): Decided | undefined {
    const [first, ...others] = matters;
    if (first === undefined || others.length === 0) return undefined;
    const told = toldOf(first, turn);
    return told === undefined ? undefined : withOthers(told, others, turn);
  }

  function besideNeed(whole: Decided, parts: readonly MessagePart[], need: string): Decided {
    const { turn } = whole;
    const others = parts.flatMap((part) => {
      const found =
        part.asked === turn.text
          ? undefined
          : bestOf(part, [part.asked], turn, ({ confidence }) => confidence >= answer);
      return found === undefined || found.key === need || entryOf(found.key, turn.context)?.urgent !== undefined
        ? []
        : [found];
    });
    return withOthers(whole, distinct(others), turn);
  }

  function besideAnswer(whole: Decided, parts: readonly MessagePart[], told: string): Decided {
    const { turn } = whole;
    const isList = told === EVENTS || told === WHICH_JOBCENTER;
    const isMatter = ({ key, confidence, part }: Matter): boolean =>
      isList ? confidence >= answer : isSure(confidence, spokenOf(key, turn.ranking), part);
    const matters = distinct(parts.flatMap((part) => bestOf(part, textsOf(part), turn, isMatter) ?? []));
    const ofTold = matters.find(({ key }) => isSame(key, told));
    const others = matters.filter(
      ({ key, part }) =>
        !isSame(key, told) &&
        (ofTold !== undefined || parts.some((other) => other !== part && supports(other, told, turn))),
    );
    const [first] = matters;
    const isOrderSure =
      first !== undefined && first !== ofTold && others.includes(first) && first.confidence >= SURE_OF_ORDER;
    const inItsOrder =
      isOrderSure && ofTold !== undefined && ofTold.confidence >= SURE_OF_ORDER
        ? inOrder(
            matters.filter((matter) => matter === ofTold || others.includes(matter)),
            turn,
          )
        : undefined;
    return inItsOrder ?? withLost(withOthers(whole, others, turn), parts, told);
  }

  function supports(part: MessagePart, told: string, { ranker, ranking }: Turn): boolean {
    // A list of events or a Jobcenter is found by a place and a day as well; those speak for themselves.
    if (!ranking.entries.some(({ id }) => id === told)) return true;
    return beliefIn(told, ranker.rank(part.told)) >= SUPPORTED;
  }

  /** Nothing was clear: two clear parts are told and offered; else what each part means is among the choices. */
  function insteadOfAsking(whole: Decided, parts: readonly MessagePart[]): Decided {
    const { found, turn } = whole;
    if (found.kind !== 'clarify' || found.about !== 'topic') return whole;
    const isMatter = ({ key, confidence, part }: Matter): boolean => {
      const belief = spokenOf(key, turn.ranking);
      return belief >= SPOKEN_OF_WHERE_UNCLEAR && isSure(confidence, belief, part);
    };
    const matters = distinct(parts.flatMap((part) => bestOf(part, textsOf(part), turn, isMatter) ?? []));
    const clear = matters.filter(({ confidence }) => confidence >= answer);
    const told = clear.length === matters.length ? inOrder(matters, turn) : undefined;
    if (told !== undefined) return told;
    const offered = matters.map((matter) => choiceOf(matter, turn.context));
    // What the whole might mean is asked for too, where a part that is no matter yet speaks of it.
    const isAsked = ({ id }: Choice): boolean =>
      offered.some((choice) => choice.id === id) ||
      parts.some((part) => matters.every((matter) => matter.part !== part) && supports(part, id, turn));
    const guesses =
      offered.length === 0
        ? found.choices
        : found.choices.map((choice): Choice => (isAsked(choice) ? { ...choice, asked: true } : choice));
    const choices =
      offered.length > 1 ? [...offered, ...guesses] : [...guesses.slice(0, 1), ...offered, ...guesses.slice(1)];
    return { ...whole, found: { ...found, choices: fewOf(choices) } };
  }

  return (whole) => {
    const { step, found, turn } = whole;
    if (turn.context.pending?.choices.some(({ asked }) => asked === true) === true) {
      const open = withOpenOnes(whole);
      if (open !== whole) return open;
    }
    if (OF_ONE_MATTER.has(step) || turn.language !== 'de') return whole;
    const parts = partsOf(turn.text);
    if (found.kind === 'urgent') return besideNeed(whole, parts, found.entryId);
    if (parts.length < 2) return whole;
    const told = keyOf(found);
    return told === undefined ? insteadOfAsking(whole, parts) : besideAnswer(whole, parts, told);
  };
}

/** What the part is about, in the first of its texts that makes it a matter. */
function bestOf(
  part: MessagePart,
  texts: readonly string[],
  { ranker }: Turn,
  isMatter: (matter: Matter) => boolean,
): Matter | undefined {
  if (part.asked.includes(MASK)) return undefined;
  for (const text of texts) {
    const matter = { ...readingOf(ranker.rank(text)), part, text };
    if (isMatter(matter)) return matter;
  }
  return undefined;
}

/** `belief`: that of the whole message in the same. */
function isSure(confidence: number, belief: number, { isStatement, isKeywords }: MessagePart): boolean {
  if (isStatement || isKeywords) return confidence >= SURE.unasked && belief >= SPOKEN_OF;
  return (
    (confidence >= SURE.asked && belief >= SPOKEN_OF) ||
    (confidence >= SURE.askedAndSpokenOf && belief >= CLEARLY_SPOKEN_OF)
  );
}

/** With the situation told before it, then without; a question without a subject has it from there. */
function textsOf({ told, asked }: MessagePart): readonly string[] {
  const content = subjectsOf(asked);
  const goesOn = content.length <= MOST_SUBJECTS_GOING_ON && GOES_ON.test(asked.toLowerCase().replace('ü', 'u'));
  return [...(told === asked ? [] : [told]), ...(hasSubject(asked) && !goesOn ? [asked] : [])];
}

function readingOf(ranking: Ranking): { readonly key: string; readonly confidence: number } {
  const [top] = ranking.entries;
  for (const intent of [EVENTS, WHICH_JOBCENTER])
    if (ranking.intent(intent) >= SURE_INTENT) return { key: intent, confidence: ranking.intent(intent) };
  return { key: top?.id ?? '', confidence: top?.confidence ?? 0 };
}

function beliefIn(key: string, ranking: Ranking): number {
  return ranking.entries.find(({ id }) => id === key)?.confidence ?? ranking.intent(key);
}

/** Nothing said before is part of what a part means by itself. */
function bare({ today, audience, style, language, jobcenter }: TurnContext): TurnContext {
  return { today, audience, style, language, ...(jobcenter === undefined ? {} : { jobcenter }) };
}

/** How much of the whole message is about that. */
function spokenOf(key: string, ranking: Ranking): number {
  return ranking.entries.find(({ id }) => id === key)?.probability ?? ranking.intent(key);
}

function keyOf(found: AnyBody): string | undefined {
  switch (found.kind) {
    case 'answer':
    case 'urgent':
      return found.entryId;
    case 'private':
      return found.entryId ?? OWN_FILE_ENTRY;
    case 'events':
      return EVENTS;
    case 'jobcenter':
      return WHICH_JOBCENTER;
    case 'clarify':
    case 'smalltalk':
    case 'command':
    case 'fallback':
      return undefined;
  }
}

/** The list of events and the entries about them are one matter; so are the Jobcenter of a place and how it is found. */
function isSame(key: string, told: string): boolean {
  const about = (id: string): string =>
    CAMPAIGN_ENTRIES.has(id) ? EVENTS : WHICH_JOBCENTER_ENTRIES.has(id) ? WHICH_JOBCENTER : id;
  return (
    key === told ||
    (about(key) === about(told) &&
      (told === EVENTS || told === WHICH_JOBCENTER || key === EVENTS || key === WHICH_JOBCENTER))
  );
}

function distinct(matters: readonly Matter[]): readonly Matter[] {
  return matters.filter(({ key }, i) => matters.findIndex((other) => isSame(key, other.key)) === i);
}
