/** What the service leaves for `npm run suggest`: only what may be shown, and no file before there is anything. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '../../src/clock';
import { keepClusters, readClusters } from '../../src/learning/clusterFile';
import { clusterQuestions } from '../../src/learning/clusters';
import { createLearning } from '../../src/learning/questions';
import { createMemoryStore } from '../../src/storage/memory';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lotse-lernen-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('holds what five conversations asked and nothing of what four asked', async () => {
  const clock = fixedClock(Date.UTC(2026, 10, 24));
  const learning = createLearning(createMemoryStore(clock), () => clock.nowMs());
  const ask = (question: string, conversation: number): Promise<void> =>
    learning.record({ kind: 'unanswered', question, entryIds: [], conversation: `c${conversation}` });
  for (let conversation = 0; conversation < 5; conversation += 1) await ask('Hundesteuer', conversation);
  for (let conversation = 0; conversation < 4; conversation += 1) await ask('Nachbar heißt Kowalski', conversation);
  const file = join(folder, 'daten', 'lernen.json');
  keepClusters(join(folder, 'daten'), clusterQuestions(await learning.list()));
  expect(readClusters(file)).toEqual([
    { text: 'hundesteuer', conversations: 5, kinds: { unanswered: 5 }, entries: [] },
  ]);
  expect(readFileSync(file, 'utf8')).not.toMatch(/kowalski/i);
});

test('there is no file where there was never anything to show, and an unchanged one is not written again', () => {
  const file = join(folder, 'lernen.json');
  keepClusters(folder, []);
  expect(existsSync(file)).toBe(false);
  const clusters = [{ text: 'a', conversations: 5, kinds: { unanswered: 5 }, entries: [] }];
  keepClusters(folder, clusters);
  const { ino } = statSync(file);
  keepClusters(folder, clusters);
  expect(statSync(file).ino).toBe(ino);
  keepClusters(folder, []);
  expect(readClusters(file)).toEqual([]);
});

test('a file that is none of ours is none', () => {
  const file = join(folder, 'lernen.json');
  writeFileSync(file, '{"version":2}');
  expect(readClusters(file)).toBeUndefined();
  expect(readClusters(join(folder, 'fehlt.json'))).toBeUndefined();
});
