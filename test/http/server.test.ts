/**
 * The HTTP server: bounds, headers, health, metrics, shedding. Rows 21, 27 and 28 of the fault matrix, as far as one process shows them.
 */
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createAddresses } from '../../src/http/address';
import { parseJson } from '../../src/http/body';
import { createMemoryStorage } from '../../src/storage/memory';
import { systemClock } from '../../src/clock';
import { LotseError } from '../../src/errors';
import type { IncomingMessage } from 'node:http';
import { call, openConversation } from '../support/rawDirectLine';
import { echoRunner, startService, type TestService } from '../support/service';

const running: TestService[] = [];
async function start(parts: Parameters<typeof startService>[0]): Promise<TestService> {
  const service = await startService(parts);
  running.push(service);
  return service;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ service }) => service.close()));
});

describe('headers', () => {
  it('tells browsers to run nothing inline and nothing from elsewhere', async () => {
    const { base } = await start({ runner: echoRunner() });
    for (const path of ['/', '/healthz', '/nowhere', '/v3/directline/tokens/generate']) {
      const { headers } = await fetch(base + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:\/\/(?!127)/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server') ?? '').toBe('');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  it('says what is missing and what is not offered, and no more', async () => {
    const { base } = await start({ runner: echoRunner() });
    expect(await call(base, 'GET', '/nowhere')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    expect(await call(base, 'PUT', '/healthz')).toMatchObject({
      status: 405,
      body: { error: { code: 'MethodNotAllowed' } },
    });
    expect(await call(base, 'GET', '/widget/..%2f..%2fpackage.json')).toMatchObject({ status: 404 });
    expect(await call(base, 'GET', '//etc/passwd')).toMatchObject({ status: 404 });
    expect(await call(base, 'GET', '/%c0%ae%c0%ae/package.json')).toMatchObject({
      status: expect.any(Number) as number,
    });
  });
});

describe('addresses', () => {
  const from = (remoteAddress: string, headers: Readonly<Record<string, string>> = {}): IncomingMessage =>
    ({ socket: { remoteAddress }, headers: { host: 'chat.example.de', ...headers } }) as unknown as IncomingMessage;
  const addresses = createAddresses({ trustedProxies: ['10.0.0.0/8', '::1'] });

  it.each<[string, IncomingMessage, string]>([
    ['the socket’s address', from('203.0.113.7'), '203.0.113.7'],
    ['an IPv4 address written as IPv6', from('::ffff:203.0.113.7'), '203.0.113.7'],
    ['no forwarded address of a stranger', from('203.0.113.7', { 'x-forwarded-for': '1.2.3.4' }), '203.0.113.7'],
    ['the forwarded address of a proxy of ours', from('10.1.2.3', { 'x-forwarded-for': '203.0.113.7' }), '203.0.113.7'],
    [
      'the nearest address that is no proxy of ours',
      from('10.1.2.3', { 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.9.9.9' }),
      '203.0.113.7',
    ],
    ['the proxy itself when it forwards nonsense', from('10.1.2.3', { 'x-forwarded-for': 'unknown' }), '10.1.2.3'],
  ])('counts %s', (_, message, expected) => {
    expect(addresses.client(message)).toBe(expected);
  });

  it('believes in https only from a proxy of ours, and in the operator before everybody', () => {
    expect(addresses.base(from('10.1.2.3', { 'x-forwarded-proto': 'https' }))).toBe('https://chat.example.de');
    expect(addresses.base(from('203.0.113.7', { 'x-forwarded-proto': 'https' }))).toBe('http://chat.example.de');
    expect(addresses.base(from('203.0.113.7', { host: 'evil.example/<script>' }))).toBe('http://localhost');
    expect(
      createAddresses({ trustedProxies: [], publicUrl: 'https://lotse.example.de' }).base(from('203.0.113.7')),
    ).toBe('https://lotse.example.de');
  });
});

describe('bodies', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['"text with [[[ and \\" inside"', 'text with [[[ and " inside'],
  ])('reads %s', (text, value) => {
    expect(parseJson(Buffer.from(text))).toEqual({ ok: true, value });
  });

  it('21 ends a body of 50 MB at its limit, without keeping it', async () => {
    const { port } = await start({ runner: echoRunner() });
    const before = process.memoryUsage().rss;
    let sentBytes = 0;
    const status = await new Promise<number | undefined>((resolve) => {
      const upload = request({
        port,
        host: '127.0.0.1',
        path: '/api/messages',
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
      });
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const feed = (): void => {
        while (sentBytes < 50_000_000 && !upload.destroyed) {
          sentBytes += chunk.length;
          if (!upload.write(chunk)) {
            upload.once('drain', feed);
            return;
          }
        }
        upload.end();
      };
      upload.on('response', (response) => {
        resolve(response.statusCode);
        upload.destroy();
      });
      upload.on('error', () => {
        resolve(undefined);
      });
      feed();
    });
    expect(status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });
});

describe('27 slow and many connections', () => {
  const untilClosed = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve();
      });
    });

  it('27 closes 200 connections that never finish their headers or body, and answers others meanwhile', async () => {
    const { base, port } = await start({
      runner: echoRunner(),
      env: { HEADERS_TIMEOUT_MS: '1000', REQUEST_TIMEOUT_MS: '1500' },
    });
    const sockets = Array.from({ length: 200 }, (_, index) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        index % 2 === 0
          ? 'POST /api/messages HTTP/1.1\r\nHost: x\r\nX-Slow: '
          : 'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
      );
      socket.resume();
      return socket;
    });
    const closed = sockets.map(untilClosed);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    const startedMs = Date.now();
    await Promise.all(closed);
    expect(Date.now() - startedMs).toBeLessThan(6_000);
  }, 15_000);
});

describe('limits', () => {
  it('lets an address start so many conversations a minute and says when to come back', async () => {
    const { base } = await start({ runner: echoRunner(), env: { STARTS_PER_MINUTE: '3' } });
    const statuses: number[] = [];
    let last;
    for (let index = 0; index < 5; index += 1) {
      last = await call(base, 'POST', '/v3/directline/tokens/generate');
      statuses.push(last.status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(1);
    const inMs = await call(base, 'POST', '/v3/directline/tokens/generate', {
      headers: { 'x-ms-bot-agent': 'DirectLine/3.0' },
    });
    expect(Number(inMs.headers.get('retry-after'))).toBeGreaterThan(1_000);
  });

  it('lets a conversation speak in a burst and then once a second', async () => {
    const { base } = await start({ runner: echoRunner(), env: { MESSAGES_PER_SECOND: '1', MESSAGE_BURST: '5' } });
    const conversation = await openConversation(base);
    const statuses: number[] = [];
    for (let index = 0; index < 10; index += 1) statuses.push((await conversation.say(`n${index}`)).status);
    const passed = statuses.filter((status) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(5);
    expect(passed).toBeLessThanOrEqual(7);
    expect(statuses.at(-1)).toBe(429);
    await conversation.replies(1 + passed);
  });

  it('opens no more conversations than allowed', async () => {
    const { base } = await start({ runner: echoRunner(), env: { MAX_CONVERSATIONS: '2' } });
    await openConversation(base);
    await openConversation(base);
    const { body } = await call(base, 'POST', '/v3/directline/tokens/generate');
    expect((await call(base, 'POST', '/v3/directline/conversations', { token: String(body['token']) })).status).toBe(
      503,
    );
  });

  it('keeps no more of a conversation than allowed, the latest', async () => {
    const { base } = await start({ runner: echoRunner(), env: { MAX_LOG_ENTRIES: '20' } });
    const conversation = await openConversation(base);
    for (let index = 1; index <= 30; index += 1) {
      await conversation.say(`n${index}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    const activities = await conversation.activities();
    expect(activities).toHaveLength(20);
    expect(activities.at(-1)?.text).toBe('Echo: n30');
  });
});

describe('28 overload', () => {
  it('28 turns new messages away at once with 503 while too many are under way, and never a poll', async () => {
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { base } = await start({
      env: { MAX_TURNS_IN_FLIGHT: '1' },
      runner: {
        async run(context) {
          if (context.activity.type !== 'message') return;
          await blocked;
          await context.sendActivity('endlich');
        },
      },
    });
    const first = await openConversation(base);
    const second = await openConversation(base);
    expect((await first.say('eins')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const startedMs = Date.now();
    const refused = await second.say('zwei');
    expect(Date.now() - startedMs).toBeLessThan(50);
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } });
    expect(
      (await call(base, 'GET', `/v3/directline/conversations/${second.id}/activities`, { token: second.token })).status,
    ).toBe(200);
    expect((await call(base, 'POST', '/v3/directline/tokens/refresh', { token: second.token })).status).toBe(200);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    release();
    await first.replies(1);
    expect((await second.say('drei')).status).toBe(200);
    await second.replies(1);
  });
});

describe('health', () => {
  it('is ready with storage and knowledge, and says why not', async () => {
    const storage = createMemoryStorage(systemClock);
    let down = false;
    const failing = {
      ...storage,
      store: {
        ...storage.store,
        ping: () => (down ? Promise.reject(new LotseError('STORAGE_UNAVAILABLE', 'down')) : Promise.resolve()),
      },
    };
    const { base } = await start({ runner: echoRunner(), storage: failing });
    expect(await call(base, 'GET', '/readyz')).toMatchObject({
      status: 200,
      body: { ready: true, storage: 'ok', draining: false },
    });
    down = true;
    expect(await call(base, 'GET', '/readyz')).toMatchObject({
      status: 503,
      body: { ready: false, storage: 'failing' },
    });
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    down = false;
    expect((await call(base, 'GET', '/readyz')).status).toBe(200);
  });

  it('counts requests, turns, outcomes and refusals without a single identifier', async () => {
    const { base } = await start({ runner: echoRunner() });
    const conversation = await openConversation(base);
    await conversation.say('Hallo');
    await conversation.replies(2);
    await conversation.post({ type: 'message' });
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toContain('lotse_turn_seconds_count{channel="directline",result="committed"} 2');
    expect(text).toContain('lotse_refused_total{reason="badRequest"} 1');
    expect(text).toMatch(/lotse_http_request_seconds_count\{route="directline\.post",status="2xx"\} 1/);
    expect(text).toContain('lotse_conversations_open 1');
    expect(text).not.toContain(conversation.id);
    expect(text).not.toContain('Hallo');
  });

  it('gives metrics to who knows the token, when there is one', async () => {
    const { base } = await start({ runner: echoRunner(), env: { METRICS_TOKEN: 'a-token-of-some-length' } });
    expect((await fetch(`${base}/metrics`)).status).toBe(404);
    expect((await fetch(`${base}/metrics`, { headers: { Authorization: 'Bearer wrong' } })).status).toBe(404);
    expect(
      (await fetch(`${base}/metrics`, { headers: { Authorization: 'Bearer a-token-of-some-length' } })).status,
    ).toBe(200);
  });
});
