/**
 * The operator's switches: off within seconds, without a restart, and never by accident.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOff, createLiveSwitches, everythingOn, parseSwitches, type SwitchesEvent } from '../../src/switches';
import { call, openConversation, type LoggedActivity, type OpenConversation } from '../support/rawDirectLine';
import { startService, type TestService } from '../support/service';
import { talkingKnowledge } from '../support/talkingKnowledge';

const file = (): string => join(mkdtempSync(join(tmpdir(), 'lotse-switches-')), 'schalter.yaml');

it('reads what is off and the notice', () => {
  const text =
    'aus:\n  alles: ja\n  kanaele: [telegram]\n  jobcenter: [essen]\n  antworten: [a, b]\nhinweis: Heute zu.\n';
  const read = parseSwitches(text);
  expect(read).toEqual({
    switches: {
      allOff: true,
      channelsOff: ['telegram'],
      jobcentersOff: ['essen'],
      answersOff: ['a', 'b'],
      notice: 'Heute zu.',
    },
  });
  if ('switches' in read) expect(countOff(read.switches)).toBe(5);
});

it('takes an empty file for „everything is on“', () => {
  for (const text of ['', '# nichts\n', 'aus:\n', 'aus: {}\nhinweis:\n'])
    expect(parseSwitches(text)).toEqual({ switches: everythingOn });
});

it.each([
  ['a word that is no switch', 'aus:\n  ales: true\n'],
  ['a list that is none', 'aus:\n  kanaele: telegram\n'],
  ['no YAML', 'aus: [\n'],
  ['an endless notice', `hinweis: ${'x'.repeat(600)}\n`],
])('refuses %s', (_, text) => {
  expect(parseSwitches(text)).toHaveProperty('problem');
});

it('keeps the last good state when the file breaks, and turns everything on when it goes', () => {
  const path = file();
  const events: SwitchesEvent['kind'][] = [];
  const live = createLiveSwitches({ file: path, pollMs: 60_000, onEvent: ({ kind }) => events.push(kind) });
  expect(live.current()).toEqual(everythingOn);
  writeFileSync(path, 'aus:\n  alles: true\n');
  live.reload();
  expect(live.current().allOff).toBe(true);
  writeFileSync(path, 'aus:\n  alles: vielleicht\n');
  live.reload();
  live.reload();
  expect(live.current().allOff).toBe(true);
  rmSync(path);
  live.reload();
  expect(live.current()).toEqual(everythingOn);
  expect(events).toEqual(['changed', 'rejected', 'changed']);
  live.close();
});

describe('in a conversation', () => {
  const path = file();
  let running: TestService;
  beforeAll(async () => {
    running = await startService({
      env: { KNOWLEDGE_DIR: talkingKnowledge(), SWITCHES_FILE: path, LEARNING: 'off' },
      switchesPollMs: 100,
    });
  }, 60_000);
  afterAll(async () => {
    await running.service.close();
  }, 30_000);

  const question = 'Ich habe meinen Termin verpasst';

  /** Tries until what is said matches: the file is looked at on a timer. */
  async function untilSaid(pattern: RegExp, jobcenter?: string): Promise<string> {
    const endMs = Date.now() + 20_000;
    for (;;) {
      const said = (await ask(await openConversation(running.base), question, jobcenter)).join('\n');
      if (pattern.test(said)) return said;
      if (Date.now() > endMs) throw new Error(`Never said ${pattern.source}: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** What was answered to the message, in order. */
  async function ask({ id, token }: OpenConversation, text: string, jobcenter?: string): Promise<readonly string[]> {
    const path = `/v3/directline/conversations/${id}/activities`;
    const posted = await call(running.base, 'POST', path, {
      token,
      body: { type: 'message', text, ...(jobcenter === undefined ? {} : { channelData: { jobcenter } }) },
    });
    for (;;) {
      const { body } = await call(running.base, 'GET', `${path}?watermark=`, { token });
      const replies = (body['activities'] as readonly LoggedActivity[]).filter(
        ({ replyToId }) => replyToId === posted.body['id'],
      );
      if (replies.length > 0) return replies.map(({ text: said }) => said ?? '');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('turns the whole service off and on again without a restart', async () => {
    const before = await untilSaid(/./);
    expect(before).not.toContain('abgeschaltet');
    writeFileSync(path, 'aus:\n  alles: ja\n');
    const off = await untilSaid(/abgeschaltet/);
    expect(off).toContain('112');
    writeFileSync(path, '');
    expect(await untilSaid(/^(?![\s\S]*abgeschaltet)/)).not.toContain('abgeschaltet');
  }, 60_000);

  it('turns off a channel, a Jobcenter, one answer, and tells the notice once', async () => {
    writeFileSync(path, 'aus:\n  kanaele: [telegram]\n  jobcenter: [essen]\nhinweis: Heute ist geschlossen.\n');
    await untilSaid(/abgeschaltet/, 'essen');
    const conversation = await openConversation(running.base);
    const said = [...(await ask(conversation, question)), ...(await ask(conversation, question))].join('\n');
    expect(said).not.toContain('abgeschaltet');
    const whole = (await conversation.activities()).map(({ text }) => text ?? '').join('\n');
    expect(whole.split('Heute ist geschlossen')).toHaveLength(2);
    writeFileSync(path, 'aus:\n  kanaele: [directline]\n');
    await untilSaid(/abgeschaltet/);
  }, 60_000);

  it('withholds an answer that is being checked, and only that one', async () => {
    writeFileSync(path, '');
    const said = await untilSaid(/^(?![\s\S]*abgeschaltet)[\s\S]*melde/i);
    expect(said).not.toContain('geprüft wird');
    writeFileSync(path, `aus:\n  antworten: [meldetermin-verpasst]\n`);
    expect(await untilSaid(/gerade geprüft/)).toContain('Jobcenter');
  }, 60_000);
});
