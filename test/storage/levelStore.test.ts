import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fixedClock } from '../../src/clock';
import { createLevelStorage } from '../../src/storage/level';
import { coordinationContract } from '../contracts/coordinationContract';
import { storeContract } from '../contracts/storeContract';
import { tempFolder } from '../support/tempFolder';

const root = tempFolder('level');
storeContract('level', {
  durable: true,
  open: (clock, place) => createLevelStorage({ directory: join(root, place), clock }),
});

coordinationContract('level', {
  replicas: 1,
  open: (clock, place) => createLevelStorage({ directory: join(root, 'coordination', place), clock }),
});

describe('a level folder', () => {
  it('holds nothing of what was deleted or has expired, within a quarter of an hour of purges', async () => {
    const directory = join(root, 'remains');
    const clock = fixedClock(Date.UTC(2026, 10, 24));
    const storage = await createLevelStorage({ directory, clock });
    const { store } = storage;
    await store.purgeExpired();
    await store.commit([
      { key: 'deleted', value: 'Kanarienvogel-gelb' },
      { key: 'expired', value: 'Kanarienvogel-grau', expiresAtMs: clock.nowMs() + 1_000 },
      { key: 'overwritten', value: 'Kanarienvogel-blau' },
      { key: 'kept', value: 'Kanarienvogel-weiß' },
    ]);
    expect(canaries(directory)).toEqual(['blau', 'gelb', 'grau', 'weiß']);
    await store.commit([
      { key: 'deleted', value: null },
      { key: 'overwritten', value: 'Amsel' },
    ]);
    for (let minute = 0; minute < 15; minute += 1) {
      clock.advance(60_000);
      await store.purgeExpired();
    }
    expect(canaries(directory)).toEqual(['weiß']);
    expect((await store.list('')).map(([key]) => key)).toEqual(['kept', 'overwritten']);
    await storage.close();
  });
});

/** What any file of the folder holds, deleted or not. The text is short enough to stand there uncompressed. */
function canaries(directory: string): readonly string[] {
  const text = readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('');
  return [
    ...new Set([...text.matchAll(/Kanarienvogel-(gelb|grau|blau|weiß)/g)].map(([, colour = '']) => colour)),
  ].sort();
}
