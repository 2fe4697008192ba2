/**
 * The widget beside Microsoft's Web Chat 4.18, in one run against one service: bytes over the wire (brotli) and the time until somebody can read
 * something, on a simulated slow 4G (150 ms per request, 1.6 Mbit/s, Lighthouse's figures) with a processor four times slower, cold cache, cache off.
 * Chromium does not slow web sockets down; both clients have that advantage. Needs a built service (`npm run build`).
 *
 *   node --import tsx bench/widget.ts [--rounds 5]
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/support/browser';
import { runService, type RunningService } from '../test/support/runningService';

const root = join(__dirname, '..');
const question = 'Was passiert bei der Antragstellung?';

export interface WidgetFigures {
  readonly client: string;
  /** Scripts, styles and pages as sent, in KB (1000 bytes). */
  readonly scriptKb: number;
  readonly totalKb: number;
  /** Median milliseconds to the greeting: from the start of the navigation, embedded from the click that opens the chat. */
  readonly greetingMs: number;
  /** Median milliseconds from the Enter key to the answer. */
  readonly answerMs: number;
  readonly worstGreetingMs: number;
}

interface Client {
  readonly name: string;
  readonly address: string;
  /** What opens it, where it is not the page itself. */
  readonly button?: string;
  readonly input: string;
}

interface Round {
  readonly scriptBytes: number;
  readonly totalBytes: number;
  readonly greetingMs: number;
  readonly answerMs: number;
}

export async function measureWidget(rounds: number): Promise<readonly WidgetFigures[]> {
  const sites: Server[] = [];
  let service: RunningService | undefined;
  const serve = async (page: () => string, script?: Buffer): Promise<string> => {
    const server = createServer((request, response) => {
      const isScript = request.url === '/webchat.js' && script !== undefined;
      response.writeHead(200, {
        'Content-Type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
        ...(isScript ? { 'Content-Encoding': 'br' } : {}),
      });
      response.end(isScript ? script : page());
    });
    sites.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const base = (): string => service?.base ?? '';
  const website = await serve(
    () =>
      `<!doctype html><html lang="de"><title>Website</title><h1>Jobcenter</h1><script src="${base()}/widget.js" data-jobcenter="essen" defer></script></html>`,
  );
  const webChat = await serve(
    () => `<!doctype html><html lang="de"><title>Web Chat</title><div id="chat" style="height:700px"></div><script src="/webchat.js"></script><script>
fetch('${base()}/v3/directline/tokens/generate',{method:'POST'}).then(function(r){return r.json()}).then(function(t){
WebChat.renderWebChat({directLine:WebChat.createDirectLine({domain:'${base()}/v3/directline',token:t.token}),locale:'de-DE'},document.getElementById('chat'))})</script></html>`,
    brotliCompressSync(readFileSync(join(root, 'node_modules/botframework-webchat/dist/webchat.js'))),
  );
  const browser = await launchBrowser();
  try {
    service = await runService({ ALLOWED_ORIGINS: `${website} ${webChat}` });
    const clients: readonly Client[] = [
      { name: 'Widget, page /', address: `${service.base}/`, input: 'textarea' },
      {
        name: 'Widget, embedded',
        address: website,
        button: '.launcher',
        input: 'textarea',
      },
      { name: 'Web Chat 4.18', address: webChat, input: '[data-id="webchat-sendbox-input"]' },
    ];
    const figures: WidgetFigures[] = [];
    for (const client of clients) figures.push(summary(client, await repeated(rounds, () => measure(browser, client))));
    return figures;
  } finally {
    await browser.close();
    await service?.stop();
    for (const site of sites) {
      site.closeAllConnections();
      site.close();
    }
  }
}

async function measure(browser: Browser, client: Client): Promise<Round> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'de-DE' });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await tools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1_638.4 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const kinds = new Map<string, string>();
  let scriptBytes = 0;
  let totalBytes = 0;
  tools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  tools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    totalBytes += encodedDataLength;
    if (kinds.get(requestId) === 'Script') scriptBytes += encodedDataLength;
  });

  let started = performance.now();
  await page.goto(client.address, { waitUntil: 'commit' });
  if (client.button !== undefined) {
    await page.locator(client.button).waitFor();
    started = performance.now();
    await page.locator(client.button).click();
  }
  await page.getByText('und kein Mensch').first().waitFor();
  const greetingMs = performance.now() - started;
  await page.waitForTimeout(1_000);
  await page.locator(client.input).fill(question);
  const asked = performance.now();
  await page.keyboard.press('Enter');
  await page.getByText('Unterlagen').first().waitFor();
  const answerMs = performance.now() - asked;
  await context.close();
  return { scriptBytes, totalBytes, greetingMs, answerMs };
}

async function repeated(rounds: number, work: () => Promise<Round>): Promise<readonly Round[]> {
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await work());
  return results;
}

function summary(client: Client, rounds: readonly Round[]): WidgetFigures {
  const middle = (pick: (round: Round) => number): number =>
    rounds.map(pick).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  return {
    client: client.name,
    scriptKb: Math.round(middle((round) => round.scriptBytes) / 100) / 10,
    totalKb: Math.round(middle((round) => round.totalBytes) / 100) / 10,
    greetingMs: Math.round(middle((round) => round.greetingMs)),
    answerMs: Math.round(middle((round) => round.answerMs)),
    worstGreetingMs: Math.round(Math.max(...rounds.map((round) => round.greetingMs))),
  };
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string', default: '5' } },
    allowPositionals: true,
  });
  const manifest = JSON.parse(readFileSync(join(root, 'dist/widget/manifest.json'), 'utf8')) as {
    readonly chat: string;
    readonly files: Readonly<Record<string, { readonly brotli: number }>>;
  };
  const kb = (name: string): string => ((manifest.files[name]?.brotli ?? 0) / 1000).toFixed(1);
  console.log(`launcher ${kb('launcher.js')} KB, chat ${kb(manifest.chat)} KB (brotli)`);
  console.table(await measureWidget(Number(values.rounds)));
}

if (require.main === module) {
  run(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
