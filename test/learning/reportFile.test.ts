/** What staff report reaches the editors' command line. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepReports, readReports } from '../../src/learning/reportFile';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
const file = join(folder, 'meldungen.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = { entryId: 'termin-verpasst', day: '2026-11-24', reason: 'outdated', proposal: 'Seit Juli\nanders.' };

it('is no file as long as nobody has reported anything', () => {
  keepReports(folder, []);
  expect(readReports(file)).toEqual([]);
});

it('keeps what was reported and nothing else, and follows when it is settled', () => {
  keepReports(folder, [{ ...report, key: 'report/1' } as typeof report]);
  expect(readReports(file)).toEqual([report]);
  expect(readFileSync(file, 'utf8')).not.toContain('report/1');
  keepReports(folder, []);
  expect(readReports(file)).toEqual([]);
});

it('a file that cannot be read is none', () => {
  writeFileSync(file, '{"version":');
  expect(readReports(file)).toEqual([]);
});

it('is shown by `npm run suggest`', () => {
  keepReports(folder, [report]);
  const out = execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/suggest.ts', join(folder, 'lernen.json')], {
    encoding: 'utf8',
  });
  expect(out).toContain('2026-11-24 termin-verpasst, veraltet: „Seit Juli anders.“');
});
