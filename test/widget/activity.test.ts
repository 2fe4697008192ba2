/**
 * What comes over the wire is checked: unknown parts are dropped, the rest is shown.
 */
import { parseActivity } from '../../src/widget/activity';

const message = { id: '1', type: 'message', text: 'Text', from: { role: 'bot' }, locale: 'de' };
const withReply = (reply: unknown): unknown => ({ ...message, channelData: { reply } });

test('a reply keeps the blocks that are understood and loses the others, also staff notes', () => {
  const parsed = parseActivity(
    withReply({
      kind: 'answer',
      language: 'tr',
      blocks: [
        { type: 'text', markdown: 'bleibt' },
        { type: 'internal', markdown: 'nur für Mitarbeitende' },
        { type: 'erfunden' },
        { type: 'events', events: [{ id: 'halb' }] },
        null,
        'Text',
      ],
      choices: [{ id: 'a', title: 'A', value: 'a' }, { title: 'ohne Wert' }],
    }),
  );
  expect(parsed?.reply?.blocks).toEqual([{ type: 'text', markdown: 'bleibt' }]);
  expect(parsed?.choices).toEqual([{ id: 'a', title: 'A', value: 'a' }]);
  expect(parsed?.language).toBe('tr');
});

test.each([
  [undefined],
  ['reply'],
  [[]],
  [{ kind: 'answer', blocks: [] }],
  [{ blocks: [{ type: 'text', markdown: 'x' }] }],
])('a reply that is %j leaves the text and the suggested actions', (reply) => {
  const parsed = parseActivity({
    ...message,
    channelData: { reply },
    suggestedActions: { actions: [{ type: 'imBack', title: 'Menü', value: 'menü' }, { title: 1 }] },
  });
  expect(parsed?.reply).toBeUndefined();
  expect(parsed?.text).toBe('Text');
  expect(parsed?.choices).toEqual([{ id: 'menü', title: 'Menü', value: 'menü' }]);
});

test.each([[null], [[]], ['x'], [{}], [{ id: 1, type: 'message' }], [{ id: '1' }]])('%j is no activity', (value) => {
  expect(parseActivity(value)).toBeUndefined();
});
