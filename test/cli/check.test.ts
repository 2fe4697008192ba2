/**
 * `npm run check`: what it prints and how it ends.
 */
import { runCheck } from '../../src/cli/check';
import { SAMPLE_KNOWLEDGE, tempKnowledge, type TempKnowledge } from '../support/tempKnowledge';

let temp: TempKnowledge;
beforeEach(() => {
  temp = tempKnowledge();
});
afterEach(() => {
  temp.dispose();
});

const TODAY = '2026-11-22';

test('clean content ends with zero findings and succeeds', () => {
  const { lines, exitCode } = runCheck([SAMPLE_KNOWLEDGE], TODAY);
  expect(lines.at(-1)).toBe('0 Befunde (0 Fehler, 0 Hinweise) in 12 Dateien');
  expect(exitCode).toBe(0);
});

test('an error fails, whatever the strictness', () => {
  temp.replace('leistungen/termine.yaml', 'siehe_auch: [antrag-unterlagen]', 'siehe_auch: [antrag-unterlage]');
  const { lines, exitCode } = runCheck([temp.folder], TODAY);
  expect(lines).toContain(
    'leistungen/termine.yaml:40:16  KB_UNKNOWN_LINK  Das Thema „antrag-unterlage“ gibt es nicht. Meinten Sie „antrag-unterlagen“?',
  );
  expect(lines.at(-1)).toBe('1 Befund (1 Fehler, 0 Hinweise) in 12 Dateien');
  expect(exitCode).toBe(1);
});

test('a warning fails only with --streng', () => {
  temp.replace('leistungen/termine.yaml', '    - Reichen Kopien meiner Papiere?\n', '');
  expect(runCheck([temp.folder], TODAY).exitCode).toBe(0);
  expect(runCheck([temp.folder, '--streng'], TODAY).exitCode).toBe(1);
});

test('--heute moves the day of the check', () => {
  const codes = (day: string): boolean =>
    runCheck([temp.folder, '--heute', day], TODAY).lines.some((line) => line.includes('KB_REVIEW_OVERDUE'));
  expect(codes('2027-05-31')).toBe(false);
  expect(codes('2027-06-01')).toBe(true);
});

test('what a Jobcenter words differently is listed', () => {
  expect(runCheck([SAMPLE_KNOWLEDGE], TODAY).lines).toContain(
    'Örtlich geändert: essen: antrag-unterlagen (fassungen) – oertlich/essen/termine.yaml:1',
  );
});

test.each([[['--heute', '30.02.2026']], [['--heute', '2026-02-30']], [['--unbekannt']], [['a', 'b']]])(
  '%j is answered with the usage',
  (args) => {
    const { lines, exitCode } = runCheck(args, TODAY);
    expect(exitCode).toBe(2);
    expect(lines.join('\n')).toContain('npm run check');
  },
);
