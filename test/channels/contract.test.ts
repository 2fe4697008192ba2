/** Every channel keeps the one contract: the chat's Direct Line, Teams and SMS over Azure, Telegram by webhook and by polling. */
import type { Activity } from 'botbuilder';
import type { ConversationRunner } from '../../src/bot/conversation';
import { channelContract, type ChannelUnderTest } from '../contracts/channelContract';
import { startFakeTelegram, telegramSecret, telegramToken, textUpdate } from '../support/fakeTelegram';
import { teamsServiceUrl } from '../support/openIdServer';
import { openConversation, type OpenConversation } from '../support/rawDirectLine';
import { startService } from '../support/service';
import { cardTexts, staffEnvelope, startTeams } from '../support/teams';

// Wide enough for a machine that runs everything at once.
jest.setTimeout(30_000);

beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

channelContract('Direct Line', {
  audience: 'citizens',
  async start(runner) {
    const { base, service } = await startService({ runner });
    const conversations = new Map<string, Promise<OpenConversation>>();
    const of = (person: string): Promise<OpenConversation> => {
      const known = conversations.get(person) ?? openConversation(base);
      conversations.set(person, known);
      return known;
    };
    return {
      async say(person, text, id) {
        const { status } = await (await of(person)).say(text, id);
        expect(status).toBe(200);
      },
      heard: async (person, count) => (await (await of(person)).replies(count)).map(({ text }) => text ?? ''),
      close: () => service.close(),
    };
  },
});

/** Azure answers in the response here; over the wire it would post to the service address. */
async function azure(runner: ConversationRunner, envelope: (person: string) => object): Promise<ChannelUnderTest> {
  const teams = await startTeams({}, runner);
  const heard = new Map<string, string[]>();
  return {
    async say(person, text, id) {
      const answer = await teams.post({ ...envelope(person), id, type: 'message', text });
      expect(answer.status).toBe(200);
      const { activities } = JSON.parse(answer.text === '' ? '{"activities":[]}' : answer.text) as {
        activities: Partial<Activity>[];
      };
      heard.set(person, [...(heard.get(person) ?? []), ...activities.map(readable)]);
    },
    heard: (person) => Promise.resolve(heard.get(person) ?? []),
    close: () => teams.close(),
  };
}

function readable({ text, attachments }: Partial<Activity>): string {
  return text ?? cardTexts(attachments?.[0]?.content).join('\n');
}

channelContract('Teams', { audience: 'staff', start: (runner) => azure(runner, staffEnvelope) });

channelContract('SMS over Azure', {
  audience: 'citizens',
  start: (runner) =>
    azure(runner, (person) => ({
      channelId: 'sms',
      serviceUrl: teamsServiceUrl,
      from: { id: person },
      recipient: { id: 'bot' },
      conversation: { id: person },
      deliveryMode: 'expectReplies',
    })),
});

async function telegram(runner: ConversationRunner, webhook: boolean): Promise<ChannelUnderTest> {
  const fake = await startFakeTelegram();
  const { base, service } = await startService({
    runner,
    env: {
      TELEGRAM_TOKEN: telegramToken,
      TELEGRAM_API_ROOT: fake.apiRoot,
      ...(webhook ? { TELEGRAM_WEBHOOK_SECRET: telegramSecret, PUBLIC_URL: 'https://chat.example.de' } : {}),
    },
  });
  fake.webhookAt(`${base}/api/telegram`);
  const updates = new Map<string, ReturnType<typeof textUpdate>>();
  return {
    async say(person, text, id) {
      const update = updates.get(id) ?? textUpdate(Number(person), text);
      updates.set(id, update);
      if (!webhook) {
        fake.offer(update);
        return;
      }
      expect(await fake.deliver(update)).toEqual([200]);
    },
    heard: (person, count) => fake.textsTo(Number(person), count),
    async close() {
      await service.close();
      await fake.close();
    },
  };
}

channelContract('Telegram by webhook', { audience: 'citizens', start: (runner) => telegram(runner, true) });
channelContract('Telegram by polling', { audience: 'citizens', start: (runner) => telegram(runner, false) });
