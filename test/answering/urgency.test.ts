/** Urgent need with the rules that are served: recognised in every tone, and not where the words only look like it. */
import { join } from 'node:path';
import { createUrgencyDetector } from '../../src/answering/urgency';
import { loadKnowledge } from '../../src/knowledge/load';

const { knowledge } = loadKnowledge(join(__dirname, '..', '..', 'knowledge'));
const detector = createUrgencyDetector(knowledge?.urgentRules ?? []);

test.each([
  ['ich kann nicht mehr', 'suicide'],
  ['ich will nicht mehr leben', 'suicide'],
  ['Ich will mich umbringen', 'suicide'],
  ['suizid', 'suicide'],
  ['mein mann schlägt mich', 'violence'],
  ['er schlaegt mich schon wieder', 'violence'],
  ['ich habe nichts zu essen', 'hunger'],
  ['hab nix mehr zu essen da', 'hunger'],
  ['wir sind obdachlos', 'homeless'],
  ['Strom ist abgestellt', 'power'],
  ['der strom wird morgen abgestellt', 'power'],
  ['Räumungsklage bekommen', 'eviction'],
])('„%s“ is %s', (message, expected) => {
  expect(detector.detect(message)?.rule.class).toBe(expected);
});

test.each([
  'ich kann nicht mehr zum Termin kommen',
  'ich kann nicht mehr warten auf das geld',
  'wovon soll ich leben',
  'ich will mich ummelden',
  'ich bringe die unterlagen um 10 uhr vorbei',
  'ich schlage vor wir treffen uns',
  'ich sterbe vor lachen',
  'mein opa ist gestorben',
  'kann ich strom sparen',
  'ich habe heute keine Zeit mehr',
  'Kündigung der Wohnung',
  'was darf ich im Haushalt essen lassen',
  '',
  '__proto__',
])('„%s“ is no emergency by its words', (message) => {
  expect(detector.detect(message)).toBeUndefined();
});

test('the phrase that decided is told', () => {
  expect(detector.detect('suizid')?.phrase).toMatch(/suizid/);
});

test('without rules nothing is urgent', () => {
  expect(createUrgencyDetector([]).detect('suizid')).toBeUndefined();
});
