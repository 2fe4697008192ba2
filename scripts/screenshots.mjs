/**
 * Takes the pictures of docs/images from a running service: `node scripts/screenshots.mjs http://127.0.0.1:3978`. By hand, when the look has changed.
 */
import chromiumPackage from '@sparticuz/chromium';
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const base = process.argv[2] ?? 'http://127.0.0.1:3978';
const folder = 'docs/images';
mkdirSync(folder, { recursive: true });
const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
const browser = await chromium.launch({
  executablePath: installed ?? (await chromiumPackage.executablePath()),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

const ask = async (page, text) => {
  const before = await page.locator('.service').count();
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.service').nth(before).waitFor();
  await page.waitForTimeout(700);
};
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const desk = { viewport: { width: 1000, height: 900 } };

const pictures = [
  ['antwort', desk, (page) => ask(page, 'Was passiert bei der Antragstellung?')],
  ['aktion', desk, (page) => ask(page, 'Welche Aktion gibt es in Essen?')],
  ['handy', phone, (page) => ask(page, 'Ich habe meinen Termin verpasst')],
  ['not', phone, (page) => ask(page, 'Ich habe nichts mehr zu essen')],
  ['dunkel', { ...phone, colorScheme: 'dark' }, (page) => ask(page, 'Welche Aktion gibt es in Essen?')],
  [
    'arabisch',
    phone,
    async (page) => {
      await page.getByRole('button', { name: 'Einstellungen' }).click();
      await page.getByRole('button', { name: 'العربية' }).click();
      await page.waitForTimeout(1500);
    },
  ],
  [
    'einstellungen',
    phone,
    async (page) => {
      await page.getByRole('button', { name: 'Einstellungen' }).click();
    },
  ],
  [
    'persoenliche-daten',
    phone,
    async (page) => {
      await page.getByRole('textbox').fill('Meine IBAN ist DE89 3704 0044 0532 0130 00, wann kommt das Geld?');
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  [
    'kontrast',
    { ...phone, forcedColors: 'active' },
    async (page) => {
      await ask(page, 'Was passiert bei der Antragstellung?');
    },
  ],
  [
    'schmal-320',
    { viewport: { width: 320, height: 568 }, deviceScaleFactor: 2 },
    (page) => ask(page, 'Welche Aktion gibt es in Essen?'),
  ],
];
const wanted = process.argv.slice(3);
for (const [name, options, reach] of pictures) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const context = await browser.newContext({ locale: 'de-DE', timezoneId: 'Europe/Berlin', ...options });
  const page = await context.newPage();
  await page.goto(base);
  await page.locator('.service').first().waitFor();
  await page.waitForTimeout(300);
  await reach(page);
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await context.close();
}
if (wanted.length === 0 || wanted.includes('einbetten')) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1500 } });
  await page.goto(`${base}/einbetten`);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${folder}/einbetten.png` });
}
await browser.close();
