/**
 * A container of blobs in memory, by Azure's rules for leases, eTags and append positions, that fails as told: for tests of what happens when requests
 * fail, get lost on the way back, or arrive long after their sender has given up. Leases run out when the test says so.
 */
import { unavailable, type BlobContainer } from '../../src/storage/blob/container';

/** `lost`: it happens, the answer does not come. `late`: no answer, and it happens some requests later. */
export type Fate = 'answered' | 'fails' | 'lost' | 'late';

export interface MemoryAccount {
  /** The container as one process sees it; `fate` decides over each of its requests, `turns` how many turns of the loop it is on its way. */
  connect(fate: () => Fate, turns: () => number): BlobContainer;
  expireLease(): void;
  /** Requests on their way arrive. */
  settle(): Promise<void>;
  readonly names: readonly string[];
}

interface Blob {
  bytes: Buffer;
  eTag: string;
  blocks: number;
}

export function createMemoryAccount(): MemoryAccount {
  const blobs = new Map<string, Blob>();
  let tags = 0;
  let leaseId: string | undefined;
  let underWay: { requests: number; readonly deliver: () => void }[] = [];
  const put = (name: string, bytes: Buffer, blocks = 0): string => {
    const eTag = `"${(tags += 1)}"`;
    blobs.set(name, { bytes, eTag, blocks });
    return eTag;
  };

  const server: {
    readonly [Name in keyof BlobContainer]: (
      ...request: Parameters<BlobContainer[Name]>
    ) => Awaited<ReturnType<BlobContainer[Name]>>;
  } = {
    ensure: () => undefined,
    read(name, from = 0) {
      const blob = blobs.get(name);
      return blob === undefined ? undefined : { bytes: blob.bytes.subarray(from), eTag: blob.eTag };
    },
    create(name, bytes) {
      if (blobs.has(name)) return 'refused';
      put(name, bytes);
      return 'done';
    },
    replace(name, bytes, conditions) {
      const isAllowed = blobs.get(name)?.eTag === conditions.eTag && leaseId === conditions.leaseId;
      return isAllowed ? { eTag: put(name, bytes) } : 'refused';
    },
    createJournal(name) {
      put(name, Buffer.alloc(0));
    },
    append(name, bytes, position) {
      const blob = blobs.get(name);
      if (blob?.bytes.length !== position) return 'refused';
      put(name, Buffer.concat([blob.bytes, bytes]), blob.blocks + 1);
      return { blocks: blob.blocks + 1 };
    },
    upload(name, parts) {
      put(name, Buffer.concat([...parts]));
    },
    names: () => [...blobs.keys()],
    remove(name) {
      blobs.delete(name);
      return 'gone';
    },
    lease(name, id) {
      const blob = blobs.get(name);
      if (blob === undefined) return 'missing';
      if (leaseId !== undefined && leaseId !== id) return 'refused';
      leaseId = id;
      return { eTag: blob.eTag };
    },
    release(_, id) {
      if (leaseId === id) leaseId = undefined;
    },
  };

  const deliverDue = (): void => {
    for (const request of underWay) request.requests -= 1;
    const due = underWay.filter(({ requests }) => requests <= 0);
    underWay = underWay.filter(({ requests }) => requests > 0);
    for (const { deliver } of due) deliver();
  };

  return {
    connect(fate, turns) {
      const through =
        <Request extends readonly unknown[], Answer>(serve: (...request: Request) => Answer) =>
        async (...request: Request): Promise<Answer> => {
          for (let left = turns(); left > 0; left -= 1) await new Promise(setImmediate);
          deliverDue();
          const deliver = (): Answer => serve(...request);
          const end = fate();
          if (end === 'answered') return deliver();
          if (end === 'lost') deliver();
          if (end === 'late') underWay.push({ requests: 1 + ((underWay.length * 5 + tags) % 12), deliver });
          throw unavailable();
        };
      return {
        ensure: through(server.ensure),
        read: through(server.read),
        create: through(server.create),
        replace: through(server.replace),
        createJournal: through(server.createJournal),
        append: through(server.append),
        upload: through(server.upload),
        names: through(server.names),
        remove: through(server.remove),
        lease: through(server.lease),
        release: through(server.release),
      };
    },
    expireLease() {
      leaseId = undefined;
    },
    async settle() {
      while (underWay.length > 0) {
        await new Promise(setImmediate);
        deliverDue();
      }
    },
    get names() {
      return [...blobs.keys()];
    },
  };
}
