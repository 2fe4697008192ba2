/**
 * A few words after an answer that lean on it by „und“ or „das“, and of which one entry happens to know a word: „und keinen Ausweis“ after
 * coming home from prison is not the card of severely disabled people. What names that entry by its title is meant. Refuses to choose: both
 * are then offered.
 */
import { isFunctionWord } from '../../search/german/functionWords';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
import type { Entry } from '../../knowledge/model';
import { subjectsOf } from '../ellipsis';
import type { Ranker } from '../ranker';

/** A longer message says by itself what it is about … */
const MAX_TOKENS = 7;
/** … but not one that begins with „und wenn“. */
const MAX_TOKENS_IF = 10;
/** So does one with more to be about. */
const MAX_SUBJECTS = 2;
const AND_IF = /^(?:und|aber|oder|auch)?(?: auch| was)? ?(?:wenn|falls)\b/;
const CONNECTIVE = /^(?:und|oder|aber|auch|nur|sondern|dann|ok|okay)$/;
/** Stand for what was told, wherever they stand … */
const POINTING = /^(?:dafur|davon|dazu|dabei|damit|daran|darauf|drauf|dadurch|deswegen|trotzdem|dahin|auch|dann|da)$/;
/** … and where no noun follows. */
const PRONOUN = /^(?:das|die|es|er|sie|ihn|ihr|den|dem|ihm|ihnen|deren|dessen|sowas|so)$/;

/** „500 Euro?“ */
const AMOUNT = /^(?:nur |so |bis zu )?\d+(?: \d+)? euro$/;
/** A part of a compound shorter than this names nothing: „Schul…“. */
const LEAST_PART = 6;
const ALSO = /^(?:und |aber |gilt |ist )*(?:das )?auch\b/;
const PERSON = /\b(?:ich|er|sie|man|wir|du)\b/;
/** „Dafür“ and „davon“: of what was told, and of nothing else. */
const OF_THAT = /\b(?:dafur|davon|dazu|dabei|damit|daran|daraus)\b/;
/** Stand in titles, and beside every subject. */
const WEAK = new Set(
  'komm kommt geld jobcent amt zahlt zahl bekomm zeit hilf mensch gibt ok okay statt ins wovon dahin leb'.split(' '),
);

/** „Wann kommt das Geld dafür?“ */
export function isOfThat(folded: string): boolean {
  return OF_THAT.test(folded);
}

/** Whether a short message points at what was told last. */
export function pointsBack(text: string): boolean {
  const tokens = tokenize(normalize(text));
  const isIf = AND_IF.test(tokens.join(' '));
  if (tokens.length > (isIf ? MAX_TOKENS_IF : MAX_TOKENS)) return false;
  if (!isIf && strongSubjects(text).length > MAX_SUBJECTS) return false;
  return (
    isIf ||
    AMOUNT.test(tokens.join(' ')) ||
    CONNECTIVE.test(tokens[0] ?? '') ||
    tokens.some((token, at) => POINTING.test(token) || (PRONOUN.test(token) && standsAlone(tokens[at + 1])))
  );
}

/** „die ändern“, „das bezahlt“, „er auch“; „die Miete“ does not. */
function standsAlone(next: string | undefined): boolean {
  return next === undefined || isFunctionWord(next) || /^(?:ge\w+t|\w+en)$/.test(next);
}

function strongSubjects(text: string): readonly string[] {
  return subjectsOf(text).filter((token) => !WEAK.has(stem(token)));
}

/** Whether a word of what the message is about stands in the title of the entry, itself or by a word for the same. */
export function isNamedBy({ title }: Entry, text: string, { engine }: Ranker): boolean {
  const titled = engine.analyze(title).terms.filter(({ term, from }) => from !== 'part' || term.length >= LEAST_PART);
  const words = new Set(titled.filter(({ from }) => from === 'word').map(({ term }) => term));
  const all = new Set(titled.map(({ term }) => term));
  return subjectsOf(text)
    .flatMap((token) => engine.analyze(token).terms)
    .some(({ term, from }) => !WEAK.has(term) && (from === 'word' ? all : words).has(term));
}

/** „Auch bei einer schulischen?“ goes on about the same, whatever else has that name; „muss er ins Gefängnis“, where that was asked of it. */
export function goesOnAbout({ questions, examples, keywords }: Entry, text: string): boolean {
  const folded = normalize(text);
  if (ALSO.test(folded)) return true;
  if (!AND_IF.test(folded) && !PERSON.test(folded)) return false;
  const subjects = strongSubjects(text).map(stem);
  const asked = new Set(
    [...questions, ...examples, ...keywords].flatMap((each) => tokenize(normalize(each))).map(stem),
  );
  return subjects.length > 0 && subjects.every((each) => asked.has(each));
}
