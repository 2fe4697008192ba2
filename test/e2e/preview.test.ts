/**
 * The editors' preview in a real browser: a question, another day, a saved file, by keyboard, without a word to anybody else.
 */
import type { Browser } from 'playwright-core';
import { finding, type Finding } from '../../src/knowledge/findings';
import { createPreviewServer, type PreviewServer } from '../../src/preview/previewServer';
import { axeFindings } from '../support/axe';
import { launchBrowser, visit, type Visit } from '../support/browser';
import { sampleMind } from '../support/sampleMind';

let browser: Browser;
let server: PreviewServer;
let base: string;
let mind = sampleMind();
let findings: readonly Finding[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  const status = (): { version: string; stale: boolean } => ({ version: 'abc', stale: findings.length > 0 });
  server = createPreviewServer({ current: () => mind, status, findings: () => findings }, () => '2026-11-22');
  base = `http://127.0.0.1:${await server.listen(0)}`;
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function asked(question: string): Promise<Visit> {
  const visited = await visit(browser);
  const { page } = visited;
  await page.goto(base);
  await page.getByText('Fassung abc').waitFor();
  await page.getByRole('textbox', { name: 'Frage' }).fill(question);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Was die Frage bedeutet: Antwort' }).waitFor();
  return visited;
}

test('a question shows ranking, place and four renderings; another day shows its wording', async () => {
  const { page, complaints, requests } = await asked('Termin verpasst');
  expect(await page.locator('#rangliste tr').first().textContent()).toContain('leistungen/termine.yaml:1');
  expect(await page.locator('#web').textContent()).toContain('am besten mit Nachweis');
  expect(await page.locator('#einfach').textContent()).toContain('Rufen Sie schnell an.');
  expect(await page.locator('#teams').textContent()).toContain('am besten mit Nachweis');
  expect(await page.locator('#text').textContent()).toContain('Stand: 22.11.2026');
  await page.getByLabel('Tag', { exact: true }).fill('2026-06-30');
  await page.locator('#web', { hasText: 'das Bürgergeld für einen Monat mindern' }).waitFor();
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(base) && !url.startsWith('data:'))).toEqual([]);
});

test('a saved file is shown without a click, a broken one is named', async () => {
  const { page } = await asked('Termin verpasst');
  const before = mind;
  const entries = mind.knowledge.entries.map((entry) =>
    entry.id === 'meldetermin-verpasst' ? { ...entry, versions: [{ answer: 'Ganz neuer Satz.' }] } : entry,
  );
  mind = { ...mind, knowledge: { ...mind.knowledge, entries } };
  server.changed();
  await page.locator('#web', { hasText: 'Ganz neuer Satz.' }).waitFor();
  findings = [finding('error', 'KB_TAB', { file: 'a.yaml', line: 2, column: 1 }, 'Hier steht ein Tabulator.')];
  server.changed();
  await page.getByText('a.yaml:2:1 KB_TAB Hier steht ein Tabulator.').waitFor();
  findings = [];
  mind = before;
});

test('axe finds nothing, with an answer and its reasons open', async () => {
  const { page } = await asked('Termin verpasst');
  await page.getByText('Warum?').click();
  await page.getByText('Was entschieden hat').waitFor();
  expect(await axeFindings(page)).toEqual([]);
});
