/**
 * The report of the week for staff: what stayed unanswered, what was reported, which reviews are overdue, which events end soon.
 * From counts and the knowledge base alone; no question of a single person.
 */
import type { CampaignEvent, Entry, IsoDate } from '../knowledge/model';
import { dayOf, shortDay } from './dates';
import { reply, saying, standing } from './parts';
import type { Block, Reply } from './reply';
import { plainWords, safeMarkdown } from './safeMarkdown';
import type { ReplyView } from './view';
import { say } from './wording';

export interface OpenQuestion {
  /** Masked. */
  readonly question: string;
  readonly count: number;
}

export interface DigestSources {
  readonly unanswered: readonly OpenQuestion[];
  readonly feedback: readonly { readonly entryId: string; readonly helpful: boolean; readonly count: number }[];
  readonly reports: readonly { readonly entryId: string; readonly day: IsoDate }[];
}

const MAX_LINES = 8;
const DAYS_AHEAD = 7;

export function digestReply(view: ReplyView, sources: DigestSources): Reply {
  const title = say(view, 'personal.bericht.titel', { datum: shortDay(view.day) });
  return reply(
    view,
    'command',
    [],
    [
      { type: 'heading', text: title },
      ...section(view, 'offen', openLines(sources.unanswered)),
      ...section(view, 'meldungen', complaintLines(view, sources)),
      ...section(view, 'pruefung', overdueLines(view)),
      ...section(view, 'aktionen', endingLines(view)),
    ],
    [standing(view, 'wahl.menue')],
  );
}

function section(view: ReplyView, name: string, lines: readonly string[]): readonly Block[] {
  const key = `personal.bericht.${name}`;
  const heading: Block = { type: 'heading', text: say(view, key) };
  if (lines.length === 0) return [heading, saying(view, `${key}.nichts`)];
  const shown = lines.slice(0, MAX_LINES).map((line) => `- ${line}`);
  const more = lines.length - shown.length;
  const rest = more > 0 ? `\n\n${say(view, 'personal.bericht.pruefung.weitere', { anzahl: more })}` : '';
  return [heading, { type: 'text', markdown: safeMarkdown(`${shown.join('\n')}${rest}`) }];
}

function openLines(unanswered: readonly OpenQuestion[]): readonly string[] {
  return [...unanswered]
    .sort((a, b) => b.count - a.count)
    .map(({ question, count }) => `${plainWords(question)} (${count})`);
}

/** Per entry how often it was reported or did not help. */
function complaintLines(view: ReplyView, { feedback, reports }: DigestSources): readonly string[] {
  const counts = new Map<string, number>();
  const add = (id: string, count: number): void => {
    counts.set(id, (counts.get(id) ?? 0) + count);
  };
  for (const { entryId, helpful, count } of feedback) if (!helpful) add(entryId, count);
  // A report is counted as feedback too; one that predates the counts still shows.
  for (const { entryId } of reports) if (!counts.has(entryId)) add(entryId, 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([id, count]) => `${titleOf(view, id)} (${count})`);
}

function overdueLines(view: ReplyView): readonly string[] {
  return allEntries(view)
    .filter(({ reviewBy }) => reviewBy < view.day)
    .sort((a, b) => a.reviewBy.localeCompare(b.reviewBy))
    .map(({ title, reviewBy }) => `${plainWords(title)}: ${shortDay(reviewBy)}`);
}

function endingLines(view: ReplyView): readonly string[] {
  const until = addDays(view.day, DAYS_AHEAD);
  return view.knowledge.events
    .map((event) => ({ event, end: lastDay(event) }))
    .filter((each): each is { event: CampaignEvent; end: IsoDate } => each.end !== undefined)
    .filter(({ end }) => end >= view.day && end <= until)
    .sort((a, b) => a.end.localeCompare(b.end))
    .map(({ event, end }) => `${plainWords(event.title)}: ${shortDay(end)}`);
}

function lastDay({ times }: CampaignEvent): IsoDate | undefined {
  return times
    .map(({ to }) => dayOf(to))
    .sort()
    .at(-1);
}

function titleOf(view: ReplyView, id: string): string {
  return plainWords(allEntries(view).find((entry) => entry.id === id)?.title ?? id);
}

function allEntries({ knowledge }: ReplyView): readonly Entry[] {
  return [...knowledge.entries, ...knowledge.staffEntries];
}

function addDays(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
