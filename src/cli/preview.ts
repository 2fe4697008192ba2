/**
 * `npm run preview [-- --knowledge ORDNER] [--port 3980]`: the editors' preview on this computer. Edits are shown as soon as they load;
 * gold questions are not asked here, an editor wants to see what a draft does.
 */
import { parseArgs } from 'node:util';
import { berlinDate, systemClock } from '../clock';
import { formatFinding } from '../knowledge/findings';
import { createLiveMind } from '../mind';
import { createPreviewServer, type PreviewServer } from '../preview/previewServer';

const POLL_MS = 300;

async function main(): Promise<number> {
  let options;
  try {
    options = parseArgs({
      options: { knowledge: { type: 'string', default: 'knowledge' }, port: { type: 'string', default: '3980' } },
    }).values;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}\nAufruf: npm run preview [-- --knowledge ORDNER] [--port 3980]`,
    );
    return 2;
  }
  let server: PreviewServer | undefined = undefined;
  console.log('Die Wissensbasis wird geladen …');
  const live = await createLiveMind({
    folder: options.knowledge,
    explain: true,
    askGold: false,
    pollMs: POLL_MS,
    onEvent: (event) => {
      server?.changed();
      if (event.kind === 'live') console.log(`Übernommen: Fassung ${event.version}`);
      else
        for (const each of event.findings.filter(({ severity }) => severity === 'error'))
          console.log(formatFinding(each));
    },
  });
  const started = createPreviewServer(live, () => berlinDate(systemClock.nowMs()));
  server = started;
  // A port that is taken, by a second preview for instance, is no reason to fail.
  const port = await started.listen(Number(options.port)).catch(() => started.listen(0));
  console.log(`Vorschau: http://127.0.0.1:${port}/  (Beenden mit Strg+C)`);
  return 0;
}

void main().then((code) => {
  process.exitCode = code;
});
