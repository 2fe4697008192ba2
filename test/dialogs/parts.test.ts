/** The small parts of a conversation: what is stored, what a typed choice means, what is counted. */
import fc from 'fast-check';
import { createFeedbackCounts } from '../../dialogs/feedback';
import { eventsTopic, follow, isDialogState, newThread, parseThread, stepBack } from '../../dialogs/thread';
import { typedChoice } from '../../dialogs/typedChoice';
import { fixedClock } from '../../src/clock';
import { createMemoryStorage } from '../../src/storage/memory';

const hour = 3_600_000;

describe('the stored thread', () => {
  const thread = follow(newThread(1_000), eventsTopic({ town: 'Essen' }, ['e']));

  test('survives storage as JSON', () => {
    expect(parseThread(JSON.parse(JSON.stringify(thread)), 1_000, hour)).toEqual(thread);
  });

  test('is forgotten after its hour, not before', () => {
    expect(parseThread(thread, 1_000 + hour, hour)).toBeDefined();
    expect(parseThread(thread, 1_001 + hour, hour)).toBeUndefined();
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'thread'],
    ['another version', { ...thread, version: 0 }],
    ['a broken choice', { ...thread, offered: { about: 'topic', choices: [5], question: '' } }],
    ['an unknown field', { ...thread, secret: 'x' }],
    ['a foreign prototype', JSON.parse('{"__proto__":{"greeted":true}}')],
  ])('%s starts afresh', (_, stored) => {
    expect(parseThread(stored, 1_000, hour)).toBeUndefined();
  });

  test('never throws, whatever was stored', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(() => [parseThread(stored, 0, hour), isDialogState(stored)]).not.toThrow();
      }),
    );
  });

  test('is small: six topics back and no more', () => {
    let long = newThread(0);
    for (let index = 0; index < 50; index += 1) long = follow(long, { kind: 'entry', id: `e${index}` });
    expect(long.trail).toHaveLength(6);
    expect(JSON.stringify(long).length).toBeLessThan(1_500);
  });

  test('„zurück“ undoes the last topic, the same topic twice is one step', () => {
    const one = follow(newThread(0), { kind: 'entry', id: 'a' });
    const two = follow(follow(one, { kind: 'entry', id: 'b' }), { kind: 'entry', id: 'b' });
    expect(stepBack(two).topic).toEqual({ kind: 'entry', id: 'a' });
    expect(stepBack(one).topic).toBeUndefined();
  });
});

describe('a typed choice', () => {
  const choices = ['Termin verpasst', 'Termin verschieben', 'Wichtiger Grund'].map((title, index) => ({
    id: `c${index}`,
    title,
    value: title,
  }));

  test.each([
    ['Termin verpasst', 'c0'],
    ['termin verpasst!', 'c0'],
    ['1', 'c0'],
    ['2.', 'c1'],
    ['٣', 'c2'],
    ['die dritte bitte', 'c2'],
    ['das letzte', 'c2'],
    ['nummer zwei', 'c1'],
    ['the second one', 'c1'],
  ])('„%s“ is %s', (typed, id) => {
    expect(typedChoice(typed, choices)?.id).toBe(id);
  });

  test.each(['', '4', '0', 'Termin', 'Ich habe 2 Kinder und brauche Hilfe', '45127', 'nein', 'zwei drei'])(
    '„%s“ is none',
    (typed) => {
      expect(typedChoice(typed, choices)).toBeUndefined();
    },
  );

  test('by part of the title only where asked for, and only if it is one', () => {
    expect(typedChoice('wichtiger', choices, { byPart: true })?.id).toBe('c2');
    expect(typedChoice('verschieben', choices, { byPart: true })?.id).toBe('c1');
    expect(typedChoice('termin', choices, { byPart: true })).toBeUndefined();
    expect(typedChoice('wichtiger', choices)).toBeUndefined();
  });
});

test('feedback is counted per answer and reason, and a lost race is tried again', async () => {
  const { store } = createMemoryStorage(fixedClock(0));
  const counts = createFeedbackCounts(store);
  await Promise.all([
    counts.record({ entryId: 'x', helpful: true }),
    counts.record({ entryId: 'x', helpful: true }),
    counts.record({ entryId: 'x', helpful: false, reason: 'outdated' }),
    counts.record({ entryId: 'y', helpful: false }),
  ]);
  expect(await counts.list()).toEqual([
    { entryId: 'x', helpful: true, count: 2 },
    { entryId: 'x', helpful: false, reason: 'outdated', count: 1 },
    { entryId: 'y', helpful: false, count: 1 },
  ]);
});
