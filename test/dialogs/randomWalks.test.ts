/**
 * A thousand conversations of random messages, known and unknown, clicks and commands: never an exception, never a dead end, never the
 * same reply three times in a row.
 */
import fc from 'fast-check';
import { join } from 'node:path';
import { createAnswering } from '../../src/answering/answering';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { fixedClock } from '../../src/clock';
import { createLocalConversation } from '../../src/service';

const opened = openKnowledge(join(__dirname, '../../knowledge'));
if ('error' in opened) throw new Error(opened.error.join('\n'));
const { knowledge, model } = opened.opened;
const mind = { knowledge, answering: createAnswering(knowledge, { model }) };
const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));

const COMMANDS = [
  'Hilfe',
  'Menü',
  'zurück',
  'abbrechen',
  'von vorn',
  'Mensch',
  'Einfache Sprache',
  'Alltagssprache',
  'Sprache wechseln',
  'meine Daten löschen',
  'mehr',
  'drucken',
  'weiter',
  'hilfreich',
  'nicht hilfreich',
  'ja',
  'nein',
  'Keins davon',
  'danke',
  'du idiot',
];
const PLACES = [
  '45127',
  'Essen',
  'Jülich',
  'Ravensburg',
  'und in Solingen?',
  'wann genau?',
  'und 2022?',
  'nein, ich meinte Mülheim',
];
const NASTY = [
  '',
  '   ',
  '?',
  '1'.repeat(1200),
  '__proto__',
  'constructor',
  '<b>x</b>',
  '\u202Eabc',
  '👍',
  'DE89370400440532013000',
  'Що робити',
  'مرحبا',
  'help me please',
];

/** A message, or `#n`: a click on the n-th choice of the last reply. */
const message = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...knowledge.entries.flatMap(({ questions, examples }) => [...questions.slice(0, 1), ...examples.slice(0, 2)]),
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom(...COMMANDS) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }).map((index) => `#${index}`) },
  { weight: 1, arbitrary: fc.constantFrom(...PLACES) },
  { weight: 1, arbitrary: fc.constantFrom(...knowledge.guides.map(({ title }) => title)) },
  { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);
/** Some people say the same thing again and again. */
const walk = fc.oneof(
  { weight: 4, arbitrary: fc.array(message, { minLength: 2, maxLength: 9 }) },
  { weight: 1, arbitrary: message.map((text) => Array<string>(5).fill(text)) },
);

test('random walks go on, whatever is said', async () => {
  const chat = createLocalConversation({ mind: () => mind, today: () => '2026-11-24', clock });
  await fc.assert(
    fc.asyncProperty(walk, async (messages) => {
      chat.reset();
      let { replies } = await chat.join();
      const said: string[] = [];
      for (const given of messages) {
        const choices = replies.at(-1)?.choices ?? [];
        const click = given.startsWith('#')
          ? choices[Number(given.slice(1)) % Math.max(1, choices.length)]?.value
          : undefined;
        const answered = await chat.say(click ?? given);
        replies = answered.replies;
        const last = replies.at(-1);
        expect(answered.text.trim()).not.toBe('');
        expect(answered.text).not.toMatch(/\{[a-z]+\}|undefined|\[object/);
        // A way on: something to choose, or a place that is asked for.
        expect(last !== undefined && (last.choices.length > 0 || last.kind === 'jobcenter')).toBe(true);
        said.push(answered.text);
        // Whoever deletes the data leaves nothing to remember by that this was said before.
        if (answered.text.includes('Ich habe dieses Gespräch gelöscht')) said.length = 0;
        // Nor is anybody in need told that the talk goes round in circles.
        if (/Diese Nummern helfen|Brauchen Sie sofort Hilfe/.test(answered.text)) said.length = 0;
        expect(said.length >= 3 && new Set(said.slice(-3)).size === 1).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
}, 120_000);
