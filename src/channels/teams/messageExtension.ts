/**
 * The search from the compose box of Teams: what is typed there becomes a list of cards, each ready to be inserted into a chat.
 * Whoever reads the chat may be no colleague: cards are built from citizens' replies, and an internal block is dropped even so.
 * Reads the invoke defensively; Teams, Outlook and older clients fill it differently.
 */
import type { Activity } from 'botbuilder';
import { ADAPTIVE_CARD, adaptiveCard } from '../../rendering/adaptiveCard';
import { plainText } from '../../rendering/plainText';
import type { Reply } from '../../rendering/reply';

export interface TeamsInvokesOptions {
  /** Citizens' replies for a search, best first. */
  readonly search: (text: string) => readonly Reply[];
  /** Replaces personal data before anything is looked up. */
  readonly mask: (text: string) => string;
  /** The service's own sentence for a key of knowledge/texte. */
  readonly say: (key: string) => string;
}

/** What an invoke is answered with: an HTTP status and, if there is one, a body. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export type TeamsInvokes = (activity: Activity) => InvokeAnswer;

const maxSearchChars = 200;
const defaultCount = 10;
const maxCount = 25;
const previewChars = 140;

/** Answers `composeExtension/query`; everything else is not implemented and says so. */
export function createTeamsInvokes(options: TeamsInvokesOptions): TeamsInvokes {
  return (activity) => {
    if (activity.name !== 'composeExtension/query') return { status: 501 };
    const query = readQuery(activity.value);
    if (query.text === '') return message(options.say('personal.suche.leer'));
    const found = options.search(options.mask(query.text));
    const page = found.slice(query.skip, query.skip + query.count);
    if (found.length === 0) return message(options.say('personal.suche.nichts'));
    return {
      status: 200,
      body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: page.map(attachment) } },
    };
  };
}

interface Query {
  readonly text: string;
  readonly skip: number;
  readonly count: number;
}

function readQuery(value: unknown): Query {
  const { parameters, queryOptions } = record(value);
  const list: readonly unknown[] = Array.isArray(parameters) ? parameters : [];
  // `initialRun` comes before anything is typed.
  const typed = list.map(record).find(({ name }) => name !== 'initialRun');
  const text = typeof typed?.['value'] === 'string' ? typed['value'] : '';
  const { skip, count } = record(queryOptions);
  return {
    text: text.slice(0, maxSearchChars).trim(),
    skip: whole(skip, 0, 1000) ?? 0,
    count: whole(count, 1, maxCount) ?? defaultCount,
  };
}

function attachment(found: Reply): unknown {
  const reply = insertable(found);
  const { title, text } = preview(reply);
  return {
    contentType: ADAPTIVE_CARD,
    content: adaptiveCard(reply),
    preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } },
  };
}

/** A card in somebody's chat: nothing to click that would speak to us, nothing internal. */
function insertable({ kind, entries, language, blocks, labels }: Reply): Reply {
  return {
    kind,
    entries,
    language,
    blocks: blocks.filter(({ type }) => type !== 'internal'),
    choices: [],
    ...(labels === undefined ? {} : { labels }),
  };
}

function preview(reply: Reply): { readonly title: string; readonly text: string } {
  const event = reply.blocks.flatMap((block) => (block.type === 'events' ? block.events : []))[0];
  if (event !== undefined)
    return { title: shortened(event.title, 80), text: shortened(`${event.when} ${event.where}`, previewChars) };
  const [first, ...rest] = reply.blocks;
  const heading = first?.type === 'heading' ? first.text : undefined;
  const shown = plainText({ ...reply, blocks: heading === undefined ? reply.blocks : rest });
  const lines = shown.split('\n').filter((line) => line !== '');
  const [title = '', ...others] = heading === undefined ? lines : [heading, ...lines];
  return { title: shortened(title, 80), text: shortened(others.join(' '), previewChars) };
}

/** Cut at a word, with an ellipsis. */
function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const cut = text.slice(0, maxChars);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxChars / 2)).replace(/[\ud800-\udbff]$/, '')} …`;
}

function message(text: string): InvokeAnswer {
  return { status: 200, body: { composeExtension: { type: 'message', text } } };
}

function whole(value: unknown, min: number, max: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
