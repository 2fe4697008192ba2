/**
 * Traces: a turn with its storage below it, in the form collectors take; nothing personal in it, and nothing lost but spans when the collector is gone.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fixedClock } from '../../src/clock';
import { createLogger } from '../../src/observability/logger';
import { createTraces, noTraces } from '../../src/observability/traces';
import { openConversation } from '../support/rawDirectLine';
import { echoRunner, startService } from '../support/service';

interface Sent {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number };
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
}

async function collector(
  status = 200,
): Promise<{ endpoint: string; bodies: string[]; spans: () => Sent[]; close: () => Promise<void> }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(`${request.url ?? ''} ${body}`);
      response.statusCode = status;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const spans = (): Sent[] =>
    bodies.flatMap((text) => {
      const { resourceSpans } = JSON.parse(text.slice(text.indexOf(' '))) as {
        resourceSpans: { scopeSpans: { spans: Sent[] }[] }[];
      };
      return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return { endpoint: `http://127.0.0.1:${port}`, bodies, spans, close };
}

it('sends a span and what ran below it, with times, attributes and failures', async () => {
  const clock = fixedClock(1_000);
  const { endpoint, bodies, spans, close } = await collector();
  const traces = createTraces({ endpoint: `${endpoint}/`, clock, logger: createLogger(() => undefined, clock) });
  await traces.span('turn', async (set) => {
    set('result', 'committed');
    await traces.span('storage.read', () => {
      clock.advance(5);
      return Promise.resolve();
    });
    await expect(traces.span('storage.commit', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  });
  await traces.span('turn', () => Promise.resolve());
  await traces.close();
  const [read, commit, turn, other] = spans();
  expect(bodies[0]?.startsWith('/v1/traces ')).toBe(true);
  expect(turn).toMatchObject({
    name: 'turn',
    startTimeUnixNano: '1000000000',
    endTimeUnixNano: '1005000000',
    status: { code: 1 },
  });
  expect(turn?.attributes).toEqual([{ key: 'result', value: { stringValue: 'committed' } }]);
  expect(turn?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(read).toMatchObject({ traceId: turn?.traceId, parentSpanId: turn?.spanId });
  expect(commit).toMatchObject({ parentSpanId: turn?.spanId, status: { code: 2 } });
  expect(other?.traceId).not.toBe(turn?.traceId);
  await close();
});

it('goes on without its collector, and says so', async () => {
  const clock = fixedClock(0);
  const lines: string[] = [];
  const gone = await collector();
  await gone.close();
  const refusing = await collector(503);
  for (const { endpoint } of [gone, refusing]) {
    const traces = createTraces({ endpoint, clock, logger: createLogger((line) => lines.push(line), clock) });
    await expect(traces.span('turn', () => Promise.resolve(7))).resolves.toBe(7);
    await traces.close();
  }
  await refusing.close();
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
    'traces.failed',
    'traces.refused',
  ]);
  await expect(noTraces.span('turn', () => Promise.resolve(7))).resolves.toBe(7);
});

it('tells of a real turn its channel and result, and nothing that was said or who said it', async () => {
  const { endpoint, bodies, spans, close } = await collector();
  const running = await startService({ runner: echoRunner(), env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  const conversation = await openConversation(running.base);
  await conversation.say('Meine IBAN ist geheim, sagt der Kanarienvogel');
  await conversation.replies(2);
  await running.service.close();
  const turns = spans().filter(({ name }) => name === 'turn');
  expect(turns.length).toBeGreaterThan(0);
  expect(turns.at(-1)?.attributes).toEqual(
    expect.arrayContaining([
      { key: 'channel', value: { stringValue: 'directline' } },
      { key: 'result', value: { stringValue: 'committed' } },
    ]),
  );
  expect(
    spans().some(({ name, parentSpanId }) => name === 'storage.commit' && parentSpanId === turns.at(-1)?.spanId),
  ).toBe(true);
  for (const canary of ['Kanarienvogel', 'IBAN', conversation.id]) expect(bodies.join()).not.toContain(canary);
  await close();
}, 30_000);
