/**
 * The running service while its knowledge base is edited: whoever is talking to it notices nothing but better answers.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { call, openConversation, type OpenConversation } from '../support/rawDirectLine';
import { startService, type TestService } from '../support/service';
import { tempKnowledge, type TempKnowledge } from '../support/tempKnowledge';

const TERMINE = 'leistungen/termine.yaml';
const QUESTION = 'Termin verpasst';
const BEFORE = 'Melden Sie sich sofort beim Jobcenter und nennen Sie den Grund, am besten mit Nachweis.';
const CONVERSATIONS = 8;
const TURNS = 12;

let temp: TempKnowledge;
let service: TestService;

beforeEach(async () => {
  temp = tempKnowledge();
  // The bot needs all of its own wording, not only the three sentences of the sample.
  rmSync(join(temp.folder, 'texte'), { recursive: true });
  cpSync(join(__dirname, '../../knowledge/texte'), join(temp.folder, 'texte'), { recursive: true });
  service = await startService({ env: { KNOWLEDGE_DIR: temp.folder } });
}, 60_000);
afterEach(async () => {
  await service.service.close();
  temp.dispose();
});

interface Knowledge {
  readonly version: string;
  readonly stale: boolean;
}

async function readyz(): Promise<{ readonly status: number; readonly knowledge: Knowledge }> {
  const { status, body } = await call(service.base, 'GET', '/readyz');
  return { status, knowledge: body['knowledge'] as Knowledge };
}

async function until(what: string, holds: () => Promise<boolean>, timeoutMs = 5_000): Promise<number> {
  const started = Date.now();
  while (!(await holds())) {
    if (Date.now() - started > timeoutMs) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Date.now() - started;
}

/** Every conversation asks and reads its answer, over and over; one refused or unanswered message fails the test. */
async function talk(conversation: OpenConversation, heard: string[]): Promise<void> {
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const { status } = await conversation.say(QUESTION);
    expect(status).toBe(200);
    heard.push((await conversation.replies(turn)).at(-1)?.text ?? '');
  }
}

test('a broken edit under load loses no turn: everybody is answered from the last good version', async () => {
  const before = await readyz();
  expect(before).toMatchObject({ status: 200, knowledge: { stale: false } });
  const conversations = await Promise.all(Array.from({ length: CONVERSATIONS }, () => openConversation(service.base)));
  const heard: string[] = [];
  const talking = Promise.all(conversations.map((conversation) => talk(conversation, heard)));
  temp.replace(TERMINE, 'gewissheit: V2', 'gewissheit: ganz sicher');
  await until('stale', async () => (await readyz()).knowledge.stale);
  await talking;

  expect(heard).toHaveLength(CONVERSATIONS * TURNS);
  expect(heard.filter((text) => !text.includes(BEFORE))).toEqual([]);
  expect(await readyz()).toEqual({ ...before, knowledge: { version: before.knowledge.version, stale: true } });
  const metrics = await (await fetch(`${service.base}/metrics`)).text();
  expect(metrics).toMatch(/^lotse_knowledge_stale\{version="unread"\} 1$/m);
  expect(service.logLines.filter((line) => line.includes('knowledge.finding'))).toEqual([
    expect.stringContaining(TERMINE),
  ]);
}, 60_000);

test('a good edit under load is live within five seconds and loses no turn', async () => {
  const { knowledge } = await readyz();
  const conversations = await Promise.all(Array.from({ length: CONVERSATIONS }, () => openConversation(service.base)));
  const heard: string[] = [];
  const talking = Promise.all(conversations.map((conversation) => talk(conversation, heard)));
  temp.replace(TERMINE, BEFORE, 'Rufen Sie gleich an.');
  await until('another version', async () => (await readyz()).knowledge.version !== knowledge.version);
  await talking;

  expect(heard).toHaveLength(CONVERSATIONS * TURNS);
  expect(heard.filter((text) => !text.includes(BEFORE) && !text.includes('Rufen Sie gleich an.'))).toEqual([]);
  const later = await openConversation(service.base);
  await later.say(QUESTION);
  expect((await later.replies(1)).at(-1)?.text).toContain('Rufen Sie gleich an.');
}, 60_000);

test('an edit that loads but loses gold questions stays out, and is taken back without a restart', async () => {
  const gold = '- stil: alltag\n  art: thema\n  erwartet: [meldetermin-verpasst]\n  fragen: [Termin verpennt und nun]\n';
  temp.write('evaluation/gold.yaml', gold);
  const perfect = { top1: 1, among: 1, confidentlyWrong: 0, unanswerableAnswered: 0 };
  temp.write('evaluation/baseline.json', JSON.stringify({ clean: perfect, typos: perfect }));
  const { version } = (await readyz()).knowledge;
  await until('the gold questions', async () => (await readyz()).knowledge.version !== version);
  const good = (await readyz()).knowledge;
  expect(good.stale).toBe(false);

  temp.write('evaluation/gold.yaml', gold.replace('meldetermin-verpasst', 'antrag-unterlagen'));
  await until('stale', async () => (await readyz()).knowledge.stale);
  expect(service.logLines.join('\n')).toContain('KB_GOLD_QUESTIONS');
  temp.write('evaluation/gold.yaml', gold);
  await until('good again', async () => !(await readyz()).knowledge.stale);
  expect((await readyz()).knowledge).toEqual(good);
}, 60_000);
