/**
 * Turns what a browser posts into an activity of ours. Nothing of the client's is copied but the fields named here:
 * who speaks, in which conversation and channel is decided by the token. Takes messages, typing and named events; refuses everything else.
 */
import type { Activity } from 'botbuilder';
import type { TokenSubject } from './tokens';

export const directLineChannelId = 'directline';
/** Local turns never leave the process; an Azure request that claims such an address is refused. */
export const localServiceUrl = 'urn:lotse:directline';
export const botAccount = { id: 'jobcenter-lotse', name: 'Jobcenter-Lotse', role: 'bot' } as const;

const localeShape = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

export type Incoming =
  | { readonly kind: 'typing' }
  | {
      readonly kind: 'turn';
      readonly activity: Partial<Activity>;
      readonly clientActivityId?: string;
      readonly jobcenter?: string;
    }
  | { readonly kind: 'invalid' };

export interface IncomingOptions {
  readonly maxTextChars: number;
  /** Replaces personal data before anything is stored or answered. */
  readonly mask: (text: string) => string;
}

export function readIncoming(body: unknown, subject: TokenSubject, nowMs: number, options: IncomingOptions): Incoming {
  if (!isRecord(body)) return { kind: 'invalid' };
  const type = own(body, 'type');
  if (type === 'typing') return { kind: 'typing' };
  if (type !== 'message' && type !== 'event') return { kind: 'invalid' };
  const content = type === 'message' ? readMessage(body, options) : readEvent(body);
  if (content === undefined) return { kind: 'invalid' };
  const channelData = readChannelData(own(body, 'channelData'));
  const locale = readShort(own(body, 'locale'), localeShape);
  const activity: Partial<Activity> = {
    ...content,
    ...envelope(subject, nowMs),
    ...(locale === undefined ? {} : { locale }),
    channelData,
  };
  const { clientActivityID, jobcenter } = channelData;
  return {
    kind: 'turn',
    activity,
    ...(clientActivityID === undefined ? {} : { clientActivityId: clientActivityID }),
    ...(jobcenter === undefined ? {} : { jobcenter }),
  };
}

/** The one `conversationUpdate` at the start of a conversation; `body` may name the language and the Jobcenter the page has set. */
export function joinActivity(subject: TokenSubject, nowMs: number, body: unknown): Partial<Activity> {
  const fields = isRecord(body) ? body : {};
  const locale = readShort(own(fields, 'locale'), localeShape);
  const channelData = readChannelData(own(fields, 'channelData'));
  return {
    type: 'conversationUpdate',
    membersAdded: [{ id: subject.userId, name: '' }],
    ...envelope(subject, nowMs),
    ...(locale === undefined ? {} : { locale }),
    ...(Object.keys(channelData).length === 0 ? {} : { channelData }),
  };
}

/** The fields a client never decides. */
function envelope(subject: TokenSubject, nowMs: number): Partial<Activity> {
  return {
    channelId: directLineChannelId,
    serviceUrl: localServiceUrl,
    from: { id: subject.userId, name: '', role: 'user' },
    recipient: { ...botAccount },
    conversation: { id: subject.conversationId, isGroup: false, conversationType: 'personal', name: '' },
    timestamp: new Date(nowMs),
  };
}

function readMessage(body: Readonly<Record<string, unknown>>, options: IncomingOptions): Partial<Activity> | undefined {
  const text = own(body, 'text');
  const value = readPlainValue(own(body, 'value'), options);
  if (text !== undefined && typeof text !== 'string') return undefined;
  if (text === undefined && value === undefined) return undefined;
  return {
    type: 'message',
    // One character more than allowed is kept, so that the answer can say that it was too long.
    ...(text === undefined ? {} : { text: options.mask(cut(text, options.maxTextChars + 1)), textFormat: 'plain' }),
    ...(value === undefined ? {} : { value }),
  };
}

function readEvent(body: Readonly<Record<string, unknown>>): Partial<Activity> | undefined {
  const name = readShort(own(body, 'name'), /^[a-z][a-z0-9]*([/.-][a-z0-9]+){0,4}$/i);
  if (name === undefined) return undefined;
  const value = readPlainValue(own(body, 'value'), { maxTextChars: 200, mask: (text) => text });
  return { type: 'event', name, ...(value === undefined ? {} : { value }) };
}

interface ClientChannelData {
  readonly clientActivityID?: string;
  readonly jobcenter?: string;
  readonly style?: string;
  readonly language?: string;
}

function readChannelData(data: unknown): ClientChannelData {
  if (!isRecord(data)) return {};
  const clientActivityID = readShort(own(data, 'clientActivityID'), /^[\w.:|-]{1,128}$/);
  const jobcenter = readShort(own(data, 'jobcenter'), /^[a-z0-9-]{1,64}$/);
  const style = readShort(own(data, 'style'), /^(everyday|simple)$/);
  const language = readShort(own(data, 'language'), /^[a-z]{2,3}$/);
  return {
    ...(clientActivityID === undefined ? {} : { clientActivityID }),
    ...(jobcenter === undefined ? {} : { jobcenter }),
    ...(style === undefined ? {} : { style }),
    ...(language === undefined ? {} : { language }),
  };
}

/** What a card's button submits: a short text or a flat object of short texts, numbers and flags. */
function readPlainValue(value: unknown, options: IncomingOptions): unknown {
  const scalar = (item: unknown): string | number | boolean | undefined => {
    if (typeof item === 'string') return options.mask(cut(item, options.maxTextChars));
    return typeof item === 'number' || typeof item === 'boolean' ? item : undefined;
  };
  if (!isRecord(value)) return scalar(value);
  const fields = Object.entries(value)
    .slice(0, 20)
    .filter(([name]) => /^[a-zA-Z][a-zA-Z0-9]{0,39}$/.test(name) && !(name in Object.prototype))
    .flatMap(([name, item]) => {
      const kept = scalar(item);
      return kept === undefined ? [] : [[name, kept] as const];
    });
  return Object.fromEntries(fields);
}

function readShort(value: unknown, shape: RegExp): string | undefined {
  return typeof value === 'string' && value.length <= 128 && shape.test(value) ? value : undefined;
}

/** Cuts without leaving half of a surrogate pair; lone surrogates become the replacement character. */
function cut(text: string, maxChars: number): string {
  return text.slice(0, maxChars).replace(/[\ud800-\udfff]/gu, '\ufffd');
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
