/**
 * The widget and the whole service: the two questions of the brief, a website of another origin, a restart in the middle, and unmodified Web Chat.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, visit } from '../support/browser';
import { runService, type RunningService } from '../support/runningService';
import { startWebsite, type Website } from '../support/website';

let browser: Browser;
let service: RunningService;
let started: RunningService | undefined;
let website: Website;
let webChat: Server;
/** Its package names no path to the browser's bundle. */
const webChatPackage = join(__dirname, '..', '..', 'node_modules', 'botframework-webchat');
const folder = mkdtempSync(join(tmpdir(), 'lotse-e2e-'));

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const start = (port = 0): Promise<RunningService> =>
  runService({
    PORT: String(port),
    STORAGE: 'level',
    DATA_DIR: folder,
    ALLOWED_ORIGINS: `${website.base} ${addressOf(webChat)}`,
  });

beforeAll(async () => {
  browser = await launchBrowser();
  website = await startWebsite(() => service.base);
  webChat = createServer((request, response) => {
    const script = request.url === '/webchat.js';
    response.writeHead(200, { 'Content-Type': script ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(
      script
        ? readFileSync(join(webChatPackage, 'dist', 'webchat-es5.js'))
        : '<!doctype html><title>Web Chat</title><div id="chat" style="height:700px"></div><script src="/webchat.js"></script>',
    );
  });
  await new Promise<void>((resolve) => webChat.listen(0, '127.0.0.1', resolve));
  service = await start();
  started = service;
});
afterAll(async () => {
  await browser.close();
  // Where the start failed, the rest is closed all the same.
  await started?.stop();
  await website.close();
  await new Promise((resolve) => webChat.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
}

test('the page answers „Was passiert bei der Antragstellung?“ with source and Stand', async () => {
  const { page, context, complaints } = await visit(browser);
  await page.goto(service.base);
  await page.getByText('und kein Mensch').first().waitFor();
  await ask(page, 'Was passiert bei der Antragstellung?');
  const answer = page.locator('.service').nth(1);
  await answer.locator('.provenance').waitFor();
  const text = await answer.innerText();
  expect(text).toMatch(/Antrag/);
  expect(text).toMatch(/Unterlagen/);
  expect(text).toMatch(/Stand: \d\d\.\d\d\.\d{4}/);
  expect(text).toMatch(/Quelle:[^]*SGB II/);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the page answers „Welche Aktion gibt es in Essen?“: past tense, both dates, source and Stand', async () => {
  const { page, context, complaints } = await visit(browser);
  await page.goto(service.base);
  await page.getByText('und kein Mensch').first().waitFor();
  await ask(page, 'Welche Aktion gibt es in Essen?');
  const answer = page.locator('.service').nth(1);
  await answer.locator('.event').first().waitFor();
  const text = await answer.innerText();
  expect(text).toContain('Gesundheitstag des Jobcenters Essen');
  expect(text).toContain('Das war am Dienstag, 27. August 2019');
  expect(text).toMatch(/widerspricht sich[^]*29\.08\.2019/);
  expect(text).toContain('Grugapark');
  expect(text).toContain('Vorbei');
  expect(text).not.toMatch(/findet .*statt|kommen Sie/i);
  expect(text).toMatch(/Stand: \d\d\.\d\d\.\d{4}/);
  expect(text).toMatch(/Quelle:[^]*Stark\. Sozial\. Vor Ort/);
  expect(await answer.getByRole('button', { name: 'In den Kalender' }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a link with a question leads straight to the answer', async () => {
  const { page, context } = await visit(browser);
  await page.goto(`${service.base}/?frage=${encodeURIComponent('Welche Aktion gibt es in Essen?')}`);
  await page.getByText('Gesundheitstag des Jobcenters Essen').first().waitFor();
  await context.close();
});

test('on a website of another origin with a strict policy it holds the conversation for its Jobcenter', async () => {
  const { page, context, complaints } = await visit(browser);
  await page.goto(website.base);
  await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).click();
  await page.getByText('und kein Mensch').first().waitFor();
  await ask(page, 'Was passiert bei der Antragstellung?');
  await page.locator('.messages').getByText('Jobcenter Essen').first().waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('the greeting is in the language that the embed line or the address asks for', async () => {
  const { page, context } = await visit(browser);
  await page.goto(`${service.base}/?sprache=tr`);
  await page.locator('.service .body[lang=tr]').first().waitFor();
  expect(await page.locator('.service').count()).toBe(1);
  expect(await page.getByPlaceholder('Sorunuz …').isVisible()).toBe(true);
  await context.close();
});

test('Einfache Sprache, thumbs and the language work with the real service', async () => {
  const { page, context } = await visit(browser);
  await page.goto(service.base);
  await page.getByText('und kein Mensch').first().waitFor();
  await ask(page, 'Was passiert bei der Antragstellung?');
  await page.getByRole('button', { name: 'Ja', exact: true }).click();
  await page.getByText('Danke für Ihre Rückmeldung.').waitFor();
  await page.getByRole('button', { name: 'Einfache Sprache' }).first().click();
  await page.locator('.service').nth(2).waitFor();
  expect(await page.locator('.switch').getAttribute('aria-pressed')).toBe('true');
  await page.getByRole('button', { name: 'Einstellungen' }).click();
  await page.getByRole('button', { name: 'Türkçe' }).click();
  await page.locator('.service .body[lang=tr]').first().waitFor();
  expect(await page.locator('.chat').getAttribute('lang')).toBe('tr');
  await context.close();
});

test('the conversation goes on after a restart of the service, with what was typed meanwhile', async () => {
  const { page, context } = await visit(browser);
  await page.goto(service.base);
  await page.getByText('und kein Mensch').first().waitFor();
  await ask(page, 'Welche Aktion gibt es in Essen?');
  await page.locator('.event').first().waitFor();
  await service.stop();
  await page.getByText('Keine Verbindung.').waitFor();
  await ask(page, 'Was passiert bei der Antragstellung?');
  await page.getByText('wartet auf Verbindung').waitFor();
  service = await start(service.port);
  started = service;
  await page.locator('.messages').getByText('Unterlagen').first().waitFor({ timeout: 40_000 });
  expect(await page.locator('.renewed').count()).toBe(0);
  await page.reload();
  await page.locator('.messages').getByText('Unterlagen').first().waitFor();
  expect(await page.locator('.said').allTextContents()).toEqual([
    'Welche Aktion gibt es in Essen?',
    'Was passiert bei der Antragstellung?',
  ]);
  await context.close();
}, 120_000);

test('unmodified Web Chat 4.18 holds the same conversation with the same endpoint', async () => {
  expect(
    (JSON.parse(readFileSync(join(webChatPackage, 'package.json'), 'utf8')) as { version: string }).version,
  ).toMatch(/^4\.18\./);
  const { page, context } = await visit(browser);
  await page.goto(addressOf(webChat));
  await page.evaluate(async (domain) => {
    interface WebChat {
      createDirectLine(options: unknown): unknown;
      renderWebChat(options: unknown, element: Element | null): void;
    }
    const response = await fetch(`${domain}/tokens/generate`, { method: 'POST' });
    const { token } = (await response.json()) as { token: string };
    const { WebChat } = window as unknown as { WebChat: WebChat };
    WebChat.renderWebChat(
      { directLine: WebChat.createDirectLine({ domain, token }), locale: 'de-DE' },
      document.querySelector('#chat'),
    );
  }, `${service.base}/v3/directline`);
  await page.getByText('und kein Mensch').first().waitFor();
  await page.locator('[data-id="webchat-sendbox-input"]').fill('Welche Aktion gibt es in Essen?');
  await page.keyboard.press('Enter');
  await page.getByText('Gesundheitstag des Jobcenters Essen').first().waitFor();
  // The suggested actions are its buttons.
  await page.getByRole('button', { name: 'Aktionen vor Ort' }).first().click();
  await page.getByText('Welche Aktionen gibt es?').first().waitFor();
  await context.close();
});
