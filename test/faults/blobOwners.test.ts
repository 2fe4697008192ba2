/**
 * Owners of one container that come and go, crash and believe themselves still in office, over requests that fail, lose their answers or arrive late:
 * whatever happens, what was acknowledged is there in the end, and a fence that held was true. Rows 1, 2, 5 and 6 of the fault matrix, by chance.
 */
import { fixedClock } from '../../src/clock';
import { openBlobStorage } from '../../src/storage/blob/blob';
import { journalLimits } from '../../src/storage/blob/ownedContainer';
import type { Storage } from '../../src/storage/ports';
import { createMemoryAccount, type Fate } from '../support/memoryContainer';

const runs = 60;
const steps = 80;
const keyCount = 6;

interface Written {
  readonly id: number;
  readonly keys: readonly string[];
}

it('owners by chance lose nothing acknowledged and never both write', async () => {
  const totals = await Promise.all(Array.from({ length: runs }, (_, seed) => live(seed + 1)));
  const sum = (name: keyof (typeof totals)[number]): number => totals.reduce((all, each) => all + each[name], 0);
  // It happened at all: otherwise nothing is shown.
  expect(sum('acknowledged')).toBeGreaterThan(runs * 15);
  expect(sum('unclear')).toBeGreaterThan(runs * 5);
  expect(sum('fenced')).toBeGreaterThan(runs * 5);
  expect(sum('owners')).toBeGreaterThan(runs * 3);
}, 60_000);

async function live(seed: number): Promise<{ acknowledged: number; unclear: number; fenced: number; owners: number }> {
  const random = randomFrom(seed);
  const account = createMemoryAccount();
  const clock = fixedClock(Date.UTC(2026, 10, 25));
  let trouble = 0;
  const fate = (): Fate => {
    const dice = random();
    if (dice >= trouble) return 'answered';
    return dice < trouble / 3 ? 'fails' : dice < (trouble * 2) / 3 ? 'lost' : 'late';
  };
  const open = (): Promise<Storage> =>
    openBlobStorage({
      container: account.connect(fate),
      clock,
      waitMs: 0,
      limits: { ...journalLimits, blocks: 15 },
    });
  const owners: Storage[] = [await open()];
  /** By key: the last acknowledged write, and what became unclear since. */
  const possible = new Map<string, Set<string>>();
  const written: Written[] = [];
  let counts = { acknowledged: 0, unclear: 0, fenced: 0, owners: 1 };

  const commit = async ({ store }: Storage): Promise<void> => {
    const keys = [...new Set([0, 1, 2].map(() => `k${Math.floor(random() * keyCount)}`))];
    const isFenced = random() < 0.5;
    const id = written.length + 1;
    const before = isFenced ? await store.read(keys) : new Map<string, { value: string; eTag: string }>();
    written.push({ id, keys });
    const allowedBefore = new Map(keys.map((key) => [key, new Set(possible.get(key) ?? [''])]));
    const changes = keys.map((key) => ({
      key,
      value: String(id),
      ...(isFenced ? { expect: before.get(key)?.eTag ?? null } : {}),
    }));
    try {
      if ((await store.commit(changes)) === 'conflict') return;
    } catch {
      counts = { ...counts, unclear: counts.unclear + 1 };
      for (const key of keys) possible.set(key, new Set([...(possible.get(key) ?? ['']), String(id)]));
      return;
    }
    counts = { ...counts, acknowledged: counts.acknowledged + 1, fenced: counts.fenced + (isFenced ? 1 : 0) };
    if (isFenced)
      for (const key of keys)
        expect([seed, id, [...(allowedBefore.get(key) ?? [])]]).toEqual([
          seed,
          id,
          expect.arrayContaining([before.get(key)?.value ?? '']),
        ]);
    for (const key of keys) possible.set(key, new Set([String(id)]));
  };

  for (let step = 0; step < steps; step += 1) {
    trouble = random() < 0.3 ? 0.3 : 0;
    const owner = owners[Math.floor(random() * owners.length)];
    const dice = random();
    if (owner === undefined || dice < 0.08) {
      // Somebody new, after the lease has run out; the others do not know and go on trying.
      account.expireLease();
      await open().then(
        (next) => {
          owners.push(next);
          counts = { ...counts, owners: counts.owners + 1 };
        },
        () => undefined,
      );
    } else if (dice < 0.12 && owners.length > 1) {
      // A crash: no goodbye.
      owners.splice(owners.indexOf(owner), 1);
      account.expireLease();
    } else if (dice < 0.16) {
      account.expireLease();
    } else if (dice < 0.22) {
      clock.advance(15 * 60_000);
      await owner.store.purgeExpired().catch(() => undefined);
    } else await commit(owner).catch(() => undefined);
  }
  trouble = 0;
  await account.settle();
  account.expireLease();
  const { store } = await open();
  const found = new Map([...(await store.list('k'))].map(([key, { value }]) => [key, value]));
  for (const [key, values] of possible)
    expect([seed, key, [...values]]).toEqual([seed, key, expect.arrayContaining([found.get(key) ?? ''])]);
  // All or nothing: what stands in one key of a commit stands in all, unless something later does.
  for (const { id, keys } of written)
    if (keys.some((key) => found.get(key) === String(id)))
      for (const key of keys) expect(Number(found.get(key) ?? 0)).toBeGreaterThanOrEqual(id);
  return counts;
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
