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
const CONVERSATIONS = 5;
const TURNS = 8;
/** On a quiet machine an edit is live within five seconds; the other tests may leave this one little of it. */
const PATIENCE_MS = 40_000;

let temp: TempKnowledge;
let service: TestService;

// One service for all: each test leaves the files as it found them.
beforeAll(async () => {
  temp = tempKnowledge();
  // The bot needs all of its own wording, not only the three sentences of the sample.
  rmSync(join(temp.folder, 'texte'), { recursive: true });
  cpSync(join(__dirname, '../../knowledge/texte'), join(temp.folder, 'texte'), { recursive: true });
  service = await startService({ env: { KNOWLEDGE_DIR: temp.folder } });
}, 120_000);
afterAll(async () => {
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

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const started = Date.now();
  while (!(await holds())) {
    if (Date.now() - started > PATIENCE_MS) throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function lastReply(conversation: OpenConversation, count: number): Promise<string> {
  let texts: readonly string[] = [];
  await until(`reply ${count}`, async () => {
    const log = await conversation.activities();
    texts = log.filter(({ from, type }) => type === 'message' && from.id === 'jobcenter-lotse').map(({ text }) => text ?? '');
    return texts.length >= count;
  });
  return texts.at(-1) ?? '';
}

/** Every conversation asks and reads its answer, over and over; one refused or unanswered message fails the test. */
async function talk(conversation: OpenConversation, heard: string[]): Promise<void> {
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const { status } = await conversation.say(QUESTION);
    expect(status).toBe(200);
    heard.push(await lastReply(conversation, turn));
  }
}

test('29 30 a broken edit under load loses no turn: everybody is answered from the last good version', async () => {
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
  temp.replace(TERMINE, 'gewissheit: ganz sicher', 'gewissheit: V2');
  await until('good again', async () => !(await readyz()).knowledge.stale);
  expect(await readyz()).toEqual(before);
}, 120_000);

test('30 a good edit under load goes live and loses no turn', async () => {
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
  expect(await lastReply(later, 1)).toContain('Rufen Sie gleich an.');
  temp.replace(TERMINE, 'Rufen Sie gleich an.', BEFORE);
  await until('the old version', async () => (await readyz()).knowledge.version === knowledge.version);
}, 120_000);

test('an edit that loads but loses gold questions stays out, and is taken back without a restart', async () => {
  const gold = '- stil: alltag\n  art: thema\n  erwartet: [meldetermin-verpasst]\n  fragen: [Termin verpennt und nun]\n';
  temp.write('evaluation/gold.yaml', gold);
  const perfect = { top1: 1, among: 1, confidentlyWrong: 0, unanswerableAnswered: 0 };
  temp.write('evaluation/baseline.json', JSON.stringify({ clean: perfect, typos: perfect, reload: { citizens: perfect, staff: perfect } }));
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
}, 120_000);
