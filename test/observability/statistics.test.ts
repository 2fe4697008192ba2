/**
 * The house's month: counted without a person, added up over replicas, shown as a report that a person and a spreadsheet can read.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStatistics } from '../../src/cli/statistics';
import { berlinHour, fixedClock } from '../../src/clock';
import { LotseError } from '../../src/errors';
import { createHouseCounts, keptMs } from '../../src/observability/houseCounts';
import { keepMonth, listMonths, readMonth } from '../../src/statistics/monthFile';
import { reportCsv, reportHtml } from '../../src/statistics/monthReport';
import { createMemoryStorage } from '../../src/storage/memory';

const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));
const folder = (): string => mkdtempSync(join(tmpdir(), 'lotse-statistics-'));
const titleOf = (id: string): string => (id === 'termin' ? 'Termin verpasst' : id);

it('adds up what two replicas count at the same time', async () => {
  const { store } = createMemoryStorage(clock);
  const [a, b] = [createHouseCounts(store, () => clock.nowMs()), createHouseCounts(store, () => clock.nowMs())];
  for (let round = 0; round < 10; round += 1) {
    a.add('2026-11', 'topic', 'termin');
    b.add('2026-11', 'topic', 'termin');
    b.add('2026-11', 'outcome', 'answer');
    await Promise.all([a.flush(), b.flush()]);
  }
  expect(await a.list('2026-11')).toEqual([
    { dimension: 'outcome', name: 'answer', count: 10 },
    { dimension: 'topic', name: 'termin', count: 20 },
  ]);
  expect(await a.list('2026-12')).toEqual([]);
});

it('keeps what a failing storage did not take for the next time', async () => {
  const { store } = createMemoryStorage(clock);
  let down = true;
  const failing = {
    ...store,
    commit: (changes: Parameters<typeof store.commit>[0]) =>
      down ? Promise.reject(new LotseError('STORAGE_UNAVAILABLE', 'down')) : store.commit(changes),
  };
  const counts = createHouseCounts(failing, () => clock.nowMs());
  counts.add('2026-11', 'hour', '10');
  await expect(counts.flush()).rejects.toThrow('down');
  counts.add('2026-11', 'hour', '10');
  down = false;
  await counts.flush();
  expect(await counts.list('2026-11')).toEqual([{ dimension: 'hour', name: '10', count: 2 }]);
});

it('forgets counts after two years', async () => {
  const own = fixedClock(0);
  const { store } = createMemoryStorage(own);
  const counts = createHouseCounts(store, () => own.nowMs());
  counts.add('1970-01', 'hour', '01');
  await counts.flush();
  own.advance(keptMs - 1);
  expect(await counts.list('1970-01')).toHaveLength(1);
  own.advance(2);
  expect(await counts.list('1970-01')).toHaveLength(0);
});

it('counts by the hour of Berlin, summer and winter', () => {
  expect(berlinHour(Date.parse('2026-07-01T22:30:00Z'))).toEqual({ hour: '00', weekday: 'Thu' });
  expect(berlinHour(Date.parse('2026-12-01T22:30:00Z'))).toEqual({ hour: '23', weekday: 'Tue' });
});

it('reads back the month it wrote and no other file', () => {
  const dataDir = folder();
  const counts = [{ dimension: 'topic', name: 'termin', count: 3 }];
  keepMonth(dataDir, '2026-10', []);
  expect(listMonths(dataDir)).toEqual([]);
  keepMonth(dataDir, '2026-11', counts);
  expect(readMonth(dataDir, '2026-11')).toEqual(counts);
  expect(readMonth(dataDir, '2026-12')).toBeUndefined();
  expect(listMonths(dataDir)).toEqual(['2026-11']);
});

it('shows shares of questions, not of greetings', () => {
  const html = reportHtml({
    month: '2026-11',
    titleOf,
    counts: [
      { dimension: 'outcome', name: 'answer', count: 30 },
      { dimension: 'outcome', name: 'fallback', count: 10 },
      { dimension: 'outcome', name: 'smalltalk', count: 60 },
      { dimension: 'topic', name: 'termin', count: 30 },
      { dimension: 'feedback', name: 'helpful', count: 3 },
      { dimension: 'feedback', name: 'wrong', count: 1 },
    ],
  });
  expect(html).toContain('November 2026');
  expect(html).toMatch(/<dt>Fragen<\/dt><dd>40<\/dd>/);
  expect(html).toMatch(/<dt>nicht beantwortet<\/dt><dd>25 %<\/dd>/);
  expect(html).toMatch(/<dt>davon hilfreich<\/dt><dd>75 %<\/dd>/);
  expect(html).toContain('Termin verpasst');
  expect(html).not.toMatch(/<script|https?:\/\//);
});

it('lets nothing in a name become markup or a formula', () => {
  const counts = [
    { dimension: 'topic', name: '<script>alert(1)</script>', count: 1 },
    { dimension: 'topic', name: '=1+1', count: 1 },
  ];
  expect(reportHtml({ month: '2026-11', counts, titleOf })).not.toContain('<script');
  const rows = reportCsv({ month: '2026-11', counts, titleOf }).split('\r\n');
  expect(rows[2]).toBe("2026-11;Thema;'=1+1;'=1+1;1");
});

it('writes both files for the last month and says which', () => {
  const dataDir = folder();
  const settings = { DATA_DIR: dataDir, KNOWLEDGE_DIR: 'test/support/knowledge' };
  expect(runStatistics([], settings)).toMatchObject({ exitCode: 1 });
  keepMonth(dataDir, '2026-11', [{ dimension: 'topic', name: 'meldetermin-verpasst', count: 3 }]);
  const out = folder();
  expect(runStatistics(['--ordner', out], settings)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(out, 'statistik-2026-11.html'), 'utf8')).toContain('Termin verpasst');
  expect(readFileSync(join(out, 'statistik-2026-11.csv'), 'utf8')).toContain(
    '2026-11;Thema;meldetermin-verpasst;Termin verpasst;3',
  );
  expect(runStatistics(['2026-13'], settings)).toMatchObject({ exitCode: 2 });
  expect(runStatistics(['2025-01'], settings).lines.join()).toContain('2026-11');
});
