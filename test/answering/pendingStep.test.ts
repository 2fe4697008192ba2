/** An open choice: a yes is one where there is one thing to mean, and none where there are several. */
import type { Choice } from '../../src/answering/outcome';
import { createPendingStep } from '../../src/answering/steps/pendingStep';
import type { Turn } from '../../src/answering/steps/turn';
import { normalize } from '../../src/search/german/normalize';

const MIETE: Choice = { id: 'miete', title: 'Angemessene Miete', value: 'Angemessene Miete' };
const STROM: Choice = { id: 'strom', title: 'Haushaltsstrom', value: 'Haushaltsstrom' };
const step = createPendingStep((id) => ({ kind: 'answer', entryId: id, entries: [] }));

function said(text: string, choices: readonly Choice[]): ReturnType<typeof step> {
  const pending = { about: 'topic' as const, choices, question: 'zu teuer' };
  // The step reads these fields alone.
  return step({ text, folded: normalize(text), context: { pending } } as unknown as Turn);
}

test.each(['ja', 'Ja bitte!', 'jo', 'genau', 'stimmt', 'ja genau das', 'das meine ich'])(
  '„%s“ takes the only choice',
  (text) => {
    expect(said(text, [MIETE])).toMatchObject({ kind: 'answer', entryId: 'miete' });
  },
);

test.each(['ja', 'genau'])('„%s“ takes none of two', (text) => {
  expect(said(text, [MIETE, STROM])?.kind).not.toBe('answer');
});

test('a sentence that begins with yes is not a yes', () => {
  expect(said('ja aber wer zahlt den umzug', [MIETE])?.kind).not.toBe('answer');
});
