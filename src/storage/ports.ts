/**
 * What the service asks of a storage backend: an ordered key-value store with conditional, atomic batches, a lock and a fan-out.
 * One port serves conversation state, the Direct Line log (which is the outbox of a turn) and deduplication, so that a turn
 * commits all three at once and sends only after the commit. Backends: memory, level (embedded default), postgres, blob (Azure).
 * Values are text: jsonb rejects NUL and lone surrogates (docs/adr). Refuses: knowing what the values mean.
 */
export interface StoredValue {
  readonly value: string;
  /** Opaque; changes with every write of the key. */
  readonly eTag: string;
}

export interface Change {
  readonly key: string;
  /** `null` deletes. */
  readonly value: string | null;
  /** Fence: the eTag read before, `null` for "must not exist", absent for "whatever is there". */
  readonly expect?: string | null;
  /** Milliseconds since the epoch after which the key is gone; absent: never. */
  readonly expiresAtMs?: number;
}

export type CommitResult = 'committed' | 'conflict';

export interface Store {
  /** Values by key; a missing or expired key is absent. Throws LotseError `STORAGE_UNAVAILABLE`. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, StoredValue>>;
  /** Keys with `prefix`, strictly greater than `after`, in code-unit order, at most `limit`. */
  list(
    prefix: string,
    options?: { readonly after?: string; readonly limit?: number },
  ): Promise<readonly (readonly [key: string, value: StoredValue])[]>;
  /** All changes or none; durable when it resolves. */
  commit(changes: readonly Change[]): Promise<CommitResult>;
  /** Removes every key with the prefix; returns how many. */
  deletePrefix(prefix: string): Promise<number>;
  /** Removes what has expired; returns how many keys. Called on a timer by the service. */
  purgeExpired(): Promise<number>;
  /** Resolves when the backend can read and write; rejects with `STORAGE_UNAVAILABLE`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Locks {
  /** Runs `work` while nobody else, on any replica, holds the lock; FIFO inside one process. Throws `LOCK_TIMEOUT`. */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export interface Fanout {
  /** Tells every replica that something new lies under `topic`. Carries no data: readers read the store. */
  publish(topic: string): Promise<void>;
  /** Returns the unsubscribe function. */
  subscribe(topic: string, listener: () => void): () => void;
}

/**
 * Where a channel keeps what a turn says, so that replies are committed together with the state and delivered only afterwards.
 * The Direct Line log is one; a channel without one delivers by itself after the commit.
 */
export interface Outbox {
  /**
   * Commits `changes` and the replies (activities as JSON text) as one batch and then tells whoever listens.
   * `conflict` means that one of `changes` lost its fence; the outbox settles its own. `forget`: everything said before goes.
   */
  commit(
    changes: readonly Change[],
    replies: readonly string[],
    options: { readonly forget: boolean },
  ): Promise<CommitResult>;
}

export interface Storage {
  readonly store: Store;
  readonly locks: Locks;
  readonly fanout: Fanout;
  close(): Promise<void>;
}
