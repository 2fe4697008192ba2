/**
 * What leans on the last answer („und mit Kind?“) or on the question that was asked back: both are ranked together. Refuses what is
 * clear by itself, and a bare place, which asks for the Jobcenter there.
 */
import type { Thresholds } from '../decision';
import type { Entry } from '../../knowledge/model';
import { normalize, tokenize } from '../../search/german/normalize';
import { stem } from '../../search/german/stem';
import { hasSubject, leansOnTopic, subjectsOf } from '../ellipsis';
import type { AnyBody } from '../outcome';
import { isOnlyPlace } from '../places/onlyPlace';
import type { Ranking } from '../ranker';
import type { EntryFinder } from './entryFinder';
import { caseDayOf } from './caseOf';
import { refsOf, withFirst, type Step, type Turn } from './turn';

/** From here on a message says by itself what it is about, even behind an „und“. */
const OWN_SUBJECT = 0.5;

export function createFollowUpStep(entryOf: EntryFinder, thresholds: Thresholds): Step {
  return (turn) => {
    if (!leansOnTopic(turn.text)) return undefined;
    const { topic } = turn.context;
    return topic?.kind === 'entry'
      ? afterEntry(turn, topic.id, entryOf, thresholds)
      : afterAskingBack(turn, thresholds);
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
  const { text, place, context, ranking, ranker } = turn;
  // „und in Dülmen?“ asks for the Jobcenter there, whatever was told before.
  if (isOnlyPlace(text, place)) return undefined;
  const last = entryOf(lastId, context);
  const [top] = ranking.entries;
  const subject = hasSubject(text);
  // „wie lange hab ich Zeit?“ is about the last answer, however sure the ranker is of the one question it knows by these words.
  if (last === undefined || (subject && top !== undefined && top.confidence >= thresholds.answer)) return undefined;
  // „und wenn es im Mai war?“, „und ab 2027?“
  if (caseDayOf(last, turn.period, context.today) !== undefined)
    return { kind: 'answer', entryId: last.id, entries: withFirst(last.id, 1, refsOf(ranking)) };
  const together = ranker.rank(`${last.questions[0] ?? last.title} ${text}`);
  const [best] = together.entries;
  if (!subject) return follow(last.id, together);
  if (best === undefined || best.confidence < thresholds.offer) return undefined;
  // Two questions in one lean towards the longer one; what the message says by itself is then worth more.
  const saysAnother = top !== undefined && top.id !== last.id && top.confidence >= OWN_SUBJECT;
  // „und die Miete?“ after the washing machine: the two together lean on the longer one, which has no word on it.
  if (best.id === last.id) return saysAnother || !speaksOf(last, text) ? undefined : follow(last.id, together);
  return best.confidence >= thresholds.answer
    ? { kind: 'answer', entryId: best.id, follow: false, entries: refsOf(together) }
    : undefined;
}

function follow(entryId: string, together: Ranking): AnyBody {
  return { kind: 'answer', entryId, follow: true, entries: withFirst(entryId, 1, refsOf(together)) };
}

/** Whether the entry has a word of what the message is about. */
function speaksOf({ title, questions, keywords, versions }: Entry, text: string): boolean {
  const own = [title, ...questions, ...keywords, ...versions.flatMap(({ answer, more = '' }) => [answer, more])];
  const words = new Set(own.flatMap((each) => tokenize(normalize(each))).map(stem));
  return subjectsOf(text).some((token) => words.has(stem(token)));
}
