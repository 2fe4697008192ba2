/**
 * `npm run build && npm run drill:replicas`: PostgreSQL, two processes of the service, a proxy that deals connections out in turn, and a browser with the chat page.
 * While somebody converses, one process is killed (kill -9) and started again, then the other. At the end every question has its answer, once.
 */
import { createServer, connect } from 'node:net';
import { createRequire } from 'node:module';
import { check, startService, tell, temporaryFolder } from './parts.mjs';

// As CommonJS, which the tests' helpers are.
const load = createRequire(import.meta.url);
const { startEmbedded, freePort } = load('../../test/support/postgres.ts');
const { launchBrowser } = load('../../test/support/browser.ts');

/** Round robin on the level of connections; a process that does not answer is passed over. */
function createProxy(ports) {
  let next = 0;
  const served = new Map();
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    attempt(client, 0);
  });
  const attempt = (client, tries) => {
    if (tries >= ports.length) {
      client.destroy();
      return;
    }
    const index = next++ % ports.length;
    const upstream = connect(ports[index], '127.0.0.1');
    upstream.once('error', () => {
      upstream.destroy();
      if (!upstream.wasConnected) attempt(client, tries + 1);
      else client.destroy();
    });
    upstream.once('connect', () => {
      upstream.wasConnected = true;
      served.set(index, (served.get(index) ?? 0) + 1);
      client.pipe(upstream).pipe(client);
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
    });
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, port: server.address().port, served }));
  });
}

const questions = [
  'Ich habe meinen Termin verpasst',
  'Wann wird das Geld ausgezahlt?',
  'Welche Unterlagen brauche ich für den Antrag?',
  'Ich möchte umziehen',
  'Wie melde ich eine Veränderung?',
  'Was ist ein Widerspruch?',
  'Darf ich etwas dazuverdienen?',
  'Welche Aktionen gab es 2019 in Essen?',
];

/** What the person typed, in order. */
const asked = [];

const postgres = await startEmbedded();
const database = await postgres.createDatabase();
tell('PostgreSQL läuft');
const ports = [];
const env = {
  STORAGE: 'postgres',
  DATABASE_URL: database,
  DATA_DIR: temporaryFolder(),
  MESSAGES_PER_SECOND: '100',
  MESSAGE_BURST: '100',
};
const proxy = await createProxy(ports);
env.PUBLIC_URL = `http://127.0.0.1:${proxy.port}`;
ports.push(await freePort(), await freePort());
const replicas = await Promise.all(ports.map((port) => startService({ ...env, PORT: String(port) })));
tell(`Zwei Instanzen (${ports.join(', ')}) hinter ${env.PUBLIC_URL}`);

const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.goto(`${env.PUBLIC_URL}/`);
  const input = page.locator('textarea, input[type="text"]').first();
  await input.waitFor({ timeout: 20_000 });
  const said = () => page.locator('[role="log"]').innerText();
  /** Counts the questions as the person sees them. */
  const ask = async (text) => {
    await input.fill(text);
    await input.press('Enter');
    asked.push(text);
  };
  const settled = async (timeoutMs) => {
    for (const endMs = Date.now() + timeoutMs; Date.now() < endMs;) {
      const open = await unanswered(page).catch(() => asked.length);
      if (open === 0) return true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return false;
  };

  await ask(questions[0]);
  check('die erste Frage ist beantwortet', await settled(15_000));
  for (const [index, name] of ['A', 'B'].entries()) {
    await ask(questions[1 + index * 3]);
    await replicas[index].end('SIGKILL');
    tell(`Instanz ${name} hart beendet, während sie antwortet`);
    await ask(questions[2 + index * 3]);
    check(`mit einer Instanz weniger ist alles beantwortet`, await settled(40_000));
    replicas[index] = await startService({ ...env, PORT: String(ports[index]) });
    tell(`Instanz ${name} neu gestartet (${ports[index]})`);
    await ask(questions[3 + index * 3]);
    check('danach ist alles beantwortet', await settled(40_000));
  }
  await ask(questions[7]);
  check('die letzte Frage ist beantwortet', await settled(20_000));

  const { id, token } = await conversationOf(page);
  const activities = await readLog(id, token);
  const mine = activities.filter(({ from }) => from.id !== 'jobcenter-lotse' && from.role !== 'bot');
  const messages = mine.filter(({ type }) => type === 'message').map(({ text }) => text);
  check(
    `${asked.length} Fragen gestellt, ${messages.length} angenommen, keine doppelt, in der Reihenfolge`,
    JSON.stringify(messages) === JSON.stringify(asked),
  );
  const ids = activities.map((activity) => activity.id);
  check('keine Nachricht steht zweimal im Gespräch', new Set(ids).size === ids.length);
  const answers = activities.filter(({ type, from }) => type === 'message' && from.id === 'jobcenter-lotse');
  const firstLines = answers
    .map(({ text = '' }) => text.split('\n')[0].replace(/[*_#]/g, '').trim())
    .filter((line) => line !== '');
  check(
    `im Fenster stehen alle Fragen und alle ${answers.length} Antworten`,
    await eventually(async () => {
      const seen = await said();
      return [...asked, ...firstLines].every((text) => seen.includes(text));
    }),
  );
  const shares = [...proxy.served].map(([index, count]) => `${'AB'[index]}: ${count}`).join(', ');
  check(`beide Instanzen wurden gebraucht (Verbindungen ${shares})`, proxy.served.size === 2);
} finally {
  await browser.close();
  await Promise.all(replicas.map((replica) => replica.end('SIGKILL').catch(() => undefined)));
  proxy.server.close();
  await postgres.stop();
}

/** The window may be a moment behind the log. */
async function eventually(holds) {
  for (const endMs = Date.now() + 10_000; Date.now() < endMs;) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/** The widget keeps it in the session storage of the page. */
async function conversationOf(page) {
  const stored = await page.evaluate(() => Object.values({ ...sessionStorage }));
  for (const text of stored) {
    const found = findConversation(safeParse(text));
    if (found !== undefined) return found;
  }
  throw new Error(`No conversation in the session storage: ${stored.join(' | ').slice(0, 300)}`);
}

function findConversation(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof value.conversationId === 'string' && typeof value.token === 'string')
    return { id: value.conversationId, token: value.token };
  for (const each of Object.values(value)) {
    const found = findConversation(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function safeParse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readLog(id, token) {
  const all = [];
  for (let watermark = ''; ;) {
    const response = await fetch(
      `${env.PUBLIC_URL}/v3/directline/conversations/${id}/activities?watermark=${watermark}`,
      {
        headers: { Authorization: `Bearer ${token}` },
      },
    );
    if (!response.ok) throw new Error(String(response.status));
    const page = await response.json();
    if (page.activities.length === 0) return all;
    all.push(...page.activities);
    watermark = page.watermark;
  }
}

/** Questions of the page that the log does not hold yet, or holds without an answer. */
async function unanswered(page) {
  const { id, token } = await conversationOf(page);
  const activities = await readLog(id, token);
  const answered = new Set(activities.map(({ replyToId }) => replyToId));
  const mine = activities.filter(({ type, from }) => type === 'message' && from.id !== 'jobcenter-lotse');
  const done = mine.filter((activity) => answered.has(activity.id)).length;
  return asked.length - done;
}
