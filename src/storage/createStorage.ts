/**
 * Opens the storage that the settings ask for. Only `STORAGE_OWNED` (another process has the folder or the container) and `STORAGE_FORMAT` (a newer version wrote it)
 * are thrown here; a backend that is not there yet makes `ping` and every use fail with `STORAGE_UNAVAILABLE` until it is.
 */
import { join } from 'node:path';
import type { Clock } from '../clock';
import { assertNever } from '../errors';
import type { Logger } from '../observability/logger';
import { createBlobStorage } from './blob/blob';
import type { BlobAccess } from './blob/container';
import { createLevelStorage } from './level';
import { createMemoryStorage } from './memory';
import type { Storage } from './ports';
import { createPostgresStorage } from './postgres/postgres';

export type StorageChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'level'; readonly dataDir: string }
  | { readonly kind: 'postgres'; readonly databaseUrl: string }
  | { readonly kind: 'blob'; readonly access: BlobAccess; readonly container: string };

/**
 * @example const storage = await createStorage({ kind: 'level', dataDir: '.data' }, { clock: systemClock, logger });
 */
export function createStorage(
  choice: StorageChoice,
  parts: { readonly clock: Clock; readonly logger: Logger },
): Promise<Storage> {
  switch (choice.kind) {
    case 'memory':
      return Promise.resolve(createMemoryStorage(parts.clock));
    case 'level':
      return createLevelStorage({ directory: join(choice.dataDir, 'state'), ...parts });
    case 'postgres':
      return Promise.resolve(createPostgresStorage({ url: choice.databaseUrl, ...parts }));
    case 'blob':
      return createBlobStorage({ access: choice.access, container: choice.container, ...parts });
    default:
      return assertNever(choice);
  }
}
