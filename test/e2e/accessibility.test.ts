/**
 * The widget for everybody: axe in every state, the whole conversation by keyboard, one announcement per answer, focus that is never lost.
 */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { axeFindings } from '../support/axe';
import { visit } from '../support/browser';
import { useWidgetStage } from '../support/widgetStage';

const stage = useWidgetStage();

async function openPage(path?: string, options?: BrowserContextOptions): Promise<Page> {
  return (await stage.openPage(path, options)).page;
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
}

const answered = (page: Page): Promise<void> => page.getByText('noch in diesem Monat').last().waitFor();

describe('axe finds nothing', () => {
  const states: readonly (readonly [
    name: string,
    options: BrowserContextOptions,
    reach: (page: Page) => Promise<void>,
  ])[] = [
    ['opened', {}, () => Promise.resolve()],
    [
      'with an answer, its sources and choices',
      {},
      async (page) => {
        await ask(page, 'Antrag');
        await answered(page);
        await page.getByText('Mehr dazu').click();
      },
    ],
    [
      'with a list of events',
      {},
      async (page) => {
        await ask(page, 'Aktionen');
        await page.getByText('Jobmesse').waitFor();
      },
    ],
    [
      'with urgent help',
      {},
      async (page) => {
        await ask(page, 'Notfall');
        await page.getByText('Telefonseelsorge').waitFor();
      },
    ],
    [
      'while typing is shown',
      {},
      async (page) => {
        stage.fake.delayMs = 5_000;
        await ask(page, 'Antrag');
        await page.getByText('schreibt …').waitFor();
      },
    ],
    [
      'with the settings open',
      {},
      async (page) => {
        await page.getByRole('button', { name: 'Einstellungen' }).click();
      },
    ],
    [
      'with an error in the form',
      {},
      async (page) => {
        await page.getByRole('button', { name: 'Senden' }).click();
        await page.getByText('Bitte schreiben Sie erst eine Frage.').waitFor();
      },
    ],
    [
      'with the question about personal data',
      {},
      async (page) => {
        await ask(page, 'Meine IBAN ist DE89 3704 0044 0532 0130 00');
        await page.getByRole('alertdialog').waitFor();
      },
    ],
    [
      'when a thumb down asks why',
      {},
      async (page) => {
        await ask(page, 'Antrag');
        await answered(page);
        await page.getByRole('button', { name: 'Nein', exact: true }).click();
      },
    ],
    [
      'offline',
      {},
      async (page) => {
        stage.fake.mode = 'down';
        stage.fake.dropSockets();
        await page.getByText('Keine Verbindung').waitFor();
        await ask(page, 'Antrag');
        await page.getByText('wartet auf Verbindung').waitFor();
      },
    ],
    [
      'in the dark',
      { colorScheme: 'dark' },
      async (page) => {
        await ask(page, 'Aktionen');
        await page.getByText('Jobmesse').waitFor();
        await ask(page, 'Antrag');
        await answered(page);
      },
    ],
    [
      'with forced colours',
      { forcedColors: 'active' },
      async (page) => {
        await ask(page, 'Antrag');
        await answered(page);
      },
    ],
    [
      'at 320 px',
      { viewport: { width: 320, height: 640 } },
      async (page) => {
        await ask(page, 'Aktionen');
        await page.getByText('Jobmesse').waitFor();
      },
    ],
    [
      'at 400 % zoom',
      { viewport: { width: 320, height: 256 } },
      async (page) => {
        await ask(page, 'Antrag');
        await answered(page);
      },
    ],
    [
      'from right to left',
      {},
      async (page) => {
        await ask(page, 'بالعربية');
        await page.getByText('مساعد آلي').first().waitFor();
        await page.locator('.chat[dir=rtl]').waitFor();
      },
    ],
  ];
  test.each(states)('%s', async (_name, options, reach) => {
    const page = await openPage('/', options);
    await reach(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });

  test('unless there is something: a fault planted in the window is found', async () => {
    const page = await openPage();
    await page.evaluate(() => {
      const button = document.createElement('button');
      button.style.color = '#eee';
      button.textContent = 'blass';
      document
        .querySelector('jobcenter-lotse-chat')
        ?.shadowRoot?.querySelector('.bar')
        ?.append(button, document.createElement('button'));
    });
    const found = await axeFindings(page);
    expect(found.map((line) => line.split(':')[0]).sort()).toEqual(['button-name', 'color-contrast']);
    await page.context().close();
  });

  test('on a website, closed and open', async () => {
    const { page, context } = await visit(stage.browser);
    await page.goto(stage.website.base);
    const button = page.getByRole('button', { name: 'Fragen? Chat öffnen' });
    await button.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await button.click();
    await page.getByText('Guten Tag!').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });

  test.each(['/einbetten', '/widget/datenschutz.html', '/widget/barrierefreiheit.html'])(
    'on the page %s',
    async (path) => {
      const { page, context } = await visit(stage.browser);
      await page.goto(`${stage.fake.base}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await context.close();
    },
  );
});

describe('by keyboard alone', () => {
  test('the chat is opened, asked, chosen from and closed, and focus comes back to the button', async () => {
    const { page, context } = await visit(stage.browser);
    await page.goto(stage.website.base);
    await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).waitFor();
    await page.locator('#before').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Guten Tag!').waitFor();
    expect(await focused(page)).toBe('textarea');
    await page.keyboard.type('Antrag');
    await page.keyboard.press('Enter');
    await answered(page);
    expect(await focused(page)).toBe('textarea');
    // The choices stand right before the form: one step back is the last of them.
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('button Welches Jobcenter?');
    await page.keyboard.press('Enter');
    await page.getByText('Sie schrieben: Welches Jobcenter?').waitFor();
    expect(await focused(page)).toBe('textarea');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('button Fragen? Chat öffnen');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('textarea');
    expect(await page.getByText('Sie schrieben: Welches Jobcenter?').isVisible()).toBe(true);
    await context.close();
  });

  test('everything in the window is reached by Tab, in the order of the page, and has a visible focus', async () => {
    const page = await openPage();
    await ask(page, 'Antrag');
    await answered(page);
    await page.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await page.locator('h1').click();
    const seen: string[] = [];
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      const name = await focused(page);
      if (name === 'body') break;
      seen.push(name);
      expect(await page.evaluate(focusIsVisible)).toBe(true);
    }
    expect(seen).toEqual([
      'button Einfache Sprache',
      'button Einstellungen',
      'div',
      'a Bund (bund.de, öffnet ein neues Fenster)',
      'summary Mehr dazu',
      'a Zum Antrag (jobcenter-digital.de, öffnet ein neues Fenster)',
      'a § 37 SGB II (gesetze-im-internet.de, öffnet ein neues Fenster)',
      'button Kopieren',
      'button Link kopieren',
      'button Ja',
      'button Nein',
      'button Antrag: Schritte',
      'button Welches Jobcenter?',
      'textarea',
      'button Senden',
      'a Datenschutz (öffnet ein neues Fenster)',
      'a Barrierefreiheit (öffnet ein neues Fenster)',
    ]);
    await page.context().close();
  });

  test('Tab stays in the window where it covers the page', async () => {
    const { page, context } = await visit(stage.browser, { viewport: { width: 320, height: 640 } });
    await page.goto(stage.website.base);
    await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).click();
    await page.getByText('Guten Tag!').waitFor();
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('JOBCENTER-LOTSE');
    }
    await context.close();
  });
});

describe('for screen readers', () => {
  test('an answer is announced once, whole, politely, with its speaker', async () => {
    const page = await openPage();
    await page.waitForTimeout(400);
    await listenToAnnouncements(page);
    await ask(page, 'Antrag');
    await answered(page);
    await page.waitForTimeout(600);
    const heard = await announcements(page);
    expect(heard).toHaveLength(1);
    for (const part of [
      'Jobcenter-Lotse:',
      'noch in diesem Monat',
      'Er wirkt auf den Monatsersten zurück',
      'Stand: ',
      'Quelle: § 37 SGB II',
      'Antworten zum Auswählen: Antrag: Schritte',
    ])
      expect(heard[0]).toContain(part);
    expect(heard[0]).not.toContain('https://');
    await page.context().close();
  });

  test('two messages at once are one announcement', async () => {
    const page = await openPage();
    await page.waitForTimeout(400);
    await listenToAnnouncements(page);
    await ask(page, 'zwei');
    await page.getByText('Zweiter Teil.').first().waitFor();
    await page.waitForTimeout(600);
    const heard = await announcements(page);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatch(/Erster Teil\.[^]*Zweiter Teil\./);
    await page.context().close();
  });

  test('what was said before a reload is not announced again', async () => {
    const page = await openPage();
    await ask(page, 'Antrag');
    await answered(page);
    await page.reload();
    await answered(page);
    await page.waitForTimeout(600);
    expect(await page.locator('.live').textContent()).toBe('');
    await page.context().close();
  });

  test('the log itself says nothing by itself, and its messages are a list with a heading each that names the speaker', async () => {
    const page = await openPage();
    await ask(page, 'Antrag');
    await answered(page);
    const log = page.getByRole('log', { name: 'Gesprächsverlauf' });
    expect(await log.getAttribute('aria-live')).toBe('off');
    expect(await log.locator('ol > li').count()).toBe(3);
    const headings = await log.getByRole('heading', { level: 3 }).allTextContents();
    expect(headings.map((text) => text.replace(/, .*/, ''))).toEqual(['Jobcenter-Lotse', 'Sie', 'Jobcenter-Lotse']);
    await page.context().close();
  });

  test('an error is tied to the input and focus is there', async () => {
    const page = await openPage();
    await page.getByRole('button', { name: 'Senden' }).click();
    const input = page.getByRole('textbox');
    expect(await input.getAttribute('aria-invalid')).toBe('true');
    expect(
      await input.evaluate((element) => (element.getRootNode() as ShadowRoot).getElementById('error')?.textContent),
    ).toContain('erst eine Frage');
    expect(await focused(page)).toBe('textarea');
    await page.keyboard.type('a');
    expect(await input.getAttribute('aria-invalid')).toBeNull();
    await page.context().close();
  });

  test('every message has its language and direction, also a German part in an Arabic answer', async () => {
    const page = await openPage();
    await ask(page, 'بالعربية');
    await page.getByText('مساعد آلي').first().waitFor();
    const body = page.locator('.service .body').last();
    expect(await body.getAttribute('lang')).toBe('ar');
    expect(await body.getAttribute('dir')).toBe('rtl');
    const german = body.getByText('nur auf Deutsch').locator('..');
    expect(await german.getAttribute('lang')).toBe('de');
    expect(await german.getAttribute('dir')).toBe('ltr');
    expect(await page.locator('.chat').getAttribute('lang')).toBe('ar');
    expect(await page.getByRole('button', { name: 'إرسال' }).isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('for eyes and hands', () => {
  test('every target is at least 24 × 24 px', async () => {
    const page = await openPage();
    await ask(page, 'Aktionen');
    await page.getByText('Jobmesse').waitFor();
    await ask(page, 'Antrag');
    await answered(page);
    const small = await page.evaluate(() => {
      const root = document.querySelector('jobcenter-lotse-chat')?.shadowRoot;
      return (
        [...(root?.querySelectorAll('button, summary, textarea, a') ?? [])]
          // Links inside a sentence are exempt (WCAG 2.5.8).
          .filter((element) => element.closest('.text') === null)
          .map(
            (element) =>
              ({ name: element.textContent, ...element.getBoundingClientRect().toJSON() }) as {
                name: string;
                width: number;
                height: number;
              },
          )
          .filter(({ width, height }) => width > 0 && (width < 24 || height < 24))
      );
    });
    expect(small).toEqual([]);
    await page.context().close();
  });

  test.each([
    [320, 640],
    [320, 256],
    [1280, 400],
  ])('at %i × %i px nothing is cut off or scrolls sideways', async (width, height) => {
    const page = await openPage('/', { viewport: { width, height } });
    await ask(page, 'Aktionen');
    await page.getByText('Jobmesse').waitFor();
    const overflow = await page.evaluate(() => {
      const root = document.querySelector('jobcenter-lotse-chat')?.shadowRoot;
      const wide = [...(root?.querySelectorAll('.log, .chat, .bottom') ?? [])].filter(
        (element) => element.scrollWidth > element.clientWidth + 1,
      );
      return {
        page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        wide: wide.map(({ className }) => className),
      };
    });
    expect(overflow).toEqual({ page: 0, wide: [] });
    await page.getByRole('textbox').scrollIntoViewIfNeeded();
    expect(await page.getByRole('textbox').isVisible()).toBe(true);
    await page.context().close();
  });

  test('text grows to 150 % on demand and stays so after a reload', async () => {
    const page = await openPage();
    const size = (): Promise<number> =>
      page
        .locator('.said, .text p')
        .first()
        .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    const before = await size();
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByRole('button', { name: 'Sehr groß' }).click();
    expect(await size()).toBeCloseTo(before * 1.5, 1);
    await page.reload();
    await page.getByText('Guten Tag!').first().waitFor();
    expect(await size()).toBeCloseTo(before * 1.5, 1);
    await page.context().close();
  });

  test('nothing moves where less motion is wanted', async () => {
    stage.fake.delayMs = 3_000;
    const page = await openPage('/', { reducedMotion: 'reduce' });
    await ask(page, 'Antrag');
    await page.getByText('schreibt …').waitFor();
    expect(
      await page.evaluate(() => document.querySelector('jobcenter-lotse-chat')?.shadowRoot?.getAnimations().length),
    ).toBe(0);
    await page.context().close();
  });
});

/** Element with the focus, inside all shadow roots: tag and text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const tag = element?.tagName.toLowerCase() ?? '';
    return ['button', 'a', 'summary'].includes(tag) ? `${tag} ${element?.textContent ?? ''}` : tag;
  });
}

function focusIsVisible(): boolean {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (element === null) return false;
  const style = getComputedStyle(element);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}

async function listenToAnnouncements(page: Page): Promise<void> {
  await page.evaluate(() => {
    const live = document.querySelector('jobcenter-lotse-chat')?.shadowRoot?.querySelector('.live');
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    if (live)
      new MutationObserver(() => heard.push(live.textContent)).observe(live, {
        childList: true,
        characterData: true,
        subtree: true,
      });
  });
}

function announcements(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}
