/**
 * What no honest client sends to Direct Line: rows 13 to 15, 19, 22, 23 and 26 of the fault matrix.
 */
import jwt from 'jsonwebtoken';
import { WebSocket } from 'ws';
import { fixedClock } from '../../src/clock';
import { createTokens } from '../../src/channels/directLine/tokens';
import { createMemoryStorage } from '../../src/storage/memory';
import type { TurnContext } from 'botbuilder';
import { call, openConversation } from '../support/rawDirectLine';
import { startService, type TestService } from '../support/service';

const secret = 'a secret of more than thirty-two characters';
const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));
const storage = createMemoryStorage(clock);
const seen: { activity: TurnContext['activity']; audience: string }[] = [];
let service: TestService;

beforeAll(async () => {
  service = await startService({
    clock,
    storage,
    runner: {
      async run(context, { audience }) {
        seen.push({ activity: context.activity, audience });
        if (context.activity.type === 'message') await context.sendActivity(`Echo: ${context.activity.text}`);
      },
    },
    env: { DIRECT_LINE_SECRET: secret, ALLOWED_ORIGINS: 'https://www.jobcenter-a.de' },
  });
});
afterAll(async () => {
  await service.service.close();
});
beforeEach(() => {
  seen.length = 0;
});

const lastMessage = (): (typeof seen)[number] => {
  const found = seen.filter(({ activity }) => activity.type === 'message').at(-1);
  if (found === undefined) throw new Error('No message arrived');
  return found;
};

const handshake = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<'open' | 'refused'> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.terminate();
    });
    socket.on('error', () => {
      resolve('refused');
    });
  });

describe('13 watermarks', () => {
  it.each(['-1', '1e3', '0x10', '1.5', 'abc', '%00', '9999999999999999999999', 'NaN', '1%20OR%201=1'])(
    '13 refuses the watermark „%s“',
    async (watermark) => {
      const { id, token } = await openConversation(service.base);
      expect(
        (
          await call(service.base, 'GET', `/v3/directline/conversations/${id}/activities?watermark=${watermark}`, {
            token,
          })
        ).status,
      ).toBe(400);
      expect(
        (await call(service.base, 'GET', `/v3/directline/conversations/${id}?watermark=${watermark}`, { token }))
          .status,
      ).toBe(400);
    },
  );

  it('13 answers a watermark of the future with nothing and the true end', async () => {
    const conversation = await openConversation(service.base);
    await conversation.say('eins');
    await conversation.replies(1);
    const answer = await call(
      service.base,
      'GET',
      `/v3/directline/conversations/${conversation.id}/activities?watermark=500000`,
      { token: conversation.token },
    );
    expect(answer.status).toBe(200);
    expect(answer.body['activities']).toEqual([]);
    expect(Number(answer.body['watermark'])).toBeLessThan(10);
  });
});

describe('14 tokens', () => {
  const claims = (id: string): object => ({ conv: id, user: 'dl_x', origin: '', jti: 'x' });
  const signed = { issuer: 'jobcenter-lotse', audience: 'directline' } as const;

  it('14 refuses an expired token as expired', async () => {
    const { id } = await openConversation(service.base);
    const past = createTokens({ secrets: [secret], clock: fixedClock(clock.nowMs() - 31 * 60_000) });
    const token = past.issue({ conversationId: id, userId: 'dl_x', origin: '' });
    const answer = await call(service.base, 'GET', `/v3/directline/conversations/${id}/activities`, { token });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
  });

  it.each<[string, (id: string) => string]>([
    ['signed with another secret', (id) => jwt.sign(claims(id), 'x'.repeat(40), { ...signed, expiresIn: 60 })],
    [
      'of algorithm none',
      (id) => jwt.sign({ ...claims(id), exp: 2_000_000_000 }, '', { ...signed, algorithm: 'none' }),
    ],
    [
      'of another HMAC',
      (id) => jwt.sign({ ...claims(id), exp: 2_000_000_000 }, secret, { ...signed, algorithm: 'HS512' }),
    ],
    [
      'of another issuer',
      (id) => jwt.sign({ ...claims(id), exp: 2_000_000_000 }, secret, { ...signed, issuer: 'else' }),
    ],
    [
      'made for a socket',
      (id) => jwt.sign({ ...claims(id), exp: 2_000_000_000 }, secret, { ...signed, audience: 'stream' }),
    ],
    [
      'without a conversation',
      () => jwt.sign({ user: 'dl_x', origin: '', jti: 'x', exp: 2_000_000_000 }, secret, signed),
    ],
    ['that is no token', () => 'x'.repeat(60)],
  ])('14 refuses a token %s', async (_, forge) => {
    const { id } = await openConversation(service.base);
    const answer = await call(service.base, 'GET', `/v3/directline/conversations/${id}/activities`, {
      token: forge(id),
    });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'TokenInvalid' } } });
  });

  it('14 refuses a tampered token', async () => {
    const { id, token } = await openConversation(service.base);
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = Buffer.from(
      JSON.stringify({ ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), user: 'dl_y' }),
    ).toString('base64url');
    expect(
      (
        await call(service.base, 'GET', `/v3/directline/conversations/${id}/activities`, {
          token: `${head}.${other}.${signature}`,
        })
      ).status,
    ).toBe(403);
  });

  it('14 gives no hint whether somebody else has a conversation', async () => {
    const mine = await openConversation(service.base);
    const theirs = await openConversation(service.base);
    const paths = (id: string): readonly [string, string, unknown?][] => [
      ['GET', `/v3/directline/conversations/${id}`],
      ['GET', `/v3/directline/conversations/${id}/activities`],
      ['POST', `/v3/directline/conversations/${id}/activities`, { type: 'message', text: 'x' }],
    ];
    for (const [index, [method, path, body]] of paths(theirs.id).entries()) {
      const [, absent = ''] = paths('AAAAAAAAAAAAAAAAAAAAAA')[index] ?? [];
      const existing = await call(service.base, method, path, { token: mine.token, body });
      const missing = await call(service.base, method, absent, { token: mine.token, body });
      expect(existing.status).toBe(403);
      expect({ status: missing.status, body: missing.body }).toEqual({ status: existing.status, body: existing.body });
    }
    expect(await theirs.activities()).toEqual([]);
  });

  it('14 opens a socket address once', async () => {
    const { streamUrl } = await openConversation(service.base);
    expect(await handshake(streamUrl)).toBe('open');
    expect(await handshake(streamUrl)).toBe('refused');
  });

  it('14 opens no socket with the token of another conversation, an old one or none', async () => {
    const mine = await openConversation(service.base);
    const theirs = await openConversation(service.base);
    const token = new URL(mine.streamUrl).searchParams.get('t') ?? '';
    const other = theirs.streamUrl.replace(/t=.*/, `t=${token}`);
    expect(await handshake(other)).toBe('refused');
    expect(await handshake(theirs.streamUrl.replace(/t=.*/, `t=${theirs.token}`))).toBe('refused');
    expect(await handshake(theirs.streamUrl.replace(/&t=.*/, ''))).toBe('refused');
    clock.advance(61_000);
    expect(await handshake(mine.streamUrl)).toBe('refused');
  });

  it('14 goes on after a change of the secret, and takes tokens of the former one', () => {
    const rotated = createTokens({ secrets: ['another secret of thirty-two characters', secret], clock });
    const former = createTokens({ secrets: [secret], clock }).issue({ conversationId: 'c', userId: 'u', origin: '' });
    expect(rotated.verify(former).status).toBe('valid');
    expect(
      createTokens({ secrets: [secret], clock }).verify(rotated.issue({ conversationId: 'c', userId: 'u', origin: '' }))
        .status,
    ).toBe('invalid');
  });
});

describe('origins', () => {
  const allowed = { Origin: 'https://www.jobcenter-a.de' };
  it('gives a token to an allowed site and names it in CORS', async () => {
    const answer = await call(service.base, 'POST', '/v3/directline/tokens/generate', { headers: allowed });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://www.jobcenter-a.de');
  });
  it.each(['https://evil.example', 'null', 'https://www.jobcenter-a.de.evil.example', 'http://www.jobcenter-a.de'])(
    'gives none to %s',
    async (origin) => {
      const answer = await call(service.base, 'POST', '/v3/directline/tokens/generate', {
        headers: { Origin: origin },
      });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.body['token']).toBeUndefined();
    },
  );
  it('14 refuses a token on a page of another site than it was given to', async () => {
    const { id, token } = await openConversation(service.base, allowed);
    expect(
      (
        await call(service.base, 'GET', `/v3/directline/conversations/${id}/activities`, {
          token,
          headers: { Origin: service.base },
        })
      ).status,
    ).toBe(403);
    expect(
      (await call(service.base, 'GET', `/v3/directline/conversations/${id}/activities`, { token, headers: allowed }))
        .status,
    ).toBe(200);
  });
  it('checks the origin at the socket as well', async () => {
    const first = await openConversation(service.base, allowed);
    expect(await handshake(first.streamUrl, { Origin: 'https://evil.example' })).toBe('refused');
    expect(await handshake(first.streamUrl, allowed)).toBe('open');
  });
  it('answers a preflight of an allowed site only', async () => {
    const preflight = (origin: string): Promise<Response> =>
      fetch(`${service.base}/v3/directline/conversations`, {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    expect((await preflight('https://www.jobcenter-a.de')).status).toBe(204);
    expect((await preflight('https://evil.example')).status).toBe(403);
  });
});

describe('15 identity', () => {
  it('15 overwrites who speaks, where and through what', async () => {
    const conversation = await openConversation(service.base);
    await conversation.post({
      type: 'message',
      text: 'Hallo',
      id: 'mine',
      from: { id: 'admin', role: 'bot', aadObjectId: 'bbbbbbbb-2222-4333-8444-555555555555' },
      recipient: { id: 'somebody' },
      conversation: { id: 'else', tenantId: 'aaaaaaaa-2222-4333-8444-555555555555' },
      channelId: 'msteams',
      serviceUrl: 'https://evil.example/',
      callerId: 'urn:botframework:azure',
      timestamp: '1999-01-01T00:00:00Z',
      replyToId: 'x',
      entities: [{ type: 'mention' }],
      attachments: [{ contentType: 'text/html', content: '<script>' }],
      channelData: { tenant: { id: 'aaaaaaaa-2222-4333-8444-555555555555' }, clientActivityID: 'c1', role: 'staff' },
    });
    await conversation.replies(1);
    const { activity, audience } = lastMessage();
    expect(audience).toBe('citizens');
    expect(activity.channelId).toBe('directline');
    expect(activity.serviceUrl).toMatch(/^urn:/);
    expect(activity.from.id).toMatch(/^dl_[\w-]{22}$/);
    expect(activity.from.aadObjectId).toBeUndefined();
    expect(activity.conversation).toMatchObject({ id: conversation.id });
    expect(activity.conversation.tenantId).toBeUndefined();
    expect(activity.recipient.id).toBe('jobcenter-lotse');
    expect(activity.channelData).toEqual({ clientActivityID: 'c1' });
    expect(activity.attachments).toBeUndefined();
    expect(activity.entities).toBeUndefined();
    expect(activity.replyToId).toBeUndefined();
    expect(activity.timestamp?.getFullYear()).toBe(2026);
    const [echo] = await conversation.activities();
    expect(JSON.stringify(echo)).not.toMatch(/evil|admin|msteams|aaaaaaaa/);
  });

  it.each([
    ['invoke', { type: 'invoke', name: 'composeExtension/query' }],
    ['conversationUpdate', { type: 'conversationUpdate', membersAdded: [{ id: 'x' }] }],
    ['endOfConversation', { type: 'endOfConversation' }],
    ['an event without a name', { type: 'event' }],
    ['an event with a strange name', { type: 'event', name: '../../etc' }],
    ['a message without a text', { type: 'message' }],
    ['a text that is no text', { type: 'message', text: ['x'] }],
    ['an array', []],
    ['nothing', null],
  ])('15 takes no %s from a browser', async (_, activity) => {
    const conversation = await openConversation(service.base);
    await conversation.replies(0);
    const turns = seen.length;
    expect((await conversation.post(activity)).status).toBe(400);
    expect(seen.length).toBe(turns);
  });

  it('15 takes no documents', async () => {
    const { id, token } = await openConversation(service.base);
    const answer = await call(service.base, 'POST', `/v3/directline/conversations/${id}/upload?userId=x`, {
      token,
      body: { a: 1 },
    });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'UploadNotOffered' } } });
  });
});

describe('22 characters', () => {
  it.each<[string, string, string]>([
    ['NUL', 'a\u0000b', 'a\u0000b'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a direction override', 'a\u202eb', 'a\u202eb'],
    ['a family emoji', '👨‍👩‍👧', '👨‍👩‍👧'],
    ['decomposed umlauts', 'Grundsicherungsgeld fu\u0308r', 'Grundsicherungsgeld fu\u0308r'],
    ['Arabic', 'مرحبا', 'مرحبا'],
  ])('22 answers and keeps %s', async (_, text, kept) => {
    const conversation = await openConversation(service.base);
    expect((await conversation.say(text)).status).toBe(200);
    const [reply] = await conversation.replies(1);
    expect(reply?.text).toBe(`Echo: ${kept}`);
  });

  it('22 cuts a text of a million characters without cutting a character in half', async () => {
    const conversation = await openConversation(service.base);
    await conversation.say(`${'x'.repeat(1000)}😀${'y'.repeat(100_000)}`);
    await conversation.replies(1);
    expect(lastMessage().activity.text).toBe(`${'x'.repeat(1000)}\ufffd`);
  });
});

describe('23 names of the language itself', () => {
  it('23 lets no key reach a prototype', async () => {
    const conversation = await openConversation(service.base);
    const hostile =
      '{"type":"message","text":"x","__proto__":{"audience":"staff"},"constructor":{"prototype":{"polluted":1}},"value":{"__proto__":{"polluted":1},"constructor":"x","toString":"y","ok":"z"},"channelData":{"__proto__":{"polluted":1},"jobcenter":"constructor"}}';
    await call(service.base, 'POST', `/v3/directline/conversations/${conversation.id}/activities`, {
      token: conversation.token,
      body: hostile,
    });
    await conversation.replies(1);
    expect(lastMessage().activity.value).toEqual({ ok: 'z' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['audience']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '23 answers the question „%s“ and the id',
    async (word) => {
      const conversation = await openConversation(service.base);
      await conversation.say(word, word);
      const [reply] = await conversation.replies(1);
      expect(reply?.text).toBe(`Echo: ${word}`);
      expect(
        (
          await call(service.base, 'GET', `/v3/directline/conversations/${word}/activities`, {
            token: conversation.token,
          })
        ).status,
      ).toBe(403);
    },
  );
});

describe('26 personal data', () => {
  const canaries = [
    'DE89 3704 0044 0532 0130 00',
    '0171 2345678',
    '35504//0012345',
    'eva.beispiel@example.de',
    'geboren am 01.02.1980',
  ];
  it('26 keeps a message one log line and writes none of it there', async () => {
    const conversation = await openConversation(service.base);
    const from = service.logLines.length;
    await conversation.say('GEHEIMWORT\r\n{"event":"forged"}\u001b[31m\u2028');
    await conversation.replies(1);
    const lines = service.logLines.slice(from);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).not.toMatch(/[\r\n\u001b\u2028]/);
      expect(line).not.toMatch(/GEHEIMWORT|forged/);
      expect(line).not.toContain(conversation.id);
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  });

  it.each(canaries)('26 leaves „%s“ out of logs, metrics and storage', async (canary) => {
    const conversation = await openConversation(service.base);
    await conversation.say(`Bitte prüfen: ${canary} danke`);
    const [reply] = await conversation.replies(1);
    expect(reply?.text).toBe('Echo: Bitte prüfen: […] danke');
    const stored = await storage.store.list('');
    const metrics = await (await fetch(`${service.base}/metrics`)).text();
    const everything = JSON.stringify(stored) + service.logLines.join('\n') + metrics;
    expect(everything).toContain('Bitte prüfen');
    expect(everything).not.toContain(canary);
    expect(everything).not.toContain(canary.replace(/\s/g, ''));
    expect(metrics).not.toContain(conversation.id);
    expect(service.logLines.join('\n')).not.toContain('127.0.0.1');
  });
});
