/**
 * What comes over the wire, checked field by field: activities of the service and the structured reply inside them.
 * A reply with something unknown loses that part, never the whole answer: the markdown text is always there.
 */
import type { Choice } from '../answering/outcome';
import type { Block, EventView, Reply, ReplyLabels } from '../rendering/reply';

export interface Activity {
  readonly id: string;
  readonly type: string;
  readonly fromPerson: boolean;
  readonly text: string;
  /** BCP 47 of a message of the service. */
  readonly language: string;
  readonly timestamp: string;
  readonly clientActivityId?: string;
  readonly reply?: Reply;
  readonly choices: readonly Choice[];
}

type Fields = Readonly<Record<string, unknown>>;

export function parseActivity(value: unknown): Activity | undefined {
  const fields = record(value);
  if (fields === undefined || typeof fields['id'] !== 'string' || typeof fields['type'] !== 'string') return undefined;
  const channelData = record(fields['channelData']) ?? {};
  const from = record(fields['from']) ?? {};
  const reply = parseReply(channelData['reply']);
  const clientActivityId = channelData['clientActivityID'];
  const locale = string(fields['locale']);
  return {
    id: fields['id'],
    type: fields['type'],
    fromPerson: from['role'] === 'user',
    text: string(fields['text']),
    language: reply?.language ?? (locale === '' ? 'de' : locale),
    timestamp: string(fields['timestamp']),
    choices: reply?.choices ?? suggestedChoices(fields['suggestedActions']),
    ...(typeof clientActivityId === 'string' ? { clientActivityId } : {}),
    ...(reply === undefined ? {} : { reply }),
  };
}

function parseReply(value: unknown): Reply | undefined {
  const fields = record(value);
  if (fields === undefined || typeof fields['kind'] !== 'string') return undefined;
  const blocks = list(fields['blocks']).filter(isBlock);
  if (blocks.length === 0) return undefined;
  const labels = record(fields['labels']);
  return {
    // Only compared, never shown.
    kind: fields['kind'] as Reply['kind'],
    entries: [],
    language: typeof fields['language'] === 'string' ? fields['language'] : 'de',
    blocks,
    choices: list(fields['choices']).filter(isChoice),
    ...(typeof fields['feedbackFor'] === 'string' ? { feedbackFor: fields['feedbackFor'] } : {}),
    ...(labels === undefined ? {} : { labels: labels as unknown as ReplyLabels }),
  };
}

function isBlock(value: unknown): value is Block {
  const fields = record(value);
  if (fields === undefined) return false;
  const isText = (name: string): boolean => typeof fields[name] === 'string';
  switch (fields['type']) {
    case 'text':
      return isText('markdown');
    case 'notice':
      return isText('markdown') && isText('tone');
    case 'heading':
      return isText('text');
    case 'details':
      return isText('title') && isText('markdown');
    case 'events':
      return Array.isArray(fields['events']) && fields['events'].every(isEvent);
    case 'links':
      return Array.isArray(fields['links']) && fields['links'].every(isLink);
    case 'provenance':
      return isText('asOf') && Array.isArray(fields['sources']) && Array.isArray(fields['legalBasis']);
    // Staff only; a citizen's client has nothing to show for it.
    default:
      return false;
  }
}

function isEvent(value: unknown): value is EventView {
  const fields = record(value);
  return (
    fields !== undefined &&
    ['id', 'title', 'when', 'where', 'description', 'asOf'].every((name) => typeof fields[name] === 'string') &&
    Array.isArray(fields['sources'])
  );
}

function isLink(value: unknown): boolean {
  const fields = record(value);
  return fields !== undefined && typeof fields['title'] === 'string' && typeof fields['url'] === 'string';
}

function isChoice(value: unknown): value is Choice {
  const fields = record(value);
  return fields !== undefined && ['id', 'title', 'value'].every((name) => typeof fields[name] === 'string');
}

/** Buttons of a message without a structured reply. */
function suggestedChoices(value: unknown): readonly Choice[] {
  return list(record(value)?.['actions']).flatMap((action) => {
    const fields = record(action);
    return fields !== undefined && typeof fields['title'] === 'string' && typeof fields['value'] === 'string'
      ? [{ id: fields['value'], title: fields['title'], value: fields['value'] }]
      : [];
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function record(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
