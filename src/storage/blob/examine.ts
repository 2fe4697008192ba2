/**
 * Looks at a container for the doctor: whether it can be written, and what about the account would harm. Writes one small blob and removes it again;
 * makes no container and takes no lease.
 */
import { requestMs, serviceClient, type BlobAccess } from './container';
import { manifestName, parseManifest } from './manifest';

interface BlobExamination {
  /** The account answers; a container that is not there yet is made at the start. */
  readonly exists: boolean;
  /** Positive: the account's clock is ahead. Undefined: it did not say. */
  readonly clockDriftMs?: number;
  /** Anybody can read it. */
  readonly isPublic: boolean;
  /** The account keeps what is deleted or overwritten. */
  readonly keepsDeleted: boolean;
  /** A process has it now. */
  readonly isOwned: boolean;
  /** Blobs put aside because they could not be read. */
  readonly corrupt: number;
}

/** Rejects with what the service or the network said; the code is in `code` or `statusCode`. */
export async function examineContainer(access: BlobAccess, name: string, nowMs: number): Promise<BlobExamination> {
  const container = (await serviceClient(access)).getContainerClient(name);
  const within = (): { readonly abortSignal: AbortSignal } => ({ abortSignal: AbortSignal.timeout(requestMs) });
  const fresh = { exists: false, isPublic: false, keepsDeleted: false, isOwned: false, corrupt: 0 };
  if (!(await container.exists(within()))) return fresh;
  const properties = await container.getProperties(within());
  const probe = container.getBlockBlobClient(`doctor-${nowMs}`);
  const written = await probe.upload('x', 1, within());
  const removed = await probe.delete(within());
  const manifest = container.getBlobClient(manifestName);
  const isThere = await manifest.exists(within());
  const { leaseState } = isThere ? await manifest.getProperties(within()) : {};
  const content = isThere ? parseManifest(await manifest.downloadToBuffer(0, undefined, within())) : undefined;
  return {
    exists: true,
    ...(properties.date === undefined ? {} : { clockDriftMs: properties.date.getTime() - nowMs }),
    isPublic: properties.blobPublicAccess !== undefined,
    keepsDeleted:
      written.versionId !== undefined || removed._response.headers.get('x-ms-delete-type-permanent') === 'false',
    isOwned: leaseState === 'leased',
    corrupt: content?.corrupt.length ?? 0,
  };
}
