/**
 * The service under steady load for as long as told: memory after a collection, data folder, open handles of the process; the slope says whether
 * anything grows. Conversations end after a few questions and vanish after a minute of silence, so that a steady state can come about.
 *
 *   npm run bench -- soak --minutes 30
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGold } from '../../src/evaluation/gold';
import { progress, quantile } from '../measure';
import { table, writeSection } from '../report';
import { talk } from './client';
import { serve, type Served } from './serve';
import { where } from './where';

const TALKERS = 6;
/** Together about thirty turns a second: a large Jobcenter's busiest hour many times over, and room for others on the machine. */
const PAUSE_MS = 150;
const QUESTIONS_PER_TALK = 8;
const SAMPLE_MS = 10_000;
/** Conversations live a minute and are cleared away every minute: before that, growth is filling up. */
const FILLING_MINUTES = 2.5;

interface Sample {
  readonly minute: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly dataMb: number;
  readonly handles: number;
}

export async function benchSoak(options: { readonly minutes: number }, isStopped: () => boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lotse-soak-'));
  const questions = loadGold('knowledge')
    .filter(({ audience }) => audience === 'citizens')
    .map(({ question }) => question);
  const served = await serve(
    'lotse',
    { STORAGE: 'level', DATA_DIR: folder, IDLE_MINUTES: '1', MAX_LOOP_LAG_MS: '10000' },
    true,
  );
  const samples: Sample[] = [];
  const times: number[] = [];
  let turns = 0;
  let failed = 0;
  const endMs = performance.now() + options.minutes * 60_000;
  const running = (): boolean => performance.now() < endMs && !isStopped();
  const begun = performance.now();
  try {
    const talking = Array.from({ length: TALKERS }, async (_, talker) => {
      while (running()) {
        try {
          const conversation = await talk(served.base);
          for (let asked = 0; asked < QUESTIONS_PER_TALK && running(); asked += 1) {
            const { status, answerMs } = await conversation.ask(
              questions[(turns * 7 + talker) % questions.length] ?? '',
            );
            turns += 1;
            if (status === 200) times.push(answerMs);
            else failed += 1;
            await pause(PAUSE_MS);
          }
          conversation.close();
        } catch {
          failed += 1;
          await pause(1_000);
        }
      }
    });
    while (running()) {
      await pause(Math.min(SAMPLE_MS, Math.max(100, endMs - performance.now())));
      samples.push(await sample(served, folder, (performance.now() - begun) / 60_000));
      const last = samples.at(-1);
      if (last !== undefined && samples.length % 3 === 0)
        progress(
          `  ${last.minute.toFixed(1)} min, ${turns} turns, heap ${last.heapMb.toFixed(1)} MB, RSS ${last.rssMb.toFixed(0)} MB, data ${last.dataMb.toFixed(1)} MB, ${last.handles} handles`,
        );
    }
    await Promise.all(talking);
  } finally {
    await served.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
  report(samples, times, turns, failed);
}

function report(samples: readonly Sample[], times: readonly number[], turns: number, failed: number): void {
  const settled = samples.filter(({ minute }) => minute >= FILLING_MINUTES);
  const ran = samples.at(-1)?.minute ?? 0;
  const row = (name: string, field: keyof Sample): string[] => {
    const first = settled[0]?.[field] ?? Number.NaN;
    const last = settled.at(-1)?.[field] ?? Number.NaN;
    const { slope, error } = fit(settled.map((each) => [each.minute, each[field]] as const));
    return [
      name,
      first.toFixed(1),
      last.toFixed(1),
      Math.max(...samples.map((each) => each[field])).toFixed(1),
      `${slope.toFixed(3)} ± ${(2 * error).toFixed(3)}`,
    ];
  };
  const third = Math.floor(times.length / 3);
  writeSection(
    'soak',
    `## Soak\n\n${where()}\n${ran.toFixed(1)} minutes on level with the real knowledge base, ${turns} turns (${(turns / ran / 60).toFixed(1)}/s), ${failed} failed; conversations of ${QUESTIONS_PER_TALK} questions, gone after a minute of silence. A sample every ${SAMPLE_MS / 1_000} s, memory after a collection; the slope is a straight line through the ${settled.length} samples after ${FILLING_MINUTES} minutes of filling, with two standard errors: growth is what is clearly above zero. ${ran < 29 ? `**Shorter than the 30 minutes the issue asks for**; \`npm run bench -- soak --minutes 30\` runs them.` : ''}\n\n${table(
      ['What', `At ${FILLING_MINUTES} min`, 'At the end', 'Most', 'Slope per minute'],
      [
        row('Heap MB', 'heapMb'),
        row('RSS MB', 'rssMb'),
        row('Data folder MB', 'dataMb'),
        row('Open files and sockets', 'handles'),
      ],
    )}\n\nAnswer p99: first third ${quantile(times.slice(0, third), 0.99).toFixed(0)} ms, last third ${quantile(times.slice(-third), 0.99).toFixed(0)} ms.`,
  );
}

async function sample(served: Served, folder: string, minute: number): Promise<Sample> {
  const { rssMb, heapMb } = await served.usage();
  return {
    minute,
    rssMb,
    heapMb,
    dataMb: sizeOf(folder) / 2 ** 20,
    handles: readdirSync(`/proc/${served.pid}/fd`).length,
  };
}

function sizeOf(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    try {
      bytes += statSync(join(folder, name)).size;
    } catch {
      // Compacted away meanwhile.
    }
  }
  return bytes;
}

/** Least squares; the standard error of the slope. */
function fit(points: readonly (readonly [x: number, y: number])[]): { readonly slope: number; readonly error: number } {
  const n = points.length;
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
  const rest = points.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (n - 2) / sxx) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
