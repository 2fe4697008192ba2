/**
 * One turn, exactly once: order, atomicity, deduplication, conflicts. Rows 8, 9, 10, 11 and 32 of the fault matrix, as far as one process shows them.
 */
import type { Activity, TurnContext } from 'botbuilder';
import { ConversationStateStore, requestDeletion } from '../../src/bot/state';
import { createTurns, type Arrival, type TurnResult } from '../../src/bot/turn';
import { createAdapter, type LotseAdapter } from '../../src/channels/azure/adapter';
import { createLocalTurn } from '../../src/channels/local';
import { fixedClock } from '../../src/clock';
import { silentLogger } from '../../src/observability/logger';
import { createMetrics } from '../../src/observability/metrics';
import { createMemoryStorage } from '../../src/storage/memory';
import type { Locks, Storage, Store } from '../../src/storage/ports';

const capabilities = {
  markdown: true,
  suggestedActions: true,
  maxSuggestedActions: 3,
  adaptiveCards: false,
  structuredReply: false,
  maxChars: 1000,
};
const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));
const adapter: LotseAdapter = createAdapter({ appType: 'MultiTenant' });

interface Harness {
  readonly storage: Storage;
  readonly sent: string[];
  run(activity: Partial<Activity>, arrival?: Partial<Arrival>): Promise<TurnResult>;
  count(conversation: string): Promise<number | undefined>;
}

type Handle = (
  context: TurnContext,
  counter: { get(): Promise<number>; set(value: number): Promise<void> },
) => Promise<void>;

const countUp: Handle = async (context, counter) => {
  const count = (await counter.get()) + 1;
  // A dialog that waits gives others the chance to come between reading and writing.
  await new Promise((resolve) => setTimeout(resolve, 1));
  await counter.set(count);
  await context.sendActivity(`${context.activity.text} → ${count}`);
};

function harness(
  options: {
    readonly storage?: Storage;
    readonly store?: Store;
    readonly locks?: Locks;
    readonly handle?: Handle;
    readonly queueDepth?: number;
    readonly onQuarantine?: () => void;
  } = {},
): Harness {
  const storage = options.storage ?? createMemoryStorage(clock);
  const store = options.store ?? storage.store;
  const state = new ConversationStateStore(store, options.onQuarantine);
  const counter = state.createProperty<number>('count');
  const handle = options.handle ?? countUp;
  const turns = createTurns({
    store,
    locks: options.locks ?? storage.locks,
    state,
    handle: (context) =>
      handle(context, {
        get: async () => (await counter.get(context)) ?? 0,
        set: (value) => counter.set(context, value),
      }),
    apology: () => ({ type: 'message', text: 'Entschuldigung' }),
    clock,
    logger: silentLogger,
    metrics: createMetrics(),
    queueDepth: options.queueDepth ?? 1000,
  });
  const sent: string[] = [];
  let result: TurnResult = 'failed';
  const localTurn = createLocalTurn(adapter, async (context, arrival) => {
    result = await turns.run(context, arrival);
    return result;
  });
  return {
    storage,
    sent,
    async run(activity, arrival = {}) {
      const outbox = {
        async commit(changes: Parameters<Store['commit']>[0], replies: readonly string[]) {
          const committed = await store.commit(changes);
          if (committed === 'committed') sent.push(...replies.map((reply) => (JSON.parse(reply) as Activity).text));
          return committed;
        },
      };
      const full = {
        type: 'message',
        channelId: 'test',
        serviceUrl: 'urn:test',
        from: { id: 'u' },
        recipient: { id: 'b' },
        conversation: { id: 'c' },
        ...activity,
      } as Activity;
      return (await localTurn(full, { capabilities, audience: 'citizens', outbox, ...arrival })) as TurnResult;
    },
    async count(conversation) {
      const key = `state/test/${conversation}`;
      const stored = (await store.read([key])).get(key);
      return stored === undefined ? undefined : (JSON.parse(stored.value) as { count?: number }).count;
    },
  };
}

const noLocks: Locks = { withLock: (_, work) => work() };

it('9 keeps all of 100 parallel turns of one conversation, in order', async () => {
  const bot = harness();
  const texts = Array.from({ length: 100 }, (_, index) => String(index + 1));
  await Promise.all(texts.map((text) => bot.run({ id: `a${text}`, text })));
  expect(await bot.count('c')).toBe(100);
  expect(bot.sent).toEqual(texts.map((text) => `${text} → ${text}`));
});

it('9 keeps all of 100 parallel turns that two replicas bring', async () => {
  const storage = createMemoryStorage(clock);
  const replicas = [harness({ storage }), harness({ storage })] as const;
  await Promise.all(
    Array.from({ length: 100 }, (_, index) => replicas[index % 2 === 0 ? 0 : 1].run({ id: `a${index}`, text: 'x' })),
  );
  expect(await replicas[0].count('c')).toBe(100);
  expect([...replicas[0].sent, ...replicas[1].sent]).toHaveLength(100);
});

it('8 runs a turn again whose state has changed under it, and sends only what the last run said', async () => {
  const bot = harness({ locks: noLocks });
  const results = await Promise.all([
    bot.run({ id: 'a', text: 'a' }),
    bot.run({ id: 'b', text: 'b' }),
    bot.run({ id: 'c', text: 'c' }),
  ]);
  expect(results).toEqual(['committed', 'committed', 'committed']);
  expect(await bot.count('c')).toBe(3);
  expect(bot.sent.map((text) => text.slice(-1)).sort()).toEqual(['1', '2', '3']);
});

it('8 gives up after three runs rather than overwriting somebody', async () => {
  const storage = createMemoryStorage(clock);
  const bot = harness({
    storage,
    async handle(context, counter) {
      await counter.set((await counter.get()) + 1);
      await storage.store.commit([{ key: 'state/test/c', value: '{"count":50}' }]);
      await context.sendActivity('never said');
    },
  });
  await expect(bot.run({ id: 'a', text: 'x' })).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
  expect(bot.sent).toEqual([]);
  expect(await bot.count('c')).toBe(50);
});

it('10 keeps the conversations of one person apart', async () => {
  const bot = harness();
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      bot.run({
        id: `a${index}`,
        text: 'x',
        conversation: { id: index % 2 === 0 ? 'c1' : 'c2' } as Activity['conversation'],
      }),
    ),
  );
  expect([await bot.count('c1'), await bot.count('c2')]).toEqual([20, 20]);
});

it('11 gives the same activity one turn, however often and wherever it comes', async () => {
  const storage = createMemoryStorage(clock);
  const replicas = [harness({ storage }), harness({ storage })] as const;
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) => replicas[index % 2 === 0 ? 0 : 1].run({ id: 'same', text: 'x' })),
  );
  expect(results.filter((result) => result === 'committed')).toHaveLength(1);
  expect(results.filter((result) => result === 'duplicate')).toHaveLength(19);
  expect(await replicas[0].count('c')).toBe(1);
  expect([...replicas[0].sent, ...replicas[1].sent]).toEqual(['x → 1']);
});

it('11 gives two people the same activity id without mixing them up', async () => {
  const bot = harness();
  expect(await bot.run({ id: 'same', text: 'x' })).toBe('committed');
  expect(await bot.run({ id: 'same', text: 'x', conversation: { id: 'd' } as Activity['conversation'] })).toBe(
    'committed',
  );
});

it('commits nothing of a failing turn but the apology, and never runs it again', async () => {
  let runs = 0;
  const bot = harness({
    async handle(context, counter) {
      runs += 1;
      await counter.set(99);
      await context.sendActivity('half an answer');
      throw new Error('bug');
    },
  });
  expect(await bot.run({ id: 'a', text: 'x' })).toBe('failed');
  expect(await bot.run({ id: 'a', text: 'x' })).toBe('duplicate');
  expect(bot.sent).toEqual(['Entschuldigung']);
  expect(await bot.count('c')).toBeUndefined();
  expect(runs).toBe(1);
});

it('leaves state and replies untouched when the storage fails in the middle, so that the turn can come again', async () => {
  const storage = createMemoryStorage(clock);
  let down = true;
  const store: Store = {
    ...storage.store,
    commit: (changes) =>
      down
        ? Promise.reject(Object.assign(new Error('down'), { code: 'STORAGE_UNAVAILABLE' }))
        : storage.store.commit(changes),
  };
  const bot = harness({ storage, store });
  await expect(bot.run({ id: 'a', text: 'x' })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  expect(bot.sent).toEqual([]);
  down = false;
  expect(await bot.run({ id: 'a', text: 'x' })).toBe('committed');
  expect(bot.sent).toEqual(['x → 1']);
});

it('refuses the turn after the last place in the queue', async () => {
  const bot = harness({ queueDepth: 5 });
  const results = await Promise.all(Array.from({ length: 8 }, (_, index) => bot.run({ id: `a${index}`, text: 'x' })));
  expect(results.filter((result) => result === 'rejected')).toHaveLength(2);
  expect(await bot.count('c')).toBe(6);
});

it('32 sets state aside that cannot be read, and starts afresh', async () => {
  for (const corrupt of ['{"count":', '[]', 'null', '7']) {
    let quarantined = 0;
    const bot = harness({ onQuarantine: () => (quarantined += 1) });
    await bot.storage.store.commit([{ key: 'state/test/c', value: corrupt }]);
    expect(await bot.run({ id: 'a', text: 'x' })).toBe('committed');
    expect(await bot.count('c')).toBe(1);
    expect(quarantined).toBe(1);
  }
});

it('forgets the conversation when the person asks for it', async () => {
  const bot = harness({
    async handle(context, counter) {
      if (context.activity.text === 'weg') requestDeletion(context);
      await counter.set((await counter.get()) + 1);
      await context.sendActivity('gut');
    },
  });
  await bot.run({ id: 'a', text: 'x' });
  expect(await bot.count('c')).toBe(1);
  await bot.run({ id: 'b', text: 'weg' });
  expect(await bot.count('c')).toBeUndefined();
  await bot.run({ id: 'c', text: 'x' });
  expect(await bot.count('c')).toBe(1);
});

describe('a channel that sends by itself', () => {
  it('2 sends after the commit, and sends what a dead process did not when the message comes again', async () => {
    const storage = createMemoryStorage(clock);
    const sent: string[] = [];
    let dies = true;
    const sending = createAdapter({ appType: 'MultiTenant' });
    sending.sendActivities = (_, activities) => {
      if (dies) return Promise.reject(new Error('connection lost'));
      sent.push(...activities.map(({ text }) => text ?? ''));
      return Promise.resolve(activities.map(() => ({ id: '1' })));
    };
    const state = new ConversationStateStore(storage.store);
    let runs = 0;
    const turns = createTurns({
      store: storage.store,
      locks: storage.locks,
      state,
      handle: async (context) => {
        runs += 1;
        await state.load(context);
        await context.sendActivity('Antwort');
      },
      apology: () => ({ type: 'message', text: 'Entschuldigung' }),
      clock,
      logger: silentLogger,
      metrics: createMetrics(),
      queueDepth: 5,
    });
    const deliver = (): Promise<string> =>
      createLocalTurn(sending, (context, arrival) => turns.run(context, arrival))(
        {
          type: 'message',
          id: 't1',
          channelId: 'msteams',
          serviceUrl: 'urn:test',
          from: { id: 'u' },
          recipient: { id: 'b' },
          conversation: { id: 'c' },
        } as Activity,
        { capabilities, audience: 'staff' },
      );
    await expect(deliver()).rejects.toThrow('connection lost');
    dies = false;
    expect(await deliver()).toBe('duplicate');
    expect(await deliver()).toBe('duplicate');
    expect(sent).toEqual(['Antwort']);
    expect(runs).toBe(1);
  });
});
