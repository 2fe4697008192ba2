/**
 * POST /api/messages: who gets in, who does not, and how little a refusal says. Positive cases ask for the replies in the response, so that nothing is sent out.
 */
import { generateKeyPairSync } from 'node:crypto';
import {
  appId,
  startOpenIdServer,
  teamsServiceUrl,
  tenantId,
  type OpenIdServer,
  type TokenOptions,
} from '../support/openIdServer';
import { echoRunner, startService, type TestService } from '../support/service';

const staffId = 'bbbbbbbb-2222-4333-8444-555555555555';
const teamsMessage = {
  type: 'message',
  id: '1',
  text: 'Hallo',
  channelId: 'msteams',
  serviceUrl: teamsServiceUrl,
  from: { id: '29:abc', aadObjectId: staffId },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1', tenantId, conversationType: 'personal' },
  channelData: { tenant: { id: tenantId } },
  deliveryMode: 'expectReplies',
};

const runner = echoRunner();
let openId: OpenIdServer;
let service: TestService;
let nextId = 0;

beforeAll(async () => {
  // The SDK prints rejections itself; main.ts turns that into one line without text.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  openId = await startOpenIdServer(['msteams', 'telegram', 'line']);
  service = await startService({
    runner,
    env: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not a real one',
      MicrosoftAppTenantId: tenantId,
      BOT_OPENID_METADATA: openId.metadataUrl,
      TEAMS_TENANTS: tenantId,
      AZURE_CHANNELS: 'telegram',
    },
  });
});
afterAll(async () => {
  await service.service.close();
  await openId.close();
});

async function post(
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${service.base}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}

const send = (activity: object, token?: TokenOptions): Promise<{ status: number; text: string }> =>
  post(JSON.stringify({ ...activity, id: String((nextId += 1)) }), { Authorization: `Bearer ${openId.token(token)}` });

/** A refusal is a bare status and no turn. */
async function expectRefused(answer: Promise<{ status: number; text: string }>, status: number): Promise<void> {
  const turns = runner.turns;
  expect(await answer).toEqual({ status, text: '' });
  expect(runner.turns).toBe(turns);
}

it('answers staff of our tenant with a valid token', async () => {
  const answer = await send(teamsMessage);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({ activities: [{ type: 'message', text: 'Echo: Hallo' }] });
});

it('answers a citizen on a channel that the operator has switched on', async () => {
  const answer = await send({
    ...teamsMessage,
    channelId: 'telegram',
    channelData: {},
    conversation: { id: '7' },
    from: { id: '7' },
  });
  expect(answer.status).toBe(200);
});

describe('16 /api/messages without or with a wrong token', () => {
  it('16 refuses a request without a token', () => expectRefused(post(JSON.stringify(teamsMessage)), 401));
  it.each([
    ['without a token', 'Bearer'],
    ['with a word', 'Bearer x'],
    ['with three parts that are no token', 'Bearer a.b.c'],
    ['of another kind', 'Basic dXNlcjpwYXNz'],
    ['of 5,000 characters', `Bearer ${'x'.repeat(5000)}`],
  ])('16 refuses an authorization %s', (_, authorization) =>
    expectRefused(post(JSON.stringify(teamsMessage), { Authorization: authorization }), 401),
  );
  const { privateKey: foreignKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  it.each<[string, TokenOptions]>([
    ['issuer', { issuer: 'https://sts.example.de' }],
    ['audience', { audience: '99999999-2222-4333-8444-555555555555' }],
    ['key', { key: foreignKey }],
    ['key id', { keyId: 'unknown' }],
    ['time', { expiresInSeconds: -3600 }],
    ['service address', { serviceUrl: 'https://smba.trafficmanager.net/us/' }],
  ])('16 refuses a token with a wrong %s', (_, options) => expectRefused(send(teamsMessage, options), 401));

  it('16 refuses a channel that the signing key does not vouch for', () =>
    expectRefused(send({ ...teamsMessage, channelId: 'slack' }), 401));
});

describe('17 people from elsewhere in Teams', () => {
  const foreign = 'cccccccc-2222-4333-8444-555555555555';
  it.each<[string, object]>([
    [
      'a foreign tenant',
      { conversation: { ...teamsMessage.conversation, tenantId: foreign }, channelData: { tenant: { id: foreign } } },
    ],
    ['two tenants that differ', { channelData: { tenant: { id: foreign } } }],
    ['no tenant', { conversation: { id: 'a:1' }, channelData: {} }],
    ['no account', { from: { id: '29:abc' } }],
    ['a guest', { from: { ...teamsMessage.from, userRole: 'guest' } }],
    [
      'an external account',
      { from: { ...teamsMessage.from, userPrincipalName: 'eva_example.com#EXT#@stadt.onmicrosoft.com' } },
    ],
  ])('17 refuses %s', (_, change) => expectRefused(send({ ...teamsMessage, ...change }), 403));

  it('17 refuses a channel that is switched off', () =>
    expectRefused(send({ ...teamsMessage, channelId: 'line', channelData: {} }), 403));
});

describe('19 addresses that replies may not go to', () => {
  it.each([
    'https://evil.example/',
    'http://smba.trafficmanager.net/de/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://user:pass@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'http://169.254.169.254/latest/',
    'urn:lotse:directline',
    'file:///etc/passwd',
    'nonsense',
  ])('19 refuses %s', (serviceUrl) => expectRefused(send({ ...teamsMessage, serviceUrl }, { serviceUrl }), 400));
});

describe('21 bodies that are no activity', () => {
  const authorized = (): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${openId.token()}` });
  it.each<[string, string, number]>([
    ['an array', '[]', 400],
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a number', '1', 400],
    ['broken JSON', '{"type":', 400],
    ['an object without type', JSON.stringify({ ...teamsMessage, type: undefined }), 400],
    ['a type that is no text', JSON.stringify({ ...teamsMessage, type: 7 }), 400],
    ['no conversation', JSON.stringify({ ...teamsMessage, conversation: undefined }), 400],
    ['a sender that is no object', JSON.stringify({ ...teamsMessage, from: 'me' }), 400],
    ['a text that is no text', JSON.stringify({ ...teamsMessage, text: { a: 1 } }), 400],
    ['100,000 nested arrays', '['.repeat(100_000) + ']'.repeat(100_000), 400],
    ['10 MB', JSON.stringify({ ...teamsMessage, text: 'x'.repeat(10_000_000) }), 413],
  ])('21 refuses %s', (_, body, status) => expectRefused(post(body, authorized()), status));

  it('21 refuses what is not called JSON', () =>
    expectRefused(post(JSON.stringify(teamsMessage), { ...authorized(), 'Content-Type': 'text/plain' }), 415));
  it('21 refuses bytes that are no UTF-8', async () => {
    const response = await fetch(`${service.base}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...authorized() },
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    });
    expect(response.status).toBe(400);
  });
});

it('18 says nothing but 503 or 401 when the keys cannot be fetched, and logs one line', async () => {
  const unreachable = await startService({
    runner,
    env: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not a real one',
      MicrosoftAppTenantId: tenantId,
      BOT_OPENID_METADATA: 'http://127.0.0.1:1/metadata',
      TEAMS_TENANTS: tenantId,
    },
  });
  const response = await fetch(`${unreachable.base}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${openId.token()}` },
    body: JSON.stringify(teamsMessage),
  });
  expect([401, 503]).toContain(response.status);
  expect(await response.text()).toBe('');
  const lines = unreachable.logLines.filter((line) => line.includes('messages'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/127\.0\.0\.1|metadata/);
  await unreachable.service.close();
}, 60_000);

describe('without an app id', () => {
  let open: TestService;
  beforeAll(async () => {
    open = await startService({ runner });
  });
  afterAll(async () => {
    await open.service.close();
  });
  const local = {
    ...teamsMessage,
    channelId: 'emulator',
    serviceUrl: 'http://localhost:9/',
    conversation: { id: 'e' },
  };
  const postOpen = (activity: object): Promise<Response> =>
    fetch(`${open.base}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(activity),
    });

  it('answers a local tool', async () => {
    expect((await postOpen({ ...local, id: 'l1' })).status).toBe(200);
  });
  it('19 sends nothing to an address outside this machine', async () => {
    const turns = runner.turns;
    expect((await postOpen({ ...local, id: 'l2', serviceUrl: 'https://evil.example/' })).status).toBe(400);
    expect(runner.turns).toBe(turns);
  });
  it('15 gives no staff answer to a forged Teams message', async () => {
    const turns = runner.turns;
    expect((await postOpen({ ...teamsMessage, id: 'l3', serviceUrl: 'http://localhost:9/' })).status).toBe(403);
    expect(runner.turns).toBe(turns);
  });
});
