/** From a message to what it means, on the sample knowledge base: the order of the steps, the limits, and what nobody should be able to break. */
import fc from 'fast-check';
import { createAnswering, MAX_MESSAGE_CHARS } from '../../src/answering/answering';
import type { TurnContext } from '../../src/answering/outcome';
import { formatRankerModel, parseRankerModel } from '../../src/answering/ranker';
import { trainRanker } from '../../src/answering/training';
import { loadKnowledge } from '../../src/knowledge/load';
import { SAMPLE_KNOWLEDGE } from '../support/tempKnowledge';
import { entry, knowledgeOf } from '../support/smallKnowledge';

const { knowledge } = loadKnowledge(SAMPLE_KNOWLEDGE);
if (knowledge === undefined) throw new Error('the sample knowledge base does not load');
const trained = trainRanker(knowledge);
const answering = createAnswering(knowledge, { model: trained.model });
const CITIZEN: TurnContext = { today: '2026-11-22', audience: 'citizens', style: 'everyday', language: 'de' };
const STAFF: TurnContext = { ...CITIZEN, audience: 'staff' };

test.each([
  ['Ich habe meinen Termin beim Jobcenter verpasst, was passiert jetzt?', 'meldetermin-verpasst'],
  ['hab den termin verpasst', 'meldetermin-verpasst'],
  ['Vorladung vergessen', 'meldetermin-verpasst'],
  ['welche zettel und nachweise wollt ihr von mir', 'antrag-unterlagen'],
  ['kontoauszüge mitbringen', 'antrag-unterlagen'],
  ['kontoauzsüge mitbrignen', 'antrag-unterlagen'],
])('„%s“ finds %s first', (message, id) => {
  expect(answering.answer(message, CITIZEN).entries[0]?.id).toBe(id);
});

test('a title word for word is a click on it and is answered at once', () => {
  expect(answering.answer('Termin verpasst', CITIZEN)).toMatchObject({
    kind: 'answer',
    entryId: 'meldetermin-verpasst',
  });
});

test('urgent need comes before an open choice and before a title', () => {
  const pending = {
    about: 'topic',
    choices: [{ id: 'antrag-unterlagen', title: 'Ich will nicht mehr leben', value: 'x' }],
    question: '',
  } as const;
  expect(answering.answer('Ich will nicht mehr leben', { ...CITIZEN, pending })).toMatchObject({
    kind: 'urgent',
    urgentClass: 'suicide',
    entryId: 'notlage-suizid',
  });
});

test('an open choice comes before a new question', () => {
  const pending = {
    about: 'topic',
    choices: [{ id: 'antrag-unterlagen', title: 'Unterlagen', value: 'Unterlagen' }],
    question: '',
  } as const;
  expect(answering.answer('1', { ...CITIZEN, pending })).toMatchObject({
    kind: 'answer',
    entryId: 'antrag-unterlagen',
  });
  const calm = createAnswering(knowledgeOf({ entries: [entry('miete'), entry('strom')] }));
  expect(calm.answer('keins davon', { ...CITIZEN, pending })).toMatchObject({
    kind: 'fallback',
    reason: 'noneOfThese',
  });
});

test('staff entries are found by staff and by nobody else', () => {
  const question = 'Fehler im Bescheid korrigieren';
  expect(answering.answer(question, STAFF)).toMatchObject({ kind: 'answer', entryId: 'intern-bescheid-fehler' });
  const citizens = answering.answer(question, CITIZEN);
  expect(JSON.stringify(citizens)).not.toContain('intern-bescheid-fehler');
  expect(citizens.kind).not.toBe('answer');
});

test('a staff entry stays hidden whatever a citizen asks', () => {
  const words = fc.constantFrom(
    'fehler',
    'bescheid',
    'korrigieren',
    'intern',
    'widerspruch',
    'intern-bescheid-fehler',
    'prüfen',
    '§ 44',
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (list) => {
      expect(JSON.stringify(answering.answer(list.join(' '), CITIZEN))).not.toContain('intern-');
    }),
    { numRuns: 40 },
  );
});

test('personal data is masked and its kind is told', () => {
  const outcome = answering.answer('Meine IBAN DE89370400440532013000, welche Unterlagen braucht ihr?', CITIZEN);
  expect(outcome.masked).toEqual(['iban']);
  expect(JSON.stringify(outcome)).not.toContain('DE8937');
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['?!', 'empty'],
  ['\u0000\u200b', 'empty'],
  ['😀😀', 'empty'],
  ['a'.repeat(MAX_MESSAGE_CHARS + 1), 'tooLong'],
  ['Termin '.repeat(2_000), 'tooLong'],
])('message %# is refused politely as %s', (message, reason) => {
  expect(answering.answer(message, CITIZEN)).toMatchObject({ kind: 'fallback', reason });
});

test('letters without a word are not understood', () => {
  const calm = createAnswering(knowledgeOf({ entries: [entry('miete'), entry('strom')] }));
  expect(calm.answer('qwrtz xcvbn', CITIZEN)).toMatchObject({ kind: 'fallback', reason: 'unintelligible' });
});

test('a message of exactly the longest length is read', () => {
  const message = 'Termin verpasst '.repeat(100).slice(0, MAX_MESSAGE_CHARS);
  expect(answering.answer(message, CITIZEN)).not.toMatchObject({ reason: 'tooLong' });
});

test.each([
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '{betrag:rbs1}',
  '\u202eTermin',
  '[x](javascript:alert(1))',
  '\ud800',
])('„%s“ is a message like any other', (message) => {
  expect(['answer', 'clarify', 'fallback', 'events', 'jobcenter']).toContain(answering.answer(message, CITIZEN).kind);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test.each(['__proto__', 'constructor', 'toString'])(
  'an entry and a topic of the conversation called %s do no harm',
  (id) => {
    const own = createAnswering(
      knowledgeOf({ entries: [entry(id, { title: 'Hundesteuer', questions: ['Wer zahlt die Hundesteuer?'] })] }),
    );
    expect(own.answer('Hundesteuer', { ...CITIZEN, topic: { kind: 'entry', id } })).toMatchObject({
      kind: 'answer',
      entryId: id,
    });
    expect(
      own.answer('und wann?', { ...CITIZEN, topic: { kind: 'entry', id: '__proto__' }, jobcenter: '__proto__' }).kind,
    ).toBeDefined();
  },
);

test('any message at all has an outcome with confidences between 0 and 1', () => {
  const piece = fc.constantFrom(
    'termin',
    'verpasst',
    ' ',
    'essen',
    '2019',
    '?',
    '😀',
    '\u0000',
    'morgen',
    '45127',
    '\u202e',
    'ich',
    'nicht',
    'wann',
    '29.8.',
    '@',
  );
  const message = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(message, fc.constantFrom(CITIZEN, STAFF), (text, context) => {
      for (const { confidence } of answering.answer(text, context).entries) {
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 60 },
  );
});

test('every outcome can be explained', () => {
  const explaining = createAnswering(knowledge, { explain: true });
  const steps = explaining.answer('termin verpast', CITIZEN).explanation;
  expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['step', 'terms', 'corrections', 'intents']));
  expect(steps.find(({ step }) => step === 'corrections')?.lines).toEqual(['verpast → verpasst']);
});

test('training on the same knowledge base gives the same model', () => {
  const again = trainRanker(knowledge);
  expect(again.report).toEqual(trained.report);
  expect(formatRankerModel(again.model, {})).toEqual(formatRankerModel(trained.model, {}));
});

test('what was trained and read back answers the same', () => {
  const file = formatRankerModel(trained.model, {});
  const reread = createAnswering(knowledge, { model: parseRankerModel(file) });
  expect(reread.answer('hab den termin verpasst', CITIZEN).entries[0]?.id).toBe('meldetermin-verpasst');
  expect(() => parseRankerModel({ ...file, json: { weights: {} } })).toThrow(/npm run train/);
});
