/**
 * Texts that take the SDK's recognizers seconds, and their like: row 24 of the fault matrix. An answer is made in one go, so the time it takes is
 * also how long everybody else waits; measured is the lesser of clock and processor time, because the tests share their machine.
 */
import { createAnswering, MAX_MESSAGE_CHARS } from '../../src/answering/answering';
import { modelFor } from '../../src/answering/modelFor';
import { loadKnowledge } from '../../src/knowledge/load';

const LAG_MS = 100;

const { knowledge } = loadKnowledge('test/support/knowledge');
if (knowledge === undefined) throw new Error('The sample knowledge base does not load');
const answering = createAnswering(knowledge, { model: modelFor('test/support/knowledge', knowledge) });
const context = { today: '2026-11-24', audience: 'citizens', style: 'everyday', language: 'de' } as const;

function quickest(text: string, times = 3): number {
  return Math.min(
    ...Array.from({ length: times }, () => {
      const clock = performance.now();
      const before = process.cpuUsage();
      answering.answer(text, context);
      const { user, system } = process.cpuUsage(before);
      return Math.min(performance.now() - clock, (user + system) / 1_000);
    }),
  );
}

beforeAll(() => {
  // The first answer makes the indexes.
  for (let round = 0; round < 20; round += 1) answering.answer('Wann ist mein Termin am 3. Mai?', context);
});

it.each([
  ['dates without an end', '1-'.repeat(150)],
  ['dates as long as a message may be', '1-'.repeat(MAX_MESSAGE_CHARS)],
  ['ten thousand blanks', ' '.repeat(10_000)],
  ['blanks between two words', `a${' '.repeat(5_000)}b`],
  ['numbers in words without an end', 'zwanzig und '.repeat(400)],
  ['a number word a message long', 'einhundert'.repeat(400)],
  ['commas', 'Termin,'.repeat(1_000)],
  ['full stops', '3.'.repeat(2_000)],
  ['colons', '12:'.repeat(1_500)],
  ['von und bis', 'vom 1. bis 2. '.repeat(300)],
  ['Montag to Sonntag', 'am Montag oder '.repeat(300)],
  ['one word without an end', 'a'.repeat(50_000)],
  ['a compound without an end', 'jobcentermietschulden'.repeat(200)],
  ['umlauts taken apart', 'u\u0308'.repeat(10_000)],
  ['digraphs', 'ue'.repeat(10_000)],
  ['an address without an end', `a@${'a.'.repeat(3_000)}`],
  ['digits like an IBAN', `DE${'1 '.repeat(3_000)}`],
  ['digits like a telephone number', '0171/'.repeat(2_000)],
  ['markdown', '[](*_'.repeat(3_000)],
  ['paragraphs', '§ 22 Abs. '.repeat(700)],
])('24 %s: the loop is not held up for 100 ms', (_, text) => {
  expect(quickest(text)).toBeLessThan(LAG_MS);
});
