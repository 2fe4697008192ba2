/**
 * Learning from use: masked, counted once per conversation, shown only when five conversations asked, proposed as a patch.
 */
import fc from 'fast-check';
import { createAnswering } from '../../src/answering/answering';
import { fixedClock } from '../../src/clock';
import { loadKnowledge } from '../../src/knowledge/load';
import { readFolderTexts } from '../../src/knowledge/spreadsheet/sheetFolder';
import { clusterQuestions, type Cluster } from '../../src/learning/clusters';
import { contentStems, createLearning, LEARNING_PREFIX, type Learning, type Miss } from '../../src/learning/questions';
import { suggest } from '../../src/learning/suggest';
import { createMemoryStore } from '../../src/storage/memory';
import type { Store } from '../../src/storage/ports';
import { SAMPLE_KNOWLEDGE } from '../support/tempKnowledge';

const DAY_MS = 24 * 60 * 60 * 1_000;

let clock: ReturnType<typeof fixedClock>;
let store: Store;
let learning: Learning;
beforeEach(() => {
  clock = fixedClock(Date.UTC(2026, 10, 24));
  store = createMemoryStore(clock);
  learning = createLearning(store, () => clock.nowMs());
});

const miss = (question: string, conversation: string, changes: Partial<Miss> = {}): Promise<void> =>
  learning.record({ kind: 'unanswered', question, entryIds: [], conversation, ...changes });
const askedBy = async (count: number, question: string, changes: Partial<Miss> = {}): Promise<void> => {
  for (let index = 0; index < count; index += 1) await miss(question, `c${index}`, changes);
};
const shown = async (): Promise<readonly Cluster[]> => clusterQuestions(await learning.list());
const everythingStored = async (): Promise<string> => JSON.stringify(await store.list(LEARNING_PREFIX));

describe('what is kept', () => {
  test('no personal data, no conversation id, no long story', async () => {
    await miss('Wo ist mein Geld, IBAN DE89 3704 0044 0532 0130 00, Tel. 0171 2345678, a.b@example.org?', 'geheim-1');
    await miss('Ich erzähle '.repeat(30), 'geheim-2');
    const stored = await everythingStored();
    expect(await learning.list()).toHaveLength(1);
    for (const canary of ['DE89', '3704', '0171', '2345678', 'example.org', 'geheim'])
      expect(stored).not.toContain(canary);
  });

  test('a message without content words is not kept', async () => {
    await miss('und was ist das hier?', 'c1');
    await miss('[…] 12345', 'c1');
    await miss('', 'c1');
    expect(await learning.list()).toEqual([]);
  });

  test('one conversation counts once, however often it asks', async () => {
    for (let times = 0; times < 9; times += 1) await miss('Hund anschaffen', 'c1');
    expect(await shown()).toEqual([]);
    expect((await learning.list())[0]?.kinds).toEqual({ unanswered: 1 });
  });

  test('it is gone after ninety days', async () => {
    await askedBy(5, 'Hund anschaffen');
    clock.advance(91 * DAY_MS);
    expect(await learning.list()).toEqual([]);
  });

  test('parallel conversations lose no count', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((conversation) => miss('Hund anschaffen', conversation)));
    expect((await shown())[0]?.conversations).toBe(5);
  });

  test('words of the language itself cannot break the store', async () => {
    await askedBy(5, 'constructor __proto__ toString', { entryIds: ['__proto__', 'constructor'] });
    expect((await shown())[0]?.text).toContain('constructor');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('what is shown', () => {
  test('nothing below five conversations, the wording from five on', async () => {
    await askedBy(4, 'Zahlt das Jobcenter einen Hund?');
    expect(await shown()).toEqual([]);
    await miss('Zahlt das Jobcenter einen Hund?', 'c5');
    expect(await shown()).toEqual([
      { text: 'zahlt das jobcenter einen hund', conversations: 5, kinds: { unanswered: 5 }, entries: [] },
    ]);
  });

  test('wordings that mean the same are one, and only words that five used are shown', async () => {
    const wordings = [
      'Hundesteuer zahlen',
      'wer zahlt hundesteuer',
      'Hundesteuer bezahlen zahlt Müller',
      'zahlt ihr Hundesteuer',
      'Hundesteuer wird gezahlt zahlen',
    ];
    for (const [index, wording] of wordings.entries()) await miss(wording, `c${index}`);
    const [cluster] = await shown();
    expect(cluster?.conversations).toBe(5);
    expect(cluster?.text).toMatch(/hundesteuer/);
    expect(cluster?.text).not.toMatch(/müller/i);
  });

  test('different questions stay apart, the most asked first', async () => {
    await askedBy(5, 'Hundesteuer');
    await askedBy(7, 'Führerschein Kosten');
    expect((await shown()).map(({ text }) => text)).toEqual(['führerschein kosten', 'hundesteuer']);
  });

  test('a word that fewer than five conversations used is never shown, whatever was asked', async () => {
    const word = fc.constantFrom('hund', 'steuer', 'katze', 'kosten', 'antrag', 'müller', 'ayşe', 'bochum');
    const asked = fc.array(fc.tuple(fc.nat(7), fc.array(word, { minLength: 1, maxLength: 4 })), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(asked, async (messages) => {
        store = createMemoryStore(clock);
        learning = createLearning(store, () => clock.nowMs());
        const users = new Map<string, Set<number>>();
        for (const [conversation, words] of messages) {
          await miss(words.join(' '), `c${conversation}`);
          for (const each of contentStems(words.join(' ')))
            users.set(each, (users.get(each) ?? new Set()).add(conversation));
        }
        for (const { text } of await shown())
          for (const each of contentStems(text)) expect(users.get(each)?.size).toBeGreaterThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });
});

describe('suggestions', () => {
  const { knowledge } = loadKnowledge(SAMPLE_KNOWLEDGE);
  if (knowledge === undefined) throw new Error('The sample does not load');
  const mind = { knowledge, answering: createAnswering(knowledge) };
  const files = readFolderTexts(SAMPLE_KNOWLEDGE);
  const cluster = (text: string, changes: Partial<Cluster> = {}): Cluster => ({
    text,
    conversations: 6,
    kinds: { unanswered: 6 },
    entries: [],
    ...changes,
  });
  const suggestions = (...clusters: Cluster[]): ReturnType<typeof suggest> =>
    suggest(clusters, mind, files, '2026-11-24');

  test('a question near a topic becomes one of its examples, as a patch of one line', () => {
    const { patch, proposed } = suggestions(cluster('vorladung verpasst was jetzt'));
    expect(proposed.map(({ entryId }) => entryId)).toEqual(['meldetermin-verpasst']);
    expect(patch.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line))).toEqual([
      '+    - vorladung verpasst was jetzt',
    ]);
    expect(patch).toContain('--- a/leistungen/termine.yaml');
  });

  test('a question near no topic is listed, not guessed', () => {
    const { patch, unplaced } = suggestions(cluster('raumschiff leasing mars'));
    expect(patch).toBe('');
    expect(unplaced.map(({ text }) => text)).toEqual(['raumschiff leasing mars']);
  });

  test('an emergency learns nothing by itself', () => {
    expect(suggestions(cluster('will nicht mehr leben und jetzt')).patch).toBe('');
  });

  test('what was offered and refused is not proposed', () => {
    const refused = cluster('vorladung verpasst was jetzt', {
      kinds: { noneOfThese: 6 },
      entries: ['meldetermin-verpasst'],
    });
    expect(suggestions(refused).proposed.map(({ entryId }) => entryId)).not.toContain('meldetermin-verpasst');
  });

  test('an answer that did not help is listed with its topic', () => {
    const { patch, unhelpful } = suggestions(
      cluster('termin verpasst', { kinds: { notHelpful: 6 }, entries: ['meldetermin-verpasst'] }),
    );
    expect(patch).toBe('');
    expect(unhelpful[0]?.entryIds).toEqual(['meldetermin-verpasst']);
  });

  test('a wording the topic already has is not proposed again', () => {
    expect(suggestions(cluster('sanktion wegen nicht hingegangen')).patch).toBe('');
  });
});
