/**
 * The preview's own small server: one page, one question at a time, and a stream that says when the knowledge base has changed.
 * Bound to loopback, reads only, answers no other host name (a page elsewhere could otherwise read drafts), loads nothing from elsewhere.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { toError } from '../errors';
import { formatFinding, type Finding } from '../knowledge/findings';
import { isDay } from '../knowledge/schema/values';
import type { Mind } from '../mind';
import { previewAnswer } from './previewAnswer';

/** What the preview needs of the living knowledge base. */
export interface PreviewSource {
  current(): Mind | undefined;
  status(): { readonly version: string; readonly stale: boolean } | undefined;
  findings(): readonly Finding[];
}

export interface PreviewServer {
  /** Resolves with the port taken; 0 asks for any. */
  listen(port: number): Promise<number>;
  /** Tells every open page to look again. */
  changed(): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_QUESTION_CHARS = 1_000;
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.mjs': ['page.mjs', 'text/javascript; charset=utf-8'],
};
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

export function createPreviewServer(source: PreviewSource, today: () => string): PreviewServer {
  const listeners = new Set<ServerResponse>();

  const server: Server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      send(response, 500, 'application/json; charset=utf-8', JSON.stringify({ fehler: toError(error).message }));
    }
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const host = request.headers.host ?? '';
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
      send(response, 403, 'text/plain; charset=utf-8', 'Die Vorschau gibt es nur auf diesem Rechner.');
      return;
    }
    if (request.method !== 'GET') {
      send(response, 405, 'text/plain; charset=utf-8', 'Hier wird nur gelesen.');
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`);
    const file = Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined;
    if (file !== undefined) send(response, 200, file[1], readFileSync(join(__dirname, file[0]), 'utf8'));
    else if (pathname === '/api/stand') sendJson(response, 200, state());
    else if (pathname === '/api/antwort') ask(response, searchParams);
    else if (pathname === '/api/aenderungen') follow(response);
    else send(response, 404, 'text/plain; charset=utf-8', 'Diese Seite gibt es nicht.');
  }

  function state(): object {
    const mind = source.current();
    const status = source.status();
    return {
      heute: today(),
      fassung: status?.version ?? null,
      veraltet: status?.stale ?? true,
      befunde: source
        .findings()
        .filter(({ severity }) => severity === 'error')
        .map(formatFinding),
      jobcenter: (mind?.knowledge.jobcenters ?? []).map(({ id, name }) => ({ id, name })),
      themen: (mind?.knowledge.entries.length ?? 0) + (mind?.knowledge.staffEntries.length ?? 0),
    };
  }

  function ask(response: ServerResponse, parameters: URLSearchParams): void {
    const mind = source.current();
    if (mind === undefined) {
      sendJson(response, 503, { fehler: 'Die Wissensbasis ließ sich noch nicht laden.' });
      return;
    }
    const question = (parameters.get('frage') ?? '').slice(0, MAX_QUESTION_CHARS);
    const day = parameters.get('tag') ?? today();
    if (!isDay(day)) {
      sendJson(response, 400, { fehler: `„${day}“ ist kein Datum.` });
      return;
    }
    const chosen = parameters.get('jobcenter');
    const known = mind.knowledge.jobcenters.some(({ id }) => id === chosen);
    sendJson(
      response,
      200,
      previewAnswer(mind, { question, day, ...(chosen !== null && known ? { jobcenter: chosen } : {}) }),
    );
  }

  /** Server-sent events: one line whenever a saved file is live or was refused. */
  function follow(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write('retry: 1000\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, HOST, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    changed() {
      for (const listener of listeners) listener.write('data: neu\n\n');
    },
    close: () =>
      new Promise((resolve) => {
        for (const listener of listeners) listener.end();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': type });
  response.end(body);
}
