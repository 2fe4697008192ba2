/**
 * „Und die zweite?“, „die andere Frage bitte“, „beides“: which of the questions of one message, still open as choices, is meant. By the words
 * alone; refuses numbers, which mean the buttons as they are counted (pendingChoice.ts).
 */
import { normalize, tokenize } from '../search/german/normalize';
import type { Choice, TurnContext } from './outcome';

/** A question that no topic is known for: the choice says the person's own words again. */
export const OWN_WORDS = 'frage.offen';

const LEAD =
  '(?:(?:und|ja|nein|ne|ok|okay|gut|danke|jetzt|nun|dann|so|aber|zu|zur|zum|auch|noch|bitte|was ist|wie ist es|was war|mit|nochmal|beantworte|sag|ich meine|ich meinte|ich will|ich wollte|mich interessiert|antworte auf|was sagst du zu) )*';
const OF_QUESTION = '(?: (?:frage|sache|punkt|teil|thema|anliegen|dinge?|davon))?';
const TAIL = '(?: (?:bitte|noch|auch|denn|jetzt|dann|mal|nochmal))*$';
const NAMED = new RegExp(
  `^${LEAD}(?:(?:der|die|das|den|dem|meine[rnm]?) )?(?:(erste[nrsm]?)|(zweite[nrsm]?)|(dritte[nrsm]?)|(letzte[nrsm]?)|(andere[nrsm]?|anderes|weitere[nrsm]?|ubrige[nrsm]?|nachste[nrsm]?))${OF_QUESTION}${TAIL}`,
);
/** Says a question or a connective, so that no button is counted. */
const SAYS_MORE = /\b(?:und|ja|dann|jetzt|frage|sache|anliegen|thema|ander\w*|weiter\w*|ubrig\w*|nachste\w*)\b/;
/** One after the other: one of these … */
const ALL = /\b(?:beides?|alles?|nacheinander|egal|reihe|anfangen)\b/;
/** … with nothing else beside it. */
const BESIDE_ALL = new Set(
  'ja bitte beide beides fragen sachen punkte alle alles drei zwei der die den dem das reihe nach nacheinander egal mir ist doch womit was du sie willst wollen magst mochten soll sollen ich wir anfangen fang fangen an mit erste ersten einfach am besten beantworten beantworte gern gerne auf einmal und dann auch eins zuerst bei von vorne jetzt nun mal ok gut'.split(
    ' ',
  ),
);

/** The question that is meant; `undefined` where the message means none of them. */
export function openQuestion(message: string, pending: TurnContext['pending']): Choice | undefined {
  const open = (pending?.choices ?? []).filter(({ asked }) => asked === true);
  const [first] = open;
  if (first === undefined) return undefined;
  const folded = normalize(message);
  const again = open.find(({ id, value }) => id === OWN_WORDS && normalize(value) === folded);
  if (again !== undefined) return again;
  if (ALL.test(folded) && tokenize(folded).every((token) => BESIDE_ALL.has(token))) return first;
  const named = NAMED.exec(folded);
  if (named === null || !SAYS_MORE.test(folded)) return undefined;
  const [, one, two, three, last] = named;
  if (open.length === 1) return one === undefined ? first : undefined;
  // Beside an answer, the question it answers was the first.
  const told = isBesideAnswer(first) ? 1 : 0;
  if (one !== undefined) return told === 0 ? first : undefined;
  if (last !== undefined) return open.at(-1);
  const place = two !== undefined ? 1 : three !== undefined ? 2 : told;
  return open[place - told];
}

/** A question in the person's own words is asked afresh: it leans on nothing that was told since. */
export function contextOf(question: Choice | undefined, context: TurnContext): TurnContext {
  if (question?.id !== OWN_WORDS) return context;
  const { topic, ...rest } = context;
  const afresh = topic === undefined ? context : rest;
  return afresh.pending === undefined ? afresh : { ...afresh, pending: { ...afresh.pending, question: '' } };
}

/** There the title says more than the choice sends. */
function isBesideAnswer({ title, value }: Choice): boolean {
  return title !== value && title.endsWith(value);
}
