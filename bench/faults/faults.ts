/**
 * The targets of design/reliability.md that need numbers rather than a test: kill -9 again and again under posting clients, ten thousand repeated
 * deliveries, a thousand messages in one conversation on one and on three replicas, and how soon a service is ready. Ends with an error when
 * anything that was acknowledged is missing or answered twice.
 *
 *   npm run bench -- faults [--kills 100]
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, type PostgresServer } from '../../test/support/postgres';
import { talkingKnowledge } from '../../test/support/talkingKnowledge';
import { progress, quantile } from '../measure';
import { logOf, open, pool, post, send, type Conversation, type Logged } from '../load/client';
import { serve, type Served } from '../load/serve';
import { where } from '../load/where';
import { table, writeSection } from '../report';

const CONVERSATIONS = 4;
const DUPLICATES = 10;
const MESSAGES = 1_000;
const UPDATES = 1_000;
const EDITS = 50;
const SETTLE_MS = 60_000;
const ROOMY = {
  QUEUE_DEPTH: '1000',
  MAX_LOG_ENTRIES: '10000',
  MAX_TURNS_IN_FLIGHT: '5000',
  MAX_WAIT_MS: '60000',
  MAX_LOOP_LAG_MS: '10000',
} as const;

interface Row {
  readonly what: string;
  readonly times: string;
  readonly lost: number;
  readonly twice: number;
  readonly ordered?: boolean;
  readonly note: string;
}

export async function benchFaults(options: { readonly kills: number }, isStopped: () => boolean): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'lotse-faults-'));
  const database = await startEmbedded();
  const small = talkingKnowledge();
  const rows: Row[] = [];
  const readiness: string[][] = [];
  const publish = (): void => {
    write(rows, readiness);
  };
  try {
    const env = { KNOWLEDGE_DIR: small, ...ROOMY };
    const parts: readonly (() => Promise<void>)[] = [
      async () => {
        const { row, ready } = await kills(
          'level',
          { ...env, STORAGE: 'level', DATA_DIR: join(root, 'kills') },
          options.kills,
          isStopped,
        );
        rows.push(row);
        readiness.push(['After kill -9, level, small knowledge base', ...spread(ready), '≤ 5 s']);
      },
      async () => {
        rows.push(await reloads({ ...ROOMY, STORAGE: 'memory', KNOWLEDGE_RELOAD: 'on' }));
      },
      async () => {
        const url = await database.createDatabase();
        const { row, ready } = await kills(
          'PostgreSQL',
          { ...env, STORAGE: 'postgres', DATABASE_URL: url },
          options.kills,
          isStopped,
        );
        rows.push(row);
        readiness.push(['After kill -9, PostgreSQL, small knowledge base', ...spread(ready), '≤ 5 s']);
      },
      async () => {
        rows.push(
          await duplicates('level, one process', [{ ...env, STORAGE: 'level', DATA_DIR: join(root, 'twice') }]),
        );
      },
      async () => {
        const shared = { ...env, STORAGE: 'postgres', DATABASE_URL: await database.createDatabase() };
        rows.push(await duplicates('PostgreSQL, two replicas', [shared, shared]));
      },
      async () => {
        const own = { ...env, STORAGE: 'postgres', DATABASE_URL: await database.createDatabase() };
        rows.push(await oneConversation('PostgreSQL, one replica', [own]));
      },
      async () => {
        const shared = { ...env, STORAGE: 'postgres', DATABASE_URL: await database.createDatabase() };
        rows.push(await oneConversation('PostgreSQL, three replicas', [shared, shared, shared]));
      },
      async () => {
        readiness.push([
          'After the database came back, PostgreSQL',
          ...spread(await storageReturns(database, env)),
          '≤ 10 s',
        ]);
      },
      async () => {
        readiness.push([
          'After kill -9, level, the real knowledge base',
          ...spread(await killedWithKnowledge({ ...ROOMY, STORAGE: 'level', DATA_DIR: join(root, 'real') })),
          '≤ 5 s',
        ]);
      },
    ];
    for (const part of parts) {
      if (isStopped()) break;
      await part();
      publish();
    }
  } finally {
    await database.stop();
    for (const folder of [root, small]) rmSync(folder, { recursive: true, force: true });
  }
  if (rows.some(({ lost, twice, ordered }) => lost + twice > 0 || ordered === false)) process.exitCode = 1;
}

function write(rows: readonly Row[], readiness: readonly (readonly string[])[]): void {
  const outcome = table(
    ['What', 'How often', 'Lost', 'Answered twice', 'In order', ''],
    rows.map(({ what, times, lost, twice, ordered, note }) => [
      what,
      times,
      String(lost),
      String(twice),
      ordered === undefined ? '' : ordered ? 'yes' : '**no**',
      note,
    ]),
  );
  const ready =
    readiness.length === 0
      ? ''
      : `\n\n### Ready again\n\nBy the clock, from the spawn (or the database’s return) to the first 200 of \`/readyz\`, and processor time of the start where there was one.\n\n${table(['When', 'Median s', 'Most s', 'CPU s', 'Target'], readiness)}`;
  writeSection(
    'faults',
    `## Faults\n\n${where()}\nClients post over Direct Line, repeat what they have no acknowledgement for, and read the conversation in the end. The storage alone under kill -9 is in the section on storage.\n\n${outcome}${ready}`,
  );
}

/* ── kill -9 ─────────────────────────────────────────────────────────────── */

async function kills(
  name: string,
  env: Readonly<Record<string, string>>,
  count: number,
  isStopped: () => boolean,
): Promise<{ readonly row: Row; readonly ready: readonly Start[] }> {
  progress(`  kill -9, ${name} …`);
  let served = await serve('lotse', env);
  const conversations = await Promise.all(Array.from({ length: CONVERSATIONS }, () => open(served.base)));
  const acknowledged = conversations.map(() => new Map<string, string>());
  const ready: Start[] = [];
  let done = 0;
  let repeated = 0;
  try {
    for (; done < count && !isStopped(); done += 1) {
      const texts = [0, 1, 2].map((index) => `Frage ${done}.${index}`);
      const postAll = (): Promise<unknown> =>
        Promise.all(
          conversations.flatMap((conversation, c) =>
            texts.map(async (text) => {
              try {
                const { status, body } = await post(served.base, conversation, text, text.replace(' ', '-'));
                if (status === 200) acknowledged[c]?.set(text, String(body['id']));
              } catch {
                // Killed under the request: no acknowledgement, no promise.
              }
            }),
          ),
        );
      const posting = postAll();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
      await served.kill('SIGKILL');
      await posting;
      served = await serve('lotse', env);
      ready.push({ ms: await untilReady(served, served.readyMs), cpuMs: served.readyCpuMs });
      // Everything once more: what was not acknowledged, and what was.
      repeated += texts.length * conversations.length;
      await postAll();
      if ((done + 1) % 10 === 0) progress(`    ${done + 1}`);
    }
    const found = await Promise.all(
      conversations.map((conversation, c) => judge(served, conversation, [...(acknowledged[c]?.values() ?? [])])),
    );
    const total = acknowledged.reduce((sum, { size }) => sum + size, 0);
    return {
      row: {
        what: `kill -9 under posting clients, ${name}`,
        times: `${done} kills`,
        ...sum(found),
        note: `${total} messages acknowledged, ${repeated} posted again`,
      },
      ready,
    };
  } finally {
    await served.kill('SIGKILL');
  }
}

/* ── the same again ──────────────────────────────────────────────────────── */

async function duplicates(name: string, replicas: readonly Readonly<Record<string, string>>[]): Promise<Row> {
  progress(`  ${MESSAGES * DUPLICATES} repeated deliveries, ${name} …`);
  const served = await Promise.all(replicas.map((env) => serve('lotse', env)));
  try {
    const first = served[0] as Served;
    const conversations = await Promise.all(Array.from({ length: 20 }, () => open(first.base)));
    const ids = conversations.map(() => new Map<string, Set<string>>());
    const deliveries = Array.from({ length: MESSAGES }, (_, m) => m).flatMap((m) =>
      // The first and ten more, among those of other messages.
      Array.from({ length: DUPLICATES + 1 }, (_, copy) => ({ m, copy })),
    );
    await pool(deliveries, 32, async ({ m, copy }, at) => {
      const c = m % conversations.length;
      const to = served[copy % served.length] as Served;
      const { status, body } = await post(to.base, conversations[c] as Conversation, `Frage ${m}`, `m-${m}`);
      if (status !== 200) throw new Error(`A delivery was refused: ${status}`);
      const key = `m-${m}`;
      const known = ids[c]?.get(key) ?? new Set();
      ids[c]?.set(key, known.add(String(body['id'])));
      if ((at + 1) % 2_500 === 0) progress(`    ${at + 1}`);
    });
    const found = await Promise.all(
      conversations.map((conversation, c) =>
        judge(
          first,
          conversation,
          [...(ids[c]?.values() ?? [])].map((each) => [...each][0] ?? ''),
        ),
      ),
    );
    const manyIds = ids.flatMap((map) => [...map.values()]).filter(({ size }) => size > 1).length;
    return {
      what: `Repeated deliveries, ${name}`,
      times: `${MESSAGES} messages, each ${DUPLICATES} times more`,
      ...sum(found),
      note: `${manyIds} messages with more than one id`,
    };
  } finally {
    await Promise.all(served.map((each) => each.kill('SIGKILL')));
  }
}

/* ── one conversation, everybody at once ─────────────────────────────────── */

async function oneConversation(name: string, replicas: readonly Readonly<Record<string, string>>[]): Promise<Row> {
  progress(`  ${UPDATES} messages in one conversation, ${name} …`);
  const served = await Promise.all(replicas.map((env) => serve('lotse', env)));
  try {
    const first = served[0] as Served;
    const conversation = await open(first.base);
    const ids: string[] = [];
    const from = performance.now();
    await pool(Array.from({ length: UPDATES }), 32, async (_, index) => {
      const to = served[index % served.length] as Served;
      const { status, body } = await post(to.base, conversation, `Frage ${index}`, `u-${index}`);
      if (status !== 200) throw new Error(`A message was refused: ${status}`);
      ids.push(String(body['id']));
    });
    const found = await judge(first, conversation, ids);
    const seconds = (performance.now() - from) / 1_000;
    return {
      what: `One conversation, ${name}`,
      times: `${UPDATES} messages`,
      ...sum([found]),
      ordered: found.ordered,
      note: `${(UPDATES / seconds).toFixed(0)} turns/s`,
    };
  } finally {
    await Promise.all(served.map((each) => each.kill('SIGKILL')));
  }
}

/* ── edits under load ────────────────────────────────────────────────────── */

/** Row 30: fifty edits while people ask. A turn that is not answered, or from two versions at once, counts as lost or twice. */
async function reloads(env: Readonly<Record<string, string>>): Promise<Row> {
  progress(`  ${EDITS} edits under load …`);
  const folder = talkingKnowledge();
  const file = join(folder, 'leistungen', 'termine.yaml');
  const original = readFileSync(file, 'utf8');
  const edition = (edit: number): void => {
    // Written beside and moved, as a `git pull` does it.
    writeFileSync(
      `${file}.neu`,
      original
        .replaceAll('Melden Sie sich sofort', `Ausgabe ${edit}. Melden Sie sich sofort`)
        .replaceAll('Beim ersten verpassten Termin', `Ausgabe ${edit}. Beim ersten verpassten Termin`),
    );
    renameSync(`${file}.neu`, file);
  };
  edition(0);
  const served = await serve('lotse', { ...env, KNOWLEDGE_DIR: folder });
  const version = async (): Promise<string> =>
    String(
      ((await send('GET', `${served.base}/readyz`)).body['knowledge'] as { version?: string } | undefined)?.version,
    );
  let editing = true;
  const isEditing = (): boolean => editing;
  let lost = 0;
  let twice = 0;
  let turns = 0;
  let backwards = 0;
  const editions = new Set<number>();
  try {
    const talking = Array.from({ length: 4 }, async () => {
      while (isEditing()) {
        const conversation = await open(served.base);
        let before = 0;
        for (let asked = 0; asked < 20 && isEditing(); asked += 1) {
          const { status, body } = await post(served.base, conversation, 'Termin verpasst');
          turns += 1;
          const reply = status === 200 ? await replyTo(served, conversation, String(body['id'])) : undefined;
          const said = [...(reply?.text ?? '').matchAll(/Ausgabe (\d+)/g)].map(([, n]) => Number(n));
          const [edit] = said;
          if (edit === undefined) lost += 1;
          else {
            editions.add(edit);
            if (said.length < 2 || said.some((n) => n !== edit)) twice += 1;
            if (edit < before) backwards += 1;
            before = edit;
          }
        }
      }
    });
    for (let edit = 1; edit <= EDITS; edit += 1) {
      const old = await version();
      edition(edit);
      const from = performance.now();
      while ((await version()) === old) {
        if (performance.now() - from > SETTLE_MS) throw new Error(`Edit ${edit} did not go live`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      if (edit % 10 === 0) progress(`    ${edit}`);
    }
    editing = false;
    await Promise.all(talking);
  } finally {
    editing = false;
    await served.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    what: 'Edits of the knowledge base under load (lost: not answered; twice: of two versions)',
    times: `${EDITS} edits`,
    lost,
    twice,
    ordered: backwards === 0,
    note: `${turns} turns, answers of ${editions.size} versions heard`,
  };
}

async function replyTo(served: Served, conversation: Conversation, id: string): Promise<Logged | undefined> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = (await logOf(served.base, conversation)).find(({ replyToId }) => replyToId === id);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return undefined;
}

/* ── ready ───────────────────────────────────────────────────────────────── */

interface Start {
  readonly ms: number;
  readonly cpuMs?: number;
}

async function storageReturns(
  database: PostgresServer,
  env: Readonly<Record<string, string>>,
): Promise<readonly Start[]> {
  progress('  database killed and back …');
  const served = await serve('lotse', {
    ...env,
    STORAGE: 'postgres',
    DATABASE_URL: await database.createDatabase(),
  });
  const starts: Start[] = [];
  try {
    for (let run = 0; run < 3; run += 1) {
      await database.kill();
      for (;;) if ((await send('GET', `${served.base}/readyz`)).status === 503) break;
      await database.start();
      const from = performance.now();
      starts.push({ ms: await untilReady(served, 0, from) });
    }
  } finally {
    await served.kill('SIGKILL');
  }
  return starts;
}

async function killedWithKnowledge(env: Readonly<Record<string, string>>): Promise<readonly Start[]> {
  progress('  kill -9 with the real knowledge base …');
  const starts: Start[] = [];
  let served = await serve('lotse', env);
  for (let run = 0; run < 5; run += 1) {
    const conversation = await open(served.base);
    await post(served.base, conversation, 'Wann kommt mein Geld?');
    await served.kill('SIGKILL');
    served = await serve('lotse', env);
    starts.push({ ms: await untilReady(served, served.readyMs), cpuMs: served.readyCpuMs });
  }
  await served.kill('SIGKILL');
  return starts;
}

async function untilReady(served: Served, already: number, from = performance.now()): Promise<number> {
  while ((await send('GET', `${served.base}/readyz`)).status !== 200) {
    if (performance.now() - from > SETTLE_MS) throw new Error('Not ready in a minute');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return already + performance.now() - from;
}

function spread(starts: readonly Start[]): string[] {
  const seconds = starts.map(({ ms }) => ms / 1_000);
  const cpu = starts.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs / 1_000]));
  return [
    quantile(seconds, 0.5).toFixed(1),
    Math.max(...seconds).toFixed(1),
    cpu.length === 0 ? '' : quantile(cpu, 0.5).toFixed(1),
  ];
}

/* ── what the conversation says in the end ───────────────────────────────── */

interface Found {
  readonly lost: number;
  readonly twice: number;
  readonly ordered: boolean;
}

/** Waits until every acknowledged message is answered or a minute has passed. A turn is one group of replies to a message, standing together. */
async function judge(served: Served, conversation: Conversation, acknowledged: readonly string[]): Promise<Found> {
  const endMs = performance.now() + SETTLE_MS;
  for (;;) {
    const log = await logOf(served.base, conversation);
    const found = judgeLog(log, acknowledged);
    if (found.lost === 0 || performance.now() > endMs) {
      // A second turn would come late; it is given the time to.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return judgeLog(await logOf(served.base, conversation), acknowledged);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function judgeLog(log: readonly Logged[], acknowledged: readonly string[]): Found {
  const mine = log.filter(({ from }) => from.id !== 'jobcenter-lotse');
  const counts = new Map<string, number>();
  const order: string[] = [];
  for (const { replyToId } of log.filter(({ from }) => from.id === 'jobcenter-lotse')) {
    if (replyToId === undefined || replyToId === '') continue;
    counts.set(replyToId, (counts.get(replyToId) ?? 0) + 1);
    if (order.at(-1) !== replyToId) order.push(replyToId);
  }
  const seen = new Set(mine.map(({ id }) => id));
  // All these messages get one reply each; more replies than that are a second turn, as is a second entry in the log.
  const twice =
    [...counts.values()].filter((count) => count > 1).length +
    (mine.length - new Set(mine.map(({ text }) => text)).size);
  const asked = mine.map(({ id }) => id).filter((id) => counts.has(id));
  const answered = order.filter((id) => seen.has(id));
  return {
    lost: acknowledged.filter((id) => !seen.has(id) || !counts.has(id)).length,
    twice,
    ordered: asked.length === answered.length && asked.every((id, index) => id === answered[index]),
  };
}

function sum(found: readonly Found[]): { readonly lost: number; readonly twice: number } {
  return {
    lost: found.reduce((total, { lost }) => total + lost, 0),
    twice: found.reduce((total, { twice }) => total + twice, 0),
  };
}
