/**
 * Teams for staff: the same knowledge with the internal notes marked, buttons on cards, a search from the compose box,
 * reports that land with the editors, and the report of the week.
 */
import type { Activity } from 'botbuilder';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { cardButtons, cardTexts, staffEnvelope, startTeams, type TeamsService } from '../support/teams';
import { tenantId } from '../support/openIdServer';

// Wide enough for a machine that runs everything at once.
jest.setTimeout(30_000);

const opened = openKnowledge('knowledge');
if ('error' in opened) throw new Error(opened.error.join('\n'));
const titleOf = (id: string): string => opened.opened.knowledge.entries.find((entry) => entry.id === id)?.title ?? id;

let teams: TeamsService;
let chat = '';
let chats = 0;
beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  teams = await startTeams();
}, 120_000);
afterAll(() => teams.close());
beforeEach(() => {
  chat = `chat${(chats += 1)}`;
});

const card = (activities: readonly Partial<Activity>[]): unknown => activities.at(-1)?.attachments?.[0]?.content;
const read = (activities: readonly Partial<Activity>[]): string =>
  activities.flatMap((each) => cardTexts(each.attachments?.[0]?.content)).join('\n');
const buttons = (activities: readonly Partial<Activity>[]): readonly string[] =>
  cardButtons(card(activities)).map(({ title }) => title);

describe('the conversation', () => {
  it.each([
    ['the installation', { type: 'installationUpdate', action: 'add' }],
    ['joining', { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }, { id: '28:bot' }] }],
  ])('welcomes on %s, as an automated assistant, once', async (_, arrival) => {
    const welcome = await teams.send(arrival, chat);
    expect(read(welcome)).toContain('automatischer Assistent');
    expect(await teams.send({ type: 'installationUpdate', action: 'add' }, chat)).toEqual([]);
  });

  it('answers with a card of version 1.5, with text for notifications and no suggested actions', async () => {
    const [activity] = await teams.say('Ich habe meinen Termin verpasst – was passiert jetzt?', chat);
    expect(activity?.attachments?.[0]).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', lang: 'de' },
    });
    expect(activity?.suggestedActions).toBeUndefined();
    expect((activity?.summary ?? '').length).toBeGreaterThan(10);
  });

  it('marks internal notes', async () => {
    const answer = read(await teams.say(titleOf('eu-buerger'), chat));
    expect(answer).toContain('Nur für Mitarbeitende');
    expect(answer).toContain('Einzelfall prüfen');
  });

  it('knows the topics of staff', async () => {
    expect(read(await teams.say('Beratungspflicht und Herstellungsanspruch', chat))).toContain('Beratungspflicht');
  });

  it('takes a click on a card as the choice it shows', async () => {
    const asked = await teams.say('brief vom amt', chat);
    const [first] = cardButtons(card(asked));
    expect(first).toBeDefined();
    const answered = await teams.send({ type: 'message', value: { lotse: first?.value } }, chat);
    expect(read(answered)).toContain(first?.title ?? '-');
  });

  it('tells events and Jobcenter', async () => {
    expect(read(await teams.say('Welche Aktion gab es 2019 in Essen?', chat))).toContain('Grugapark');
    expect(read(await teams.say('Welches Jobcenter ist für Solingen zuständig?', chat))).toContain(
      'Jobcenter Solingen',
    );
  });
});

describe('„Antwort melden“', () => {
  it('asks for the reason and a proposal, and keeps both for the editors with personal data masked', async () => {
    const answer = await teams.say('Ich habe meinen Termin verpasst – was passiert jetzt?', chat);
    expect(buttons(answer)).toContain('Antwort melden');
    const asked = await teams.send({ type: 'message', value: { lotse: 'Antwort melden' } }, chat);
    expect(read(asked)).toContain('Was stimmt an');
    expect(buttons(asked)).toEqual(expect.arrayContaining(['Falsch', 'Veraltet', 'Unverständlich']));
    expect(buttons(await teams.say('Veraltet', chat))).toContain('Ohne Vorschlag');
    const thanks = await teams.say('Seit Juli gilt etwas anderes, mehr unter DE89 3704 0044 0532 0130 00', chat);
    expect(read(thanks)).toContain('liegt bei der Redaktion');
    const digest = read(await teams.say('Wochenbericht', chat));
    expect(digest).toContain('Meldungen und Rückmeldungen');
    expect(digest).toMatch(/Termin verpasst.* \(1\)/);
  });

  it('is left by a command, without a report', async () => {
    await teams.say('Welche Unterlagen brauche ich für den Antrag?', chat);
    await teams.say('Antwort melden', chat);
    await teams.say('Falsch', chat);
    expect(read(await teams.say('Menü', chat))).not.toContain('Redaktion');
    expect(read(await teams.say('Wochenbericht', chat))).not.toMatch(/Unterlagen.*\(\d+\)/);
  });

  it('without an answer before it asks which one is meant', async () => {
    expect(read(await teams.say('Antwort melden', chat))).toContain('Zu welcher Antwort');
  });
});

it('the report of the week has all its parts', async () => {
  const digest = read(await teams.say('Wochenbericht', chat));
  for (const part of [
    'Wochenbericht vom',
    'Fragen ohne Antwort',
    'Überfällige Prüfungen',
    'Aktionen, die in den nächsten sieben Tagen enden',
  ])
    expect(digest).toContain(part);
});

describe('the search from the compose box', () => {
  const query = async (
    value: unknown,
    envelope: object = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const { status, text } = await teams.post({
      ...staffEnvelope(chat),
      type: 'invoke',
      name: 'composeExtension/query',
      // The compose box may stand in anybody's chat.
      conversation: { id: '19:group@thread.v2', tenantId, conversationType: 'groupChat', isGroup: true },
      deliveryMode: undefined,
      value,
      ...envelope,
    });
    return {
      status,
      body: text === '' ? {} : (JSON.parse(text) as { composeExtension: Record<string, unknown> }).composeExtension,
    };
  };
  const search = (text: string, more: object = {}): ReturnType<typeof query> =>
    query({ commandId: 'suchen', parameters: [{ name: 'suche', value: text }], ...more });
  const titles = (body: Record<string, unknown>): readonly string[] =>
    (body['attachments'] as { preview: { content: { title: string } } }[]).map(({ preview }) => preview.content.title);

  it('lists cards, best first, each with a preview', async () => {
    const { status, body } = await search('termin verpasst');
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    expect(titles(body)[0]).toMatch(/Termin/);
    expect(JSON.stringify(body)).toContain('"version":"1.5"');
  });

  it('finds with half a word', async () => {
    expect(titles((await search('widersp')).body).join()).toContain('Widerspruch');
  });

  it('finds events and Jobcenter', async () => {
    expect(titles((await search('Aktion 2019 in Essen')).body).join()).toContain('Essen');
    expect(JSON.stringify((await search('Jobcenter Solingen')).body)).toContain('Jobcenter Solingen');
  });

  it('pages as asked and never beyond', async () => {
    const all = titles((await search('antrag', { queryOptions: { skip: 0, count: 10 } })).body);
    expect(all.length).toBeGreaterThan(3);
    expect(titles((await search('antrag', { queryOptions: { skip: 1, count: 2 } })).body)).toEqual(all.slice(1, 3));
    expect(titles((await search('antrag', { queryOptions: { skip: 500, count: 2 } })).body)).toEqual([]);
  });

  it('inserts citizens’ wording: no internal word, nothing to click that speaks to the bot', async () => {
    for (const text of [
      'Anhörung vor einer Leistungsminderung',
      'Beratungspflicht und Herstellungsanspruch',
      'eu bürger',
      'Vermieter',
    ]) {
      const { body } = await search(text);
      const json = JSON.stringify(body);
      expect(json).not.toContain('Nur für Mitarbeitende');
      expect(json).not.toContain('Action.Submit');
      expect(json).not.toContain('Herstellungsanspruch');
    }
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['no parameters', {}],
    ['parameters that are no list', { parameters: 'x' }],
    ['an empty list', { parameters: [] }],
    ['the first run', { parameters: [{ name: 'initialRun', value: 'true' }] }],
    ['a value that is no text', { parameters: [{ name: 'suche', value: { a: 1 } }] }],
    ['a parameter that is nothing', { parameters: [null] }],
  ])('asked with %s it asks for a word', async (_, value) => {
    expect(await query(value)).toEqual({
      status: 200,
      body: { type: 'message', text: 'Schreiben Sie ein Stichwort oder eine Frage.' },
    });
  });

  it('says when it finds nothing', async () => {
    expect((await search('xqzvw plkmj')).body).toMatchObject({ type: 'message' });
  });

  it('answers other invokes with 501', async () => {
    expect((await query({}, { name: 'composeExtension/fetchTask' })).status).toBe(501);
    expect((await query({}, { name: 'constructor' })).status).toBe(501);
  });
});
