/**
 * What the widget does for people and for websites: answers shown safely, nothing lost, nothing stored too early, nothing asked of strangers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { visit, watch } from '../support/browser';
import type { Said } from '../support/fakeDirectLine';
import { startWebsite } from '../support/website';
import { useWidgetStage } from '../support/widgetStage';

const stage = useWidgetStage();

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
}

const answered = (page: Page): Promise<void> => page.getByText('noch in diesem Monat').last().waitFor();
const messages = (): readonly Said[] => stage.fake.posted.filter(({ type }) => type === 'message');
const texts = (): readonly unknown[] => messages().map(({ text }) => text);

describe('an answer', () => {
  test('shows source, Stand and „Mehr dazu“, and links that say where they lead and open beside the chat', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    const body = page.locator('.service .body').last();
    expect(await body.locator('.provenance').innerText()).toMatch(
      /Stand: 22\.11\.2026[^]*Quelle: § 37 SGB II[^]*Rechtsgrundlage: § 37 SGB II[^]*allgemeine Auskunft/,
    );
    expect(await body.getByText('Danach haben Sie ein Erstgespräch.').isVisible()).toBe(false);
    await body.getByText('Mehr dazu').click();
    expect(await body.getByText('Danach haben Sie ein Erstgespräch.').isVisible()).toBe(true);
    const link = body.getByRole('link', { name: 'Zum Antrag (jobcenter-digital.de, öffnet ein neues Fenster)' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await link.getAttribute('target')).toBe('_blank');
    await context.close();
  });

  test('that tries to be a script, an image or a strange link stays text', async () => {
    const { page, context, complaints, requests } = await stage.openPage();
    await ask(page, 'böse');
    await page.getByText('<b>fett</b>').waitFor();
    const body = page.locator('.service .body').last();
    expect(await body.locator('img, script, b, iframe').count()).toBe(0);
    // A picture from elsewhere becomes a link that nobody follows by itself.
    expect(await body.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://evil.example/x.png',
    ]);
    expect(await body.innerText()).toContain('Falle');
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => url.includes('evil'))).toEqual([]);
    await context.close();
  });

  test('without structure is shown from its text', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'irgendwas');
    await page.getByText('Sie schrieben: irgendwas').waitFor();
    await context.close();
  });

  test('can be rated once: yes counts, no asks why; both go to the service without text', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    await page.getByRole('button', { name: 'Nein', exact: true }).click();
    await page.getByRole('button', { name: 'Veraltet' }).click();
    await page.getByText('Danke für Ihre Rückmeldung.').waitFor();
    expect(stage.fake.posted.at(-1)).toMatchObject({
      type: 'event',
      name: 'lotse/feedback',
      value: { entryId: 'antrag-ablauf', helpful: false, reason: 'outdated' },
    });
    await page.reload();
    await answered(page);
    expect(await page.getByText('War das hilfreich?').count()).toBe(0);
    await context.close();
  });

  test('is copied with its sources, and its link asks the same question again', async () => {
    const { page, context } = await stage.openPage('/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ask(page, 'Wie stelle ich einen Antrag?');
    await answered(page);
    await page.getByRole('button', { name: 'Kopieren', exact: true }).click();
    await page.waitForTimeout(200);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('Stellen Sie den Antrag noch in diesem Monat.');
    expect(copied).toContain('§ 37 SGB II (https://www.gesetze-im-internet.de/sgb_2/__37.html)');
    await page.getByRole('button', { name: 'Link kopieren' }).click();
    await page.waitForTimeout(200);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await visit(stage.browser);
    await other.page.goto(link);
    await answered(other.page);
    expect(texts()).toEqual(['Wie stelle ich einen Antrag?', 'Wie stelle ich einen Antrag?']);
    await other.page.reload();
    await answered(other.page);
    expect(texts()).toHaveLength(2);
    await other.context.close();
    await context.close();
  });

  test('about a coming event has a calendar file, about a past one has none', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Aktionen');
    await page.getByText('Jobmesse').waitFor();
    const button = page.getByRole('button', { name: 'In den Kalender' });
    expect(await button.count()).toBe(1);
    const file = await download(page, () => button.click());
    expect(file.name).toBe('2031-essen.ics');
    expect(file.text).toContain('DTSTART;TZID=Europe/Berlin:20310827T093000');
    expect(await page.locator('.event').first().innerText()).toContain('Vorbei');
    await context.close();
  });

  test('is read aloud by a voice of the device in its own language, never by one that sends it away', async () => {
    const { page, context } = await visit(stage.browser);
    await page.addInitScript(() => {
      const spoken: string[] = [];
      class Utterance {
        lang = '';
        voice: { name: string } | null = null;
        onend: (() => void) | null = null;
        constructor(readonly text: string) {}
      }
      const synthesis = {
        getVoices: () => [
          { name: 'Cloud', lang: 'de-DE', localService: false },
          { name: 'Gerät', lang: 'de-DE', localService: true },
          { name: 'Cloud', lang: 'ar-SA', localService: false },
        ],
        speak: (utterance: Utterance) =>
          spoken.push(`${utterance.voice?.name ?? ''}/${utterance.lang}: ${utterance.text.trim()}`),
        cancel: () => undefined,
      };
      Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
      Object.assign(window, { SpeechSynthesisUtterance: Utterance, spoken });
    });
    await page.goto(stage.fake.base);
    await ask(page, 'Antrag');
    await answered(page);
    await page.getByRole('button', { name: 'Vorlesen' }).last().click();
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    expect(spoken.slice(0, 2)).toEqual([
      'Gerät/de-DE: Antrag auf Grundsicherungsgeld.',
      'Gerät/de-DE: Stellen Sie den Antrag noch in diesem Monat.',
    ]);
    const stop = page.getByRole('button', { name: 'Vorlesen beenden' });
    await stop.click();
    expect(await stop.count()).toBe(0);
    await ask(page, 'بالعربية');
    await page.getByText('مساعد آلي').first().waitFor();
    expect(await page.locator('.service').last().getByRole('button', { name: 'قراءة' }).count()).toBe(0);
    await context.close();
  });
});

describe('choices', () => {
  test('send what they mean, show what they say, and are gone once something was said', async () => {
    const { page, context } = await stage.openPage();
    await page.getByRole('button', { name: 'Aktionen vor Ort' }).click();
    await page.getByText('Jobmesse').waitFor();
    expect(texts()).toEqual(['Welche Aktionen gibt es?']);
    expect(await page.locator('.said').allTextContents()).toEqual(['Aktionen vor Ort']);
    expect(await page.locator('.choice').count()).toBe(0);
    await page.reload();
    await page.getByText('Jobmesse').waitFor();
    expect(await page.locator('.said').allTextContents()).toEqual(['Aktionen vor Ort']);
    await context.close();
  });

  test('Einfache Sprache is a switch that follows what the service does', async () => {
    const { page, context } = await stage.openPage();
    const toggle = page.locator('.switch');
    expect(await toggle.getAttribute('aria-pressed')).toBe('false');
    await toggle.click();
    await page.getByText('Ich antworte jetzt in Einfacher Sprache.').waitFor();
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    await ask(page, 'Antrag');
    await answered(page);
    expect(messages().at(-1)).toMatchObject({ channelData: { style: 'simple' } });
    await page.reload();
    await answered(page);
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    await context.close();
  });

  test('a language is chosen from its own name; the window speaks it at once', async () => {
    const { page, context } = await stage.openPage();
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByRole('button', { name: 'العربية' }).click();
    await page.getByText('مساعد آلي').first().waitFor();
    expect(messages()[0]).toMatchObject({ text: 'العربية', channelData: { language: 'ar' } });
    expect(await page.locator('.chat').getAttribute('dir')).toBe('rtl');
    await page.reload();
    await page.getByText('مساعد آلي').first().waitFor();
    expect(await page.locator('.chat').getAttribute('lang')).toBe('ar');
    await context.close();
  });
});

describe('personal data', () => {
  test.each([
    ['IBAN', 'Kontonummer (IBAN)', 'Meine IBAN ist DE89 3704 0044 0532 0130 00'],
    ['BG number', 'Nummer der Bedarfsgemeinschaft', 'Mein Antrag 35504//0012345'],
    ['insurance number', 'Versicherungsnummer', 'Nummer 65 170839 J 003'],
    ['telephone', 'Telefonnummer', 'Rufen Sie 0201 1234567 an'],
    ['e-mail', 'E-Mail-Adresse', 'an erika@example.de'],
    ['birth date', 'Geburtsdatum', 'geboren am 12.3.1984'],
  ])('%s is caught before anything is sent', async (_name, found, text) => {
    const { page, context, requests } = await stage.openPage();
    const before = requests.length;
    await ask(page, text);
    const question = page.getByRole('alertdialog');
    await question.waitFor();
    expect(await question.innerText()).toContain(`Gefunden: ${found}`);
    expect(requests.slice(before)).toEqual([]);
    expect(stage.fake.posted).toEqual([]);
    await context.close();
  });

  test('can be changed, and then what was changed is sent', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag, ich bin geboren am 12.3.1984');
    await page.getByRole('button', { name: 'Nachricht ändern' }).click();
    expect(await page.getByRole('textbox').inputValue()).toBe('Antrag, ich bin geboren am 12.3.1984');
    await ask(page, 'Antrag');
    await answered(page);
    expect(texts()).toEqual(['Antrag']);
    await context.close();
  });

  test('can be left out, and only the rest is sent', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag, Konto DE89 3704 0044 0532 0130 00');
    await page.getByRole('button', { name: 'Ohne diese Angaben senden' }).click();
    await answered(page);
    expect(texts()).toEqual(['Antrag, Konto […]']);
    await context.close();
  });

  test('amounts, dates of events, postcodes and help numbers are no personal data', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag: 563 Euro, 45127 Essen, am 27.08.2019, Telefon 116117');
    await answered(page);
    expect(texts()).toHaveLength(1);
    await context.close();
  });
});

describe('nothing is lost', () => {
  test('what is typed but not sent survives a reload', async () => {
    const { page, context } = await stage.openPage();
    await page.getByRole('textbox').fill('Noch nicht fertig');
    await page.reload();
    await page.getByText('Guten Tag!').first().waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('Noch nicht fertig');
    await context.close();
  });

  test('the conversation survives a reload and the way to another page of the website', async () => {
    const { page, context } = await visit(stage.browser);
    await page.goto(stage.website.base);
    await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).click();
    await page.getByText('Guten Tag!').waitFor();
    await ask(page, 'Antrag');
    await answered(page);
    await page.goto(`${stage.website.base}/andere-seite`);
    await answered(page);
    expect(await page.locator('.messages > li').count()).toBe(3);
    await page.keyboard.press('Escape');
    await page.goto(stage.website.base);
    await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).waitFor();
    await page.waitForTimeout(300);
    expect(await page.locator('jobcenter-lotse-chat').count()).toBe(0);
    await context.close();
  });

  test('offline is said, the message waits, and goes out once when the connection is back', async () => {
    const { page, context } = await stage.openPage();
    stage.fake.mode = 'down';
    stage.fake.dropSockets();
    await page.getByText('Keine Verbindung.').waitFor();
    await ask(page, 'Antrag');
    await page.getByText('wartet auf Verbindung').waitFor();
    stage.fake.mode = 'up';
    await answered(page);
    await page.getByText('Die Verbindung ist wieder da.').waitFor();
    expect(texts()).toEqual(['Antrag']);
    expect(await page.locator('.person').count()).toBe(1);
    expect(await page.getByText('wartet auf Verbindung').count()).toBe(0);
    await context.close();
  });

  test('a message that waits survives a reload', async () => {
    const { page, context } = await stage.openPage();
    stage.fake.mode = 'down';
    stage.fake.dropSockets();
    await ask(page, 'Antrag');
    await page.getByText('wartet auf Verbindung').waitFor();
    await page.reload();
    await page.getByText('wartet auf Verbindung').waitFor();
    stage.fake.mode = 'up';
    await answered(page);
    expect(texts()).toEqual(['Antrag']);
    await context.close();
  });

  test('a message that is refused says so and can be sent again', async () => {
    const { page, context } = await stage.openPage();
    stage.fake.mode = 'refuse';
    await ask(page, 'Antrag');
    await page.getByText('nicht gesendet').waitFor();
    stage.fake.mode = 'up';
    await page.getByRole('button', { name: 'Noch einmal senden' }).click();
    await answered(page);
    expect(await page.locator('.person').count()).toBe(1);
    await context.close();
  });

  test('a dropped socket is taken up again without gap or repetition', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    stage.fake.dropSockets();
    await page.waitForTimeout(1_500);
    await ask(page, 'Aktionen');
    await page.getByText('Jobmesse').waitFor();
    expect(await page.locator('.messages > li').count()).toBe(5);
    await context.close();
  });

  test('where no web socket gets through, it asks regularly', async () => {
    stage.fake.dropSockets();
    stage.fake.mode = 'noSocket';
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    expect(stage.fake.sockets).toBe(0);
    await context.close();
  });

  test('a conversation that the service has forgotten is followed by a new one, with the message that was under way', async () => {
    const { page, context } = await stage.openPage();
    stage.fake.forget();
    await ask(page, 'Antrag');
    await answered(page);
    expect(await page.getByText('Das vorige Gespräch ist abgelaufen.').count()).toBe(1);
    expect(texts()).toEqual(['Antrag']);
    await context.close();
  });

  test('two tabs do not mix, not even a duplicated one', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    const kept = await page.evaluate(() => JSON.stringify(Object.fromEntries(Object.entries(sessionStorage))));
    const second = await context.newPage();
    watch(second);
    // What „Tab duplizieren“ does: the same session storage.
    await second.addInitScript((state) => {
      if (sessionStorage.length === 0)
        for (const [key, value] of Object.entries(JSON.parse(state) as Record<string, string>))
          sessionStorage.setItem(key, value);
    }, kept);
    await second.goto(stage.fake.base);
    await second.getByText('Guten Tag!').first().waitFor();
    await ask(second, 'Aktionen');
    await second.getByText('Jobmesse').waitFor();
    expect(await second.locator('.messages').getByText('noch in diesem Monat').count()).toBe(0);
    expect(await page.getByText('Jobmesse').count()).toBe(0);
    await ask(page, 'zwei');
    await page.getByText('Zweiter Teil.').first().waitFor();
    expect(await second.getByText('Zweiter Teil.').count()).toBe(0);
    await context.close();
  });
});

describe('the conversation on paper and as a file', () => {
  test('is saved as text, with who said what and where it comes from', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    const file = await download(page, () => page.getByRole('button', { name: 'Als Text speichern' }).click());
    expect(file.name).toMatch(/^Jobcenter-Lotse-\d{4}-\d\d-\d\d\.txt$/);
    expect(file.text).toMatch(
      /Sie \(.*\):\nAntrag[^]*Jobcenter-Lotse \(.*\):\nAntrag auf Grundsicherungsgeld[^]*Mehr dazu\nDanach haben Sie ein Erstgespräch\.[^]*https:\/\/www\.gesetze-im-internet\.de/,
    );
    await context.close();
  });

  test('is printed alone, without the website around it', async () => {
    const { page, context, complaints } = await stage.openPage();
    await page.evaluate(() => {
      // The print window would stop the test; what it would show is kept instead.
      const append = document.body.append.bind(document.body);
      document.body.append = (...nodes) => {
        append(...nodes);
        const inside = nodes[0] instanceof HTMLIFrameElement ? nodes[0].contentWindow : null;
        if (inside) inside.print = () => Object.assign(window, { printed: inside.document.body.textContent });
      };
    });
    await ask(page, 'Antrag');
    await answered(page);
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByRole('button', { name: 'Drucken' }).click();
    const printed = await page.evaluate(() => (window as unknown as { printed: string }).printed);
    expect(printed).toContain('Danach haben Sie ein Erstgespräch.');
    expect(printed).not.toContain('Ohne Anmeldung');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is deleted after a second question, at the service and in the browser', async () => {
    const { page, context } = await stage.openPage();
    await ask(page, 'Antrag');
    await answered(page);
    const before = await page.evaluate(() => sessionStorage.getItem('jobcenter-lotse'));
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByRole('button', { name: 'Gespräch löschen' }).click();
    await page.getByRole('button', { name: 'Nein, behalten' }).click();
    expect(await page.locator('.messages').getByText('noch in diesem Monat').count()).toBe(1);
    await page.getByRole('button', { name: 'Gespräch löschen' }).click();
    await page.getByRole('button', { name: 'Ja, löschen' }).click();
    await page.getByText('Guten Tag!').waitFor();
    expect(await page.locator('.messages').getByText('noch in diesem Monat').count()).toBe(0);
    expect(texts().at(-1)).toBe('Meine Daten löschen');
    const ticket = (state: string | null): unknown => (JSON.parse(state ?? '{}') as { ticket?: unknown }).ticket;
    expect(ticket(await page.evaluate(() => sessionStorage.getItem('jobcenter-lotse')))).not.toEqual(ticket(before));
    await context.close();
  });
});

describe('on a website', () => {
  test('before it is opened nothing is stored and one script is loaded; afterwards no cookie and no request to strangers', async () => {
    const { page, context, requests, complaints } = await visit(stage.browser);
    await page.goto(stage.website.base);
    const button = page.getByRole('button', { name: 'Fragen? Chat öffnen' });
    await button.waitFor();
    await page.waitForTimeout(300);
    const stored = (): Promise<readonly number[]> =>
      page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.length]);
    expect(await stored()).toEqual([0, 0, 0]);
    expect(requests.filter((url) => url.startsWith(stage.fake.base))).toEqual([`${stage.fake.base}/widget.js`]);
    await button.click();
    await page.getByText('Guten Tag!').waitFor();
    await ask(page, 'Antrag');
    await answered(page);
    expect(await stored()).toEqual([0, 1, 0]);
    expect(await context.cookies()).toEqual([]);
    const strangers = requests.filter(
      (url) =>
        ![stage.fake.base, stage.fake.base.replace('http', 'ws'), stage.website.base].some((own) =>
          url.startsWith(own),
        ) && !url.startsWith('data:'),
    );
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
    expect(messages()[0]).toMatchObject({ channelData: { jobcenter: 'essen' } });
    await context.close();
  });

  test('neither a strict policy with Trusted Types nor styles that fight it can break it', async () => {
    const looks: (readonly string[])[] = [];
    const sites = [
      await startWebsite(stage.fake.base),
      await startWebsite(stage.fake.base, { hostile: true, trustedTypes: true }),
    ];
    for (const site of sites) {
      const { page, context, complaints } = await visit(stage.browser);
      await page.goto(site.base);
      await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).waitFor();
      looks.push(await page.evaluate(lookOfWidget));
      await page.locator('.launcher').click();
      await page.getByRole('button', { name: 'Antrag stellen' }).waitFor();
      looks.push(await page.evaluate(lookOfWidget));
      expect(complaints).toEqual([]);
      await context.close();
      await site.close();
    }
    expect(looks[0]?.length).toBeGreaterThan(3);
    expect(looks[1]?.length).toBeGreaterThan(30);
    expect(looks[2]).toEqual(looks[0]);
    expect(looks[3]).toEqual(looks[1]);
  });

  test('takes its colour, name, place, language and greeting from the embed line', async () => {
    const site = await startWebsite(stage.fake.base, {
      attributes:
        'data-name="Frag die Stadt" data-farbe="#ffd500" data-position="links" data-begruessung="Willkommen bei der Stadt Beispiel." data-sprache="tr"',
    });
    const { page, context } = await visit(stage.browser);
    await page.goto(site.base);
    const button = page.getByRole('button', { name: 'Sohbeti açın' });
    await button.waitFor();
    const look = await button.evaluate((element) => ({
      background: getComputedStyle(element).backgroundColor,
      text: getComputedStyle(element).color,
      left: element.getBoundingClientRect().left,
    }));
    // Yellow: white could not be read on it.
    expect(look).toEqual({ background: 'rgb(255, 213, 0)', text: 'rgb(21, 28, 36)', left: 16 });
    await button.click();
    await page.getByRole('heading', { name: 'Frag die Stadt', level: 2 }).waitFor();
    expect(await page.getByText('Willkommen bei der Stadt Beispiel.').isVisible()).toBe(true);
    expect(await page.getByRole('dialog', { name: 'Frag die Stadt' }).isVisible()).toBe(true);
    await context.close();
    await site.close();
  });

  test('a link with a question opens the chat and asks, unless the website has switched that off', async () => {
    const { page, context } = await visit(stage.browser);
    await page.goto(`${stage.website.base}/?frage=${encodeURIComponent('Wie geht der Antrag?')}`);
    await answered(page);
    expect(texts()).toEqual(['Wie geht der Antrag?']);
    await context.close();
    const quiet = await startWebsite(stage.fake.base, { attributes: 'data-frage="aus"' });
    const second = await visit(stage.browser);
    await second.page.goto(`${quiet.base}/?frage=Antrag`);
    await second.page.getByRole('button', { name: 'Fragen? Chat öffnen' }).waitFor();
    await second.page.waitForTimeout(300);
    expect(await second.page.locator('jobcenter-lotse-chat').count()).toBe(0);
    await second.context.close();
    await quiet.close();
  });

  test('weighs at most 10 KB closed and 60 KB open, compressed', () => {
    const manifest = JSON.parse(
      readFileSync(join(__dirname, '..', '..', 'dist', 'widget', 'manifest.json'), 'utf8'),
    ) as {
      readonly chat: string;
      readonly files: Readonly<Record<string, { readonly brotli: number }>>;
    };
    const launcher = manifest.files['launcher.js']?.brotli ?? Infinity;
    const chat = manifest.files[manifest.chat]?.brotli ?? Infinity;
    expect(launcher).toBeLessThanOrEqual(10_000);
    expect(launcher + chat).toBeLessThanOrEqual(60_000);
  });

  test('a chat that cannot be loaded says so and can be tried again', async () => {
    const { page, context } = await visit(stage.browser);
    await page.route('**/widget/chat-*', (route) => route.abort());
    await page.goto(stage.website.base);
    await page.getByRole('button', { name: 'Fragen? Chat öffnen' }).click();
    const again = page.getByRole('button', { name: 'Noch einmal versuchen' });
    await again.waitFor();
    await page.unroute('**/widget/chat-*');
    await again.click();
    await page.getByText('Guten Tag!').waitFor();
    await context.close();
  });

  test('the generator makes the line, checks the contrast and shows the chat with it', async () => {
    const { page, context, complaints } = await visit(stage.browser);
    await page.goto(`${stage.fake.base}/einbetten`);
    await page.getByLabel('Name des Chats').fill('Frag "die" Stadt');
    await page.locator('#jobcenter option[value=essen]').waitFor({ state: 'attached' });
    await page.getByLabel('Jobcenter', { exact: true }).selectOption('essen');
    await page.locator('#farbe').fill('#777777');
    await page.locator('#farbe').dispatchEvent('change');
    expect(await page.locator('#line').textContent()).toBe(
      `<script src="${stage.fake.base}/widget.js" data-jobcenter="essen" data-name="Frag &quot;die&quot; Stadt" data-farbe="#777777" defer></script>`,
    );
    expect(await page.locator('#contrast').textContent()).toMatch(/Kontrast 4,[0-9] : 1/);
    await page.getByRole('heading', { name: 'Frag "die" Stadt' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});

async function download(
  page: Page,
  click: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  const begun: Promise<Download> = page.waitForEvent('download');
  await click();
  const file = await begun;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

/** Place and look of every element of the widget, through its shadow roots; without what tells the time. */
function lookOfWidget(): readonly string[] {
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot === null ? [] : all(element.shadowRoot)),
    ]);
  const root = document.querySelector('jobcenter-lotse')?.shadowRoot;
  return (root === null || root === undefined ? [] : all(root))
    .filter((element) => element.closest('.time, .status, .live') === null)
    .map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, fontSize, fontFamily, letterSpacing, display, visibility, opacity, float } =
        getComputedStyle(element);
      const place = [x, y, width, height].map(Math.round).join(' ');
      return [
        element.tagName,
        place,
        color,
        backgroundColor,
        fontSize,
        fontFamily,
        letterSpacing,
        display,
        visibility,
        opacity,
        float,
      ].join('|');
    });
}
