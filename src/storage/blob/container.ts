/**
 * The few things that are asked of Azure Blob Storage, each with its end: nothing waits longer than its time, nothing is tried again here.
 * What the service refuses because somebody else was there first is a value; everything else that goes wrong is `STORAGE_UNAVAILABLE`, and then it is
 * not known whether it happened.
 */
import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob' with { 'resolution-mode': 'import' };
import { LotseError } from '../../errors';

/** A connection string holds a key; an identity holds none: the platform vouches for the process. */
export type BlobAccess =
  | { readonly kind: 'connection'; readonly connection: string }
  /** `url` of the account; `clientId` of a user-assigned identity, absent: the one of the system. */
  | { readonly kind: 'identity'; readonly url: string; readonly clientId?: string };

export interface BlobContainer {
  /** Makes the container unless it is there. */
  ensure(): Promise<void>;
  /** From the byte on; undefined: no such blob. */
  read(name: string, from?: number): Promise<{ readonly bytes: Buffer; readonly eTag: string } | undefined>;
  /** Refused: it is there already. */
  create(name: string, bytes: Buffer): Promise<'done' | 'refused'>;
  /** Refused: another eTag or another lease. */
  replace(
    name: string,
    bytes: Buffer,
    conditions: { readonly eTag: string; readonly leaseId: string },
  ): Promise<{ readonly eTag: string } | 'refused'>;
  createJournal(name: string): Promise<void>;
  /** Refused: the journal does not end at `position`, or is gone. */
  append(name: string, bytes: Buffer, position: number): Promise<{ readonly blocks: number } | 'refused'>;
  upload(name: string, parts: Iterable<Buffer>): Promise<void>;
  names(): Promise<readonly string[]>;
  /** Missing is removed. `kept`: the account keeps what is deleted (soft delete). */
  remove(name: string): Promise<'gone' | 'kept'>;
  /** Takes the lease or keeps it, for fifteen seconds from now. Refused: another has it. */
  lease(name: string, leaseId: string): Promise<{ readonly eTag: string } | 'refused' | 'missing'>;
  release(name: string, leaseId: string): Promise<void>;
}

export const leaseSeconds = 15;
export const requestMs = 2_000;
/** Slower than any line that serves citizens. */
const bytesPerMs = 2_000;
const chunkBytes = 4 * 1024 * 1024;

/** Contacts nobody yet. */
export async function createBlobContainer(access: BlobAccess, name: string): Promise<BlobContainer> {
  return blobContainer((await serviceClient(access)).getContainerClient(name));
}

export async function serviceClient(access: BlobAccess): Promise<BlobServiceClient> {
  // Loaded only by those who use it: sixty milliseconds and nine megabytes.
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const options = { retryOptions: { maxTries: 1 } };
  if (access.kind === 'connection') return BlobServiceClient.fromConnectionString(access.connection, options);
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const credential =
    access.clientId === undefined
      ? new ManagedIdentityCredential()
      : new ManagedIdentityCredential({ clientId: access.clientId });
  return new BlobServiceClient(access.url, credential, options);
}

function blobContainer(client: ContainerClient): BlobContainer {
  return {
    async ensure() {
      await asked(client.createIfNotExists({ abortSignal: within(0) }));
    },

    async read(name, from = 0) {
      const blob = client.getBlobClient(name);
      const chunks: Buffer[] = [];
      let eTag = '';
      for (let at = from, end = Infinity; at < end;) {
        const abortSignal = within(chunkBytes);
        const chunk = await asked(
          blob.download(at, chunkBytes, { abortSignal, maxRetryRequests: 0 }).then(async (response) => {
            const bytes = await bytesOf(response.readableStreamBody);
            return { bytes, eTag: response.etag ?? '', total: totalOf(response.contentRange) };
          }),
          404,
          416,
        );
        if (chunk === 404) return undefined;
        // Nothing from there on.
        if (chunk === 416) break;
        chunks.push(chunk.bytes);
        eTag = chunk.eTag;
        at += chunk.bytes.length;
        end = chunk.total ?? at;
      }
      return { bytes: Buffer.concat(chunks), eTag };
    },

    async create(name, bytes) {
      const done = await asked(
        client.getBlockBlobClient(name).upload(bytes, bytes.length, {
          abortSignal: within(bytes.length),
          conditions: { ifNoneMatch: '*' },
        }),
        409,
        412,
      );
      return typeof done === 'number' ? 'refused' : 'done';
    },

    async replace(name, bytes, { eTag, leaseId }) {
      const done = await asked(
        client.getBlockBlobClient(name).upload(bytes, bytes.length, {
          abortSignal: within(bytes.length),
          conditions: { ifMatch: eTag, leaseId },
        }),
        404,
        409,
        412,
      );
      return typeof done === 'number' ? 'refused' : { eTag: done.etag ?? '' };
    },

    async createJournal(name) {
      await asked(client.getAppendBlobClient(name).create({ abortSignal: within(0) }));
    },

    async append(name, bytes, position) {
      const done = await asked(
        client.getAppendBlobClient(name).appendBlock(bytes, bytes.length, {
          abortSignal: within(bytes.length),
          conditions: { appendPosition: position },
        }),
        404,
        409,
        412,
      );
      return typeof done === 'number' ? 'refused' : { blocks: done.blobCommittedBlockCount ?? 0 };
    },

    async upload(name, parts) {
      const blob = client.getBlockBlobClient(name);
      const ids: string[] = [];
      for (const part of parts) {
        const id = Buffer.from(String(ids.length).padStart(8, '0')).toString('base64');
        await asked(blob.stageBlock(id, part, part.length, { abortSignal: within(part.length) }));
        ids.push(id);
      }
      await asked(blob.commitBlockList(ids, { abortSignal: within(0) }));
    },

    async names() {
      const names: string[] = [];
      for await (const page of client.listBlobsFlat({ abortSignal: within(0) }).byPage())
        names.push(...page.segment.blobItems.map(({ name }) => name));
      return names;
    },

    async remove(name) {
      const done = await asked(client.deleteBlob(name, { abortSignal: within(0) }), 404);
      if (done === 404) return 'gone';
      return done._response.headers.get('x-ms-delete-type-permanent') === 'false' ? 'kept' : 'gone';
    },

    async lease(name, leaseId) {
      const lease = client.getBlobClient(name).getBlobLeaseClient(leaseId);
      // Acquiring what one has already keeps it, also when it has run out and nobody else took it.
      const done = await asked(lease.acquireLease(leaseSeconds, { abortSignal: within(0) }), 404, 409, 412);
      if (done === 404) return 'missing';
      return typeof done === 'number' ? 'refused' : { eTag: done.etag ?? '' };
    },

    async release(name, leaseId) {
      await asked(
        client
          .getBlobClient(name)
          .getBlobLeaseClient(leaseId)
          .releaseLease({ abortSignal: within(0) }),
        404,
        409,
        412,
      );
    },
  };
}

function within(bytes: number): AbortSignal {
  return AbortSignal.timeout(requestMs + Math.ceil(bytes / bytesPerMs));
}

/** The answer, or the status if it is among those that mean something here. */
async function asked<T, Status extends number = never>(
  request: Promise<T>,
  ...meaningful: readonly Status[]
): Promise<T | Status> {
  try {
    return await request;
  } catch (error) {
    const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
    const known = meaningful.find((each) => each === status);
    if (known !== undefined) return known;
    throw unavailable(error);
  }
}

export function unavailable(cause?: unknown): LotseError {
  return cause instanceof LotseError
    ? cause
    : new LotseError('STORAGE_UNAVAILABLE', 'Azure Blob Storage does not answer as it should', { cause });
}

async function bytesOf(stream: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream ?? []) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return Buffer.concat(parts);
}

/** `bytes 0-99/1234` */
function totalOf(contentRange: string | undefined): number | undefined {
  const total = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}
