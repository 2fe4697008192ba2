/**
 * The SDK's `Storage` on our port, as its conformance cases want it: items as JSON, eTag `*` or none writes over anything. Only for tests: the bot's
 * state goes through the turn instead (src/bot/state.ts), because the SDK writes every state with `*`.
 */
import type { Storage as SdkStorage, StoreItems } from 'botbuilder';
import { LotseError } from '../../src/errors';
import type { Change, Store } from '../../src/storage/ports';

/** Null and undefined come from JavaScript callers: the SDK's own cases try them. */
export interface LenientSdkStorage extends SdkStorage {
  read(keys: readonly string[] | null): Promise<StoreItems>;
  write(changes: StoreItems | readonly never[] | null): Promise<void>;
}

export function sdkStorage(store: Store): LenientSdkStorage {
  return {
    async read(keys) {
      const found = await store.read(keys ?? []);
      return Object.fromEntries(
        [...found].map(([key, { value, eTag }]) => [key, { ...(JSON.parse(value) as object), eTag }]),
      );
    },
    async write(items) {
      const changes = Object.entries(items ?? {}).map(([key, item]): Change => {
        const { eTag, ...rest } = item as { readonly eTag?: string };
        return {
          key,
          value: JSON.stringify(rest),
          ...(eTag === undefined || eTag === '*' ? {} : { expect: eTag }),
        };
      });
      if ((await store.commit(changes)) === 'conflict') throw new LotseError('STORAGE_CONFLICT', 'An eTag has changed');
    },
    async delete(keys) {
      await store.commit(keys.map((key) => ({ key, value: null })));
    },
  };
}
