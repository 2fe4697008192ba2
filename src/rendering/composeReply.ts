/**
 * From what a turn means to what is said: one reply per outcome, channel-neutral. All wording comes from the knowledge base.
 */
import type { AnswerOutcome, Choice } from '../answering/outcome';
import { assertNever } from '../errors';
import { entryBlocks, entryChoices } from './answerReply';
import { eventBlocks, eventChoices } from './eventsReply';
import { caseBlocks, caseChoices } from './caseOfAnotherDay';
import { findEntry, reply, saying, titleIn, toEntry } from './parts';
import type { Block, Reply } from './reply';
import { safeMarkdown } from './safeMarkdown';
import {
  clarifyReply,
  commandReply,
  fallbackReply,
  guideThrough,
  jobcenterReply,
  privateReply,
  smalltalkReply,
  urgentReply,
  waysOn,
} from './shortReplies';
import type { ReplyView } from './view';
import { hasWording, say } from './wording';

/** `composeReply(answering.answer('Termin verpasst', turn), view)`; throws only `TEXT_MISSING`, when knowledge/texte is incomplete. */
export function composeReply(outcome: AnswerOutcome, view: ReplyView): Reply {
  const composed = withNotice(outcome, withOthers(outcome, compose(outcome, view), view), view);
  if (outcome.masked.length === 0) return composed;
  const notice = maskedNotice(outcome.masked, view);
  // Help stays first; the word about data follows it.
  const at = composed.blocks[0]?.type === 'notice' && outcome.kind === 'urgent' ? 1 : 0;
  return { ...composed, blocks: [...composed.blocks.slice(0, at), notice, ...composed.blocks.slice(at)] };
}

function compose(outcome: AnswerOutcome, view: ReplyView): Reply {
  switch (outcome.kind) {
    case 'answer': {
      const entry = findEntry(view, outcome.entryId);
      if (entry === undefined) return reply(view, 'fallback', [], [saying(view, 'fallback.outOfScope')], waysOn(view));
      return reply(
        view,
        'answer',
        outcome.entries,
        outcome.caseDay === undefined ? entryBlocks(entry, view) : caseBlocks(entry, outcome.caseDay, view),
        [
          ...needChoices(outcome.need, view),
          ...entryChoices(entry, view),
          ...guideThrough(entry.id, view),
          ...caseChoices(entry, outcome.caseDay, view),
        ],
        entry.id,
      );
    }
    case 'events':
      return reply(view, 'events', outcome.entries, eventBlocks(outcome, view), eventChoices(outcome, view));
    case 'jobcenter':
      return jobcenterReply(outcome, view);
    case 'clarify':
      return clarifyReply(outcome, view);
    case 'urgent':
      return urgentReply(outcome, view);
    case 'private':
      return privateReply(outcome, view);
    case 'smalltalk':
      return smalltalkReply(outcome, view);
    case 'command':
      return commandReply(outcome, view);
    case 'fallback':
      return fallbackReply(outcome, view);
    default:
      return assertNever(outcome);
  }
}

function needChoices(entryId: string | undefined, view: ReplyView): readonly Choice[] {
  const entry = entryId === undefined ? undefined : findEntry(view, entryId);
  return entry === undefined ? [] : [toEntry(entry, view)];
}

/** What else was asked stands first; beside help in need, after what helps. */
function withOthers(outcome: AnswerOutcome, composed: Reply, view: ReplyView): Reply {
  if (outcome.also === undefined) return composed;
  const others = outcome.also.map(({ id, title, value }) => ({
    id,
    title: say(view, 'klaerung.weitere', { titel: titleIn(view, id, title) }),
    value,
    asked: true as const,
  }));
  const asked = new Set(others.map(({ value }) => value));
  const rest = composed.choices.filter(({ value }) => !asked.has(value));
  const speaksOfNeed = outcome.kind === 'urgent' || (outcome.kind === 'answer' && outcome.need !== undefined);
  return { ...composed, choices: speaksOfNeed ? [...rest, ...others] : [...others, ...rest] };
}

function withNotice(outcome: AnswerOutcome, composed: Reply, view: ReplyView): Reply {
  if (outcome.notice === undefined) return composed;
  const notice: Block = { type: 'notice', tone: 'warning', markdown: safeMarkdown(say(view, 'hinweis.pressenummer')) };
  return { ...composed, blocks: [notice, ...composed.blocks] };
}

function maskedNotice(kinds: readonly string[], view: ReplyView): Block {
  const names = kinds.map((kind) =>
    say(view, hasWording(view, `maskiert.${kind}`) ? `maskiert.${kind}` : 'maskiert.sonstiges'),
  );
  return {
    type: 'notice',
    tone: 'warning',
    markdown: safeMarkdown(say(view, 'privat.maskiert', { arten: [...new Set(names)].join(', ') })),
  };
}
