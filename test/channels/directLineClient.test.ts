/**
 * Acceptance: the client library that Web Chat uses, unmodified, holds a conversation with our endpoint.
 */
import { ConnectionStatus, type Activity, type DirectLine } from 'botframework-directlinejs';
import { connect, fetchToken, openedSockets } from '../support/directLineClient';
import { echoRunner, startService, type TestService } from '../support/service';

let service: TestService;
beforeAll(async () => {
  service = await startService({ runner: echoRunner() });
});
afterAll(async () => {
  await service.service.close();
});

interface Heard {
  readonly activities: Activity[];
  waitFor(text: string, timeoutMs?: number): Promise<Activity>;
}

function listen(client: DirectLine): Heard {
  const activities: Activity[] = [];
  // `end()` tells its subscribers by an error.
  client.activity$.subscribe(
    (activity) => activities.push(activity),
    () => undefined,
  );
  return {
    activities,
    async waitFor(text, timeoutMs = 8_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const found = activities.find((activity) => activity.type === 'message' && activity.text === text);
        if (found !== undefined) return found;
        if (Date.now() > until)
          throw new Error(
            `Not heard: ${text}; heard ${JSON.stringify(activities.map((activity) => ('text' in activity ? activity.text : activity.type)))}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

const say = (client: DirectLine, text: string): Promise<string> =>
  client
    .postActivity({ type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID: `c-${text}` } })
    .toPromise();

const texts = (heard: Heard): (string | undefined)[] =>
  heard.activities.map((activity) => (activity.type === 'message' ? activity.text : undefined));

describe.each([
  ['polling', false],
  ['a web socket', true],
])('botframework-directlinejs over %s', (_, webSocket) => {
  it('is welcomed, is answered in order and hears its own messages back', async () => {
    const client = connect(service.base, await fetchToken(service.base), { webSocket });
    const heard = listen(client);
    await heard.waitFor('Willkommen');
    const id = await say(client, 'eins');
    await say(client, 'zwei');
    const echo = await heard.waitFor('eins');
    await heard.waitFor('Echo: zwei');
    expect(echo.id).toBe(id);
    expect(echo.channelData).toEqual({ clientActivityID: 'c-eins' });
    expect(texts(heard).filter((text) => text?.startsWith('Echo'))).toEqual(['Echo: eins', 'Echo: zwei']);
    client.end();
  });
});

it('goes on after its socket was dropped, without a gap and without a repetition', async () => {
  const client = connect(service.base, await fetchToken(service.base), { webSocket: true });
  const statuses: ConnectionStatus[] = [];
  client.connectionStatus$.subscribe((status) => statuses.push(status));
  const heard = listen(client);
  await heard.waitFor('Willkommen');
  await say(client, 'vorher');
  await heard.waitFor('Echo: vorher');

  openedSockets.at(-1)?.terminate();
  await say(client, 'währenddessen');
  await heard.waitFor('Echo: währenddessen', 15_000);
  await say(client, 'nachher');
  await heard.waitFor('Echo: nachher');

  expect(texts(heard)).toEqual([
    'Willkommen',
    'vorher',
    'Echo: vorher',
    'währenddessen',
    'Echo: währenddessen',
    'nachher',
    'Echo: nachher',
  ]);
  expect(statuses).not.toContain(ConnectionStatus.FailedToConnect);
  client.end();
}, 30_000);
