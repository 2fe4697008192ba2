/**
 * One question as an editor wants to see it: what it means, the ranking with reasons and the place in the files, and the answer in every
 * rendering. Pure; the page and the server know nothing of answering.
 */
import type { AnswerOutcome, TurnContext } from '../answering/outcome';
import type { Entry, IsoDate } from '../knowledge/model';
import type { Mind } from '../mind';
import { adaptiveCard } from '../rendering/adaptiveCard';
import { composeReply } from '../rendering/composeReply';
import { plainText } from '../rendering/plainText';
import type { Reply } from '../rendering/reply';
import { createView } from '../rendering/view';
import { cardHtml, replyHtml } from './html';
import { germanReasons, type Reason } from './why';

export interface PreviewQuestion {
  readonly question: string;
  readonly day: IsoDate;
  readonly jobcenter?: string;
}

export interface PreviewAnswer {
  /** German. */
  readonly kind: string;
  readonly ranking: readonly RankedTopic[];
  readonly reasons: readonly Reason[];
  readonly web: string;
  readonly simple: string;
  /** As staff see it, internal notes included. */
  readonly teams: string;
  readonly card: string;
  readonly plain: string;
}

export interface RankedTopic {
  readonly id: string;
  readonly title: string;
  /** 0..1 */
  readonly confidence: number;
  /** `leistungen/termine.yaml:12` */
  readonly place: string;
  /** The wording comes from oertlich/<jobcenter>/. */
  readonly local: boolean;
}

const KINDS: Readonly<Record<AnswerOutcome['kind'], string>> = {
  answer: 'Antwort',
  events: 'Aktionen',
  jobcenter: 'Jobcenter',
  clarify: 'Rückfrage „Meinten Sie …“',
  urgent: 'Notlage',
  private: 'Eigene Akte',
  smalltalk: 'Kurze Erwiderung',
  command: 'Befehl',
  fallback: 'Keine Antwort',
};

export function previewAnswer(mind: Mind, asked: PreviewQuestion): PreviewAnswer {
  const outcome = ask(mind, asked, 'citizens');
  const compose = (style: 'everyday' | 'simple'): Reply => composed(mind, asked, outcome, 'citizens', style);
  const everyday = compose('everyday');
  const card = adaptiveCard(composed(mind, asked, ask(mind, asked, 'staff'), 'staff', 'everyday'));
  const topics = topicFinder(mind, asked.jobcenter);
  return {
    kind: outcome.kind === 'fallback' ? `${KINDS.fallback} (${outcome.reason})` : KINDS[outcome.kind],
    ranking: outcome.entries.map(({ id, confidence }) => ({ id, confidence, ...topics(id) })),
    reasons: germanReasons(outcome.explanation, (id) => topics(id).title),
    web: replyHtml(everyday),
    simple: replyHtml(compose('simple')),
    teams: cardHtml(card),
    card: JSON.stringify(card, null, 2),
    plain: plainText(everyday),
  };
}

function ask(
  mind: Mind,
  { question, day, jobcenter }: PreviewQuestion,
  audience: TurnContext['audience'],
): AnswerOutcome {
  return mind.answering.answer(question, {
    today: day,
    audience,
    style: 'everyday',
    language: 'de',
    ...(jobcenter === undefined ? {} : { jobcenter }),
  });
}

function composed(
  { knowledge }: Mind,
  { day, jobcenter }: PreviewQuestion,
  outcome: AnswerOutcome,
  audience: 'citizens' | 'staff',
  style: 'everyday' | 'simple',
): Reply {
  const place = jobcenter === undefined ? {} : { jobcenter };
  return composeReply(outcome, createView(knowledge, { day, style, language: 'de', audience, ...place }));
}

function topicFinder(
  { knowledge }: Mind,
  jobcenter: string | undefined,
): (id: string) => Omit<RankedTopic, 'id' | 'confidence'> {
  const own = new Map<string, Entry>();
  for (const overlay of knowledge.overlays)
    if (overlay.jobcenter === jobcenter) own.set(overlay.entry.id, overlay.entry);
  const all = new Map(
    [
      ...knowledge.jobcenters.map((each) => ({ ...each, title: each.name })),
      ...knowledge.events,
      ...knowledge.staffEntries,
      ...knowledge.entries,
    ].map((each) => [each.id, each] as const),
  );
  return (id) => {
    const found = own.get(id) ?? all.get(id);
    return {
      title: found?.title ?? id,
      place: found === undefined ? '' : `${found.origin.file}:${found.origin.line}`,
      local: own.has(id),
    };
  };
}
