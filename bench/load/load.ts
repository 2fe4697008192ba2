/**
 * Throughput of a full turn beside an echo bot on the same stack, overload, many open conversations, start and memory. Everything beside its peer in
 * one run; ratios are the result, absolute figures belong to the machine.
 *
 *   npm run bench -- load [--seconds 4] [--only throughput,overload,many,rest]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGold } from '../../src/evaluation/gold';
import { startAzurite } from '../../test/support/azurite';
import { startEmbedded } from '../../test/support/postgres';
import { progress, quantile } from '../measure';
import { table, writeSection } from '../report';
import { open, pool, post, send, talk, type Talk } from './client';
import { serve, type Served, type Usage } from './serve';
import { where } from './where';

export interface LoadOptions {
  /** Of every measurement. */
  readonly seconds: number;
  readonly conversations: number;
  /** Parts to measure; all without. */
  readonly only?: readonly string[];
}

const ROUNDS = 3;
const TALKS = 20;
/** A conversation is left for a new one after so many questions: nobody asks more, and its log should not grow into the figures. */
const QUESTIONS_PER_TALK = 12;
/** Compiled code is what is measured: every server has answered this many before. */
const WARM_UP_TURNS = 800;
const WARM_UP_MS = 30_000;

interface Throughput {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
}

const PARTS = ['throughput', 'overload', 'many', 'rest'] as const;
type Part = (typeof PARTS)[number];

/** Every part has a section of its own, so that one can be measured again alone. */
export async function benchLoad(options: LoadOptions, isStopped: () => boolean): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'lotse-load-'));
  const questions = loadGold('knowledge')
    .filter(({ audience }) => audience === 'citizens')
    .map(({ question }) => question);
  const measures: Readonly<Record<Part, () => Promise<string>>> = {
    throughput: () => throughputs(root, questions, options, isStopped),
    overload: () => overload(root, questions, options),
    many: () => manyConversations(root, questions, options),
    rest: () => atRest(root),
  };
  try {
    for (const part of PARTS) {
      if (isStopped()) return;
      if (options.only !== undefined && !options.only.includes(part)) continue;
      writeSection(`load-${part}`, (await measures[part]()).replace('\n\n', `\n\n${where()}\n\n`));
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/* ── throughput ──────────────────────────────────────────────────────────── */

async function throughputs(
  root: string,
  questions: readonly string[],
  { seconds }: LoadOptions,
  isStopped: () => boolean,
): Promise<string> {
  const rows: string[][] = [];
  const database = await startEmbedded();
  const azurite = await startAzurite();
  const pairs = [
    { name: 'Direct Line, level', ways: directLine(questions), env: (kind: string) => level(root, kind) },
    {
      name: 'Direct Line, PostgreSQL',
      ways: directLine(questions),
      env: async () => ({ STORAGE: 'postgres', DATABASE_URL: await database.createDatabase() }),
    },
    {
      name: 'Direct Line, Azure Blob (Azurite, an emulator on the same cores)',
      ways: directLine(questions),
      env: (kind: string) => ({
        STORAGE: 'blob',
        BLOB_CONNECTION: azurite.connection(),
        BLOB_CONTAINER: `load-${kind}`,
      }),
    },
    {
      name: '/api/messages expectReplies, level',
      ways: expectReplies(questions),
      env: (kind: string) => level(root, kind),
    },
    {
      name: '/api/messages expectReplies, level; peer: the SDK’s bare echo bot, which keeps nothing',
      ways: expectReplies(questions),
      env: (kind: string) => level(root, kind),
      peer: 'sdk',
    },
  ] as const;
  try {
    for (const pair of pairs) {
      if (isStopped()) break;
      const peerKind = 'peer' in pair ? pair.peer : 'echo';
      progress(`  ${pair.name} …`);
      const lotse = await serve('lotse', { ...UNSHED, ...(await pair.env('lotse')) });
      const peer = await serve(peerKind, { ...UNSHED, ...(await pair.env('peer')) });
      const ours: Throughput[] = [];
      const theirs: Throughput[] = [];
      try {
        for (const served of [peer, lotse]) await pair.ways(served, WARM_UP_MS, WARM_UP_TURNS);
        for (let round = 0; round < ROUNDS; round += 1) {
          theirs.push(await pair.ways(peer, seconds * 1_000));
          ours.push(await pair.ways(lotse, seconds * 1_000));
        }
      } finally {
        await Promise.all([lotse.kill('SIGKILL'), peer.kill('SIGKILL')]);
      }
      const [us, them] = [median(ours), median(theirs)];
      rows.push(
        [pair.name, ...figures(us), '', ''],
        [
          `… ${peerKind === 'sdk' ? 'bare' : 'same stack,'} echo bot`,
          ...figures(them),
          (us.perSecond / them.perSecond).toFixed(2),
          (them.cpuMs / us.cpuMs).toFixed(2),
        ],
      );
      progress(
        `  ${us.perSecond.toFixed(0)} beside ${them.perSecond.toFixed(0)} turns/s, ${us.cpuMs.toFixed(2)} beside ${them.cpuMs.toFixed(2)} ms of processor time`,
      );
    }
  } finally {
    await Promise.all([database.stop(), azurite.stop()]);
  }
  return `## Load: a full turn beside an echo bot\n\n${TALKS} conversations at once, each waiting for its answer (${seconds} s, median of ${ROUNDS} rounds, the two by turns; gold questions). Direct Line: post, turn, commit, answer over the socket. The echo bot runs in the same service with the same storage. Load generator and server share the cores, so the ratio of processor time per turn says more than that of turns per second.\n\n${table(
    ['What', 'Turns/s', 'CPU ms/turn', 'p50 ms', 'p99 ms', 'Ratio turns/s', 'Ratio CPU'],
    rows,
  )}`;
}

/** Throughput is asked for, not refusal. */
const UNSHED = {
  MAX_LOOP_LAG_MS: '10000',
  MAX_TURNS_IN_FLIGHT: '10000',
  MAX_WAIT_MS: '60000',
  MAX_CONVERSATIONS: '1000000',
} as const;

function level(root: string, name: string): Record<string, string> {
  return { STORAGE: 'level', DATA_DIR: mkdtempSync(join(root, `${name}-`)) };
}

type Way = (served: Served, ms: number, turns?: number) => Promise<Throughput>;

function directLine(questions: readonly string[]): Way {
  return async (served, ms, turns = Infinity) => {
    const talks: Talk[] = [];
    // Opened before the clock starts; enough that nobody asks more than a person would.
    const perWorker = 4;
    await pool(Array.from({ length: TALKS * perWorker }), 8, async () => {
      talks.push(await talk(served.base));
    });
    let spare = 0;
    const result = await closedLoop(served, { ms, turns }, async (worker, turn) => {
      const at = worker * perWorker + (Math.floor(turn / QUESTIONS_PER_TALK) % perWorker);
      const question = questions[(spare++ * 7) % questions.length] ?? '';
      const { status } = await (talks[at] as Talk).ask(question);
      if (status !== 200) throw new Error(`A question was refused: ${status}`);
    });
    for (const each of talks) each.close();
    return result;
  };
}

function expectReplies(questions: readonly string[]): Way {
  const run = Math.random().toString(36).slice(2);
  let count = 0;
  return (served, ms, turns = Infinity) =>
    closedLoop(served, { ms, turns }, async (worker, turn) => {
      const id = `${run}-${worker}-${Math.floor(turn / QUESTIONS_PER_TALK)}`;
      const { status, body } = await send('POST', `${served.base}/api/messages`, {
        type: 'message',
        id: `${run}-${count++}`,
        channelId: 'emulator',
        serviceUrl: 'http://localhost:9',
        deliveryMode: 'expectReplies',
        from: { id: 'bench' },
        recipient: { id: 'bot' },
        conversation: { id },
        text: questions[(count * 7) % questions.length],
      });
      if (status !== 200 || !Array.isArray(body['activities']) || body['activities'].length === 0)
        throw new Error(`No reply in the response: ${status}`);
    });
}

async function closedLoop(
  served: Served,
  until: { readonly ms: number; readonly turns: number },
  turn: (worker: number, turn: number) => Promise<void>,
): Promise<Throughput> {
  const times: number[] = [];
  const before = await served.usage();
  const from = performance.now();
  await Promise.all(
    Array.from({ length: TALKS }, async (_, worker) => {
      for (let index = 0; performance.now() - from < until.ms && times.length < until.turns; index += 1) {
        const asked = performance.now();
        await turn(worker, index);
        times.push(performance.now() - asked);
      }
    }),
  );
  const took = performance.now() - from;
  const after = await served.usage();
  return {
    perSecond: (times.length / took) * 1_000,
    cpuMs: (after.cpuMs - before.cpuMs) / times.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

function median(rounds: readonly Throughput[]): Throughput {
  const of = (field: keyof Throughput): number =>
    quantile(
      rounds.map((round) => round[field]),
      0.5,
    );
  return { perSecond: of('perSecond'), cpuMs: of('cpuMs'), p50: of('p50'), p99: of('p99') };
}

function figures({ perSecond, cpuMs, p50, p99 }: Throughput): string[] {
  return [perSecond.toFixed(0), cpuMs.toFixed(2), p50.toFixed(1), p99.toFixed(1)];
}

/* ── overload ────────────────────────────────────────────────────────────── */

/** Ten times of what it can, sent whether or not it answers, with the limits an operator has. */
async function overload(root: string, questions: readonly string[], { seconds }: LoadOptions): Promise<string> {
  progress('  ten times the load …');
  const served = await serve('lotse', level(root, 'overload'));
  try {
    const talks: Talk[] = [];
    await pool(Array.from({ length: 200 }), 4, async () => {
      talks.push(await talk(served.base));
    });
    let next = 0;
    const ask = async (): Promise<{ status: number; postMs: number; answerMs: number }> => {
      const index = next++;
      return (talks[index % talks.length] as Talk).ask(questions[(index * 7) % questions.length] ?? '');
    };
    await pool(Array.from({ length: WARM_UP_TURNS }), 8, async () => {
      await ask();
    });
    // What it can: a few at once, as fast as it answers.
    let answered = 0;
    const from = performance.now();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (; performance.now() - from < 4_000; answered += 1) await ask();
      }),
    );
    const perSecond = (answered / (performance.now() - from)) * 1_000;
    const accepted: number[] = [];
    const refused: number[] = [];
    const statuses = new Map<number, number>();
    let errors = 0;
    let outstanding = 0;
    let sent = 0;
    const begun = performance.now();
    const pending: Promise<void>[] = [];
    while (performance.now() - begun < seconds * 1_000) {
      const due = ((performance.now() - begun) / 1_000) * perSecond * 10;
      while (sent < due && outstanding < 1_500) {
        sent += 1;
        outstanding += 1;
        pending.push(
          ask()
            .then(({ status, postMs, answerMs }) => {
              statuses.set(status, (statuses.get(status) ?? 0) + 1);
              if (status === 200) accepted.push(answerMs);
              else refused.push(postMs);
            })
            .catch(() => {
              errors += 1;
            })
            .finally(() => {
              outstanding -= 1;
            }),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const took = (performance.now() - begun) / 1_000;
    const offered = sent / took;
    await Promise.all(pending);
    // Back to normal: the first question that is answered as fast as before.
    const over = performance.now();
    for (;;) {
      const { status, answerMs } = await ask();
      if ((status === 200 && answerMs < 250) || performance.now() - over > 20_000) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const normalMs = performance.now() - over;
    for (const each of talks) each.close();
    const refusals = [...statuses].filter(([status]) => status !== 200).map(([status, n]) => `${n} × ${status}`);
    progress(`  ${accepted.length} accepted, ${refused.length} refused, ${errors} errors`);
    return `## Load: ten times the load\n\nIt can ${perSecond.toFixed(0)} turns/s; for ${seconds} s it was sent ${offered.toFixed(0)}/s (ten times that, or what the generator on the same two cores could; latencies below are as the generator saw them, so they contain its own waiting), limits as an operator has them except the rates per address and conversation.\n\n${table(
      ['What', 'Measured', 'Target'],
      [
        ['Accepted', String(accepted.length), ''],
        ['Accepted, answer p50', `${quantile(accepted, 0.5).toFixed(0)} ms`, ''],
        ['Accepted, answer p99', `${quantile(accepted, 0.99).toFixed(0)} ms`, '≤ 500 ms'],
        ['Refused', refusals.join(', ') || '0', 'fast 503'],
        ['Refused, p50', `${quantile(refused, 0.5).toFixed(0)} ms`, '≤ 50 ms'],
        ['Refused, p99', `${quantile(refused, 0.99).toFixed(0)} ms`, ''],
        ['Neither (connection errors, no reply)', String(errors), '0'],
        ['Normal again after', `${(normalMs / 1_000).toFixed(1)} s`, '≤ 5 s'],
        ['RSS, the most ever', `${served.peakRssMb().toFixed(0)} MB`, '≤ 512 MB'],
      ],
    )}`;
  } finally {
    await served.kill('SIGKILL');
  }
}

/* ── many conversations, memory, start ───────────────────────────────────── */

async function manyConversations(
  root: string,
  questions: readonly string[],
  { conversations }: LoadOptions,
): Promise<string> {
  progress(`  ${conversations} open conversations …`);
  const served = await serve('lotse', { ...level(root, 'many'), ...UNSHED }, true);
  try {
    const before = await served.usage();
    const from = performance.now();
    const opened: Awaited<ReturnType<typeof open>>[] = [];
    await pool(Array.from({ length: conversations }), 16, async (_, index) => {
      const conversation = await open(served.base);
      opened.push(conversation);
      if ((index + 1) % 1_000 === 0) progress(`    ${index + 1}`);
    });
    const openMs = performance.now() - from;
    const open0 = await served.usage();
    const asked = performance.now();
    await pool(opened, 16, async (conversation, index) => {
      const { status } = await post(served.base, conversation, questions[(index * 7) % questions.length] ?? '');
      if (status !== 200) throw new Error(`A question was refused: ${status}`);
    });
    // The last turns run after their acknowledgement.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const askMs = performance.now() - asked - 2_000;
    const after = await served.usage();
    const row = (name: string, usage: Usage, ms: string): string[] => [
      name,
      usage.rssMb.toFixed(0),
      usage.heapMb.toFixed(0),
      ms,
    ];
    return `## Load: ${conversations.toLocaleString('en')} open conversations\n\nOn level; memory after a collection.\n\n${table(
      ['When', 'RSS MB', 'Heap MB', 'Seconds'],
      [
        row('Ready', before, ''),
        row('All open, welcomed', open0, (openMs / 1_000).toFixed(1)),
        row('Each asked a question', after, (askMs / 1_000).toFixed(1)),
        ['The most ever', served.peakRssMb().toFixed(0), '', ''],
      ],
    )}`;
  } finally {
    await served.kill('SIGKILL');
  }
}

async function atRest(root: string): Promise<string> {
  progress('  start and memory at rest …');
  const starts: { readyMs: number; cpuMs: number; peak: number; rest: number }[] = [];
  for (let run = 0; run < 3; run += 1) {
    const served = await serve('lotse', level(root, 'rest'));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    starts.push({
      readyMs: served.readyMs,
      cpuMs: served.readyCpuMs,
      peak: served.peakRssMb(),
      rest: (await served.usage()).rssMb,
    });
    await served.kill('SIGKILL');
  }
  const collected = await serve('lotse', level(root, 'rest'), true);
  await collected.usage();
  const { rssMb, heapMb } = await collected.usage();
  await collected.kill('SIGKILL');
  const best = (field: keyof (typeof starts)[number]): number => Math.min(...starts.map((start) => start[field]));
  return `## Load: start and memory at rest\n\nThe real knowledge base with its trained model, on level; the least of three starts (others were at the processor).\n\n${table(
    ['What', 'Measured', 'Target'],
    [
      ['Ready, processor time', `${(best('cpuMs') / 1_000).toFixed(1)} s`, ''],
      ['Ready, by the clock', `${(best('readyMs') / 1_000).toFixed(1)} s`, '≤ 3 s on a quiet machine'],
      ['RSS, the most while starting', `${best('peak').toFixed(0)} MB`, '≤ 512 MB'],
      ['RSS 3 s later', `${best('rest').toFixed(0)} MB`, '≤ 512 MB'],
      ['RSS after a collection', `${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(0)} MB`, ''],
    ],
  )}`;
}
