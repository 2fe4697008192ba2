/** One reply on every kind of channel: blocks for the widget, a card, markdown, plain text. Nothing is lost on any of them. */
import fc from 'fast-check';
import { adaptiveCard } from '../../src/rendering/adaptiveCard';
import { calendarFile } from '../../src/rendering/calendarFile';
import { composeReply } from '../../src/rendering/composeReply';
import { eventView } from '../../src/rendering/eventsReply';
import { plainText, plainTextParts, splitText } from '../../src/rendering/plainText';
import type { Capabilities } from '../../src/rendering/reply';
import { toActivities } from '../../src/rendering/toActivities';
import { entry, event, knowledgeOf, outcomeBase, viewOf } from '../support/smallKnowledge';

const base: Capabilities = {
  markdown: false,
  suggestedActions: false,
  maxSuggestedActions: 0,
  adaptiveCards: false,
  structuredReply: false,
  maxChars: 4096,
};
const widget: Capabilities = {
  ...base,
  markdown: true,
  suggestedActions: true,
  maxSuggestedActions: 20,
  structuredReply: true,
};
const teams: Capabilities = { ...base, markdown: true, adaptiveCards: true, maxChars: 28_000 };
const telegram: Capabilities = { ...base, suggestedActions: true, maxSuggestedActions: 10 };

const knowledge = knowledgeOf({
  entries: [
    entry('x', {
      title: 'Termin verpasst',
      versions: [
        {
          answer: 'Melden Sie sich **sofort**. Siehe [§ 32](https://www.gesetze-im-internet.de/sgb_2/__32.html).',
          more: '- Einzelheit eins\n- Einzelheit zwei',
        },
      ],
      seeAlso: ['y'],
      actions: [{ title: 'Zum Gesetz', url: 'https://www.gesetze-im-internet.de' }],
    }),
    entry('y', { title: 'Wichtiger Grund' }),
  ],
});
const reply = composeReply({ ...outcomeBase, kind: 'answer', entryId: 'x' }, viewOf(knowledge));

describe('plain text', () => {
  const text = plainText(reply);

  test('spells out links, numbers the choices and keeps every block', () => {
    expect(text).toContain('Melden Sie sich sofort. Siehe § 32 (https://www.gesetze-im-internet.de/sgb_2/__32.html).');
    expect(text).toContain('- Einzelheit zwei');
    expect(text).toContain('Zum Gesetz: https://www.gesetze-im-internet.de');
    expect(text).toContain('1. Wichtiger Grund');
    expect(text).not.toContain('**');
  });

  test('that is too long ends at a sentence and says how to go on', () => {
    const short = plainText(reply, { maxChars: 120 });
    expect(short.length).toBeLessThanOrEqual(120);
    expect(short).toContain('„mehr“');
  });

  test('in parts loses nothing', () => {
    const parts = plainTextParts(reply, 100);
    expect(parts.every((part) => part.length <= 100)).toBe(true);
    expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  test('any text splits into parts that fit and lose nothing but blanks', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 20, max: 90 }),
        (given, maxChars) => {
          const parts = splitText(given, maxChars);
          expect(parts.every((part) => part.length <= maxChars)).toBe(true);
          expect(parts.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''));
          expect(parts.join('')).not.toMatch(/\p{Surrogate}/u);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('activities go by what a channel can show', () => {
  test('our widget gets the blocks, a text for everybody else, and buttons', () => {
    const [activity] = toActivities(reply, widget);
    expect(activity?.channelData).toEqual({ reply });
    expect(activity?.text).toContain('Termin verpasst');
    expect(activity?.suggestedActions?.actions.map((action) => action.title)).toEqual(['Wichtiger Grund']);
    expect(activity).toMatchObject({ locale: 'de', inputHint: 'acceptingInput', textFormat: 'markdown' });
  });

  test('a card channel gets one card whose buttons send plain text, with feedback', () => {
    const [activity, ...more] = toActivities(reply, teams);
    expect(more).toEqual([]);
    expect(activity?.text).toBeUndefined();
    expect(activity?.summary).toContain('Termin verpasst');
    const card = JSON.stringify(activity?.attachments?.[0]?.content);
    expect(card).toContain('"version":"1.5"');
    expect(card).toContain('Action.ToggleVisibility');
    expect(card).toContain('"lotse":"Wichtiger Grund"');
    expect(card).toContain('Nicht hilfreich');
    expect(card).toContain('Stand: 22.11.2026');
  });

  test('a messenger with buttons gets plain text and no numbered list', () => {
    const [activity] = toActivities(reply, telegram);
    expect(activity?.text).not.toContain('1. Wichtiger Grund');
    expect(activity?.suggestedActions?.actions).toHaveLength(1);
  });

  test('more choices than a channel has buttons are numbered in the text', () => {
    const [activity] = toActivities(reply, { ...telegram, maxSuggestedActions: 0 });
    expect(activity?.suggestedActions).toBeUndefined();
    expect(activity?.text).toContain('1. Wichtiger Grund');
  });

  test('a text longer than a message goes in several, the buttons under the last', () => {
    const activities = toActivities(reply, { ...telegram, maxChars: 150 });
    expect(activities.length).toBeGreaterThan(1);
    expect(activities.every((activity) => (activity.text ?? '').length <= 150)).toBe(true);
    expect(activities.map((activity) => activity.suggestedActions !== undefined)).toEqual([
      ...activities.slice(1).map(() => false),
      true,
    ]);
  });

  test('asking back expects input', () => {
    const asking = composeReply(
      { ...outcomeBase, kind: 'clarify', about: 'topic', choices: [{ id: 'x', title: 'X', value: 'X' }] },
      viewOf(knowledge),
    );
    expect(toActivities(asking, widget)[0]?.inputHint).toBe('expectingInput');
  });

  test('a card in Arabic runs from right to left', () => {
    expect(adaptiveCard({ ...reply, language: 'ar' })).toMatchObject({ rtl: true, lang: 'ar' });
    expect(adaptiveCard(reply).rtl).toBeUndefined();
  });
});

describe('the calendar file', () => {
  const coming = event('e', {
    title: 'Infotag; Essen',
    times: [{ from: '2027-03-01T09:30', to: '2027-03-01T16:00' }],
    description:
      'Ein Tag mit sehr vielen Angeboten und Beratungen für alle Bürgerinnen und Bürger der Stadt, draußen im Park.',
  });

  test('of a coming event has its Berlin time, escaped text and folded lines', () => {
    const file = calendarFile(eventView(coming, viewOf(knowledgeOf())), '20261124T120000Z') ?? '';
    expect(file).toContain('DTSTART;TZID=Europe/Berlin:20270301T093000\r\n');
    expect(file).toContain('SUMMARY:Infotag\\; Essen');
    expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(file.replace(/\r\n /g, '')).toContain('draußen im Park.');
  });

  test('of whole days ends on the day after', () => {
    const days = eventView(event('e', { times: [{ from: '2027-06-20', to: '2027-06-26' }] }), viewOf(knowledgeOf()));
    expect(calendarFile(days, '20261124T120000Z')).toContain('DTEND;VALUE=DATE:20270627');
  });

  test('of a past event does not exist', () => {
    expect(calendarFile(eventView(event('e'), viewOf(knowledgeOf())), '20261124T120000Z')).toBeUndefined();
  });
});
