/**
 * Direct Line by hand, for tests that need to send what no honest client sends.
 */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

export interface OpenConversation {
  readonly id: string;
  readonly token: string;
  readonly streamUrl: string;
  post(activity: unknown, token?: string): Promise<Answer>;
  say(text: string, clientActivityId?: string): Promise<Answer>;
  activities(watermark?: string, token?: string): Promise<readonly LoggedActivity[]>;
  /** Waits until the log holds `count` activities of the bot. */
  replies(count: number): Promise<readonly LoggedActivity[]>;
}

export interface LoggedActivity {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string };
  readonly [field: string]: unknown;
}

export async function call(
  base: string,
  method: string,
  path: string,
  options: {
    readonly token?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
    headers: response.headers,
  };
}

export async function openConversation(
  base: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenConversation> {
  const generated = await call(base, 'POST', '/v3/directline/tokens/generate', { headers });
  const token = String(generated.body['token']);
  const started = await call(base, 'POST', '/v3/directline/conversations', { token, headers });
  if (started.status !== 201) throw new Error(`No conversation: ${generated.status} ${started.status}`);
  const id = String(started.body['conversationId']);
  const path = `/v3/directline/conversations/${id}/activities`;
  const conversation: OpenConversation = {
    id,
    token,
    streamUrl: String(started.body['streamUrl']),
    post: (activity, other = token) => call(base, 'POST', path, { token: other, body: activity }),
    say: (text, clientActivityId) =>
      conversation.post({
        type: 'message',
        text,
        from: { id: 'me' },
        ...(clientActivityId === undefined ? {} : { channelData: { clientActivityID: clientActivityId } }),
      }),
    async activities(watermark = '', other = token) {
      const all: LoggedActivity[] = [];
      let from = watermark;
      for (;;) {
        const { body } = await call(base, 'GET', `${path}?watermark=${from}`, { token: other });
        const page = body['activities'] as readonly LoggedActivity[];
        if (page.length === 0) return all;
        all.push(...page);
        from = String(body['watermark']);
      }
    },
    async replies(count) {
      const until = Date.now() + 10_000;
      for (;;) {
        const replies = (await conversation.activities()).filter((activity) => activity.from.id === 'jobcenter-lotse');
        if (replies.length >= count) return replies;
        if (Date.now() > until)
          throw new Error(
            `${replies.length} of ${count} replies: ${JSON.stringify(replies.map((reply) => reply.text))}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
  };
  return conversation;
}

/** The conversation as its client goes on with it after the service came back at another port. */
export async function logOf(base: string, { id, token }: OpenConversation): Promise<readonly LoggedActivity[]> {
  const { body } = await call(base, 'GET', `/v3/directline/conversations/${id}/activities`, { token });
  return body['activities'] as readonly LoggedActivity[];
}
