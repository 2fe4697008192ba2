/**
 * The editors' preview: what a question means and how the answer looks, on any day and for any Jobcenter, on this computer only.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { finding } from '../../src/knowledge/findings';
import { markdownHtml } from '../../src/preview/html';
import { previewAnswer, type PreviewAnswer } from '../../src/preview/previewAnswer';
import { createPreviewServer, type PreviewServer } from '../../src/preview/previewServer';
import { germanReasons } from '../../src/preview/why';
import { sampleMind } from '../support/sampleMind';

const mind = sampleMind();
const QUESTION = 'Termin verpasst';

describe('a question', () => {
  const on = (day: string, jobcenter?: string): PreviewAnswer =>
    previewAnswer(mind, { question: QUESTION, day, ...(jobcenter === undefined ? {} : { jobcenter }) });

  test('is shown with its ranking, the file and line, and reasons in German', () => {
    const { kind, ranking, reasons } = on('2026-11-22');
    expect(kind).toBe('Antwort');
    expect(ranking[0]).toMatchObject({
      id: 'meldetermin-verpasst',
      title: 'Termin verpasst',
      place: 'leistungen/termine.yaml:1',
      local: false,
    });
    expect(reasons[0]).toEqual({
      title: 'Was entschieden hat',
      lines: ['Wortgleich mit dem Titel oder einer Frage eines Themas.'],
    });
    expect(reasons.map(({ title }) => title)).toContain('1. Termin verpasst (meldetermin-verpasst)');
  });

  test('is answered in every rendering: website, Einfache Sprache, Teams, plain text', () => {
    const { web, simple, teams, plain, card } = on('2026-11-22');
    expect(web).toContain('<details><summary>');
    expect(web).toContain('nennen Sie den Grund, am besten mit Nachweis.');
    expect(simple).toContain('Rufen Sie schnell an.');
    expect(simple).not.toContain('am besten mit Nachweis');
    expect(teams).toContain('nennen Sie den Grund, am besten mit Nachweis.');
    expect(JSON.parse(card)).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
    expect(plain).toContain('Stand: 22.11.2026');
    expect(plain).not.toMatch(/[<>*]/);
  });

  test('is answered with the wording that is valid on the chosen day', () => {
    expect(on('2026-06-30').plain).toContain('das Bürgergeld für einen Monat mindern');
    expect(on('2026-07-01').plain).toContain('Beim ersten verpassten Termin');
  });

  test('is answered with the wording of the chosen Jobcenter, and the place names its file', () => {
    const [local] = mind.knowledge.overlays;
    if (local === undefined) throw new Error('The sample has no overlay');
    const asked = { question: local.entry.title, day: '2026-11-22' };
    const own = previewAnswer(mind, { ...asked, jobcenter: local.jobcenter });
    expect(own.ranking[0]).toMatchObject({ id: local.entry.id, local: true });
    expect(own.ranking[0]?.place).toMatch(/^oertlich\/essen\/termine\.yaml:\d+$/);
    expect(own.plain).not.toBe(previewAnswer(mind, asked).plain);
  });

  test('shows an internal note in Teams and nowhere else', () => {
    const [note] = mind.knowledge.staffNotes;
    if (note === undefined) throw new Error('The sample has no note');
    const title = mind.knowledge.entries.find(({ id }) => id === note.entryId)?.title ?? '';
    const answer = previewAnswer(mind, { question: title, day: '2026-11-22' });
    const words = note.text.slice(0, 20);
    expect(answer.teams).toContain(words);
    for (const rendering of [answer.web, answer.simple, answer.plain]) expect(rendering).not.toContain(words);
  });
});

test('features that say next to nothing are left out of the reasons, unknown lines are passed on', () => {
  const explanation = [
    {
      step: 'hit 1: a',
      lines: ['probability 0.900, confidence 0.912, score 1', 'charCosine 0.5 → 1.26', 'classifier 0.1 → 0.01', 'neu'],
    },
    { step: 'period', lines: [] },
  ];
  expect(germanReasons(explanation, () => 'Thema')).toEqual([
    {
      title: '1. Thema (a)',
      lines: ['Sicherheit 91 %, Anteil 90 %', 'ähnliche Buchstabenfolgen (Tippfehler, Wortteile): +1,3', 'neu'],
    },
  ]);
});

test('nothing that is shown can become HTML or a script', () => {
  const html = markdownHtml('<img src=x onerror=alert(1)> **<b>** [x](javascript:alert(1)) & "q"');
  expect(html).not.toMatch(/<(?!\/?(p|strong|br|ul|li|a)\b)/);
  expect(html).not.toContain('javascript:');
});

describe('the server', () => {
  let server: PreviewServer;
  let base: string;
  let findings = [finding('error', 'KB_TAB', { file: 'a.yaml', line: 2, column: 1 }, 'Hier steht ein Tabulator.')];
  beforeAll(async () => {
    const source = { current: () => mind, status: () => ({ version: 'abc', stale: true }), findings: () => findings };
    server = createPreviewServer(source, () => '2026-11-22');
    base = `http://127.0.0.1:${await server.listen(0)}`;
  });
  afterAll(() => server.close());

  const statusFor = (host: string, method = 'GET'): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${base}/api/stand`, { method, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  test('answers on loopback under its own name only, and changes nothing', async () => {
    expect(await statusFor('127.0.0.1:3980')).toBe(200);
    expect(await statusFor('localhost')).toBe(200);
    expect(await statusFor('evil.example')).toBe(403);
    expect(await statusFor('127.0.0.1.evil.example')).toBe(403);
    expect(await statusFor('localhost', 'POST')).toBe(405);
  });

  test('says which edit does not load and where', async () => {
    const state = (await (await fetch(`${base}/api/stand`)).json()) as Record<string, unknown>;
    expect(state).toMatchObject({
      heute: '2026-11-22',
      fassung: 'abc',
      veraltet: true,
      befunde: ['a.yaml:2:1  KB_TAB  Hier steht ein Tabulator.'],
    });
    findings = [];
    expect(await (await fetch(`${base}/api/stand`)).json()).toMatchObject({ befunde: [] });
  });

  test('answers a question and refuses a day that does not exist', async () => {
    const answer = await fetch(`${base}/api/antwort?frage=${QUESTION}&tag=2026-06-30`);
    expect(((await answer.json()) as PreviewAnswer).plain).toContain('Bürgergeld');
    expect((await fetch(`${base}/api/antwort?frage=x&tag=2026-02-30`)).status).toBe(400);
    expect((await fetch(`${base}/__proto__`)).status).toBe(404);
  });

  test('tells an open page when a file has been saved', async () => {
    const stream = await fetch(`${base}/api/aenderungen`);
    const reader = stream.body?.getReader();
    await reader?.read();
    server.changed();
    const chunk = (await reader?.read()) as { readonly value?: Uint8Array } | undefined;
    expect(Buffer.from(chunk?.value ?? []).toString('utf8')).toBe('data: neu\n\n');
    await reader?.cancel();
  });

  test('the page loads nothing from elsewhere', async () => {
    const folder = join(__dirname, '../../src/preview');
    for (const file of readdirSync(folder).filter((name) => name.startsWith('page.')))
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/https?:\/\/|\burl\(|@import/);
    const page = await fetch(`${base}/`);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await page.text()).toContain('<html lang="de">');
  });
});
