/**
 * What every storage backend must do: the SDK's eleven conformance cases (after `storageBaseTests.js` of microsoft/botbuilder-js),
 * nine more for what they leave out (design: reliability), and the port's own promises about order, expiry and prefixes.
 */
import {
  AutoSaveStateMiddleware,
  ConversationState,
  MessageFactory,
  TestAdapter,
  type Storage as SdkStorage,
} from 'botbuilder';
import { Dialog, DialogSet, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import fc from 'fast-check';
import { fixedClock, type Clock } from '../../src/clock';
import type { Storage, Store } from '../../src/storage/ports';
import { sdkStorage } from '../support/sdkStorage';

export interface StoreBackend {
  /** Opens the storage; with the same `place` it finds what was there before. */
  open(clock: Clock, place: string): Promise<Storage>;
  /** Keeps what it has over closing and opening. */
  readonly durable: boolean;
}

const startMs = Date.UTC(2026, 10, 24);

export function storeContract(name: string, backend: StoreBackend): void {
  describe(`a ${name} store`, () => {
    const clock = fixedClock(startMs);
    let storage: Storage;
    let store: Store;
    let place = '';
    let places = 0;

    beforeEach(async () => {
      place = `place${(places += 1)}`;
      storage = await backend.open(clock, place);
      store = storage.store;
    });
    afterEach(async () => {
      await storage.close();
    });

    const value = async (key: string): Promise<string | undefined> => (await store.read([key])).get(key)?.value;
    const eTag = async (key: string): Promise<string> => (await store.read([key])).get(key)?.eTag ?? '';
    const keysOf = async (prefix: string, options?: { after?: string; limit?: number }): Promise<readonly string[]> =>
      (await store.list(prefix, options)).map(([key]) => key);

    describe("passes the SDK's conformance case:", () => {
      it('an unknown key reads as nothing', async () => {
        expect(await sdkStorage(store).read(['unknown'])).toEqual({});
      });

      it('reading no keys at all reads nothing', async () => {
        expect(await sdkStorage(store).read(null)).toEqual({});
      });

      it('writing null changes nothing', async () => {
        await sdkStorage(store).write(null);
        expect(await keysOf('')).toEqual([]);
      });

      it('writing no items changes nothing', async () => {
        await sdkStorage(store).write([]);
        expect(await keysOf('')).toEqual([]);
      });

      it('an object is created and has an eTag', async () => {
        const sdk = sdkStorage(store);
        await sdk.write({ createPoco: { id: 1 }, createPocoStoreItem: { id: 2 } });
        const items = await sdk.read(['createPoco', 'createPocoStoreItem']);
        expect(items).toEqual({
          createPoco: { id: 1, eTag: expect.any(String) as string },
          createPocoStoreItem: { id: 2, eTag: expect.any(String) as string },
        });
      });

      it('a key of punctuation is a key', async () => {
        const key = '!@#$%^&*()~/\\><,.?\';"`~';
        const sdk = sdkStorage(store);
        await sdk.write({ [key]: { id: 1 } });
        expect(await sdk.read([key])).toMatchObject({ [key]: { id: 1 } });
      });

      it('an update needs the current eTag, none, or the wildcard', async () => {
        const sdk = sdkStorage(store);
        await sdk.write({ plain: { count: 1 }, fenced: { count: 1 } });
        const first = (await sdk.read(['fenced'])) as { fenced: { eTag: string; count: number } };
        await sdk.write({ plain: { count: 2 }, fenced: { ...first.fenced, count: 2 } });
        const second = (await sdk.read(['fenced'])) as { fenced: { eTag: string; count: number } };
        expect(second.fenced).toMatchObject({ count: 2 });
        expect(second.fenced.eTag).not.toBe(first.fenced.eTag);
        await sdk.write({ plain: { count: 123 } });
        await expect(sdk.write({ fenced: { ...first.fenced, count: 123 } })).rejects.toThrow();
        expect(await sdk.read(['plain', 'fenced'])).toMatchObject({ plain: { count: 123 }, fenced: { count: 2 } });
        await sdk.write({ plain: { count: 100 }, fenced: { count: 100, eTag: '*' } });
        expect(await sdk.read(['plain', 'fenced'])).toMatchObject({ plain: { count: 100 }, fenced: { count: 100 } });
      });

      it('an object is deleted', async () => {
        const sdk = sdkStorage(store);
        await sdk.write({ delete1: { count: 1 } });
        expect(await sdk.read(['delete1'])).toMatchObject({ delete1: { count: 1 } });
        await sdk.delete(['delete1']);
        expect(await sdk.read(['delete1'])).toEqual({});
      });

      it('deleting an unknown object is no error', async () => {
        await expect(sdkStorage(store).delete(['unknown_key'])).resolves.toBeUndefined();
      });

      it('several objects are written, read and deleted at once', async () => {
        const sdk = sdkStorage(store);
        await sdk.write({ batch1: { count: 10 }, batch2: { count: 20 }, batch3: { count: 30 } });
        expect(await sdk.read(['batch1', 'batch2', 'batch3'])).toMatchObject({
          batch1: { count: 10 },
          batch2: { count: 20 },
          batch3: { count: 30 },
        });
        await sdk.delete(['batch1', 'batch2', 'batch3']);
        expect(await sdk.read(['batch1', 'batch2', 'batch3'])).toEqual({});
      });

      it('a waterfall with a prompt and retries keeps its place', async () => {
        await waterfall(sdkStorage(store));
      });
    });

    describe('goes beyond the SDK:', () => {
      it.each([
        ['NUL', 'nul\0key', 'a\0b\0\0'],
        ['a lone high surrogate', 'high\ud83d', '\ud83d'],
        ['a lone low surrogate', 'low\ude00x', 'x\ude00'],
        ['the escape characters', 'esc\x01\x7f\x7f00e4', '\x010000\x01'],
        ['NFD umlauts and emoji', 'a\u0308👩‍👩‍👧', 'a\u0308 ä 👩‍👩‍👧'],
        ['an empty value', 'empty', ''],
      ])('%s in key and value comes back as it was', async (_, key, text) => {
        await store.commit([{ key, value: text }]);
        expect(await value(key)).toBe(text);
        expect(await keysOf('')).toEqual([key]);
      });

      it('keys that differ only in a lone surrogate are different keys', async () => {
        await store.commit([
          { key: 'k\ud800', value: '1' },
          { key: 'k\ud801', value: '2' },
          { key: 'k\ufffd', value: '3' },
        ]);
        expect([await value('k\ud800'), await value('k\ud801'), await value('k\ufffd')]).toEqual(['1', '2', '3']);
      });

      it('a key of 2,600 bytes is a key, a longer one is refused and nothing is written', async () => {
        const key = Array.from({ length: 2_600 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 90))).join(
          '',
        );
        await store.commit([{ key, value: 'long' }]);
        expect(await value(key)).toBe('long');
        await expect(
          store.commit([
            { key: 'beside', value: '1' },
            { key: `${key}x`, value: 'longer' },
          ]),
        ).rejects.toMatchObject({ code: 'STORAGE_KEY_TOO_LONG' });
        await expect(store.read([`${key}x`])).rejects.toMatchObject({ code: 'STORAGE_KEY_TOO_LONG' });
        expect(await value('beside')).toBeUndefined();
      });

      it('of writers with the same eTag exactly one wins', async () => {
        await store.commit([{ key: 'race', value: '0' }]);
        const tag = await eTag('race');
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) => store.commit([{ key: 'race', value: `w${index}`, expect: tag }])),
        );
        expect(results.filter((result) => result === 'committed')).toHaveLength(1);
        expect(await value('race')).toBe(`w${results.indexOf('committed')}`);
      });

      it('of writers that create the same key exactly one wins', async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) => store.commit([{ key: 'new', value: `w${index}`, expect: null }])),
        );
        expect(results.filter((result) => result === 'committed')).toHaveLength(1);
        expect(await value('new')).toBe(`w${results.indexOf('committed')}`);
      });

      it('100 parallel read-and-write rounds that rerun on conflict lose no update', async () => {
        await store.commit([{ key: 'count', value: '0' }]);
        const increment = async (): Promise<void> => {
          for (;;) {
            const stored = (await store.read(['count'])).get('count');
            const next = String(Number(stored?.value) + 1);
            if ((await store.commit([{ key: 'count', value: next, expect: stored?.eTag ?? null }])) === 'committed')
              return;
          }
        };
        await Promise.all(Array.from({ length: 100 }, increment));
        expect(await value('count')).toBe('100');
      });

      it('a commit of several keys of which one fence fails writes none of them', async () => {
        await store.commit([
          { key: 'a', value: '1' },
          { key: 'c', value: '1' },
        ]);
        const before = await eTag('a');
        expect(
          await store.commit([
            { key: 'a', value: '2' },
            { key: 'b', value: '2' },
            { key: 'c', value: null },
            { key: 'z', value: '2', expect: 'never an eTag' },
          ]),
        ).toBe('conflict');
        expect(await keysOf('')).toEqual(['a', 'c']);
        expect(await eTag('a')).toBe(before);
      });

      it('commits of the same keys in opposite order all end', async () => {
        const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
        const results = await Promise.all(
          Array.from({ length: 30 }, (_, round) =>
            store.commit((round % 2 === 0 ? keys : [...keys].reverse()).map((key) => ({ key, value: String(round) }))),
          ),
        );
        expect(new Set(results)).toEqual(new Set(['committed']));
        const values = new Set((await store.list('k')).map(([, stored]) => stored.value));
        expect(values.size).toBe(1);
      });

      it('a key that is deleted and made again has another eTag, and the old one is no fence any more', async () => {
        await store.commit([{ key: 'again', value: '1' }]);
        const old = await eTag('again');
        await store.commit([{ key: 'again', value: null, expect: old }]);
        expect(await store.commit([{ key: 'again', value: '2', expect: old }])).toBe('conflict');
        expect(await store.commit([{ key: 'again', value: '1', expect: null }])).toBe('committed');
        expect(await eTag('again')).not.toBe(old);
        expect(await store.commit([{ key: 'again', value: '3', expect: old }])).toBe('conflict');
      });

      it('a value of four megabytes comes back whole', async () => {
        const big = 'Grundsicherungsgeld ü '.repeat(190_000);
        await store.commit([{ key: 'big', value: big }]);
        expect((await value('big')) === big).toBe(true);
      });

      it.each([
        '__proto__',
        'constructor',
        'toString',
        'hasOwnProperty',
        ' ',
        '',
        '.',
        '..',
        '../../etc/passwd',
        "';--",
        '%00',
      ])('the odd key „%s“ is a key like any other', async (key) => {
        expect(await value(key)).toBeUndefined();
        await store.commit([{ key, value: 'odd', expect: null }]);
        expect(await value(key)).toBe('odd');
        expect(await keysOf(key)).toEqual([key]);
        await store.commit([{ key, value: null }]);
        expect(await value(key)).toBeUndefined();
      });

      if (backend.durable) {
        it('what was committed is there after closing and opening, eTags included', async () => {
          await store.commit([
            { key: 'kept', value: 'ä\0' },
            { key: 'gone', value: '1' },
          ]);
          await store.commit([{ key: 'gone', value: null }]);
          const tag = await eTag('kept');
          await storage.close();
          storage = await backend.open(clock, place);
          store = storage.store;
          expect(await keysOf('')).toEqual(['kept']);
          expect(await value('kept')).toBe('ä\0');
          expect(await store.commit([{ key: 'kept', value: '2', expect: tag }])).toBe('committed');
        });

        it('an eTag of before does not come back after opening again', async () => {
          await store.commit([{ key: 'k', value: '1' }]);
          const old = await eTag('k');
          await store.commit([{ key: 'k', value: null }]);
          await storage.close();
          storage = await backend.open(clock, place);
          store = storage.store;
          await store.commit([{ key: 'k', value: '1' }]);
          expect(await eTag('k')).not.toBe(old);
        });
      }
    });

    describe('keeps the promises of the port:', () => {
      it('a fence must hold also for a deletion, and an unmet absence is a conflict', async () => {
        await store.commit([{ key: 'k', value: '1' }]);
        expect(await store.commit([{ key: 'k', value: null, expect: 'other' }])).toBe('conflict');
        expect(await store.commit([{ key: 'k', value: null, expect: null }])).toBe('conflict');
        expect(await store.commit([{ key: 'missing', value: null, expect: null }])).toBe('committed');
        expect(await keysOf('')).toEqual(['k']);
      });

      it('of two changes of one key in a commit the last one holds, and the fence still counts', async () => {
        expect(
          await store.commit([
            { key: 'k', value: null },
            { key: 'k', value: '2' },
          ]),
        ).toBe('committed');
        expect(await value('k')).toBe('2');
        expect(
          await store.commit([
            { key: 'k', value: '3', expect: 'other' },
            { key: 'k', value: '4' },
          ]),
        ).toBe('conflict');
        expect(await value('k')).toBe('2');
      });

      it('lists a prefix in code-unit order, after a key, up to a limit', async () => {
        const keys = ['p/', 'p/\0', 'p/\x01', 'p/a', 'p/a/b', 'p/b', 'p/z\ud83d\ude00', 'p/z\uffee', 'p/~'];
        await store.commit([...keys, 'o/x', 'p', 'q'].map((key) => ({ key, value: key })));
        const sorted = [...keys].sort((a, b) => (a < b ? -1 : 1));
        expect(await keysOf('p/')).toEqual(sorted);
        expect(await keysOf('p/', { after: 'p/a' })).toEqual(sorted.filter((key) => key > 'p/a'));
        expect(await keysOf('p/', { after: 'p/a', limit: 2 })).toEqual(sorted.filter((key) => key > 'p/a').slice(0, 2));
        expect(await keysOf('p/', { limit: 0 })).toEqual([]);
        expect(await keysOf('p/', { after: 'a' })).toEqual(sorted);
        expect((await store.list('p/a')).map(([, stored]) => stored.value)).toEqual(['p/a', 'p/a/b']);
      });

      it('lists any keys exactly as their code units sort', async () => {
        const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
        await fc.assert(
          fc.asyncProperty(
            fc.uniqueArray(fc.string({ unit, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
            fc.string({ unit, maxLength: 1 }),
            async (keys, prefix) => {
              await store.deletePrefix('');
              await store.commit(keys.map((key) => ({ key, value: key })));
              const expected = keys.filter((key) => key.startsWith(prefix)).sort((a, b) => (a < b ? -1 : 1));
              expect(await keysOf(prefix)).toEqual(expected);
            },
          ),
          { numRuns: 30, seed: 8 },
        );
      });

      it('an expired key is gone for reading, listing and fences before any purge', async () => {
        await store.commit([{ key: 'e', value: '1', expiresAtMs: clock.nowMs() + 1_000 }]);
        const tag = await eTag('e');
        clock.advance(999);
        expect(await value('e')).toBe('1');
        clock.advance(1);
        expect(await value('e')).toBeUndefined();
        expect(await keysOf('')).toEqual([]);
        expect(await store.commit([{ key: 'e', value: '2', expect: tag }])).toBe('conflict');
        expect(await store.commit([{ key: 'e', value: '2', expect: null }])).toBe('committed');
        expect(await value('e')).toBe('2');
      });

      it('a purge removes what has expired, and only that', async () => {
        const now = clock.nowMs();
        await store.commit([
          { key: 'never', value: '1' },
          { key: 'later', value: '1', expiresAtMs: now + 2_000 },
          { key: 'soon', value: '1', expiresAtMs: now + 1_000 },
          { key: 'renewed', value: '1', expiresAtMs: now + 1_000 },
          { key: 'freed', value: '1', expiresAtMs: now + 1_000 },
        ]);
        await store.commit([
          { key: 'renewed', value: '2', expiresAtMs: now + 3_000 },
          { key: 'freed', value: '2' },
        ]);
        clock.advance(1_000);
        expect(await store.purgeExpired()).toBe(1);
        expect(await store.purgeExpired()).toBe(0);
        expect(await keysOf('')).toEqual(['freed', 'later', 'never', 'renewed']);
        clock.advance(10_000);
        expect(await store.purgeExpired()).toBe(2);
        expect(await keysOf('')).toEqual(['freed', 'never']);
      });

      it('a purge of several thousand keys leaves nothing of them', async () => {
        for (let page = 0; page < 5; page += 1)
          await store.commit(
            Array.from({ length: 500 }, (_, index) => ({
              key: `many/${page}/${index}`,
              value: 'x',
              expiresAtMs: clock.nowMs() + 1,
            })),
          );
        clock.advance(1);
        expect(await store.purgeExpired()).toBe(2_500);
        expect(await store.deletePrefix('many/')).toBe(0);
      });

      it('a prefix is deleted with everything below and nothing beside', async () => {
        await store.commit(['dl/1/a', 'dl/1/b', 'dl/10', 'dl/2/a'].map((key) => ({ key, value: '1' })));
        expect(await store.deletePrefix('dl/1/')).toBe(2);
        expect(await keysOf('')).toEqual(['dl/10', 'dl/2/a']);
      });

      it('a commit of nothing is a commit', async () => {
        expect(await store.commit([])).toBe('committed');
      });

      it('answers a ping', async () => {
        await expect(store.ping()).resolves.toBeUndefined();
      });
    });
  });
}

/** A waterfall with a text prompt that wants more than three characters, over as many turns as it takes. */
async function waterfall(storage: SdkStorage): Promise<void> {
  const conversation = new ConversationState(storage);
  const dialogs = new DialogSet(conversation.createProperty('dialogState'));
  dialogs.add(
    new TextPrompt('name', async ({ recognized, context, attemptCount }) => {
      const long = (recognized.value ?? '').length > 3;
      await context.sendActivity(
        MessageFactory.text(long ? `accepted at ${attemptCount}` : `longer than 3, please: ${attemptCount}`),
      );
      return long;
    }),
  );
  dialogs.add(
    new WaterfallDialog('steps', [
      async (step) => {
        await step.context.sendActivity('step1');
        return Dialog.EndOfTurn;
      },
      (step) => step.prompt('name', { prompt: MessageFactory.text('Your name?') }),
      async (step) => {
        await step.context.sendActivity('step3');
        return Dialog.EndOfTurn;
      },
    ]),
  );
  const adapter = new TestAdapter(async (context) => {
    const dialog = await dialogs.createContext(context);
    await dialog.continueDialog();
    if (!context.responded) await dialog.beginDialog('steps');
  }).use(new AutoSaveStateMiddleware(conversation));
  await adapter
    .send('hello')
    .assertReply('step1')
    .send('hello')
    .assertReply('Your name?')
    .send('hi')
    .assertReply('longer than 3, please: 1')
    .send('hi')
    .assertReply('longer than 3, please: 2')
    .send('Kyle')
    .assertReply('accepted at 3')
    .assertReply('step3')
    .startTest();
}
