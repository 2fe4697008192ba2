/**
 * `npm run --silent ask -- [options] [question]`: one question, or one per line from standard input, answered as a citizen would read it
 * in a plain-text channel. A contract: scripts outside the project rely on it (docs/design.md). The knowledge is loaded once.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createAnswering, type Answering } from '../answering/answering';
import type { AnswerOutcome, TurnContext } from '../answering/outcome';
import { berlinDate, systemClock } from '../clock';
import { isDay } from '../knowledge/schema/values';
import type { KnowledgeBase } from '../knowledge/model';
import { composeReply } from '../rendering/composeReply';
import { plainText } from '../rendering/plainText';
import { createView } from '../rendering/view';
import { openKnowledge } from './openKnowledge';

const USAGE =
  'Aufruf: npm run --silent ask -- [--json] [--explain] [--knowledge ORDNER] [--jobcenter ID] [--audience buerger|personal] [--sprache de|einfach] [--today JJJJ-MM-TT] [Frage]';

interface AskOptions {
  readonly json: boolean;
  readonly explain: boolean;
  readonly folder: string;
  readonly context: TurnContext;
  readonly question: string | undefined;
}

function parseOptions(args: readonly string[]): AskOptions | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        knowledge: { type: 'string', default: 'knowledge' },
        jobcenter: { type: 'string' },
        audience: { type: 'string', default: 'buerger' },
        sprache: { type: 'string', default: 'de' },
        today: { type: 'string' },
      },
    });
    const { audience, sprache, jobcenter } = values;
    const today = values.today ?? berlinDate(systemClock.nowMs());
    if (audience !== 'buerger' && audience !== 'personal') return `--audience kennt nur buerger und personal. ${USAGE}`;
    if (sprache !== 'de' && sprache !== 'einfach') return `--sprache kennt nur de und einfach. ${USAGE}`;
    if (!isDay(today)) return `„${today}“ ist kein Datum. ${USAGE}`;
    return {
      json: values.json,
      explain: values.explain,
      folder: values.knowledge,
      question: positionals.length > 0 ? positionals.join(' ') : undefined,
      context: {
        today,
        audience: audience === 'personal' ? 'staff' : 'citizens',
        style: sprache === 'einfach' ? 'simple' : 'everyday',
        language: 'de',
        ...(jobcenter === undefined ? {} : { jobcenter }),
      },
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}

function formatAnswer(question: string, outcome: AnswerOutcome, options: AskOptions, knowledge: KnowledgeBase): string {
  const { today, style, audience, jobcenter } = options.context;
  const view = createView(knowledge, {
    day: today,
    style,
    language: outcome.language,
    audience,
    ...(jobcenter === undefined ? {} : { jobcenter }),
  });
  const text = plainText(composeReply(outcome, view));
  const explanation = options.explain ? outcome.explanation : undefined;
  if (options.json) {
    const entries = outcome.entries.map(({ id, confidence }) => ({
      id,
      confidence: Math.round(confidence * 10_000) / 10_000,
    }));
    return JSON.stringify({
      question,
      kind: outcome.kind,
      entries,
      text,
      ...(explanation === undefined ? {} : { explanation }),
    });
  }
  const why = (explanation ?? [])
    .map(({ step, lines }) => `  ${step}\n${lines.map((line) => `    ${line}`).join('\n')}`)
    .join('\n');
  return why === '' ? text : `${text}\n\n${why}`;
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    console.error(options);
    return 2;
  }
  const result = openKnowledge(options.folder);
  if ('error' in result) {
    for (const line of result.error) console.error(line);
    return 1;
  }
  const { knowledge, model } = result.opened;
  const answering: Answering = createAnswering(knowledge, { model, explain: options.explain });
  const reply = (question: string): string =>
    formatAnswer(question, answering.answer(question, options.context), options, knowledge);
  if (options.question !== undefined) {
    console.log(reply(options.question));
    return 0;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity }))
    console.log(options.json ? reply(line) : `${reply(line)}\n`);
  return 0;
}

void main().then((code) => {
  process.exitCode = code;
});
