/**
 * Somebody's website with the embed line: another origin, a strict policy of its own, and styles that would break anything they reach.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Website {
  readonly base: string;
  close(): Promise<void>;
}

const HOSTILE_STYLE = `
html { font-size: 5px !important; }
* { color: lime !important; font: 40px cursive !important; display: block !important; margin: 30px !important; float: right !important; letter-spacing: 10px !important; }
button, div, jobcenter-lotse { display: none !important; transform: rotate(20deg) !important; opacity: 0.1 !important; all: unset !important; }
`;

export interface WebsiteOptions {
  /** Attributes of the embed line. */
  readonly attributes?: string;
  readonly hostile?: boolean;
  readonly trustedTypes?: boolean;
}

/** `service()` is asked for each page, so that the website can be there first. */
export async function startWebsite(service: string | (() => string), options: WebsiteOptions = {}): Promise<Website> {
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site');
    if (url.pathname === '/style.css') {
      response.writeHead(200, { 'Content-Type': 'text/css' });
      response.end(options.hostile === true ? HOSTILE_STYLE : '');
      return;
    }
    if (url.pathname === '/favicon.ico') {
      response.writeHead(204);
      response.end();
      return;
    }
    const from = typeof service === 'string' ? service : service();
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src ${from}`,
        "style-src 'self'",
        `connect-src ${from} ${from.replace(/^http/, 'ws')}`,
        "base-uri 'none'",
        ...(options.trustedTypes === true ? ["require-trusted-types-for 'script'"] : []),
      ].join('; '),
    });
    response.end(`<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Stadt Beispiel</title>
<link rel="stylesheet" href="/style.css"><script src="${from}/widget.js" ${options.attributes ?? 'data-jobcenter="essen"'} defer></script></head>
<body><main><h1>Jobcenter der Stadt Beispiel</h1><p><a id="before" href="/andere-seite">Eine andere Seite</a></p></main></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
