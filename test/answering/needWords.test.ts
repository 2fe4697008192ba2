/** A need that a short message says no word of is no alarm, with the entries that are served; misspelt it is still offered. */
import { join } from 'node:path';
import { createNeedWords } from '../../src/answering/needWords';
import { loadKnowledge } from '../../src/knowledge/load';
import { normalize } from '../../src/search/german/normalize';

const { knowledge } = loadKnowledge(join(__dirname, '..', '..', 'knowledge'));
const spoken = createNeedWords(knowledge?.entries ?? [], normalize);

/** What is left of a need that the ranker was sure of. */
function believed(message: string, id: string): number | undefined {
  return spoken(normalize(message), [{ id, confidence: 0.95, probability: 0.95 }])[0]?.confidence;
}

test.each([
  ['mein neffe ist 7', 'kinder-jugendliche-not'],
  ['ich habe ein kind', 'kinder-jugendliche-not'],
  ['kann mein mann mit', 'haeusliche-gewalt'],
])('„%s“ says nothing of need', (message, id) => {
  expect(believed(message, id)).toBeUndefined();
});

test.each([
  ['mein man bedrot mich', 'haeusliche-gewalt'],
  ['ich habe angst', 'krise-suizid'],
  ['ich brauche hilfe', 'kinder-jugendliche-not'],
])('„%s“ may be one: it is offered', (message, id) => {
  expect(believed(message, id)).toBe(0.5);
});

test.each([
  ['ich werde bedroht', 'haeusliche-gewalt'],
  ['die tabletten liegen hier', 'krise-suizid'],
  ['bin 13 und trau mich nicht heim', 'kinder-jugendliche-not'],
  // told at length, without any one word of need
  ['bin 15 und zuhause ist es die hölle, wer hilft mir', 'kinder-jugendliche-not'],
  // no life is at risk
  ['portmonee weg', 'geldboerse-gestohlen'],
])('„%s“ is believed as it was', (message, id) => {
  expect(believed(message, id)).toBe(0.95);
});
