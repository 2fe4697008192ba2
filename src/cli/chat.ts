/**
 * `npm run --silent chat -- [--json]`: a conversation through the whole bot (dialogs, state, text channel), in process.
 * With --json a contract (docs/design.md): one JSON object per line, `{"user":"…"}` or `{"reset":true}`, optionally with `"today"` and
 * `"jobcenter"`; each user line is answered with `{"kind","entries","text","choices"}`.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createAnswering } from '../answering/answering';
import { berlinDate, systemClock } from '../clock';
import { isDay } from '../knowledge/schema/values';
import { createLocalConversation } from '../service';
import { openKnowledge } from './openKnowledge';

const USAGE =
  'Aufruf: npm run --silent chat -- [--json] [--knowledge ORDNER] [--jobcenter ID] [--audience buerger|personal] [--today JJJJ-MM-TT]';

interface Line {
  readonly user?: string;
  readonly reset?: boolean;
  readonly today?: string;
  readonly jobcenter?: string;
}

function parseLine(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const { user, reset, today, jobcenter } = value as Readonly<Record<string, unknown>>;
    return {
      ...(typeof user === 'string' ? { user } : {}),
      ...(reset === true ? { reset } : {}),
      ...(typeof today === 'string' && isDay(today) ? { today } : {}),
      ...(typeof jobcenter === 'string' ? { jobcenter } : {}),
    };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  let options;
  try {
    options = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        knowledge: { type: 'string', default: 'knowledge' },
        jobcenter: { type: 'string' },
        audience: { type: 'string', default: 'buerger' },
        today: { type: 'string' },
      },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  if ((options.today !== undefined && !isDay(options.today)) || !['buerger', 'personal'].includes(options.audience)) {
    console.error(USAGE);
    return 2;
  }
  const result = openKnowledge(options.knowledge);
  if ('error' in result) {
    for (const line of result.error) console.error(line);
    return 1;
  }
  const { knowledge, model } = result.opened;
  const mind = { knowledge, answering: createAnswering(knowledge, { model }) };
  let today = options.today;
  let jobcenter = options.jobcenter;
  const chat = createLocalConversation({
    mind: () => mind,
    today: () => today ?? berlinDate(systemClock.nowMs()),
    jobcenter: () => jobcenter,
    audience: options.audience === 'personal' ? 'staff' : 'citizens',
  });
  const welcome = await chat.join();
  if (!options.json) console.log(`${welcome.text}\n`);

  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (!options.json) {
      console.log(`${(await chat.say(line)).text}\n`);
      continue;
    }
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    if (parsed === undefined) {
      console.error(`Keine Zeile JSON: ${line.slice(0, 80)}`);
      continue;
    }
    today = parsed.today ?? today;
    jobcenter = parsed.jobcenter ?? jobcenter;
    if (parsed.reset === true) {
      chat.reset();
      jobcenter = parsed.jobcenter ?? options.jobcenter;
      today = parsed.today ?? options.today;
      await chat.join();
    }
    if (parsed.user === undefined) continue;
    const { replies, text } = await chat.say(parsed.user);
    const last = replies.at(-1);
    const entries = (last?.entries ?? []).map(({ id, confidence }) => ({
      id,
      confidence: Math.round(confidence * 10_000) / 10_000,
    }));
    console.log(
      JSON.stringify({
        kind: last?.kind ?? 'fallback',
        entries,
        text,
        choices: (last?.choices ?? []).map(({ title }) => title),
      }),
    );
  }
  return 0;
}

void main().then((code) => {
  process.exitCode = code;
});
