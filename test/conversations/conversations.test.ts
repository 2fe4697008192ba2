/**
 * Whole conversations as scripts, each on every kind of channel: the widget's blocks, plain text, a card in Teams, messengers with and without buttons.
 * A script is `{ name, today?, jobcenter?, audience?, turns: [{ user, expect }] }`; `expect` names the kind, the entries (the first one first),
 * texts that must and must not be read, and choices that must be offered.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createAnswering } from '../../src/answering/answering';
import { plainTextCapabilities, type LocalChat, type LocalReply } from '../../src/bot/localChat';
import { capabilitiesOf } from '../../src/channels/azure/capabilities';
import { telegramCapabilities } from '../../src/channels/telegram/telegram';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { fixedClock } from '../../src/clock';
import { markdownToText } from '../../src/rendering/plainText';
import type { Capabilities } from '../../src/rendering/reply';
import { createLocalConversation } from '../../src/service';

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));
const scriptSchema = z.strictObject({
  name: z.string(),
  today: z.string().default('2026-11-24'),
  jobcenter: z.string().optional(),
  audience: z.enum(['citizens', 'staff']).default('citizens'),
  turns: z
    .array(
      z.strictObject({
        user: z.string(),
        expect: z.strictObject({
          kind: z.string().optional(),
          entries: z.array(z.string()).optional(),
          textContains: list.optional(),
          textNot: list.optional(),
          choices: z.array(z.string()).optional(),
        }),
      }),
    )
    .min(1),
});

const channels: Readonly<Record<string, Capabilities>> = {
  widget: {
    ...plainTextCapabilities,
    markdown: true,
    suggestedActions: true,
    maxSuggestedActions: 20,
    structuredReply: true,
  },
  text: plainTextCapabilities,
  Teams: capabilitiesOf('msteams'),
  Telegram: telegramCapabilities,
  SMS: capabilitiesOf('sms'),
};

const opened = openKnowledge(join(__dirname, '../../knowledge'));
if ('error' in opened) throw new Error(opened.error.join('\n'));
const { knowledge, model } = opened.opened;
const mind = { knowledge, answering: createAnswering(knowledge, { model }) };

const scripts = readdirSync(__dirname)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) =>
    z
      .array(scriptSchema)
      .parse(parse(readFileSync(join(__dirname, file), 'utf8')))
      .map((script) => ({ ...script, file })),
  );

test('there are at least sixty scripts', () => {
  expect(scripts.length).toBeGreaterThanOrEqual(60);
});

describe.each(Object.entries(channels))('on %s', (_, capabilities) => {
  test.each(scripts.map((script) => [`${script.file}: ${script.name}`, script] as const))(
    '%s',
    async (_name, script) => {
      const chat = createLocalConversation({
        mind: () => mind,
        today: () => script.today,
        clock: fixedClock(Date.parse(`${script.today}T10:00:00Z`)),
        jobcenter: () => script.jobcenter,
        audience: script.audience,
        capabilities,
      });
      await chat.join();
      for (const turn of script.turns) {
        const said = await chat.say(turn.user);
        const reply = said.replies.at(-1);
        const text = await readOn(chat, readable(said), turn.expect.textContains ?? []);
        const { kind, entries, textContains, textNot, choices } = turn.expect;
        const about = `${turn.user} → ${text.slice(0, 160)}`;
        if (kind !== undefined) expect({ about, kind: reply?.kind }).toEqual({ about, kind });
        if (entries !== undefined) {
          const got = reply?.entries.map(({ id }) => id) ?? [];
          expect({ about, first: got[0] }).toEqual({ about, first: entries[0] });
          expect(got).toEqual(expect.arrayContaining(entries));
        }
        for (const words of textContains ?? []) expect(text).toContain(words);
        for (const words of textNot ?? []) expect(text).not.toContain(words);
        if (choices !== undefined)
          expect(reply?.choices.map(({ title }) => title)).toEqual(expect.arrayContaining(choices));
      }
    },
  );
});

/** A messenger brings a long answer page by page; who misses something says „mehr“. */
async function readOn(chat: LocalChat, first: string, wanted: readonly string[]): Promise<string> {
  let text = first;
  while (wanted.some((words) => !text.includes(words)) && text.endsWith('„mehr“, dann geht es weiter.'))
    text += `\n${readable(await chat.say('mehr'))}`;
  return text;
}

/** What a person reads on the channel: the text, or every text of the card. */
function readable({ activities }: LocalReply): string {
  return activities
    .map((activity) => {
      const card: unknown = activity.attachments?.[0]?.content;
      return card === undefined
        ? activity.textFormat === 'markdown'
          ? markdownToText(activity.text ?? '')
          : (activity.text ?? '')
        : textsOf(card).map(markdownToText).join('\n');
    })
    .join('\n');
}

function textsOf(element: unknown): readonly string[] {
  if (Array.isArray(element)) return element.flatMap(textsOf);
  if (typeof element !== 'object' || element === null) return [];
  return Object.entries(element).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : key === 'data' ? [] : textsOf(value),
  );
}
