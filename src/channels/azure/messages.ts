/**
 * POST /api/messages: the door for Azure Bot Service. Checks the body before the SDK sees it, verifies the token, decides on audience from
 * authenticated facts and answers with a bare status. Without an app id nothing can be verified: then loopback only, in both directions.
 */
import type { Activity } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { toError } from '../../errors';
import { errorCode, type Logger } from '../../observability/logger';
import type { Metrics } from '../../observability/metrics';
import type { RunTurn } from '../local';
import type { ChannelRequest, ChannelResponse, Route } from '../routes';
import type { LotseAdapter } from './adapter';
import { admit, type AdmissionRules } from './admission';
import { capabilitiesOf } from './capabilities';

export interface MessagesOptions {
  readonly adapter: LotseAdapter;
  readonly runTurn: RunTurn;
  readonly rules: AdmissionRules;
  /** Whether tokens can be verified. */
  readonly authenticated: boolean;
  /** Hosts replies may go to; `.example.com` means every host below it. */
  readonly serviceHosts: readonly string[];
  readonly maxTextChars: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Answers what is no conversation, e.g. the search from the compose box of Teams; absent: not offered. */
  readonly invokes?: (activity: Activity) => { readonly status: number; readonly body?: unknown };
}

export function createMessagesRoute(options: MessagesOptions): Route {
  const { adapter, runTurn, logger, metrics } = options;

  const refuse = (status: number, reason: string): ChannelResponse => {
    metrics.refused(`messages.${reason}`);
    logger.warn('messages.refused', { status, reason });
    return { status };
  };

  const handle = async (request: ChannelRequest): Promise<ChannelResponse> => {
    const activity = readActivity(request.body, options.maxTextChars);
    if (activity === undefined) return refuse(400, 'activity');
    const authHeader = request.header('authorization') ?? '';
    if (options.authenticated ? authHeader === '' : !isLoopback(request.address)) return refuse(401, 'unauthenticated');
    if (!mayReplyTo(activity.serviceUrl, options)) return refuse(400, 'serviceUrl');

    let refusal: string | undefined;
    let failure: Error | undefined;
    try {
      const result = await adapter.receive(authHeader, activity, async (context) => {
        const admission = admit(context.activity, options.rules);
        if (!admission.admitted) {
          refusal = admission.reason;
          return;
        }
        try {
          if (activity.type === 'invoke') {
            const answer = options.invokes?.(activity) ?? { status: 501 };
            await context.sendActivity({ type: 'invokeResponse', value: answer });
            return;
          }
          await runTurn(context, { capabilities: capabilitiesOf(activity.channelId), audience: admission.audience });
        } catch (error) {
          failure = toError(error);
        }
      });
      if (refusal !== undefined) return refuse(403, refusal);
      if (failure !== undefined) throw failure;
      return { status: result?.status ?? 200, ...(result?.body === undefined ? {} : { body: result.body as unknown }) };
    } catch (error) {
      if (failure !== undefined) throw failure;
      // Before the turn: the token, or the keys to check it with. What exactly is nobody's business outside.
      return isTokenError(error) ? refuse(401, 'token') : refuse(503, `authentication.${errorCode(error)}`);
    }
  };

  return {
    method: 'POST',
    path: '/api/messages',
    name: 'messages',
    sheddable: true,
    crossOrigin: false,
    quiet: true,
    handle,
  };
}

/** The SDK lets some errors of its own jsonwebtoken through as they are. */
function isTokenError(error: unknown): boolean {
  return (
    error instanceof AuthenticationError ||
    ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(toError(error).name)
  );
}

/** The fields the SDK and the bot rely on, checked; everything else is passed on as it came. */
function readActivity(body: unknown, maxTextChars: number): Activity | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const activity = body as Partial<Activity>;
  const { type, channelId, conversation, from, recipient, serviceUrl, id, text } = activity as Readonly<
    Record<string, unknown>
  >;
  if (!isShort(type) || !isShort(channelId) || !isShort(serviceUrl)) return undefined;
  if (!hasId(conversation) || !hasId(from) || !hasId(recipient)) return undefined;
  if (id !== undefined && !isShort(id)) return undefined;
  if (text !== undefined && text !== null && typeof text !== 'string') return undefined;
  return {
    ...activity,
    timestamp: new Date(String(activity.timestamp ?? '')),
    localTimestamp: new Date(String(activity.localTimestamp ?? '')),
    ...(typeof text === 'string'
      ? { text: text.slice(0, maxTextChars + 1).replace(/[\ud800-\udfff]/gu, '\ufffd') }
      : {}),
  } as Activity;
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 1024;
}

function hasId(account: unknown): boolean {
  return typeof account === 'object' && account !== null && 'id' in account && isShort(account.id);
}

/** Replies go where the token's issuer sends from, nowhere else; `urn:` belongs to our own channels. */
function mayReplyTo(serviceUrl: string, options: MessagesOptions): boolean {
  let url: URL;
  try {
    url = new URL(serviceUrl);
  } catch {
    return false;
  }
  if (url.username !== '' || url.password !== '') return false;
  const host = url.hostname.toLowerCase();
  if (!options.authenticated)
    return /^https?:$/.test(url.protocol) && (host === 'localhost' || isLoopback(host.replace(/^\[|\]$/g, '')));
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return options.serviceHosts.some((allowed) => (allowed.startsWith('.') ? host.endsWith(allowed) : host === allowed));
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}
