/**
 * What a channel offers to the HTTP server and what it gets from it: plain values, no server library.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface ChannelRequest {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  /** Parsed JSON, or undefined for an empty body. */
  readonly body: unknown;
  /** The client's address as far as the configured proxies vouch for it; never logged. */
  readonly address: string;
  /** `https://chat.example.de`, as the client reached us. */
  readonly baseUrl: string;
}

export interface ChannelResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v3/directline/conversations/:conversationId`. */
  readonly path: string;
  /** Label in metrics and logs. */
  readonly name: string;
  /** Whether an overloaded service may refuse it with 503. */
  readonly sheddable: boolean;
  /** Browsers of other (allowed) sites may call it. */
  readonly crossOrigin: boolean;
  /** Errors leave as a bare status. */
  readonly quiet?: boolean;
  /** The body, of whatever kind, is not even read. */
  readonly ignoresBody?: boolean;
  /** Largest body taken; absent: the server's limit. */
  readonly maxBodyBytes?: number;
  handle(request: ChannelRequest): Promise<ChannelResponse>;
}

export interface SocketRoute {
  /** Answers whether it took the socket; the server destroys what nobody takes. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, baseUrl: string): Promise<boolean>;
}

/** What the limits answer: go on, or come back in so many milliseconds. */
export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterMs: number };

export interface Limits {
  /** A new conversation from this address. */
  start(address: string): Promise<Admission>;
  /** A message in this conversation from this address. */
  message(conversationId: string, address: string): Promise<Admission>;
}
