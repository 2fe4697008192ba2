/**
 * The storage port on Azure Blob Storage, for one process on Azure without a database: docs/adr/0005-azure-blob.md. A second process refuses to start
 * (`STORAGE_OWNED`), after it has waited for as long as the lease of an owner lasts that went without a word.
 * What is deleted is gone from every blob within a quarter of an hour, if the account keeps no deleted blobs and no versions.
 */
import type { Clock } from '../../clock';
import { silentLogger, type Logger } from '../../observability/logger';
import { createProcessFanout } from '../fanout';
import { createProcessLocks } from '../locks';
import type { Storage } from '../ports';
import { createBlobContainer, leaseSeconds, type BlobAccess } from './container';
import { openOwnedContainer, type OwnedContainerOptions } from './ownedContainer';
import { createBlobStore } from './store';

interface BlobOptions {
  readonly access: BlobAccess;
  readonly container: string;
  readonly clock: Clock;
  readonly logger?: Logger;
}

/** A little longer than a lease: then its owner has renewed it, and lives. */
const waitForOwnerMs = leaseSeconds * 1_000 + 2_000;

/** Throws `STORAGE_OWNED` and `STORAGE_FORMAT`; a service that does not answer gives a storage whose `ping` fails until it does. */
export async function createBlobStorage({ access, container, ...parts }: BlobOptions): Promise<Storage> {
  return openBlobStorage({ container: await createBlobContainer(access, container), ...parts });
}

/** The same on a container that is connected already. */
export async function openBlobStorage({
  clock,
  logger = silentLogger,
  waitMs = waitForOwnerMs,
  ...options
}: Partial<OwnedContainerOptions> &
  Pick<OwnedContainerOptions, 'container'> & { readonly clock: Clock }): Promise<Storage> {
  const store = createBlobStore(await openOwnedContainer({ logger, waitMs, ...options }), clock);
  return { store, locks: createProcessLocks(), fanout: createProcessFanout(), close: () => store.close() };
}
