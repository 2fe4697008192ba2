/**
 * `npm run bench -- [matching] [scale] [storage] [widget] [load] [faults] [soak] [matrix] [options]`: measures, prints progress, writes its section of bench/README.md.
 * Without a name: matching and scale. Ctrl-C ends after the question being asked; what is finished is written.
 */
import { parseArgs } from 'node:util';
import { progress } from './measure';

const NAMES = ['matching', 'scale', 'storage', 'widget', 'load', 'faults', 'soak', 'matrix'] as const;
type Name = (typeof NAMES)[number];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      questions: { type: 'string', default: '250' },
      set: { type: 'string' },
      sizes: { type: 'string', default: '1000,10000,100000' },
      seconds: { type: 'string', default: '5' },
      kills: { type: 'string', default: '100' },
      conversations: { type: 'string', default: '5000' },
      minutes: { type: 'string', default: '30' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const unknown = positionals.filter((name) => !isName(name));
  if (unknown.length > 0) {
    progress(`Unknown: ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
    return 1;
  }
  let stopped = false;
  process.once('SIGINT', () => {
    stopped = true;
    progress('Stopping; what is finished is written. Ctrl-C again ends at once.');
  });
  const isStopped = (): boolean => stopped;
  const wanted: readonly Name[] = positionals.length > 0 ? positionals.filter(isName) : ['matching', 'scale'];
  for (const name of wanted) {
    if (isStopped()) break;
    progress(`${name}:`);
    switch (name) {
      case 'matching': {
        const { benchMatching } = await import('./matching/matching.js');
        await benchMatching({ questions: Number(values.questions), set: values.set }, isStopped);
        break;
      }
      case 'scale': {
        const { benchScale } = await import('./scale/scale.js');
        await benchScale({ sizes: values.sizes.split(',').map(Number) }, isStopped);
        break;
      }
      case 'storage': {
        const { reportStorage } = await import('./reportStorage.js');
        await reportStorage({ seconds: Number(values.seconds), kills: Number(values.kills) });
        break;
      }
      case 'widget': {
        const widget = await import('./widget.js');
        await widget.run(['--rounds', values.rounds]);
        break;
      }
      case 'load': {
        const { benchLoad } = await import('./load/load.js');
        const only = values.only === undefined ? {} : { only: values.only.split(',') };
        await benchLoad(
          { seconds: Number(values.seconds), conversations: Number(values.conversations), ...only },
          isStopped,
        );
        break;
      }
      case 'faults': {
        const { benchFaults } = await import('./faults/faults.js');
        await benchFaults({ kills: Number(values.kills) }, isStopped);
        break;
      }
      case 'matrix': {
        const { benchMatrix } = await import('./faults/matrix.js');
        benchMatrix();
        break;
      }
      case 'soak': {
        const { benchSoak } = await import('./load/soak.js');
        await benchSoak({ minutes: Number(values.minutes) }, isStopped);
        break;
      }
    }
  }
  return 0;
}

function isName(name: string): name is Name {
  return NAMES.some((known) => known === name);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
