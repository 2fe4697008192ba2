/**
 * Owners of one container that come and go, crash and believe themselves still in office, over requests that fail, lose their answers or arrive late:
 * whatever happens, what was acknowledged is there in the end, and a fence that held was true. Rows 1, 2, 5 and 6 of the fault matrix, by chance.
 */
import { fixedClock } from '../../src/clock';
import { openBlobStorage } from '../../src/storage/blob/blob';
import { journalLimits } from '../../src/storage/blob/ownedContainer';
import type { Storage, StoredValue } from '../../src/storage/ports';
import { createMemoryAccount, type Fate } from '../support/memoryContainer';

const runs = 200;
const steps = 80;
const keyCount = 6;

interface Written {
  readonly id: number;
  readonly keys: readonly string[];
  readonly fromStep: number;
  /** When its outcome was known. */
  readonly toStep: number;
  readonly outcome: 'acknowledged' | 'unclear';
}

it('owners by chance lose nothing acknowledged and never both write', async () => {
  const totals = await Promise.all(Array.from({ length: runs }, (_, seed) => live(seed + 1)));
  const sum = (name: keyof (typeof totals)[number]): number => totals.reduce((all, each) => all + each[name], 0);
  // It happened at all: otherwise nothing is shown.
  expect(sum('acknowledged')).toBeGreaterThan(runs * 10);
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
  /** Mostly at once, now and then as slow as a dozen others. */
  const turns = (): number => (random() < 0.1 ? 60 : 1 + Math.floor(random() * 3));
  const open = (): Promise<Storage> =>
    openBlobStorage({
      container: account.connect(fate, turns),
      // Who looks away for ever: only its next use tells it.
      renewEveryMs: 600_000,
      clock,
      waitMs: 0,
      limits: { ...journalLimits, blocks: 15 },
    });
  const owners: Storage[] = [await open()];
  const written: Written[] = [];
  let ids = 0;
  let moment = 0;
  let fenced = 0;
  let everOwners = 1;

  /** Whether the value may stand there for one who looks from `atStep` on: nothing acknowledged has begun after it was over. */
  const mayStand = (key: string, value: string, atStep: number): boolean => {
    const writer = written.find(({ id }) => String(id) === value);
    const overAt = value === '' ? 0 : writer?.toStep;
    return !written.some(
      (later) =>
        later.outcome === 'acknowledged' &&
        later.keys.includes(key) &&
        later.toStep < atStep &&
        overAt !== undefined &&
        later.fromStep > overAt,
    );
  };

  const commit = async ({ store }: Storage): Promise<void> => {
    const keys = [...new Set([0, 1, 2].map(() => `k${Math.floor(random() * keyCount)}`))];
    const isFenced = random() < 0.5;
    const readStep = (moment += 1);
    const before = isFenced ? await store.read(keys).catch(() => undefined) : new Map<string, StoredValue>();
    if (before === undefined) return;
    const id = (ids += 1);
    const fromStep = (moment += 1);
    const changes = keys.map((key) => ({
      key,
      value: String(id),
      ...(isFenced ? { expect: before.get(key)?.eTag ?? null } : {}),
    }));
    const outcome = await store.commit(changes).then(
      (result) => (result === 'committed' ? 'acknowledged' : 'conflict'),
      () => 'unclear' as const,
    );
    if (outcome === 'conflict') return;
    if (outcome === 'acknowledged' && isFenced) {
      fenced += 1;
      for (const key of keys) {
        const value = before.get(key)?.value ?? '';
        expect({ seed, id, key, value, mayStand: mayStand(key, value, readStep) }).toMatchObject({ mayStand: true });
      }
    }
    written.push({ id, keys, fromStep, toStep: (moment += 1), outcome });
  };

  const underWay = new Set<Promise<unknown>>();
  for (let step = 0; step < steps; step += 1) {
    trouble = random() < 0.3 ? 0.3 : 0;
    const owner = owners[Math.floor(random() * owners.length)];
    const dice = random();
    const act = async (): Promise<void> => {
      if (owner === undefined || dice < 0.08) {
        // Somebody new, after the lease has run out; the others do not know and go on trying.
        account.expireLease();
        const next = await open().catch(() => undefined);
        if (next === undefined) return;
        owners.push(next);
        everOwners += 1;
      } else if (dice < 0.12 && owners.length > 1) {
        // A crash: no goodbye, and nobody hears of what is under way.
        owners.splice(owners.indexOf(owner), 1);
        account.expireLease();
      } else if (dice < 0.18) account.expireLease();
      else if (dice < 0.26) {
        clock.advance(15 * 60_000);
        await owner.store.purgeExpired().catch(() => undefined);
      } else await commit(owner);
    };
    const acting = act();
    underWay.add(acting);
    void acting.finally(() => underWay.delete(acting)).catch(() => undefined);
    // Some at once, some one after the other.
    if (random() < 0.5) await Promise.all(underWay);
    else await new Promise(setImmediate);
  }
  trouble = 0;
  await Promise.all(underWay);
  await account.settle();
  account.expireLease();
  const { store } = await open();
  const found = new Map((await store.list('k')).map(([key, { value }]) => [key, value]));
  for (let index = 0; index < keyCount; index += 1) {
    const key = `k${index}`;
    const value = found.get(key) ?? '';
    expect({ seed, key, value, mayStand: mayStand(key, value, Infinity) }).toMatchObject({ mayStand: true });
  }
  // All or nothing: what stands in one key of a commit stands in all, unless something that was not over before it does.
  for (const { id, keys, fromStep } of written)
    if (keys.some((key) => found.get(key) === String(id)))
      for (const key of keys) {
        const other = written.find((each) => String(each.id) === found.get(key));
        expect({ seed, id, key, isThere: (other?.toStep ?? -1) >= fromStep }).toMatchObject({ isThere: true });
      }
  const count = (outcome: Written['outcome']): number => written.filter((each) => each.outcome === outcome).length;
  return { acknowledged: count('acknowledged'), unclear: count('unclear'), fenced, owners: everOwners };
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
