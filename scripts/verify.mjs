/**
 * Everything CI runs, in one place: format, lint, types, import rules, knowledge check, unit tests, browser tests, evaluation.
 * Prints each step with its time, goes on after a failure, and ends in a plain line `N passed, N failed`.
 * Each jest test counts by itself; every other step counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const jestReport = 'coverage/jest-report.json';
const e2eReport = 'coverage/e2e-report.json';
const steps = [
  ['build', ['node', 'scripts/build.mjs']],
  ['format', ['npx', 'prettier', '--check', '.']],
  ['lint', ['npx', 'eslint', '.', '--max-warnings', '0']],
  ['types', ['npx', 'tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['types of the widget', ['npx', 'tsc', '--noEmit', '-p', 'src/widget/tsconfig.json']],
  ['types of the browser tests', ['npx', 'tsc', '--noEmit', '-p', 'test/e2e/tsconfig.json']],
  ['import rules', ['npx', 'depcruise', 'src', 'dialogs', '--config', '.dependency-cruiser.cjs']],
  ['knowledge check', ['npm', 'run', '--silent', 'check']],
  ['unit tests', ['npx', 'jest', '--json', `--outputFile=${jestReport}`], jestReport],
  [
    'browser tests',
    ['npx', 'jest', '--config', 'jest.e2e.config.cjs', '--json', `--outputFile=${e2eReport}`],
    e2eReport,
  ],
  ['evaluation against its baseline', ['npm', 'run', '--silent', 'eval', '--', '--baseline']],
];

let passed = 0;
let failed = 0;
rmSync('coverage', { recursive: true, force: true });
mkdirSync('coverage');
for (const [name, [command, ...args], report] of steps) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const ok = status === 0;
  if (report !== undefined && existsSync(report)) {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    passed += numPassedTests;
    failed += numFailedTests + numRuntimeErrorTestSuites;
    if (!ok && numFailedTests + numRuntimeErrorTestSuites === 0) failed += 1;
  } else if (ok) passed += 1;
  else failed += 1;
  console.log(`== ${name}: ${ok ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
