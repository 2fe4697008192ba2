/**
 * What every channel must do, whatever its protocol: bring each message to the bot once and in order, keep people apart, say who is speaking
 * and what can be shown, deliver every word, and survive a turn that fails. A new channel writes a driver and runs this.
 */
import type { ConversationRunner, Turn } from '../../src/bot/conversation';
import { composeReply } from '../../src/rendering/composeReply';
import { toActivities } from '../../src/rendering/toActivities';
import { entry, knowledgeOf, outcomeBase, viewOf } from '../support/smallKnowledge';

export interface ChannelUnderTest {
  /** Says something as a person; resolves when the channel has accepted it. `id` is the channel's own name for the delivery. */
  say(person: string, text: string, id: string): Promise<void>;
  /** What a person has read, once there are at least `count` messages. */
  heard(person: string, count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface ChannelDriver {
  readonly audience: 'citizens' | 'staff';
  start(runner: ConversationRunner): Promise<ChannelUnderTest>;
}

const longAnswer = Array.from({ length: 40 }, (_, index) => `Das ist der Satz Nummer ${index + 1} der Antwort.`).join(
  ' ',
);
const knowledge = knowledgeOf({
  entries: [
    entry('lang', {
      title: 'Lange Antwort',
      versions: [{ answer: longAnswer, more: 'Einzelheiten stehen hier.' }],
      seeAlso: ['kurz'],
    }),
    entry('kurz', { title: 'Kurze Antwort' }),
  ],
});

/** Echoes; „Antwort“ tells an entry as the channel can show it; „Fehler“ fails. */
function contractRunner(): ConversationRunner & { readonly heard: string[]; readonly turns: Turn[] } {
  const heard: string[] = [];
  const turns: Turn[] = [];
  return {
    heard,
    turns,
    async run(context, turn) {
      const { activity } = context;
      if (activity.type !== 'message') return;
      heard.push(activity.text);
      turns.push(turn);
      if (activity.text === 'Fehler') throw new Error('told to fail');
      if (activity.text !== 'Antwort') {
        await context.sendActivity(`Echo: ${activity.text}`);
        return;
      }
      const reply = composeReply({ ...outcomeBase, kind: 'answer', entryId: 'lang' }, viewOf(knowledge));
      for (const part of toActivities(reply, turn.capabilities)) await context.sendActivity(part);
    },
  };
}

export function channelContract(name: string, driver: ChannelDriver): void {
  describe(`the channel ${name}`, () => {
    const runner = contractRunner();
    let channel: ChannelUnderTest;
    let people = 0;
    let ids = 0;
    let person = '';
    const id = (): string => `contract-${(ids += 1)}`;
    beforeAll(async () => {
      channel = await driver.start(runner);
    }, 120_000);
    afterAll(() => channel.close());
    beforeEach(() => {
      person = `${(people += 1) + 70_000}`;
    });

    it('brings a message to the bot and the reply back', async () => {
      await channel.say(person, 'Hallo', id());
      expect(await channel.heard(person, 1)).toEqual(['Echo: Hallo']);
    });

    it('keeps the order of what one person says', async () => {
      const said = ['eins', 'zwei', 'drei', 'vier', 'fünf'];
      for (const text of said) await channel.say(person, text, id());
      expect(await channel.heard(person, said.length)).toEqual(said.map((text) => `Echo: ${text}`));
    });

    it('takes a delivery that comes again for what it is', async () => {
      const again = id();
      const before = runner.heard.length;
      await channel.say(person, 'zweimal', again);
      await channel.say(person, 'zweimal', again);
      await channel.say(person, 'danach', id());
      expect(await channel.heard(person, 2)).toEqual(['Echo: zweimal', 'Echo: danach']);
      expect(runner.heard.slice(before)).toEqual(['zweimal', 'danach']);
    });

    it('keeps two people apart', async () => {
      const other = `${(people += 1) + 70_000}`;
      await Promise.all([channel.say(person, 'von mir', id()), channel.say(other, 'von dir', id())]);
      expect(await channel.heard(person, 1)).toEqual(['Echo: von mir']);
      expect(await channel.heard(other, 1)).toEqual(['Echo: von dir']);
    });

    it('says who is speaking and what it can show', async () => {
      await channel.say(person, 'Wer bin ich?', id());
      await channel.heard(person, 1);
      const turn = runner.turns.at(-1);
      expect(turn?.audience).toBe(driver.audience);
      const { maxChars, suggestedActions, maxSuggestedActions } = turn?.capabilities ?? {
        maxChars: 0,
        suggestedActions: false,
        maxSuggestedActions: 0,
      };
      expect(maxChars).toBeGreaterThanOrEqual(1000);
      expect(maxSuggestedActions > 0).toBe(suggestedActions);
    });

    it('delivers every word of a long answer, with its source and its Stand', async () => {
      await channel.say(person, 'Antwort', id());
      const read = (await channel.heard(person, 1)).join('\n');
      for (const words of [
        'Satz Nummer 1 der',
        'Satz Nummer 40 der',
        'Einzelheiten stehen hier.',
        '22.11.2026',
        '§ 37 SGB II',
      ])
        expect(read).toContain(words);
    });

    it('brings emoji, umlauts in two letters, right-to-left text and markup through as they are', async () => {
      for (const text of ['👨‍👩‍👧 ja', 'Mu\u0308ll', 'مرحبا', '<b>fett</b> & "so"']) {
        person = `${(people += 1) + 70_000}`;
        await channel.say(person, text, id());
        expect(await channel.heard(person, 1)).toEqual([`Echo: ${text}`]);
      }
    });

    it('apologises for a turn that fails and answers the next', async () => {
      await channel.say(person, 'Fehler', id());
      expect((await channel.heard(person, 1))[0]).toContain('schiefgegangen');
      await channel.say(person, 'weiter', id());
      expect((await channel.heard(person, 2))[1]).toBe('Echo: weiter');
    });
  });
}
