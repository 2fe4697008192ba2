/**
 * What the house wants to know of a month, as counts: what was asked about, when, where, with what result. No text, no person, no conversation:
 * an hour of the day, a topic's id, a channel's name. Counted in memory and added to the store every few seconds, on every replica;
 * a crash loses what was counted since.
 */
import { LotseError } from '../errors';
import type { Store } from '../storage/ports';

/** Words from the code and ids of the knowledge base; never anything a person typed. */
export type HouseDimension = 'outcome' | 'reason' | 'topic' | 'hour' | 'weekday' | 'channel' | 'language' | 'feedback';

export interface HouseCount {
  readonly dimension: HouseDimension;
  readonly name: string;
  readonly count: number;
}

export interface HouseCounts {
  /** `month` as `YYYY-MM`. */
  add(month: string, dimension: HouseDimension, name: string): void;
  /** Adds what was counted to the store; what could not be added stays for the next time. */
  flush(): Promise<void>;
  list(month: string): Promise<readonly HouseCount[]>;
}

const prefix = 'count/';
const maxTries = 8;
const maxNameChars = 100;
/** Two years: long enough to compare a month with the year before. */
export const keptMs = 2 * 366 * 24 * 60 * 60 * 1_000;
/** More different names than the knowledge base has; what comes on top is counted as one. */
const maxNames = 5_000;

export function createHouseCounts(store: Store, nowMs: () => number): HouseCounts {
  let pending = new Map<string, number>();
  const addTo = (counts: Map<string, number>, key: string, by: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + by);
  };
  return {
    add(month, dimension, name) {
      const key = `${prefix}${month}/${dimension}/${name.replaceAll('/', '-').slice(0, maxNameChars)}`;
      addTo(pending, pending.has(key) || pending.size < maxNames ? key : `${prefix}${month}/${dimension}/…`, 1);
    },
    async flush() {
      const adding = pending;
      pending = new Map();
      try {
        await addAll(store, adding, nowMs() + keptMs);
      } catch (error) {
        for (const [key, by] of adding) addTo(pending, key, by);
        throw error;
      }
    },
    async list(month) {
      const found: HouseCount[] = [];
      const own = `${prefix}${month}/`;
      for (let after: string | undefined; ;) {
        const page = await store.list(own, { limit: 500, ...(after === undefined ? {} : { after }) });
        for (const [key, { value }] of page) {
          const [dimension = '', ...name] = key.slice(own.length).split('/');
          if (isDimension(dimension)) found.push({ dimension, name: name.join('/'), count: Number(value) });
        }
        after = page.at(-1)?.[0];
        if (after === undefined || page.length < 500) return found;
      }
    },
  };
}

/** Each round commits all that is left as one batch; another replica's round in between makes it read again. */
async function addAll(store: Store, adding: ReadonlyMap<string, number>, expiresAtMs: number): Promise<void> {
  if (adding.size === 0) return;
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const stored = await store.read([...adding.keys()]);
    const changes = [...adding].map(([key, by]) => {
      const before = stored.get(key);
      return { key, value: String(Number(before?.value ?? 0) + by), expect: before?.eTag ?? null, expiresAtMs };
    });
    if ((await store.commit(changes)) === 'committed') return;
  }
  throw new LotseError('STORAGE_CONTENTION', 'The counts changed under every try');
}

const dimensions: readonly string[] = [
  'outcome',
  'reason',
  'topic',
  'hour',
  'weekday',
  'channel',
  'language',
  'feedback',
] satisfies readonly HouseDimension[];

function isDimension(text: string): text is HouseDimension {
  return dimensions.includes(text);
}
