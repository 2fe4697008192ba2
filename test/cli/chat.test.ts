/** `npm run --silent chat -- --json` as scripts outside the project use it: a process, JSON lines in, JSON lines out. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

function chat(
  lines: readonly unknown[],
  args: readonly string[] = ['--json'],
): Promise<{ readonly out: readonly string[]; readonly err: string; readonly code: number | null }> {
  return new Promise((resolve) => {
    const process_ = spawn(process.execPath, ['--import', 'tsx', 'src/cli/chat.ts', ...args], { cwd: root });
    let out = '';
    let err = '';
    process_.stdout.on('data', (data: Buffer) => (out += data.toString()));
    process_.stderr.on('data', (data: Buffer) => (err += data.toString()));
    process_.on('close', (code) => {
      resolve({ out: out.trim().split('\n'), err, code });
    });
    process_.stdin.end(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n') + '\n');
  });
}

test('answers each user line with kind, entries, text and choices; a reset begins anew', async () => {
  const { out, err, code } = await chat([
    { user: 'Welche Aktion gibt es in Essen?' },
    { user: 'und in Solingen?' },
    { reset: true },
    { user: 'Welche Unterlagen brauche ich für den Antrag?' },
    { user: '1' },
    'das ist kein JSON',
    { user: 'Welche Aktion gibt es in Essen?', today: '2019-08-20' },
    { user: 'Wann wird das Geld ausgezahlt?', jobcenter: 'essen' },
  ]);
  expect(code).toBe(0);
  expect(err).toContain('Keine Zeile JSON');
  const replies = out.map(
    (line) =>
      JSON.parse(line) as {
        kind: string;
        entries: { id: string; confidence: number }[];
        text: string;
        choices: string[];
      },
  );
  expect(replies.map(({ kind }) => kind)).toEqual(['events', 'events', 'answer', 'answer', 'events', 'answer']);
  expect(replies[1]?.entries[0]?.id).toBe('2019-solingen-podiumsdiskussion');
  expect(replies[2]?.entries[0]).toMatchObject({ id: 'antrag-unterlagen' });
  expect(replies[2]?.choices.length).toBeGreaterThan(0);
  // What stands in the text is what was offered.
  for (const [index, title] of (replies[2]?.choices ?? []).entries())
    expect(replies[2]?.text).toContain(`${index + 1}. ${title}`);
  expect(replies[4]?.text).toContain('Das ist am Dienstag, 27. August 2019');
  expect(replies[5]?.text).toContain('Jobcenter Essen');
}, 60_000);

test('refuses arguments it does not know, in German', async () => {
  const { err, code } = await chat([], ['--unbekannt']);
  expect(code).toBe(2);
  expect(err).toContain('Aufruf: npm run --silent chat');
}, 60_000);
