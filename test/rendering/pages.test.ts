/** A reply page by page: the answer first, the rest on „mehr“; together the pages hold every word. */
import fc from 'fast-check';
import { composeReply } from '../../src/rendering/composeReply';
import { pagedReply } from '../../src/rendering/pages';
import { plainText } from '../../src/rendering/plainText';
import type { Capabilities } from '../../src/rendering/reply';
import { entry, knowledgeOf, outcomeBase, viewOf } from '../support/smallKnowledge';

const sms: Capabilities = {
  markdown: false,
  suggestedActions: false,
  maxSuggestedActions: 0,
  adaptiveCards: false,
  structuredReply: false,
  maxChars: 1500,
  paged: true,
};
const telegram: Capabilities = { ...sms, suggestedActions: true, maxSuggestedActions: 10, maxChars: 4096 };
const hint = 'Schreiben Sie „mehr“, dann geht es weiter.';

const replyOf = (answer: string, more?: string): ReturnType<typeof composeReply> =>
  composeReply(
    { ...outcomeBase, kind: 'answer', entryId: 'x' },
    viewOf(
      knowledgeOf({
        entries: [
          entry('x', {
            title: 'Termin',
            versions: [{ answer, ...(more === undefined ? {} : { more }) }],
            seeAlso: ['y'],
          }),
          entry('y', { title: 'Wichtiger Grund' }),
        ],
      }),
    ),
  );
const words = (text: string): readonly string[] =>
  text
    .replaceAll(hint, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .sort();
const pagesOf = (reply: ReturnType<typeof composeReply>, capabilities: Capabilities): readonly string[] => {
  const { first, rest } = pagedReply(reply, capabilities);
  return [...first.map(({ text }) => text ?? ''), ...rest];
};

test('a short answer without details is one page and says nothing of more', () => {
  const pages = pagesOf(replyOf('Melden Sie sich.'), sms);
  expect(pages).toHaveLength(1);
  expect(pages[0]).not.toContain('mehr');
});

test('details come on „mehr“, and the first page says so', () => {
  const [first = '', second = '', ...others] = pagesOf(replyOf('Melden Sie sich.', 'Einzelheiten hier.'), sms);
  expect(first).toContain('Melden Sie sich.');
  expect(first).not.toContain('Einzelheiten');
  expect(first.endsWith(hint)).toBe(true);
  expect(second).toContain('Einzelheiten hier.');
  expect(second).not.toContain(hint);
  expect(others).toEqual([]);
});

test('where there are buttons, „mehr“ is the first of them', () => {
  const { first } = pagedReply(replyOf('Melden Sie sich.', 'Einzelheiten hier.'), telegram);
  expect(first[0]?.suggestedActions?.actions.map(({ title, value }) => [title, String(value)])).toEqual([
    ['Mehr dazu', 'mehr'],
    ['Wichtiger Grund', 'Wichtiger Grund'],
  ]);
  expect(first[0]?.text).not.toContain('1. Wichtiger Grund');
});

test('whatever the length, every page fits, ends at a blank, and no word is lost', () => {
  const sentence = fc
    .string({ minLength: 1, maxLength: 60, unit: fc.constantFrom('a', 'b', 'c', 'ä', 'ö', ' ') })
    .map((text) => `${text}.`);
  fc.assert(
    fc.property(
      fc.array(sentence, { maxLength: 80 }),
      fc.array(sentence, { maxLength: 40 }),
      fc.integer({ min: 200, max: 1600 }),
      (answer, more, maxChars) => {
        const reply = replyOf(`Anfang. ${answer.join(' ')}`, more.length === 0 ? undefined : `Mehr. ${more.join(' ')}`);
        const pages = pagesOf(reply, { ...sms, maxChars });
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(maxChars);
        for (const page of pages.slice(0, -1)) expect(page.endsWith(hint)).toBe(true);
        expect(words(pages.join(' '))).toEqual(words(plainText(reply)));
      },
    ),
    { numRuns: 100 },
  );
});
