/**
 * What leans on the last answer („und mit Kind?“) or on the question that was asked back: both are ranked together. What the last answer
 * itself tells is shown where it stands. Refuses what is clear by itself, and a bare place, which asks for the Jobcenter there.
 */
import { MAX_CHOICES, type Thresholds } from '../decision';
import type { Entry } from '../../knowledge/model';
import { versionOn } from '../../knowledge/versions';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
import { asksForAge } from '../ages';
import { asksToPayBack } from '../asks';
import { hasSubject, leansOnTopic, subjectsOf } from '../ellipsis';
import { CLAIMED_BACK_ENTRY, EVENTS_INTENT, WHICH_JOBCENTER_ENTRIES } from '../knownEntries';
import type { AnyBody } from '../outcome';
import { passagesOf } from '../passages';
import { readAsking, type Reading } from '../passageFor';
import { isOnlyPlace } from '../places/onlyPlace';
import type { Ranking } from '../ranker';
import type { EntryFinder } from './entryFinder';
import { caseDayIn, sinceWhen } from './caseOf';
import { LEAST_OFFERED, LIKELY_INTENT } from './levels';
import { mayBeClaimedBack, neighbourOf } from './neighbour';
import { choiceOf } from './ofEntry';
import { goesOnAbout, isNamedBy, isOfThat, pointsBack } from './otherEntry';
import { refsOf, withFirst, type Step, type Turn } from './turn';

/** From here on a message says by itself what it is about, even behind an „und“. */
const OWN_SUBJECT = 0.5;
/** A longer message is no question asked on. */
const MAX_TOKENS = 10;
/** The last answer and so many others may be meant. */
const MAX_OTHERS = MAX_CHOICES - 1;
const IF_NOT =
  /^(?:und |oder |aber )?(?:was(?: ist| passiert)? )?wenn (?:ich|wir|man) (?:(?:das|es|die|den|da|dann) )*(?:nicht|nix|nichts)\b/;
/** „Bekomm ich das geschenkt?“ */
const FOR_FREE =
  /^(?:und |oder |aber |ok |dann )*(?:(?:bekomm|krieg|gibt|gib|ist|war|ware|nimmt|bekam)\w* )?(?:(?:ich|man|wir|er|sie|es|das|die|den|dann|da|denn|so) )*geschenkt(?: oder (?:nicht|wie|was))?$/;

export function createFollowUpStep(entryOf: EntryFinder, thresholds: Thresholds): Step {
  return (turn) => {
    const { topic } = turn.context;
    if (topic?.kind === 'entry') return afterEntry(turn, topic.id, entryOf, thresholds);
    return leansOnTopic(turn.text) ? afterAskingBack(turn, thresholds) : undefined;
  };
}

/** „Regelsatz“ was asked back, „und für Kinder?“ is said instead of choosing: both together may be clear. */
function afterAskingBack({ text, place, context, ranker }: Turn, thresholds: Thresholds): AnyBody | undefined {
  const { pending } = context;
  const asked = pending?.about === 'topic' && place.status === 'none' ? pending.question.trim() : '';
  if (asked === '') return undefined;
  const [clear] = ranker.rank(`${asked} ${text}`).entries;
  return clear !== undefined && clear.confidence >= thresholds.answer
    ? { kind: 'answer', entryId: clear.id, entries: [{ id: clear.id, confidence: clear.confidence }] }
    : undefined;
}

function afterEntry(turn: Turn, lastId: string, entryOf: EntryFinder, thresholds: Thresholds): AnyBody | undefined {
  const { text, place, context } = turn;
  // „und in Dülmen?“ asks for the Jobcenter there, whatever was told before.
  if (isOnlyPlace(text, place)) return undefined;
  const last = entryOf(lastId, context);
  if (last === undefined) return undefined;
  // „Das war im Mai“, „mein Bescheid ist von April 2026“
  if (saysOnlyWhen(turn) && caseDayIn(text, turn.period, last, context.today) !== undefined)
    return whole(last, turn.ranking);
  const said = forFree(turn);
  if (said !== turn) return given(said, last, entryOf);
  return leansOnTopic(text) ? leaning(said, last, entryOf, thresholds) : inPassing(turn, last, entryOf, thresholds);
}

/** Given for free: whether it has to be paid back. */
function forFree(turn: Turn): Turn {
  if (!FOR_FREE.test(turn.folded)) return turn;
  const text = 'Muss ich das zurückzahlen?';
  return { ...turn, text, folded: normalize(text), ranking: turn.ranker.rank(text) };
}

function leaning(turn: Turn, last: Entry, entryOf: EntryFinder, thresholds: Thresholds): AnyBody | undefined {
  const { text, folded, context, ranking, ranker } = turn;
  const [top] = ranking.entries;
  const subject = hasSubject(text);
  const sure = top !== undefined && top.confidence >= thresholds.answer;
  const read = reading(turn, last);
  const { asks, names, found, onlyWhole } = read;
  // „und wenn ich nicht zahle“: what, only the last answer says.
  if (asks && !names && IF_NOT.test(folded)) return told(turn, last, read, entryOf);
  // „wie lange hab ich Zeit?“ is about the last answer, however sure the ranker is of the one question it knows by these words.
  if (subject && sure && (found?.covers !== true || namesEntry(text, entryOf(top.id, context)?.title ?? '')))
    return lastOrOther(turn, last, found, entryOf, thresholds);
  // „und wenn es im Mai war?“, „und ab 2027?“
  if (caseDayIn(text, turn.period, last, context.today) !== undefined) return whole(last, ranking);
  if (subject && found !== undefined) return { ...follow(last.id, ranking), places: found.places };
  const together = ranker.rank(`${last.questions[0] ?? last.title} ${text}`);
  const [best] = together.entries;
  const asksIt = asks || onlyWhole === true;
  if (!subject) return asksIt ? told(turn, last, read, entryOf) : follow(last.id, together);
  const either = lastOrOther(turn, last, found, entryOf, thresholds);
  if (best === undefined || best.confidence < thresholds.offer) return either;
  // Two questions in one lean towards the longer one; what the message says by itself is then worth more.
  const saysAnother = top !== undefined && top.id !== last.id && top.confidence >= OWN_SUBJECT;
  // „und die Miete?“ after the washing machine: the two together lean on the longer one, which has no word on it.
  if (best.id === last.id) {
    if (saysAnother || !speaksOf(last, text)) return either;
    return asksIt ? told(turn, last, read, entryOf) : follow(last.id, together);
  }
  return best.confidence >= thresholds.answer
    ? { kind: 'answer', entryId: best.id, follow: false, entries: refsOf(together) }
    : either;
}

/** What a case is dated by. */
const DATED = new Set(
  'bescheid bewilligung zeitraum bewilligungszeitraum antrag termin termine brief begann beginnt begonnen angefangen passiert gestellt bekommen fall ganze juli lauft laufend beziehe bezieh bezug leistung leistungen burgergeld grundsicherung'.split(
    ' ',
  ),
);

/** Whether a message is a day or month with nothing beside it but what is dated. */
function saysOnlyWhen({ text, period, context }: Turn): boolean {
  const phrase = period?.phrase ?? sinceWhen(text, context.today)?.phrase;
  if (phrase === undefined || /\?/.test(text)) return false;
  return subjectsOf(text.replace(phrase, ' ')).every((token) => DATED.has(token));
}

/** „Kommt die Miete noch dazu?“: a short question that is clear of nothing else, and that the last answer has the answer to. */
function inPassing(turn: Turn, last: Entry, entryOf: EntryFinder, thresholds: Thresholds): AnyBody | undefined {
  const { text, folded, language, place, ranking } = turn;
  const [top] = ranking.entries;
  const tokens = tokenize(folded);
  if (language !== 'de' || tokens.length > MAX_TOKENS || place.status !== 'none') return undefined;
  if (top !== undefined && top.id !== last.id && top.confidence >= thresholds.answer)
    return lastOrOther(turn, last, reading(turn, last).found, entryOf, thresholds);
  if (ranking.intent(EVENTS_INTENT) >= LIKELY_INTENT) return undefined;
  const { found, onlyWhole } = namesEntry(text, last.title) ? {} : reading(turn, last);
  if (found === undefined && onlyWhole === true) return whole(last, ranking);
  return found === undefined
    ? lastOrOther(turn, last, found, entryOf, thresholds)
    : { ...follow(last.id, ranking), places: found.places };
}

/** A few words that point back, and that another entry is found by without being named: the last one is offered beside it. */
function lastOrOther(
  turn: Turn,
  last: Entry,
  found: Reading['found'],
  entryOf: EntryFinder,
  thresholds: Thresholds,
): AnyBody | undefined {
  const { text, folded, language, place, context, ranking, ranker } = turn;
  const [top] = ranking.entries;
  if (language !== 'de' || place.status !== 'none' || ranking.intent(EVENTS_INTENT) >= LIKELY_INTENT) return undefined;
  if (top === undefined || top.confidence < thresholds.offer || !pointsBack(text)) return undefined;
  const other = entryOf(top.id, context);
  if (other === undefined || other.id === last.id || other.urgent !== undefined) return undefined;
  if (WHICH_JOBCENTER_ENTRIES.has(other.id) || (isNamedBy(other, text, ranker) && !goesOnAbout(last, text)))
    return undefined;
  if (found !== undefined && (isOfThat(folded) || /^auch\b/.test(folded)))
    return { ...follow(last.id, ranking), places: found.places };
  const others = ranking.entries
    .filter(({ id, confidence }) => id !== last.id && confidence >= LEAST_OFFERED * top.confidence)
    .flatMap(({ id }) => entryOf(id, context) ?? [])
    .slice(0, MAX_OTHERS);
  const choices = [last, ...others].map(choiceOf);
  return { kind: 'clarify', about: 'topic', choices, entries: refsOf(ranking).slice(0, MAX_CHOICES) };
}

/** What is asked for, and where the wording that was told has it. */
function reading({ text, period, context, ranker }: Turn, last: Entry): Reading {
  const { topic, today, style, language } = context;
  // „Und wenn ich morgen wieder einen verpasse?“ is another case than the one of last spring.
  const told = period === undefined && topic?.kind === 'entry' ? topic.caseDay : undefined;
  const day = caseDayIn(text, period, last, today) ?? told ?? today;
  const version = versionOn(last, day);
  const passages = version === undefined ? [] : passagesOf(version, style === 'simple' || language !== 'de');
  return readAsking(text, passages, last.title, today, (each) => ranker.engine.analyze(each));
}

function follow(entryId: string, ranking: Ranking): Extract<AnyBody, { kind: 'answer' }> {
  return { kind: 'answer', entryId, follow: true, entries: withFirst(entryId, 1, refsOf(ranking)) };
}

/** The last answer once more: no part of it can be told alone, or it is told for another day. */
function whole(last: Entry, ranking: Ranking): AnyBody {
  return { kind: 'answer', entryId: last.id, entries: withFirst(last.id, 1, refsOf(ranking)) };
}

/** Where the last answer has what is asked for; where it has not, the entry beside it that has. */
function told(turn: Turn, last: Entry, { found, onlyWhole }: Reading, entryOf: EntryFinder): AnyBody {
  const { text, folded, context } = turn;
  const ranking = asksToPayBack(folded) ? withoutClaim(turn.ranking, last) : turn.ranking;
  if (found !== undefined) return { ...follow(last.id, ranking), places: found.places };
  if (onlyWhole === true) return whole(last, ranking);
  // „Bin 33“: the law of that day asked for no age.
  const ofCase = context.topic?.kind === 'entry' && context.topic.caseDay !== undefined;
  if (ofCase && asksForAge(text)) return whole(last, ranking);
  const elsewhere = neighbourOf(turn, last, entryOf);
  return { ...follow(last.id, ranking), places: [], ...(elsewhere === undefined ? {} : { elsewhere }) };
}

/** „Geschenkt?“: that it is lent, where the entry says so, and else what is given. */
function given(turn: Turn, last: Entry, entryOf: EntryFinder): AnyBody {
  const read = reading(turn, last);
  return read.found === undefined ? whole(last, withoutClaim(turn.ranking, last)) : told(turn, last, read, entryOf);
}

/** What is granted is not claimed back, however near the words are. */
function withoutClaim(ranking: Ranking, last: Entry): Ranking {
  if (mayBeClaimedBack(last)) return ranking;
  return { ...ranking, entries: ranking.entries.filter(({ id }) => id !== CLAIMED_BACK_ENTRY) };
}

/** Whether the message asks for an entry by its name alone: „und Kindergeld?“ */
function namesEntry(text: string, title: string): boolean {
  const names = new Set(tokenize(normalize(title)).map(stem));
  const subjects = subjectsOf(text);
  return subjects.length > 0 && subjects.every((token) => names.has(stem(token)));
}

/** Whether the entry has a word of what the message is about. */
function speaksOf({ title, questions, keywords, versions }: Entry, text: string): boolean {
  const own = [title, ...questions, ...keywords, ...versions.flatMap(({ answer, more = '' }) => [answer, more])];
  const words = new Set(own.flatMap((each) => tokenize(normalize(each))).map(stem));
  return subjectsOf(text).some((token) => words.has(stem(token)));
}
