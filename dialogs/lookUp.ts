/**
 * Looks something up without a conversation: what the Teams message extension shows while staff type. Answers as a citizen would be
 * answered, so that what is inserted into a chat holds no internal word, whoever reads it there.
 */
import type { AnswerOutcome, TurnContext } from '../src/answering/outcome';
import { outcomeById } from '../src/answering/outcomeById';
import type { Entry, IsoDate } from '../src/knowledge/model';
import { composeReply } from '../src/rendering/composeReply';
import type { Reply } from '../src/rendering/reply';
import { safeMarkdown } from '../src/rendering/safeMarkdown';
import { createView, type ReplyView } from '../src/rendering/view';
import { say } from '../src/rendering/wording';
import type { Mind } from './conversationTurn';
import { foldedText } from './typedChoice';

const MAX_FOUND = 10;
const base = { explanation: [], masked: [], language: 'de' } as const;

/** Best first; each stands for itself: an entry, an event, a Jobcenter. */
export function lookUp(mind: Mind, text: string, day: IsoDate): readonly Reply[] {
  const view = createView(mind.knowledge, { day, style: 'everyday', language: 'de', audience: 'citizens' });
  const context: TurnContext = { today: day, audience: 'citizens', style: 'everyday', language: 'de' };
  const outcome = mind.answering.answer(text, context);
  const ids = [...new Set([...named(text, view), ...found(outcome), ...begins(text, view)])].slice(0, MAX_FOUND);
  return ids.flatMap((id) => {
    const entry = view.knowledge.entries.find((each) => each.id === id);
    const single = outcomeById(id, entry, view.knowledge);
    return single === undefined ? [] : [outOfConversation(composeReply({ ...base, ...single }, view), view)];
  });
}

/** Sentences that only make sense between the person and us. */
function outOfConversation(reply: Reply, view: ReplyView): Reply {
  const spoken = ['jobcenter.gemerkt', 'lokal.unbekannt'].map((key) => safeMarkdown(say(view, key)));
  return {
    ...reply,
    blocks: reply.blocks.filter((block) => !('markdown' in block) || !spoken.includes(block.markdown)),
  };
}

function found(outcome: AnswerOutcome): readonly string[] {
  const ids = outcome.entries.map(({ id }) => id);
  switch (outcome.kind) {
    case 'events':
      return [...outcome.eventIds, ...ids];
    case 'jobcenter':
      return [...outcome.jobcenterIds, ...ids];
    case 'urgent':
      return [outcome.entryId, ...ids];
    default:
      return ids;
  }
}

/** A word or two that begin a title mean that title. */
function named(text: string, { knowledge }: ReplyView): readonly string[] {
  const typed = foldedText(text);
  if (typed.length < 4 || typed.split(' ').length > 2) return [];
  return knowledge.entries.filter(({ title }) => foldedText(title).startsWith(typed)).map(({ id }) => id);
}

/** Half a word is typed more often than a whole question: titles and keywords that begin with it. */
function begins(text: string, { knowledge }: ReplyView): readonly string[] {
  const typed = foldedText(text);
  if (typed.length < 3) return [];
  const starts = (words: string): boolean => ` ${foldedText(words)}`.includes(` ${typed}`);
  const hits = (entry: Entry): boolean => starts(entry.title) || entry.keywords.some(starts);
  return [
    ...knowledge.entries.filter(hits).map(({ id }) => id),
    ...knowledge.events.filter(({ title }) => starts(title)).map(({ id }) => id),
  ];
}
