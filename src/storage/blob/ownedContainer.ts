/**
 * A container in the hands of its one owner: everything in memory, every change one block at the end of a journal before it counts.
 *
 * Two things keep a second owner out. The lease on the manifest (fifteen seconds, renewed every five) says who may begin. The position every append names
 * keeps out who has lost the lease without knowing it: whoever takes over first puts a fence behind the last block, so that an append still under way
 * to the old end is refused, however late it comes. The same position makes an append that got no answer safe to send again.
 *
 * When something is unclear the container is let go and taken anew at the next use: lease, manifest, and whatever is new at the end of the journal.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { LotseError } from '../../errors';
import { errorCode, type Logger } from '../../observability/logger';
import { createProcessLocks } from '../locks';
import { leaseSeconds, unavailable, type BlobContainer } from './container';
import { decodeFrames, decodeSnapshot, encodeEnd, encodeFence, encodeFrame, type Frame } from './frames';
import {
  emptyManifest,
  encodeManifest,
  generationOf,
  manifestName,
  newBlobName,
  parseManifest,
  type Manifest,
} from './manifest';
import { createRecords, type Records } from './records';

export interface OwnedContainer {
  /** What is there; takes the container if need be. Throws `STORAGE_UNAVAILABLE`. */
  records(): Promise<Records>;
  /**
   * Decides on what is there and writes what comes of it, with nobody in between; null writes nothing. Resolves when it is durable.
   * Throws `STORAGE_UNAVAILABLE` (then it may have been written or not) and `STORAGE_COMMIT_TOO_LARGE`.
   */
  write<T>(decide: (records: Records) => { readonly result: T; readonly frame: Frame | null }): Promise<T>;
  /** Writes a snapshot and lets go of everything before it, so that nothing deleted is left anywhere. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

interface Opened {
  readonly records: Records;
  manifest: Manifest;
  manifestETag: string;
  /** Where the last journal ends. */
  position: number;
  blocks: number;
}

/** Azure takes 100 MB in a block; so much would hold up everybody else. */
const maxFrameBytes = 16 * 1024 * 1024;
export interface JournalLimits {
  /** Azure takes 50,000 in a blob. */
  readonly blocks: number;
  readonly bytes: number;
  readonly journals: number;
}

/** Where a journal is replaced by a snapshot. */
export const journalLimits: JournalLimits = { blocks: 40_000, bytes: 64 * 1024 * 1024, journals: 8 };
/** A failure that came sooner than this is tried again; later there is no time left for it. */
const retryWithinMs = 1_000;
const snapshotFrameChars = 1_000_000;

export interface OwnedContainerOptions {
  readonly container: BlobContainer;
  readonly logger: Logger;
  /** How long to wait for an owner that may have gone without a word; its lease runs out by itself. */
  readonly waitMs: number;
  readonly limits?: JournalLimits;
  readonly renewEveryMs?: number;
  /** A clock that nobody sets; not `Clock`, because a lease runs in real time. */
  readonly monotonicMs?: () => number;
}

/** Throws `STORAGE_OWNED` and `STORAGE_FORMAT`; where nobody answers, the container is taken at a later use. */
export async function openOwnedContainer(options: OwnedContainerOptions): Promise<OwnedContainer> {
  const owned = createOwnedContainer(options);
  for (const endMs = performance.now() + options.waitMs; ;) {
    try {
      await owned.take();
      return owned;
    } catch (error) {
      const code = errorCode(error);
      if (code === 'STORAGE_UNAVAILABLE') return owned;
      if (code !== 'STORAGE_OWNED' || performance.now() > endMs) {
        await owned.close();
        throw error;
      }
    }
    await pause(500);
  }
}

function createOwnedContainer({
  container,
  logger,
  limits = journalLimits,
  renewEveryMs = 5_000,
  monotonicMs = () => performance.now(),
}: OwnedContainerOptions): OwnedContainer & { readonly take: () => Promise<void> } {
  /** Never the same in two processes. */
  const life = randomBytes(9).toString('base64url');
  const leaseId = randomUUID();
  /** One at a time: taking, appending, changing the manifest. */
  const locks = createProcessLocks();
  const alone = <T>(work: () => Promise<T>): Promise<T> => locks.withLock('', work);
  let opened: Opened | undefined;
  /** What was held when something became unclear: if nobody else was there meanwhile, it still is what is there. */
  let before: Opened | undefined;
  let taking: Promise<void> | undefined;
  /** By our own clock, from before the request: never later than Azure's. */
  let leaseUntilMs = -Infinity;
  let compacting: Promise<void> | undefined;
  let closed = false;

  const letGo = (reason: string): void => {
    if (opened === undefined) return;
    logger.error('storage.lost', { reason });
    before = opened;
    opened = undefined;
  };

  const lease = async (): Promise<{ readonly eTag: string } | 'refused' | 'missing'> => {
    const askedMs = monotonicMs();
    const result = await container.lease(manifestName, leaseId);
    if (typeof result === 'object') leaseUntilMs = askedMs + leaseSeconds * 1_000;
    return result;
  };

  const renewal = setInterval(() => {
    const on = opened;
    if (on === undefined) return;
    const eTagBefore = on.manifestETag;
    lease().then(
      (result) => {
        if (opened !== on) return;
        if (typeof result === 'string') letGo('lease');
        // Somebody has had it since.
        else if (!manifestChanging && ![eTagBefore, on.manifestETag].includes(result.eTag)) letGo('manifest');
      },
      (error: unknown) => {
        logger.warn('storage.lease.failed', { error: errorCode(error) });
      },
    );
  }, renewEveryMs);
  renewal.unref();
  let manifestChanging = false;

  const held = (): Opened | undefined => {
    if (opened !== undefined && monotonicMs() > leaseUntilMs) letGo('lease');
    return opened;
  };

  const take = (): Promise<void> => {
    if (closed) return Promise.reject(new LotseError('STORAGE_UNAVAILABLE', 'The storage is closed'));
    taking ??= alone(takeNow)
      .catch((error: unknown) => {
        logger.error('storage.opening.failed', { error: errorCode(error) });
        throw error;
      })
      .finally(() => {
        taking = undefined;
      });
    return taking;
  };

  const takeNow = async (): Promise<void> => {
    let leased = await lease();
    if (leased === 'missing') {
      await container.ensure();
      await container.create(manifestName, encodeManifest(await firstManifest()));
      leased = await lease();
    }
    if (leased === 'refused') throw new LotseError('STORAGE_OWNED', 'Another process has the container');
    if (leased === 'missing') throw unavailable();
    const found = await container.read(manifestName);
    if (found === undefined) throw unavailable();
    const isOurs = before !== undefined && before.manifestETag === found.eTag;
    const loaded = before !== undefined && isOurs ? await catchUp(before) : await load(found.bytes, found.eTag);
    await changeManifest(loaded, { ...loaded.manifest, life });
    // A journal with a torn end is written no further, nor one that is nearly full.
    if (loaded.blocks < 0 || loaded.blocks >= limits.blocks || loaded.manifest.journals.length === 0)
      await beginJournal(loaded);
    opened = loaded;
    before = undefined;
    logger.info('storage.taken', { generation: loaded.manifest.generation });
  };

  /** Blobs without a manifest: somebody has deleted it. They are kept aside, not built upon. */
  const firstManifest = async (): Promise<Manifest> => setAside(emptyManifest, await container.names());

  const setAside = (manifest: Manifest, names: readonly string[]): Manifest => {
    const ours = names.filter((name) => generationOf(name) !== undefined);
    if (ours.length > 0) logger.error('storage.quarantined', { blobs: ours.length });
    const generation = Math.max(manifest.generation, ...ours.map((name) => generationOf(name) ?? 0));
    return { ...emptyManifest, generation, corrupt: ours };
  };

  /** Puts a fence behind what we know; if something else stands there, takes it in first. */
  const catchUp = async (known: Opened): Promise<Opened> => {
    const journal = known.manifest.journals.at(-1);
    if (journal === undefined) return known;
    const fence = encodeFence(life);
    for (let round = 0; round < 10; round += 1) {
      const done = await container.append(journal, fence, known.position);
      if (done !== 'refused') {
        known.position += fence.length;
        known.blocks = known.blocks < 0 ? -1 : done.blocks;
        return known;
      }
      const tail = await container.read(journal, known.position);
      if (tail === undefined) throw unavailable();
      const { frames, state } = decodeFrames(tail.bytes);
      for (const frame of frames) known.records.apply(frame);
      known.position += tail.bytes.length;
      if (state !== 'whole') known.blocks = -1;
    }
    throw unavailable();
  };

  /** Everything anew from the blobs. What cannot be read is put aside, and the container begins empty. */
  const load = async (bytes: Buffer, manifestETag: string): Promise<Opened> => {
    const manifest = parseManifest(bytes);
    const loaded = manifest === undefined ? undefined : await loadFrom(manifest, manifestETag);
    if (loaded !== undefined) return catchUp(loaded);
    const names =
      manifest === undefined
        ? await container.names()
        : [...(manifest.snapshot === null ? [] : [manifest.snapshot]), ...manifest.journals];
    return {
      records: createRecords(),
      manifest: setAside(manifest ?? emptyManifest, names),
      manifestETag,
      position: 0,
      blocks: 0,
    };
  };

  /** Undefined: something that was acknowledged cannot be read. */
  const loadFrom = async (manifest: Manifest, manifestETag: string): Promise<Opened | undefined> => {
    const records = createRecords();
    if (manifest.snapshot !== null) {
      const snapshot = await container.read(manifest.snapshot);
      const frames = snapshot === undefined ? undefined : decodeSnapshot(snapshot.bytes);
      if (frames === undefined) return undefined;
      for (const frame of frames) records.apply(frame);
    }
    let position = 0;
    let blocks = 0;
    for (const name of manifest.journals) {
      const journal = await container.read(name);
      if (journal === undefined) return undefined;
      const { frames, state } = decodeFrames(journal.bytes);
      if (state === 'damaged') return undefined;
      for (const frame of frames) records.apply(frame);
      if (state === 'torn') logger.warn('storage.torn');
      position = journal.bytes.length;
      blocks = state === 'torn' ? -1 : 0;
    }
    return { records, manifest, manifestETag, position, blocks };
  };

  const changeManifest = async (on: Opened, manifest: Manifest): Promise<void> => {
    manifestChanging = true;
    try {
      const done = await container.replace(manifestName, encodeManifest(manifest), { eTag: on.manifestETag, leaseId });
      if (done === 'refused') throw unavailable();
      on.manifest = manifest;
      on.manifestETag = done.eTag;
    } finally {
      manifestChanging = false;
    }
  };

  /** From now on everything goes to a new journal, which the manifest names before anything stands in it. */
  const beginJournal = async (on: Opened): Promise<void> => {
    const generation = on.manifest.generation + 1;
    const journal = newBlobName('journal', generation);
    await container.createJournal(journal);
    await changeManifest(on, { ...on.manifest, generation, journals: [...on.manifest.journals, journal] });
    on.position = 0;
    on.blocks = 0;
  };

  const append = async (on: Opened, bytes: Buffer): Promise<void> => {
    const journal = on.manifest.journals.at(-1) ?? '';
    for (const endMs = performance.now() + retryWithinMs; ;) {
      try {
        const done = await container.append(journal, bytes, on.position);
        on.blocks = done === 'refused' ? await blocksIfWritten(on, journal, bytes) : done.blocks;
        on.position += bytes.length;
        return;
      } catch (error) {
        if (performance.now() > endMs || errorCode(error) !== 'STORAGE_UNAVAILABLE' || opened !== on) throw error;
        logger.warn('storage.append.unclear');
        await pause(100);
      }
    }
  };

  /** Refused is also what was written at the first try and got no answer. */
  const blocksIfWritten = async (on: Opened, journal: string, bytes: Buffer): Promise<number> => {
    const tail = await container.read(journal, on.position);
    if (tail !== undefined && tail.bytes.equals(bytes)) return on.blocks + 1;
    letGo('journal');
    throw unavailable();
  };

  const isFull = ({ blocks, position, manifest }: Opened): boolean =>
    blocks >= limits.blocks || position >= limits.bytes || manifest.journals.length > limits.journals;

  const compactNow = async (): Promise<void> => {
    await owned.records();
    const { on, all, since } = await changed(async (now) => {
      await beginJournal(now);
      return { on: now, all: now.records.all(), since: now.manifest.journals.length - 1 };
    });
    const { generation } = on.manifest;
    const snapshot = newBlobName('snapshot', generation);
    await container.upload(snapshot, snapshotParts(all));
    await changed(async (now) => {
      if (now !== on) throw unavailable();
      const { manifest } = now;
      await changeManifest(now, { ...manifest, snapshot, journals: manifest.journals.slice(since) });
    });
    await removeOlder(generation, on.manifest.corrupt);
  };

  /** A change of the manifest; one that is unclear means that we no longer know what counts. */
  const changed = <T>(work: (on: Opened) => Promise<T>): Promise<T> =>
    alone(async () => {
      const on = held();
      if (on === undefined) throw unavailable();
      try {
        return await work(on);
      } catch (error) {
        letGo('manifest');
        throw error;
      }
    });

  /** Also what earlier attempts left behind. Never what is as new as ours: that could be a new owner's. */
  const removeOlder = async (generation: number, keep: readonly string[]): Promise<void> => {
    let kept = 0;
    for (const name of await container.names()) {
      const older = (generationOf(name) ?? Infinity) < generation && !keep.includes(name);
      if (older && (await container.remove(name)) === 'kept') kept += 1;
    }
    if (kept > 0) logger.warn('storage.deleted.kept', { blobs: kept });
  };

  const owned: OwnedContainer & { readonly take: () => Promise<void> } = {
    take,

    async records() {
      for (let round = 0; round < 3; round += 1) {
        const on = held();
        if (on !== undefined) return on.records;
        try {
          await take();
        } catch (error) {
          throw errorCode(error) === 'STORAGE_OWNED'
            ? unavailable(new LotseError('STORAGE_UNAVAILABLE', 'Another process has the container', { cause: error }))
            : error;
        }
      }
      throw unavailable();
    },

    async write(decide) {
      await owned.records();
      const { result, full } = await alone(async () => {
        const on = held();
        if (on === undefined) throw unavailable();
        const decided = decide(on.records);
        if (decided.frame === null) return { result: decided.result, full: false };
        const bytes = encodeFrame(decided.frame);
        if (bytes.length > maxFrameBytes)
          throw new LotseError(
            'STORAGE_COMMIT_TOO_LARGE',
            `A commit has ${bytes.length} bytes; ${maxFrameBytes} are the most`,
          );
        try {
          await append(on, bytes);
        } catch (error) {
          letGo('append');
          throw error;
        }
        // Nobody reads it before it is durable, and nobody writes in between.
        on.records.apply(decided.frame);
        return { result: decided.result, full: isFull(on) };
      });
      if (full)
        owned.compact().catch((error: unknown) => {
          logger.warn('storage.compaction.failed', { error: errorCode(error) });
        });
      return result;
    },

    compact() {
      compacting ??= compactNow().finally(() => {
        compacting = undefined;
      });
      return compacting;
    },

    async close() {
      closed = true;
      clearInterval(renewal);
      await compacting?.catch(() => undefined);
      await alone(async () => {
        if (monotonicMs() < leaseUntilMs) await container.release(manifestName, leaseId).catch(() => undefined);
        opened = undefined;
        before = undefined;
      });
    },
  };
  return owned;
}

function* snapshotParts(all: Iterable<readonly [string, Frame['put'][number][1]]>): Generator<Buffer> {
  let put: (readonly [string, Frame['put'][number][1]])[] = [];
  let chars = 0;
  let frames = 0;
  for (const entry of all) {
    put.push(entry);
    chars += entry[1].value.length;
    if (chars < snapshotFrameChars) continue;
    yield encodeFrame({ put, del: [] });
    frames += 1;
    put = [];
    chars = 0;
  }
  if (put.length > 0) {
    yield encodeFrame({ put, del: [] });
    frames += 1;
  }
  yield encodeEnd(frames);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
