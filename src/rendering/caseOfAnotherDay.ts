/**
 * A case of another day as a reply: the wording of that day with a word on it, and the ways between it and what applies today. Refuses to
 * say which of the two a person's own case falls under.
 */
import type { AnswerOutcome, Choice } from '../answering/outcome';
import type { Entry, IsoDate } from '../knowledge/model';
import { formerVersion, versionOn } from '../knowledge/versions';
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

/** The wording of the day of the case, before or after today's; `view.day` is today. */
export function caseBlocks(entry: Entry, caseDay: IsoDate, view: ReplyView): readonly Block[] {
  return [caseNotice(entry, caseDay, view), ...entryBlocks(entry, { ...view, day: caseDay })];
}

/** From when or until when the wording of that day applies. */
export function caseNotice(entry: Entry, caseDay: IsoDate, view: ReplyView): Block {
  const then = versionOn(entry, caseDay);
  const [key, day] =
    caseDay < view.day
      ? ['altfall.einleitung', then?.validUntil ?? caseDay]
      : ['altfall.kuenftig', then?.validFrom ?? caseDay];
  return {
    type: 'notice',
    tone: 'info',
    markdown: safeMarkdown(say(view, key, { datum: longDay(day, view.language) })),
  };
}

/** From today's wording to the one before and back; none where nothing changed. */
export function caseChoices(entry: Entry, caseDay: IsoDate | undefined, view: ReplyView): readonly Choice[] {
  const way = (day: IsoDate, title: string): Choice => ({ id: `altfall.${entry.id}.${day}`, title, value: title });
  if (caseDay !== undefined) return [way(view.day, say(view, 'altfall.heute'))];
  const former = formerVersion(entry, view.day);
  if (former === undefined || entry.anchor === 'calendarDay') return [];
  const changed = longDay(dayAfter(former.validUntil), view.language);
  return [way(former.validUntil, say(view, LABELS[entry.anchor], { datum: changed }))];
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
    ...(day === today ? {} : { caseDay: day }),
    entries: [{ id: entryId, confidence: 1 }],
  };
}
