/**
 * The unmodified botframework-directlinejs in Node: it needs a WebSocket and an XMLHttpRequest-like `ajax` from outside, nothing else is ours.
 */
import { DirectLine } from 'botframework-directlinejs';
import { Observable } from 'rxjs';
import { WebSocket } from 'ws';

interface AjaxRequest {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** rxjs' ajax over fetch: same response fields, same errors by status. */
function ajax(request: AjaxRequest): Observable<unknown> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const work = async (): Promise<void> => {
      const response = await fetch(request.url, {
        method: request.method ?? 'GET',
        signal: abort.signal,
        ...(request.headers === undefined ? {} : { headers: request.headers }),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
      const text = await response.text();
      const body: unknown = text === '' ? null : JSON.parse(text);
      const answer = {
        status: response.status,
        response: body,
        xhr: { getResponseHeader: (name: string) => response.headers.get(name) },
      };
      if (response.ok) {
        subscriber.next(answer);
        subscriber.complete();
      } else subscriber.error(answer);
    };
    work().catch((error: unknown) => {
      subscriber.error(error);
    });
    return () => {
      abort.abort();
    };
  });
}

export interface ConnectOptions {
  readonly webSocket: boolean;
}

export async function fetchToken(base: string): Promise<string> {
  const response = await fetch(`${base}/v3/directline/tokens/generate`, { method: 'POST' });
  const body = (await response.json()) as { token: string };
  return body.token;
}

/** Every socket the client opens, so that a test can drop it. */
export const openedSockets: WebSocket[] = [];

class ObservedSocket extends WebSocket {
  constructor(address: string) {
    super(address);
    openedSockets.push(this);
  }
}

export function connect(base: string, token: string, { webSocket }: ConnectOptions): DirectLine {
  // The client only looks whether a WebSocket exists globally; browsers have one, Node 20 has not.
  Object.assign(globalThis, { WebSocket: ObservedSocket });
  const options: unknown = {
    domain: `${base}/v3/directline`,
    token,
    webSocket,
    pollingInterval: 200,
    ajax,
    WebSocket: ObservedSocket,
    random: () => 0,
  };
  return new DirectLine(options as ConstructorParameters<typeof DirectLine>[0]);
}
