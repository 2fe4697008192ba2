/**
 * A knowledge base that is edited while it is served: good edits go live, bad ones leave the last good one and say so.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from '../../src/knowledge/findings';
import { loadKnowledge } from '../../src/knowledge/load';
import { loadOutside } from '../../src/knowledge/loadOutside';
import type { KnowledgeBase } from '../../src/knowledge/model';
import { createLiveKnowledge, type LiveKnowledge, type LiveKnowledgeOptions, type ReloadEvent } from '../../src/knowledge/reload';
import { tempKnowledge, type TempKnowledge } from '../support/tempKnowledge';

const TERMINE = 'leistungen/termine.yaml';

let temp: TempKnowledge;
let live: LiveKnowledge<string> | undefined;
let events: ReloadEvent[];

beforeEach(() => {
  temp = tempKnowledge();
  events = [];
});
afterEach(() => {
  live?.close();
  live = undefined;
  temp.dispose();
});

const title = (knowledge: KnowledgeBase): string => knowledge.entries[0]?.title ?? '';

async function start(options: Partial<LiveKnowledgeOptions<string>> = {}): Promise<LiveKnowledge<string>> {
  live = await createLiveKnowledge({
    folder: temp.folder,
    build: title,
    onEvent: (event) => events.push(event),
    pollMs: 0,
    load: (folder) => Promise.resolve(loadKnowledge(folder)),
    ...options,
  });
  return live;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(condition()).toBe(true);
}

test('a good edit goes live and the version changes', async () => {
  const knowledge = await start();
  const before = knowledge.status()?.version;
  expect(knowledge.current()).toBe('Termin verpasst');
  temp.replace(TERMINE, 'titel: Termin verpasst', 'titel: Termin versäumt');
  await knowledge.reload();
  expect(knowledge.current()).toBe('Termin versäumt');
  expect(knowledge.status()).toMatchObject({ stale: false });
  expect(knowledge.status()?.version).not.toBe(before);
  expect(events.map((event) => event.kind)).toEqual(['live', 'live']);
});

const badEdits: readonly (readonly [string, (base: TempKnowledge) => void, string])[] = [
  ['a half-written file', (base) => { base.write(TERMINE, "- id: 'a\n"); }, 'KB_SYNTAX'],
  ['a truncated file', (base) => { base.write(TERMINE, ''); }, 'KB_EMPTY_FILE'],
  ['a duplicate id', (base) => { base.replace('personal/intern.yaml', 'intern-bescheid-fehler', 'antrag-unterlagen'); }, 'KB_DUPLICATE_ID'],
  ['an unquoted postcode', (base) => { base.replace('jobcenter/nrw.yaml', "'45127'", '01067'); }, 'KB_UNQUOTED_POSTCODE'],
  ['deep nesting', (base) => { base.write('synonyme.yaml', '['.repeat(100_000)); }, 'KB_TOO_DEEP'],
  ['another encoding', (base) => { base.write('synonyme.yaml', Buffer.from('- begriff: Prüfung\n', 'latin1')); }, 'KB_ENCODING'],
  ['deleted files', (base) => { for (const path of ['leistungen', 'personal', 'oertlich', 'notfall.yaml', 'wege']) base.remove(path); }, 'KB_NO_ENTRIES'],
];

test.each(badEdits)('29 %s keeps the last good one, stale, with a finding', async (_, edit, code) => {
  const knowledge = await start();
  const before = knowledge.status()?.version;
  edit(temp);
  await knowledge.reload();
  expect(knowledge.current()).toBe('Termin verpasst');
  expect(knowledge.status()).toEqual({ version: before, stale: true });
  expect(knowledge.findings().map((each) => each.code)).toEqual([code]);
  expect(events.at(-1)?.kind).toBe('rejected');
});

test('a bad edit that is undone is no longer stale', async () => {
  const knowledge = await start();
  temp.replace(TERMINE, 'gewissheit: V2', 'gewissheit: sicher');
  await knowledge.reload();
  expect(knowledge.status()?.stale).toBe(true);
  temp.replace(TERMINE, 'gewissheit: sicher', 'gewissheit: V2');
  await knowledge.reload();
  expect(knowledge.status()?.stale).toBe(false);
  expect(knowledge.findings()).toEqual([]);
});

test('gold questions that fail keep the last good one', async () => {
  const lost: Finding = finding('error', 'KB_GOLD_QUESTION', { file: 'evaluation/gold.yaml', line: 3, column: 5 }, 'Die Frage findet ihr Thema nicht mehr.');
  const knowledge = await start({ gate: (built) => (built === 'Termin versäumt' ? [lost] : []) });
  temp.replace(TERMINE, 'titel: Termin verpasst', 'titel: Termin versäumt');
  await knowledge.reload();
  expect(knowledge.current()).toBe('Termin verpasst');
  expect(knowledge.status()?.stale).toBe(true);
  expect(knowledge.findings()).toEqual([lost]);
});

test('an index that cannot be built keeps the last good one', async () => {
  const knowledge = await start({
    build: (base) => {
      if (title(base) !== 'Termin verpasst') throw new Error('zu groß');
      return title(base);
    },
  });
  temp.replace(TERMINE, 'titel: Termin verpasst', 'titel: Anders');
  await knowledge.reload();
  expect(knowledge.current()).toBe('Termin verpasst');
  expect(knowledge.findings().map((each) => each.code)).toEqual(['KB_BUILD_FAILED']);
});

test('29 a load that fails altogether is a finding, and the next one is taken', async () => {
  let fail = true;
  const knowledge = await start({
    load: (folder) => (fail ? Promise.reject(new Error('kein Thread')) : Promise.resolve(loadKnowledge(folder))),
  });
  temp.replace(TERMINE, 'titel: Termin verpasst', 'titel: Anders');
  await knowledge.reload();
  expect(knowledge.findings().map((each) => each.code)).toEqual(['KB_LOAD_FAILED']);
  fail = false;
  await knowledge.reload();
  expect(knowledge.current()).toBe('Anders');
});

test('nothing good at the start: nothing is served until the files are repaired', async () => {
  temp.replace(TERMINE, 'gewissheit: V2', 'gewissheit: sicher');
  const knowledge = await start();
  expect(knowledge.current()).toBeUndefined();
  expect(knowledge.status()).toBeUndefined();
  temp.replace(TERMINE, 'gewissheit: sicher', 'gewissheit: V2');
  await knowledge.reload();
  expect(knowledge.status()?.stale).toBe(false);
});

test('30 fifty edits one after the other are taken one at a time, in order', async () => {
  let building = 0;
  const knowledge = await start({
    build: async (base) => {
      building += 1;
      expect(building).toBe(1);
      await Promise.resolve();
      building -= 1;
      return title(base);
    },
  });
  const waiting: Promise<void>[] = [];
  let current = 'Termin verpasst';
  for (let edit = 0; edit < 50; edit += 1) {
    temp.replace(TERMINE, `titel: ${current}`, `titel: Fassung ${edit}`);
    current = `Fassung ${edit}`;
    waiting.push(knowledge.reload());
  }
  await Promise.all(waiting);
  expect(knowledge.current()).toBe('Fassung 49');
});

test('a saved file is noticed, loaded on another thread and live within five seconds', async () => {
  live = await createLiveKnowledge({ folder: temp.folder, build: title, onEvent: (event) => events.push(event), pollMs: 100 });
  temp.replace(TERMINE, 'titel: Termin verpasst', 'titel: Termin versäumt');
  await until(() => live?.current() === 'Termin versäumt');
});

test('a load on another thread gives the same knowledge base', async () => {
  const outside = await loadOutside(temp.folder, { timeoutMs: 10_000 });
  expect(outside).toEqual(loadKnowledge(temp.folder));
  expect(outside.knowledge?.texts['constructor']).toBeUndefined();
  expect(outside.knowledge?.texts['begruessung']?.['constructor']).toBeUndefined();
});

test.each([
  ['hangs', 'for (;;);', 'zu langsam'],
  ['throws', 'throw new Error("x");', 'abgebrochen'],
  ['eats all memory', 'const a = []; for (;;) a.push(new Array(1e6).fill({}));', 'abgebrochen'],
  ['ends without a word', '', 'beendet'],
])('a thread that %s is a finding', async (_, source, why) => {
  const program = join(temp.folder, 'program.cjs');
  writeFileSync(program, source);
  const { knowledge, findings } = await loadOutside(temp.folder, { timeoutMs: why === 'zu langsam' ? 2_000 : 30_000, program });
  expect(knowledge).toBeUndefined();
  expect(findings.map((each) => each.code)).toEqual(['KB_LOAD_FAILED']);
  expect(findings[0]?.message).toContain(why);
}, 40_000);
