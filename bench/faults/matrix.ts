/**
 * Which test proves which row of the fault matrix (shared/design/reliability.md): tests begin with the numbers of their rows. Counts, runs nothing.
 *
 *   npm run bench -- matrix
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table, writeSection } from '../report';

const ROWS = [
  'kill -9 before commit',
  'kill -9 after commit, before send',
  'SIGTERM drains',
  'torn record, read-only folder, disk full',
  'second process on the same folder',
  'storage down at start, mid-turn, silent',
  'idle connection killed, database killed',
  'lock holder dies, lock expires',
  '100 parallel turns on two replicas',
  'same user in two conversations',
  'same activity id twice',
  'socket drops, reconnect elsewhere',
  'bad, future, negative watermark',
  'expired, tampered, foreign token; reused stream address',
  'forged identity fields',
  '/api/messages without or with a wrong JWT',
  'foreign tenant or guest in Teams',
  'OpenID unreachable',
  'evil serviceUrl',
  'forged or replayed messenger webhook',
  'huge, deep or odd bodies',
  'NUL, surrogates, RTL, ZWJ, NFD',
  '`__proto__` and its like',
  'texts that take regular expressions seconds',
  'HTML, javascript: and data: links, markdown',
  'CR, LF, ANSI; personal data in logs and storage',
  'slowloris, many sockets, slow reader',
  'ten times the load',
  'broken edits of the knowledge base',
  '50 reloads under load',
  'clock jumps, daylight saving',
  'old or corrupt state',
  'unhandled rejection',
] as const;
/** Measured by these commands rather than by a test alone. */
const BENCHES: Readonly<Record<number, string>> = {
  1: '`bench -- faults`, `bench -- storage`',
  2: '`bench -- faults`',
  6: '`bench -- faults`',
  9: '`bench -- faults`',
  11: '`bench -- faults`',
  28: '`bench -- load`',
  30: '`bench -- faults`',
};
const TITLE = /(?:\b(?:it|test)(?:\.each\([^()]*\))?\(|^\s*\]?\)\(|^\s+)\s*['`]((?:\d{1,2} )+)/gm;

export function benchMatrix(): void {
  const proofs = ROWS.map(() => new Map<string, number>());
  for (const name of readdirSync('test', { recursive: true, encoding: 'utf8' })) {
    // Elsewhere a number at the beginning is an amount or a date.
    if (!name.endsWith('.test.ts') || name.startsWith('answering')) continue;
    const source = readFileSync(join('test', name), 'utf8');
    for (const [, numbers = ''] of source.matchAll(TITLE)) {
      for (const row of numbers.trim().split(' ').map(Number)) {
        const files = proofs[row - 1];
        files?.set(name, (files.get(name) ?? 0) + 1);
      }
    }
  }
  const rows = ROWS.map((name, index) => [
    String(index + 1),
    name,
    [...(proofs[index] ?? [])].map(([file, count]) => `${file}${count > 1 ? ` (${count})` : ''}`).join(', ') ||
      '**none**',
    BENCHES[index + 1] ?? '',
  ]);
  writeSection(
    'matrix',
    `## Fault matrix: which row is proved where\n\nCounted from the names of the tests below \`test/\`, which begin with the numbers of their rows; a test over many inputs counts once.\n\n${table(['Row', 'Fault', 'Tests', 'Measured'], rows)}`,
  );
}
