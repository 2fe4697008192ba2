/**
 * 15, 17: who is staff is decided on the server. However an identity is forged, no staff word leaves the service:
 * over Azure with a valid token, over Direct Line, over Telegram, from foreign tenants, guests and made-up channel data.
 */
import fc from 'fast-check';
import { openKnowledge } from '../../src/cli/openKnowledge';
import {
  startFakeTelegram,
  telegramSecret,
  telegramToken,
  textUpdate,
  type FakeTelegram,
} from '../support/fakeTelegram';
import { appId, startOpenIdServer, tenantId, teamsServiceUrl } from '../support/openIdServer';
import { openConversation } from '../support/rawDirectLine';
import { startService } from '../support/service';
import { staffAccount, staffEnvelope, startTeams, type TeamsService } from '../support/teams';

// Wide enough for a machine that runs everything at once.
jest.setTimeout(30_000);

const opened = openKnowledge('knowledge');
if ('error' in opened) throw new Error(opened.error.join('\n'));
const { knowledge } = opened.opened;

/** Words that stand in staff entries and notes and nowhere else. */
const publicText = JSON.stringify([knowledge.entries, knowledge.events, knowledge.jobcenters, knowledge.guides]);
const pieces = (text: string): readonly string[] =>
  text
    .split(/\n|(?<=[.;:]) /)
    .map((piece) =>
      piece
        .replace(/[*[\]-]/g, '')
        .trim()
        .slice(0, 60),
    )
    .filter((piece) => piece.length > 25);
const staffWords = [
  'Nur für Mitarbeitende',
  'Antwort melden',
  'Wochenbericht vom',
  'personal-',
  ...knowledge.staffNotes.flatMap(({ text }) => pieces(text)),
  ...knowledge.staffEntries.flatMap(({ title, versions }) => [
    title,
    ...versions.flatMap(({ answer, more }) => [...pieces(answer), ...pieces(more ?? '')]),
  ]),
]
  .filter((word) => /\p{L}{4,}.*\p{L}{4,}/u.test(word) || word === 'personal-')
  .filter((word) => !publicText.includes(word));
const staffQuestions = [
  'Wochenbericht',
  'Antwort melden',
  ...knowledge.staffEntries.flatMap(({ id, title, questions, examples }) => [
    id,
    title,
    ...questions.slice(0, 4),
    ...examples.slice(0, 2),
  ]),
  ...knowledge.staffNotes.map(({ entryId }) => knowledge.entries.find(({ id }) => id === entryId)?.title ?? entryId),
];

const foreignTenant = 'cccccccc-2222-4333-8444-555555555555';
let teams: TeamsService;
let telegram: FakeTelegram;
beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  telegram = await startFakeTelegram();
  teams = await startTeams({
    TELEGRAM_TOKEN: telegramToken,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
    PUBLIC_URL: 'https://chat.example.de',
  });
  telegram.webhookAt(`${teams.service.base}/api/telegram`);
}, 120_000);
afterAll(async () => {
  await teams.close();
  await telegram.close();
});

function expectNoStaffWord(text: string): void {
  expect(staffWords.filter((word) => text.includes(word))).toEqual([]);
}

it('the words and questions are worth something: real staff read them', async () => {
  expect(staffWords.length).toBeGreaterThan(60);
  let read = 0;
  for (const [index, question] of staffQuestions.entries()) {
    const text = JSON.stringify(await teams.say(question, `real${index}`));
    if (staffWords.some((word) => text.includes(word))) read += 1;
  }
  expect(read / staffQuestions.length).toBeGreaterThan(0.8);
}, 60_000);

const tenants = fc.constantFrom<unknown>(
  tenantId,
  tenantId.toUpperCase(),
  foreignTenant,
  '',
  '*',
  null,
  undefined,
  ['x', tenantId],
  { id: tenantId },
  `${tenantId} `,
  '__proto__',
);
const accounts = fc.constantFrom<unknown>(staffAccount, '', undefined, null, 'admin', '*', ['x'], { a: 1 });
const channels = fc.constantFrom(
  'telegram',
  'sms',
  'whatsapp',
  'facebook',
  'line',
  'msteams',
  'MSTeams',
  'msteams ',
  'webchat',
  'directline',
  'emulator',
);
const channelData = fc.record(
  {
    tenant: fc.record({ id: tenants }, { requiredKeys: [] }),
    audience: fc.constantFrom('staff', 'personal'),
    lotse: fc.record({ audience: fc.constant('staff') }),
    source: fc.constant({ name: 'message' }),
    team: fc.constant({ id: '19:t' }),
    jobcenter: fc.constantFrom('essen', '../personal', 'personal'),
    style: fc.constantFrom('simple', 'staff'),
    settings: fc.constant({ selectedChannel: { id: '19:c' } }),
  },
  { requiredKeys: [] },
);
const identity = fc.record({
  channelId: channels,
  from: fc.record(
    {
      id: fc.constantFrom('29:abc', '7', `28:${appId}`),
      aadObjectId: accounts,
      userRole: fc.constantFrom('user', 'guest', 'anonymous', 'Guest'),
      userPrincipalName: fc.constantFrom('eva@stadt.de', 'eva_x.de#EXT#@stadt.onmicrosoft.com'),
      role: fc.constantFrom('user', 'bot', 'staff'),
      properties: fc.constant({ audience: 'staff' }),
    },
    { requiredKeys: ['id'] },
  ),
  conversationTenant: tenants,
  conversationType: fc.constantFrom<unknown>('personal', 'groupChat', 'channel', undefined, 'Personal', ['personal']),
  channelData: fc.option(channelData, { nil: undefined }),
  extra: fc.constantFrom<object>(
    {},
    { audience: 'staff' },
    { callerId: 'urn:botframework:azure' },
    { entities: [{ type: 'clientInfo', audience: 'staff' }] },
  ),
  question: fc.constantFrom(...staffQuestions),
});

/** The only identity that is staff; everything else the arbitrary makes is a forgery. */
function isStaff({
  channelId,
  from,
  conversationTenant,
  conversationType,
  channelData: data,
}: Record<string, unknown> & { from: Record<string, unknown> }): boolean {
  const dataTenant = (data as { tenant?: { id?: unknown } } | undefined)?.tenant;
  const ours = (tenant: unknown): boolean => typeof tenant === 'string' && tenant.toLowerCase() === tenantId;
  const role = lower(from['userRole']);
  return (
    channelId === 'msteams' &&
    conversationType === 'personal' &&
    (ours(conversationTenant) ||
      ((conversationTenant === undefined || conversationTenant === null) && ours(dataTenant?.id))) &&
    (dataTenant === undefined || dataTenant.id === undefined || ours(dataTenant.id)) &&
    from['aadObjectId'] === staffAccount &&
    role !== 'guest' &&
    role !== 'anonymous' &&
    !lower(from['userPrincipalName']).includes('#ext#')
  );
}

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

let conversations = 0;
it('15 17 six hundred forged identities over Azure, each with a valid token, hear no staff word', async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      identity.filter((each) => !isStaff(each)),
      async ({ channelId, from, conversationTenant, conversationType, channelData: data, extra, question }) => {
        const { status, text } = await teams.post({
          ...extra,
          type: 'message',
          channelId,
          serviceUrl: teamsServiceUrl,
          from,
          recipient: { id: `28:${appId}` },
          conversation: { id: `forged${(conversations += 1)}`, tenantId: conversationTenant, conversationType },
          channelData: data,
          deliveryMode: 'expectReplies',
          text: question,
        });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expectNoStaffWord(text);
      },
    ),
    { numRuns: 600, seed: 7 },
  );
  // Both happen: some are refused, some are answered as citizens.
  expect(statuses.get(403)).toBeGreaterThan(50);
  expect(statuses.get(200)).toBeGreaterThan(50);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
}, 120_000);

it('15 a hundred forged identities over Direct Line hear no staff word', async () => {
  await fc.assert(
    fc.asyncProperty(identity, async ({ channelId, from, conversationTenant, channelData: data, extra, question }) => {
      const conversation = await openConversation(teams.service.base);
      await conversation.post({
        ...extra,
        type: 'message',
        channelId,
        from,
        conversation: { id: `a:${conversations}`, tenantId: conversationTenant, conversationType: 'personal' },
        channelData: { ...data, tenant: { id: tenantId } },
        text: question,
      });
      expectNoStaffWord(JSON.stringify(await conversation.replies(2)));
    }),
    { numRuns: 100, seed: 7 },
  );
}, 120_000);

it('15 a hundred forged identities over Telegram hear no staff word', async () => {
  const people = fc.tuple(identity, fc.integer({ min: 1, max: 1_000_000 }));
  const chats = new Map<number, string>();
  await fc.assert(
    fc.asyncProperty(people, async ([{ from, conversationTenant, channelData: data, question }, offset]) => {
      const chatId = 5_000_000 + offset + chats.size;
      const update = textUpdate(chatId, question);
      await telegram.deliver({
        ...update,
        message: {
          ...update.message,
          aadObjectId: staffAccount,
          tenantId: conversationTenant,
          channelData: data,
          sender: from,
        },
      });
      chats.set(chatId, question);
    }),
    { numRuns: 100, seed: 7 },
  );
  for (const chatId of chats.keys()) expectNoStaffWord((await telegram.textsTo(chatId, 1)).join('\n'));
}, 120_000);

it('17 the search from the compose box is for staff alone, and even they get citizens’ words', async () => {
  for (const question of staffQuestions) {
    const invoke = {
      ...staffEnvelope('search'),
      type: 'invoke',
      name: 'composeExtension/query',
      value: { parameters: [{ name: 'suche', value: question }] },
      deliveryMode: undefined,
    };
    expectNoStaffWord((await teams.post(invoke)).text);
    const foreign = {
      conversation: { id: 'x', tenantId: foreignTenant },
      channelData: { tenant: { id: foreignTenant } },
    };
    expect(await teams.post({ ...invoke, ...foreign })).toEqual({ status: 403, text: '' });
  }
}, 60_000);

it('16 refuses Teams when the signing key does not vouch for it', async () => {
  const other = await startOpenIdServer(['telegram']);
  const service = await startService({
    env: {
      KNOWLEDGE_RELOAD: 'off',
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not a real one',
      MicrosoftAppTenantId: tenantId,
      BOT_OPENID_METADATA: other.metadataUrl,
      TEAMS_TENANTS: tenantId,
    },
    runner: { run: () => Promise.resolve() },
  });
  const response = await fetch(`${service.base}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${other.token()}` },
    body: JSON.stringify({ ...staffEnvelope('x'), id: '1', type: 'message', text: 'Wochenbericht' }),
  });
  expect(response.status).toBe(401);
  await service.service.close();
  await other.close();
});
