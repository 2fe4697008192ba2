/**
 * Telegram without Azure, against a Bot API server that delivers, repeats, reorders, delays and fails.
 */
import type { ConversationRunner } from '../../src/bot/conversation';
import { createMemoryStorage } from '../../src/storage/memory';
import { systemClock } from '../../src/clock';
import { LotseError } from '../../src/errors';
import type { Storage } from '../../src/storage/ports';
import {
  blockUpdate,
  editUpdate,
  groupUpdate,
  mediaUpdate,
  pressUpdate,
  startFakeTelegram,
  telegramSecret,
  telegramToken,
  textUpdate,
  type FakeTelegram,
} from '../support/fakeTelegram';
import { startService, type TestService } from '../support/service';

// Wide enough for a machine that runs everything at once.
jest.setTimeout(30_000);

/** Says back what it hears; „Auswahl“ offers a short and a long choice. */
function answeringRunner(): ConversationRunner & { readonly heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    async run(context) {
      const { activity } = context;
      const said =
        activity.type === 'message'
          ? activity.text === ''
            ? 'Datei'
            : activity.text
          : (activity.name ?? activity.type);
      heard.push(said);
      if (said === 'Auswahl')
        await context.sendActivity({
          type: 'message',
          text: 'Bitte wählen',
          suggestedActions: {
            to: [],
            actions: [
              { type: 'imBack', title: 'Kurz', value: 'kurzer Wert' },
              { type: 'imBack', title: 'Lang', value: `Lang ${'ä'.repeat(60)}` },
            ],
          },
        });
      else if (said === 'Roman') await context.sendActivity({ type: 'message', text: 'Ein Satz. '.repeat(900) });
      else await context.sendActivity(`Echo: ${said}`);
    },
  };
}

let telegram: FakeTelegram;
let service: TestService;
let runner: ReturnType<typeof answeringRunner>;
let chat = 100;

async function start(env: Readonly<Record<string, string>> = {}, storage?: Storage): Promise<void> {
  telegram = await startFakeTelegram();
  runner = answeringRunner();
  service = await startService({
    runner,
    env: {
      TELEGRAM_TOKEN: telegramToken,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TELEGRAM_WEBHOOK_SECRET: telegramSecret,
      PUBLIC_URL: 'https://chat.example.de',
      ...env,
    },
    ...(storage === undefined ? {} : { storage }),
  });
  telegram.webhookAt(`${service.base}/api/telegram`);
}
async function stop(): Promise<void> {
  await service.service.close();
  await telegram.close();
}
beforeEach(() => {
  chat += 1;
});

describe('by webhook', () => {
  beforeAll(() => start());
  afterAll(stop);

  it('tells Telegram where updates go and with which secret, and offers its commands', async () => {
    await telegram.waitFor(() => telegram.calls.some(({ method }) => method === 'setWebhook'));
    expect(telegram.calls.find(({ method }) => method === 'setWebhook')?.body).toMatchObject({
      url: 'https://chat.example.de/api/telegram',
      secret_token: telegramSecret,
    });
    expect(JSON.stringify(telegram.calls.find(({ method }) => method === 'setMyCommands')?.body)).toContain('hilfe');
  });

  it('answers a message after showing that it is typing', async () => {
    await telegram.deliver(textUpdate(chat, 'Hallo'));
    expect(await telegram.textsTo(chat, 1)).toEqual(['Echo: Hallo']);
    expect(
      telegram.calls.find(({ method, body }) => method === 'sendChatAction' && body['chat_id'] === chat)?.body,
    ).toMatchObject({
      action: 'typing',
    });
  });

  it.each([
    ['/start', 'Echo: lotse/start'],
    ['/start plakat7', 'Echo: lotse/start'],
    ['/hilfe', 'Echo: Hilfe'],
    ['/help@lotse_bot', 'Echo: Hilfe'],
    ['/loeschen', 'Echo: Meine Daten löschen'],
    ['/mein_termin', 'Echo: mein termin'],
    ['/constructor', 'Echo: constructor'],
  ])('reads the command %s', async (command, answer) => {
    await telegram.deliver(textUpdate(chat, command));
    expect(await telegram.textsTo(chat, 1)).toEqual([answer]);
  });

  it('offers choices as buttons and takes a click as the value, whether it fits into a button or not', async () => {
    await telegram.deliver(textUpdate(chat, 'Auswahl'));
    await telegram.textsTo(chat, 1);
    const offered = telegram.messages.find(({ chatId }) => chatId === chat);
    expect(offered?.buttons.map(({ text }) => text)).toEqual(['Kurz', 'Lang']);
    for (const { data } of offered?.buttons ?? []) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    for (const { data } of offered?.buttons ?? [])
      if (offered) await telegram.deliver(pressUpdate(chat, offered, data));
    expect((await telegram.textsTo(chat, 3)).slice(1)).toEqual(['Echo: kurzer Wert', 'Echo: Lang']);
    expect(telegram.calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(2);
  });

  it('20 answers an update once, however often it is delivered', async () => {
    const update = textUpdate(chat, 'Doppelt');
    await Promise.all(Array.from({ length: 20 }, () => telegram.deliver(update)));
    await telegram.deliver(update);
    await telegram.deliver(textUpdate(chat, 'Danach'));
    expect(await telegram.textsTo(chat, 2)).toEqual(['Echo: Doppelt', 'Echo: Danach']);
    expect(runner.heard.filter((said) => said === 'Doppelt')).toHaveLength(1);
  });

  it('answers a message that arrives late with the message quoted', async () => {
    const [first, second] = [textUpdate(chat, 'Erste'), textUpdate(chat, 'Zweite')];
    await telegram.deliver(second);
    await telegram.deliver(first);
    await telegram.textsTo(chat, 2);
    const sent = telegram.messages.filter(({ chatId }) => chatId === chat);
    expect(sent.map(({ text, quote }) => [text, quote])).toEqual([
      ['Echo: Zweite', undefined],
      ['Echo: Erste', first.message.message_id],
    ]);
  });

  it('answers a correction of the last message, not of an older one', async () => {
    const [old, last] = [textUpdate(chat, 'Alt'), textUpdate(chat, 'Neu')];
    await telegram.deliver(old);
    await telegram.deliver(last);
    await telegram.deliver(editUpdate(chat, old.message.message_id, 'Alt, verbessert'));
    await telegram.deliver(editUpdate(chat, last.message.message_id, 'Neu, verbessert'));
    expect(await telegram.textsTo(chat, 3)).toEqual(['Echo: Alt', 'Echo: Neu', 'Echo: Neu, verbessert']);
  });

  it('refuses a file and answers the words that came with it', async () => {
    await telegram.deliver(mediaUpdate(chat, 'photo', 'Was heißt das?'));
    await telegram.deliver(mediaUpdate(chat, 'voice'));
    expect(await telegram.textsTo(chat, 3)).toEqual(['Echo: Datei', 'Echo: Was heißt das?', 'Echo: Datei']);
    expect(telegram.calls.some(({ method }) => method === 'getFile')).toBe(false);
  });

  it('leaves a group and answers nothing there', async () => {
    const turns = runner.heard.length;
    await telegram.deliver(groupUpdate(-chat, 'Hallo zusammen'));
    await telegram.waitFor(() =>
      telegram.calls.some(({ method, body }) => method === 'leaveChat' && body['chat_id'] === -chat),
    );
    expect(runner.heard).toHaveLength(turns);
  });

  it('splits an answer longer than a message at sentences and loses nothing', async () => {
    await telegram.deliver(textUpdate(chat, 'Roman'));
    const parts = await telegram.textsTo(chat, 3);
    expect(parts.every((part) => part.length <= 4096 && part.endsWith('.'))).toBe(true);
    expect(parts.join(' ')).toBe('Ein Satz. '.repeat(900).trim());
  });

  it('waits as long as Telegram asks, sends again after a failure and keeps the order', async () => {
    telegram.misbehave('sendMessage', { kind: 'error', code: 429, retryAfter: 1 }, { kind: 'error', code: 502 });
    const startedMs = Date.now();
    await telegram.deliver(textUpdate(chat, 'eins'));
    await telegram.deliver(textUpdate(chat, 'zwei'));
    expect(await telegram.textsTo(chat, 2)).toEqual(['Echo: eins', 'Echo: zwei']);
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(2_900);
  });

  it('sends a reply again when the answer of Telegram was lost', async () => {
    telegram.misbehave('sendMessage', { kind: 'takeAndHangUp' });
    await telegram.deliver(textUpdate(chat, 'verloren'));
    expect(await telegram.textsTo(chat, 2)).toEqual(['Echo: verloren', 'Echo: verloren']);
    expect(runner.heard.filter((said) => said === 'verloren')).toHaveLength(1);
  });

  it('gives up on a person who has blocked it, without trying again', async () => {
    telegram.misbehave('sendMessage', { kind: 'error', code: 403 });
    await telegram.deliver(textUpdate(chat, 'Weg'));
    await telegram.deliver(blockUpdate(chat));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(
      telegram.calls.filter(({ method, body }) => method === 'sendMessage' && body['chat_id'] === chat),
    ).toHaveLength(1);
  });

  it('goes on after a message that Telegram will never take', async () => {
    telegram.misbehave('sendMessage', { kind: 'error', code: 400 });
    await telegram.deliver(textUpdate(chat, 'unzustellbar'));
    await telegram.deliver(textUpdate(chat, 'zustellbar'));
    expect(await telegram.textsTo(chat, 1)).toEqual(['Echo: zustellbar']);
  });

  it('20 refuses a forged webhook and takes no turn', async () => {
    const turns = runner.heard.length;
    for (const secret of ['', 'x', `${telegramSecret}x`, telegramSecret.slice(1), telegramSecret.toUpperCase()])
      expect(await telegram.deliver(textUpdate(chat, 'Falsch'), { secret })).toEqual([401]);
    expect(runner.heard).toHaveLength(turns);
  });

  it.each([[[]], [{}], [{ update_id: 'x' }], [{ update_id: 1, message: 7 }], [null]])(
    '20 refuses a body that is no update: %j',
    async (body) => {
      const [status] = await telegram.deliver(body as object);
      expect(status).toBe(400);
    },
  );

  it('ignores updates of a kind it does not know, and other bots', async () => {
    const turns = runner.heard.length;
    const fromBot = textUpdate(chat, 'Hallo');
    await telegram.deliver({
      ...fromBot,
      message: { ...fromBot.message, from: { id: 5, is_bot: true, first_name: 'B' } },
    });
    await telegram.deliver({ update_id: 5, poll: { id: '1' } });
    expect(runner.heard).toHaveLength(turns);
  });
});

it('an update that cannot be stored is not confirmed, and is answered once when the storage is back', async () => {
  const memory = createMemoryStorage(systemClock);
  let down = false;
  const storage: Storage = {
    ...memory,
    store: {
      ...memory.store,
      commit: (changes) =>
        down ? Promise.reject(new LotseError('STORAGE_UNAVAILABLE', 'down')) : memory.store.commit(changes),
    },
  };
  await start({}, storage);
  try {
    await telegram.waitFor(() => telegram.calls.some(({ method }) => method === 'setWebhook'));
    down = true;
    const update = textUpdate(chat, 'Später');
    expect(await telegram.deliver(update, { tries: 2 })).toEqual([503, 503]);
    down = false;
    expect(await telegram.deliver(update)).toEqual([200]);
    expect(await telegram.textsTo(chat, 1)).toEqual(['Echo: Später']);
  } finally {
    await stop();
  }
});

it('what was committed and not sent before a crash is sent by the next process', async () => {
  const storage = createMemoryStorage(systemClock);
  await start({}, { ...storage, close: () => Promise.resolve() });
  telegram.misbehave('sendMessage', { kind: 'hangUp' });
  await telegram.deliver(textUpdate(chat, 'Überlebt'));
  await service.service.close();
  const second = await startService({
    runner,
    storage,
    env: {
      TELEGRAM_TOKEN: telegramToken,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TELEGRAM_WEBHOOK_SECRET: telegramSecret,
      PUBLIC_URL: 'https://chat.example.de',
    },
  });
  expect(await telegram.textsTo(chat, 1)).toEqual(['Echo: Überlebt']);
  await second.service.close();
  await telegram.close();
});

it('a chat that writes too fast is told so once, and others are answered', async () => {
  await start({ MESSAGES_PER_SECOND: '1', MESSAGE_BURST: '2' });
  try {
    for (let count = 0; count < 8; count += 1) await telegram.deliver(textUpdate(chat, `Nr. ${count}`));
    await telegram.deliver(textUpdate(chat + 1, 'Andere'));
    expect(await telegram.textsTo(chat + 1, 1)).toEqual(['Echo: Andere']);
    expect(runner.heard.filter((said) => said.startsWith('Nr.')).length).toBeLessThan(5);
  } finally {
    await stop();
  }
});

describe('by long polling', () => {
  beforeAll(() => start({ TELEGRAM_WEBHOOK_SECRET: '' }));
  afterAll(stop);

  it('20 answers what it fetches, in order, once, even when Telegram repeats it', async () => {
    const updates = [textUpdate(chat, 'a'), textUpdate(chat, 'b'), textUpdate(chat, 'c')];
    telegram.offer(...updates, ...updates.slice(0, 1));
    expect(await telegram.textsTo(chat, 3)).toEqual(['Echo: a', 'Echo: b', 'Echo: c']);
  });

  it('opens no webhook', async () => {
    expect(telegram.calls.some(({ method }) => method === 'setWebhook')).toBe(false);
    const response = await fetch(`${service.base}/api/telegram`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.status).toBe(404);
  });

  it('goes on after Telegram was unreachable or busy', async () => {
    telegram.misbehave('getUpdates', { kind: 'hangUp' }, { kind: 'error', code: 502 });
    const polls = telegram.calls.filter(({ method }) => method === 'getUpdates').length;
    await telegram.waitFor(() => telegram.calls.filter(({ method }) => method === 'getUpdates').length >= polls + 3);
    telegram.offer(textUpdate(chat, 'Wieder da'));
    expect(await telegram.textsTo(chat, 1)).toEqual(['Echo: Wieder da']);
  });
});

it('is off without a token', async () => {
  await start({ TELEGRAM_TOKEN: '' });
  expect(await telegram.deliver(textUpdate(chat, 'Hallo'))).toEqual([404]);
  expect(telegram.calls).toEqual([]);
  await stop();
});
