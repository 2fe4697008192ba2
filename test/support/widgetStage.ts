/**
 * What every browser test of the widget stands on: a browser, a Direct Line that answers from a script, and a website of somebody else's.
 * Opened once per file, the script fresh for every test.
 */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser, visit, type Visit } from './browser';
import { startFakeDirectLine, type FakeDirectLine } from './fakeDirectLine';
import { scripted } from './scriptedReplies';
import { startWebsite, type Website } from './website';

export interface WidgetStage {
  readonly browser: Browser;
  readonly fake: FakeDirectLine;
  readonly website: Website;
  /** The chat as a page of its own, greeting shown. */
  openPage(path?: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** Registers the hooks that open, refresh and close it; usable from the first test on. */
export function useWidgetStage(): WidgetStage {
  let browser: Browser;
  let fake: FakeDirectLine;
  let website: Website;
  beforeAll(async () => {
    browser = await launchBrowser();
    fake = await startFakeDirectLine();
    website = await startWebsite(fake.base);
  });
  beforeEach(() => {
    fake.answer = scripted;
    fake.mode = 'up';
    fake.delayMs = 0;
    fake.posted.length = 0;
  });
  afterAll(async () => {
    await browser.close();
    await fake.close();
    await website.close();
  });
  return {
    get browser() {
      return browser;
    },
    get fake() {
      return fake;
    },
    get website() {
      return website;
    },
    async openPage(path = '/', options = {}) {
      const visitor = await visit(browser, options);
      await visitor.page.goto(`${fake.base}${path}`);
      await visitor.page.getByText('Guten Tag!').first().waitFor();
      return visitor;
    },
  };
}
