/**
 * What a short question asks of the events told last, beyond when and where: „gibt es Fotos?“, „war der Landrat da?“, „wer hat geredet?“.
 * Looks it up in what we know of them, and says where nothing of it is known. Refuses a question that a topic answers surely.
 */
import type { CampaignEvent } from '../../knowledge/model';
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
import { MAX_CHOICES, type Thresholds } from '../decision';
import type { EventFinder } from '../events';
import type { Body } from '../outcome';
import { choiceOf } from './ofEntry';
import type { Step } from './turn';

/** Longer messages are questions of their own. */
const MAX_TOKENS = 9;

interface Matter {
  readonly asked: RegExp;
  /** What an event's text says where it answers that. Absent: the words that are asked for. */
  readonly said?: RegExp;
  /** Hardly said of anything else, so that no topic is asked about, however sure the ranker is. */
  readonly certain?: true;
}

/** On folded text. */
const MATTERS: readonly Matter[] = [
  {
    asked: /\b(?:fotos?|photos?|bilder|video\w*|film\w*|aufnahmen?|mitschnitt\w*|aufzeichnung\w*)\b/,
    said: /\b(?:fotos?|bilder|videos?|filme?)\b/,
    certain: true,
  },
  {
    asked: /\b(?:zeitung\w*|presse\w*|berichtet|artikel|fernsehen|radio)\b/,
    said: /\b(?:zeitung\w*|presse\w*|interviews?|fernsehen|radio)\b/,
    certain: true,
  },
  {
    asked: /\b(?:geredet|gesprochen|redner\w*|reden?|geredt|vortrag\w*|vorgetragen|referent\w*|podium)\b/,
    said: /\b(?:\w*redner\w*|sprach\w*|podium|vortrag\w*|sagte|antworteten)\b/,
  },
  {
    asked: /\bwie ?viele?\b.*\b(?:da|dort|dabei|gekommen|kamen|besucher\w*|teilnehm\w*|leute|gaste)\b/,
    said: /\b\d[\d.]* (?:\w+ )?(?:besuch|teilnehm|gast|leute)/,
    certain: true,
  },
  {
    asked: /\b(?:was|wat)\b.*\b(?:zu sehen|zu gucken|gezeigt|ausgestellt|ansehen|anschauen)\b/,
    said: /\b(?:gezeigt|zeigte\w*|zu sehen|exponate|\w*stand\w*|bilder|hingen|stellte|programm)\b/,
    certain: true,
  },
  {
    asked: /\b(?:kostet\w*|kosten|kostenlos|eintritt|umsonst|gratis|bezahlen)\b/,
    said: /\b(?:kosten\w*|eintritt\w*|euro|gratis)\b/,
  },
  {
    asked:
      /^(?:und )?wer (?:alles )?(?:war|waren|kam|kamen|ist|hat|haben)\b.*\b(?:da|dort|dabei|eingeladen|gekommen|mitgemacht|teilgenommen)\b/,
    said: /\b(?:dabei|beteiligt\w*|partner\w*|teilnehm\w*|podium|vertreter\w*|eingeladen|zusammen mit)\b/,
    certain: true,
  },
  {
    asked: /\b(?:gab|gabs|gibt|gibts)\b.*\b(?:essen|trinken|getranke|verpflegung|kaffee|kuchen|snacks?|imbiss|buffet)$/,
    said: /\b(?:getranke|verpflegung|kaffee|kuchen|snacks?|imbiss|buffet|catering|grill\w*)\b/,
    certain: true,
  },
  // „War der Landrat da?“, „kam auch der Minister?“
  {
    asked:
      /\b(?:war|waren|wars|kam|kamen|wurde|wurden)\b.*\b(?:da|dort|dabei|anwesend|eingeladen|gekommen|vertreten)\b|^(?:und )?(?:kam|kamen) (?:auch )?(?:der|die|das|ein|eine)\b|^(?:und )?(?:war|waren) (?:da|dort|auch)\b/,
    certain: true,
  },
];

/** „Wer war da?“, „was gab es dort?“: asks for all that is known. */
const ALL_OF_IT =
  /^(?:und )?(?:wer|was|wat) (?:alles |denn )?(?:war|waren|gab|gabs|wurde|lief)\b.*\b(?:da|dort|dabei)\b/;

/** Not what is asked for in a question about who was there. */
const BESIDE = new Set(
  'dabei anwesend eingeladen gekommen vertreten kam kamen wars gast zu dort aktion veranstaltung leute viele wirklich uberhaupt'.split(
    ' ',
  ),
);

export function createEventDetails(events: EventFinder, thresholds: Thresholds): Step {
  return ({ folded, place, period, ranking, context }) => {
    const { topic } = context;
    if (topic?.kind !== 'events' || place.status !== 'none' || period !== undefined) return undefined;
    const tokens = tokenize(folded);
    const told = topic.eventIds.flatMap((id) => events.byId(id) ?? []);
    if (tokens.length > MAX_TOKENS || told.length === 0) return undefined;
    const matter = MATTERS.find(({ asked }) => asked.test(folded));
    if (matter === undefined) return told.length > MAX_CHOICES && ALL_OF_IT.test(folded) ? whichOne(told) : undefined;
    const asked = tokens.filter((token) => !isFunctionWord(token) && !BESIDE.has(token));
    if (matter.said === undefined && asked.length === 0) return told.length > MAX_CHOICES ? whichOne(told) : undefined;
    const sure = ranking.entries[0] !== undefined && ranking.entries[0].confidence >= thresholds.answer;
    if (sure && matter.certain !== true) return undefined;
    if (told.length > MAX_CHOICES) return whichOne(told);
    const answers = (text: string): boolean =>
      matter.said === undefined ? asked.some((word) => speaksOf(text, word)) : matter.said.test(normalize(text));
    const inText = told.filter(({ description }) => answers(description));
    const inDetails = told.filter((event) => !inText.includes(event) && answers(event.details ?? ''));
    const found = [...inText, ...inDetails];
    const one = found.length === 0 ? told : found;
    return {
      kind: 'events',
      filter: topic.filter,
      eventIds: one.map(({ id }) => id),
      aspect: found.length === 0 ? 'unsaid' : 'details',
      nearest: false,
      notes: [],
      details: inDetails.length > 0,
      entries: one.map(({ id }) => ({ id, confidence: 1 / one.length })),
    };
  };
}

function whichOne(told: readonly CampaignEvent[]): Body<'clarify'> {
  const choices = told.slice(0, MAX_CHOICES).map(choiceOf);
  return { kind: 'clarify', about: 'event', choices, entries: choices.map(({ id }) => ({ id, confidence: 0 })) };
}

/** „Bürgermeister“ stands in „Oberbürgermeister“ as well. */
function speaksOf(text: string, word: string): boolean {
  const stemmed = stem(word);
  return tokenize(normalize(text)).some(
    (token) => stem(token) === stemmed || (stemmed.length >= 6 && token.includes(stemmed)),
  );
}
