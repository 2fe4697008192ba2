/**
 * Teams as the service sees it: activities with a signed token, answered in the response. One service over the real knowledge base.
 */
import type { Activity } from 'botbuilder';
import type { ConversationRunner } from '../../src/bot/conversation';
import {
  startOpenIdServer,
  appId,
  teamsServiceUrl,
  tenantId,
  type OpenIdServer,
  type TokenOptions,
} from './openIdServer';
import { startService, type TestService } from './service';

export const staffAccount = 'bbbbbbbb-2222-4333-8444-555555555555';

export interface TeamsService {
  readonly service: TestService;
  readonly openId: OpenIdServer;
  /** Posts an activity as Teams does; every field can be changed. */
  post(activity: object, token?: TokenOptions): Promise<{ readonly status: number; readonly text: string }>;
  /** What staff say and hear in a personal chat. */
  say(text: string, chat: string): Promise<readonly Partial<Activity>[]>;
  send(activity: object, chat: string): Promise<readonly Partial<Activity>[]>;
  close(): Promise<void>;
}

export async function startTeams(
  env: Readonly<Record<string, string>> = {},
  runner?: ConversationRunner,
): Promise<TeamsService> {
  const openId = await startOpenIdServer(['msteams', 'telegram', 'sms', 'whatsapp', 'facebook', 'line', 'webchat']);
  const service = await startService({
    ...(runner === undefined ? {} : { runner }),
    env: {
      KNOWLEDGE_RELOAD: 'off',
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not a real one',
      MicrosoftAppTenantId: tenantId,
      BOT_OPENID_METADATA: openId.metadataUrl,
      TEAMS_TENANTS: tenantId,
      AZURE_CHANNELS: 'telegram,sms,whatsapp,facebook,line',
      ...env,
    },
  });
  let next = 0;
  const post: TeamsService['post'] = async (activity, token) => {
    const response = await fetch(`${service.base}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${openId.token(token)}` },
      body: JSON.stringify({ id: `t${(next += 1)}`, ...activity }),
    });
    return { status: response.status, text: await response.text() };
  };
  const send: TeamsService['send'] = async (activity, chat) => {
    const { status, text } = await post({ ...staffEnvelope(chat), ...activity });
    if (status !== 200) throw new Error(`Teams was answered ${status}`);
    return (JSON.parse(text) as { activities: Partial<Activity>[] }).activities;
  };
  return {
    service,
    openId,
    post,
    send,
    say: (text, chat) => send({ type: 'message', text }, chat),
    async close() {
      await service.service.close();
      await openId.close();
    },
  };
}

/** Everything about an activity of staff but what it says. */
export function staffEnvelope(chat: string): object {
  return {
    channelId: 'msteams',
    serviceUrl: teamsServiceUrl,
    from: { id: `29:${chat}`, aadObjectId: staffAccount },
    recipient: { id: `28:${appId}` },
    conversation: { id: `a:${chat}`, tenantId, conversationType: 'personal' },
    channelData: { tenant: { id: tenantId } },
    deliveryMode: 'expectReplies',
  };
}

/** Every text of a card, in order. */
export function cardTexts(element: unknown): readonly string[] {
  if (Array.isArray(element)) return element.flatMap(cardTexts);
  if (typeof element !== 'object' || element === null) return [];
  return Object.entries(element).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : key === 'data' ? [] : cardTexts(value),
  );
}

/** The buttons of a card: what they are called and what they send. */
export function cardButtons(element: unknown): readonly { readonly title: string; readonly value: string }[] {
  if (Array.isArray(element)) return element.flatMap(cardButtons);
  if (typeof element !== 'object' || element === null) return [];
  const { type, title, data } = element as { type?: string; title?: string; data?: { lotse?: string } };
  const own = type === 'Action.Submit' ? [{ title: title ?? '', value: data?.lotse ?? '' }] : [];
  return [...own, ...Object.values(element).flatMap(cardButtons)];
}
