/**
 * An older case as a reply: the wording of its day with a word on that, and the ways between it and what applies today. Refuses to say
 * which of the two a person's own case falls under.
 */
import type { AnswerOutcome, Choice } from '../answering/outcome';
import type { Entry, IsoDate } from '../knowledge/model';
import { formerVersion } from '../knowledge/versions';
import { entryBlocks } from './answerReply';
import { dayAfter, longDay } from './dates';
import type { Block } from './reply';
import { safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { say } from './wording';

const ID = /^altfall\.(.+)\.(\d{4}-\d{2}-\d{2})$/;
const LABELS = {
  event: 'altfall.ereignis',
  approvalPeriod: 'altfall.bewilligungszeitraum',
  application: 'altfall.antrag',
} as const;

/** The wording of the day of the case; `view.day` is today. */
export function oldCaseBlocks(entry: Entry, caseDay: IsoDate, view: ReplyView): readonly Block[] {
  const until = formerVersion(entry, view.day)?.validUntil ?? caseDay;
  const notice = safeMarkdown(say(view, 'altfall.einleitung', { datum: longDay(until, view.language) }));
  return [{ type: 'notice', tone: 'info', markdown: notice }, ...entryBlocks(entry, { ...view, day: caseDay })];
}

/** From today's wording to the one before and back; none where nothing changed. */
export function caseChoices(entry: Entry, caseDay: IsoDate | undefined, view: ReplyView): readonly Choice[] {
  const former = formerVersion(entry, view.day);
  if (former === undefined || entry.anchor === 'calendarDay') return [];
  const day = caseDay === undefined ? former.validUntil : view.day;
  const places = { datum: longDay(dayAfter(former.validUntil), view.language) };
  const title = say(view, caseDay === undefined ? LABELS[entry.anchor] : 'altfall.heute', places);
  return [{ id: `altfall.${entry.id}.${day}`, title, value: title }];
}

/** What a click on such a choice means; `today` as in the view. */
export function clickedCase(
  choiceId: string,
  today: IsoDate,
): Pick<Extract<AnswerOutcome, { kind: 'answer' }>, 'kind' | 'entryId' | 'caseDay' | 'entries'> | undefined {
  const [, entryId, day] = ID.exec(choiceId) ?? [];
  if (entryId === undefined || day === undefined) return undefined;
  return {
    kind: 'answer',
    entryId,
    ...(day < today ? { caseDay: day } : {}),
    entries: [{ id: entryId, confidence: 1 }],
  };
}
