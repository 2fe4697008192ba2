/**
 * What leans on the last answer („und mit Kind?“) or on the question that was asked back: both are ranked together. What the last answer
 * itself tells is shown where it stands. Refuses what is clear by itself, and a bare place, which asks for the Jobcenter there.
 */
import type { Thresholds } from '../decision';
import type { Entry } from '../../knowledge/model';
import { versionOn } from '../../knowledge/versions';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
import { hasSubject, leansOnTopic, subjectsOf } from '../ellipsis';
import { EVENTS_INTENT } from '../knownEntries';
import type { AnyBody } from '../outcome';
import { passagesOf } from '../passages';
import { readAsking, type Reading } from '../passageFor';
import { isOnlyPlace } from '../places/onlyPlace';
import type { Ranking } from '../ranker';
import type { EntryFinder } from './entryFinder';
import { caseDayOf } from './caseOf';
import { LIKELY_INTENT } from './levels';
import { refsOf, withFirst, type Step, type Turn } from './turn';

/** From here on a message says by itself what it is about, even behind an „und“. */
const OWN_SUBJECT = 0.5;
/** A longer message is no question asked on. */
const MAX_TOKENS = 10;

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
  if (saysOnlyWhen(turn) && caseDayOf(last, turn.period, context.today) !== undefined)
    return { kind: 'answer', entryId: last.id, entries: withFirst(last.id, 1, refsOf(turn.ranking)) };
  return leansOnTopic(text) ? leaning(turn, last, entryOf, thresholds) : inPassing(turn, last, thresholds);
}

function leaning(turn: Turn, last: Entry, entryOf: EntryFinder, thresholds: Thresholds): AnyBody | undefined {
  const { text, context, ranking, ranker } = turn;
  const [top] = ranking.entries;
  const subject = hasSubject(text);
  const sure = top !== undefined && top.confidence >= thresholds.answer;
  const { asks, found } = reading(turn, last);
  // „wie lange hab ich Zeit?“ is about the last answer, however sure the ranker is of the one question it knows by these words.
  if (subject && sure && (found?.covers !== true || namesEntry(text, entryOf(top.id, context)?.title ?? '')))
    return undefined;
  // „und wenn es im Mai war?“, „und ab 2027?“
  if (caseDayOf(last, turn.period, context.today) !== undefined)
    return { kind: 'answer', entryId: last.id, entries: withFirst(last.id, 1, refsOf(ranking)) };
  if (subject && found !== undefined) return { ...follow(last.id, ranking), places: found.places };
  const together = ranker.rank(`${last.questions[0] ?? last.title} ${text}`);
  const [best] = together.entries;
  if (!subject) return asks ? { ...follow(last.id, ranking), places: found?.places ?? [] } : follow(last.id, together);
  if (best === undefined || best.confidence < thresholds.offer) return undefined;
  // Two questions in one lean towards the longer one; what the message says by itself is then worth more.
  const saysAnother = top !== undefined && top.id !== last.id && top.confidence >= OWN_SUBJECT;
  // „und die Miete?“ after the washing machine: the two together lean on the longer one, which has no word on it.
  if (best.id === last.id) return saysAnother || !speaksOf(last, text) ? undefined : follow(last.id, together);
  return best.confidence >= thresholds.answer
    ? { kind: 'answer', entryId: best.id, follow: false, entries: refsOf(together) }
    : undefined;
}

/** What a case is dated by. */
const DATED = new Set(
  'bescheid bewilligung zeitraum bewilligungszeitraum antrag termin termine brief begann beginnt begonnen angefangen passiert gestellt bekommen fall ganze juli'.split(
    ' ',
  ),
);

/** Whether a message is a day or month with nothing beside it but what is dated. */
function saysOnlyWhen({ text, period }: Turn): boolean {
  if (period === undefined || /\?/.test(text)) return false;
  return subjectsOf(text.replace(period.phrase, ' ')).every((token) => DATED.has(token));
}

/** „Kommt die Miete noch dazu?“: a short question that is clear of nothing else, and that the last answer has the answer to. */
function inPassing(turn: Turn, last: Entry, thresholds: Thresholds): AnyBody | undefined {
  const { text, folded, language, place, ranking } = turn;
  const [top] = ranking.entries;
  const tokens = tokenize(folded);
  if (language !== 'de' || tokens.length > MAX_TOKENS || place.status !== 'none') return undefined;
  if (top !== undefined && top.id !== last.id && top.confidence >= thresholds.answer) return undefined;
  if (ranking.intent(EVENTS_INTENT) >= LIKELY_INTENT || namesEntry(text, last.title)) return undefined;
  const { found } = reading(turn, last);
  return found === undefined ? undefined : { ...follow(last.id, ranking), places: found.places };
}

/** What is asked for, and where the wording that was told has it. */
function reading({ text, context, ranker }: Turn, last: Entry): Reading {
  const { topic, today, style, language } = context;
  const day = topic?.kind === 'entry' ? (topic.caseDay ?? today) : today;
  const version = versionOn(last, day);
  const passages = version === undefined ? [] : passagesOf(version, style === 'simple' || language !== 'de');
  return readAsking(text, passages, last.title, today, (each) => ranker.engine.analyze(each));
}

function follow(entryId: string, ranking: Ranking): Extract<AnyBody, { kind: 'answer' }> {
  return { kind: 'answer', entryId, follow: true, entries: withFirst(entryId, 1, refsOf(ranking)) };
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
