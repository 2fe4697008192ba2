/**
 * The HTTP server: restify with bounds on everything (headers, body, time, sockets), our headers on every response, shedding, health and metrics.
 * Routes come from the channels as plain values; an error leaves as a code from errors.ts and never says what happened inside.
 */
import { createServer, type Next, type Request, type Response } from 'restify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ChannelRequest, ChannelResponse, Route, SocketRoute } from '../channels/routes';
import type { Clock } from '../clock';
import { LotseError } from '../errors';
import { errorCode, type Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { Addresses } from './address';
import { readJsonBody } from './body';
import { httpError } from './errors';
import { corsHeaders, pageSecurityPolicy, preflightHeaders, securityHeaders } from './headers';
import { readiness, type ReadinessSources } from './health';
import type { LoadGauge } from './load';
import { successorOf, type StaticFile } from './staticFiles';

export interface HttpServerOptions {
  readonly routes: readonly Route[];
  readonly sockets: readonly SocketRoute[];
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly addresses: Addresses;
  readonly allowedOrigins: readonly string[];
  readonly load: LoadGauge;
  readonly readiness: ReadinessSources;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Asked for at `/metrics`; absent: metrics are given to loopback only. */
  readonly metricsToken?: string;
  readonly maxBodyBytes: number;
  readonly maxConnections: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

export interface HttpServer {
  /** Resolves with the port; rejects with `PORT_TAKEN`. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no new connection; open requests may end. */
  close(graceMs: number): Promise<void>;
}

/** The body of a refused request that is read past, so that its connection can be used again. */
const SHORT_BODY_BYTES = 16_384;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { addresses, metrics, logger, clock, load } = options;
  const server = createServer({ name: '', handleUncaughtExceptions: false });
  const http = server.server;
  // restify passes the server's errors on to itself; they are dealt with where they happen.
  server.on('error', () => undefined);
  http.headersTimeout = options.headersTimeoutMs;
  http.requestTimeout = options.requestTimeoutMs;
  http.keepAliveTimeout = 5_000;
  http.maxConnections = options.maxConnections;
  // Node looks for overdue connections every 30 s unless told otherwise; restify gives no way to pass it on.
  Object.assign(http, { connectionsCheckingInterval: 1_000 });
  const connections = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });

  server.pre((request: Request, response: Response, next: Next) => {
    const base = addresses.base(request);
    for (const [name, value] of Object.entries(securityHeaders(base))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      const cors =
        request.url?.startsWith('/v3/') === true ? corsHeaders(request.headers.origin, base, options) : undefined;
      response.writeHead(cors === undefined ? 403 : 204, { ...cors, ...(cors === undefined ? {} : preflightHeaders) });
      response.end();
      next(false);
      return;
    }
    next();
  });

  const observe =
    (name: string, work: (request: Request, response: Response) => Promise<number>) =>
    async (request: Request, response: Response): Promise<void> => {
      const startedMs = clock.nowMs();
      let status = 500;
      try {
        status = await work(request, response);
      } catch (error) {
        status = failure(error, response, logger, name);
      }
      metrics.request(name, status, clock.nowMs() - startedMs);
    };

  const handleRoute =
    (route: Route) =>
    async (request: Request, response: Response): Promise<number> => {
      const answer = (reply: ChannelResponse): number =>
        send(
          response,
          route.quiet === true && reply.status >= 400
            ? { status: reply.status, ...(reply.headers === undefined ? {} : { headers: reply.headers }) }
            : reply,
        );
      const base = addresses.base(request);
      const { socket } = request;
      const cors = route.crossOrigin ? corsHeaders(request.headers.origin, base, options) : {};
      if (cors === undefined) return answer(httpError('originRefused'));
      for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
      const shed = (): number => {
        metrics.refused('overload');
        // A new connection costs both sides more than reading past a short body.
        if (!(Number(request.headers['content-length']) <= SHORT_BODY_BYTES)) response.setHeader('Connection', 'close');
        return answer({ ...httpError('overloaded'), headers: { 'Retry-After': '2' } });
      };
      if (route.sheddable && (load.overloaded() || options.readiness.draining())) return shed();
      const body =
        route.method === 'POST' && route.ignoresBody !== true
          ? await readJsonBody(request, route.maxBodyBytes ?? options.maxBodyBytes)
          : ({ ok: true, value: undefined } as const);
      if (!body.ok) {
        // What is still to come of an oversized body is not worth reading.
        if (body.error === 'tooLarge') response.setHeader('Connection', 'close');
        const status = answer(httpError(body.error));
        if (body.error === 'tooLarge') {
          response.on('finish', () => {
            socket.destroySoon();
          });
        }
        return status;
      }
      if (route.ignoresBody === true) response.setHeader('Connection', 'close');
      const params = readParams(request.params);
      const channelRequest: ChannelRequest = {
        params,
        query: new URL(request.url ?? '/', 'http://local').searchParams,
        header: (name) => {
          const value = request.headers[name];
          return Array.isArray(value) ? value.join(',') : value;
        },
        body: body.value,
        address: addresses.client(request),
        baseUrl: base,
      };
      if (!route.sheddable) return answer(await route.handle(channelRequest));
      // Asked again: what came at the same moment was let in together, and its bodies took a while.
      if (load.overloaded()) return shed();
      const leave = load.enter();
      try {
        return answer(await route.handle(channelRequest));
      } finally {
        leave();
      }
    };

  for (const route of options.routes) {
    const handler = observe(route.name, handleRoute(route));
    if (route.method === 'GET') server.get(route.path, handler);
    else if (route.method === 'POST') server.post(route.path, handler);
    else server.del(route.path, handler);
  }
  for (const [path, file] of options.files) {
    const handler = observe('static', (request, response) =>
      Promise.resolve(sendFile(request, response, file, addresses.base(request))),
    );
    server.get(path, handler);
    server.head(path, handler);
  }
  server.get(
    '/widget/:name',
    observe('static', (request, response) => {
      const file = successorOf(request.path(), options.files);
      return Promise.resolve(
        file === undefined
          ? send(response, httpError('notFound'))
          : sendFile(request, response, file, addresses.base(request)),
      );
    }),
  );
  server.get(
    '/healthz',
    observe('healthz', (_, response) => Promise.resolve(send(response, { status: 200, body: { status: 'ok' } }))),
  );
  server.get(
    '/readyz',
    observe('readyz', async (_, response) => {
      const state = await readiness(options.readiness);
      return send(response, { status: state.ready ? 200 : 503, body: state });
    }),
  );
  server.get(
    '/metrics',
    observe('metrics', async (request, response) => {
      const authorized =
        options.metricsToken === undefined
          ? isLoopback(addresses.client(request))
          : request.headers.authorization === `Bearer ${options.metricsToken}`;
      if (!authorized) return send(response, httpError('notFound'));
      const text = await metrics.registry.metrics();
      response.writeHead(200, { 'Content-Type': metrics.registry.contentType });
      response.end(text);
      return 200;
    }),
  );

  server.on('restifyError', (_request: Request, response: Response, error: unknown, done: () => void) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
    const answer = httpError(status === 404 ? 'notFound' : status === 405 ? 'methodNotAllowed' : 'internal');
    if (!response.headersSent) response.send(answer.status, answer.body);
    done();
  });

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    void upgrade(request, socket, head);
  });
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    try {
      if (options.readiness.draining() || load.overloaded()) {
        refuseSocket(socket, '503 Service Unavailable');
        return;
      }
      for (const route of options.sockets)
        if (await route.upgrade(request, socket, head, addresses.base(request))) return;
      refuseSocket(socket, '403 Forbidden');
    } catch (error) {
      logger.warn('socket.upgrade.failed', { error: errorCode(error) });
      refuseSocket(socket, '503 Service Unavailable');
    }
  };

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException): void => {
          reject(
            new LotseError(
              error.code === 'EADDRINUSE' ? 'PORT_TAKEN' : 'LISTEN_FAILED',
              `Cannot listen on ${host}:${port}`,
              { cause: error },
            ),
          );
        };
        http.once('error', fail);
        http.listen(port, host, () => {
          http.off('error', fail);
          const address = http.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: (graceMs) =>
      new Promise((resolve) => {
        const force = setTimeout(() => {
          for (const socket of connections) socket.destroy();
        }, graceMs);
        http.close(() => {
          clearTimeout(force);
          resolve();
        });
        http.closeIdleConnections();
      }),
  };
}

function send(response: ServerResponse, { status, body, headers }: ChannelResponse): number {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
  return status;
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile, baseUrl: string): number {
  const headers: Record<string, string> = {
    'Content-Type': file.contentType,
    'Cache-Control': file.cacheControl,
    ETag: file.eTag,
    Vary: 'Accept-Encoding',
  };
  if (file.isPage) headers['Content-Security-Policy'] = pageSecurityPolicy(baseUrl);
  // The widget's script is loaded by the Jobcenters' own pages.
  else headers['Cross-Origin-Resource-Policy'] = 'cross-origin';
  if (request.headers['if-none-match'] === file.eTag) {
    response.writeHead(304, headers);
    response.end();
    return 304;
  }
  const accepted = request.headers['accept-encoding'] ?? '';
  const [encoding, bytes] = /\bbr\b/.test(accepted)
    ? ['br', file.brotli]
    : /\bgzip\b/.test(accepted)
      ? ['gzip', file.gzip]
      : [undefined, file.plain];
  if (encoding !== undefined) headers['Content-Encoding'] = encoding;
  response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
  response.end(bytes);
  return 200;
}

/** A failing storage is a 503, so that clients come back; everything else is ours and says no more than that. */
function failure(error: unknown, response: ServerResponse, logger: Logger, route: string): number {
  const code = errorCode(error);
  // A client that went away is its own business.
  if (code !== 'ECONNRESET') logger.error('request.failed', { route, error: code });
  if (response.headersSent) {
    response.destroy();
    return 500;
  }
  return send(
    response,
    httpError(['STORAGE_UNAVAILABLE', 'STORAGE_CONTENTION', 'LOCK_TIMEOUT'].includes(code) ? 'overloaded' : 'internal'),
  );
}

function refuseSocket(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function readParams(params: unknown): Readonly<Record<string, string | undefined>> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(
    Object.entries(params).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}
