/** Urgent need with the rules that are served: recognised in every tone, and not where the words only look like it. */
import { join } from 'node:path';
import { createUrgencyDetector } from '../../src/answering/urgency';
import { loadKnowledge } from '../../src/knowledge/load';

const { knowledge } = loadKnowledge(join(__dirname, '..', '..', 'knowledge'));
const detector = createUrgencyDetector(knowledge?.urgentRules ?? []);

test.each([
  ['ich kann nicht mehr', 'suicide'],
  ['ich will nicht mehr leben', 'suicide'],
  ['i konn nimma', 'suicide'],
  ['weil ich einfach nicht mehr kann', 'suicide'],
  ['alles ist sinnlos', 'suicide'],
  ['mich wird keiner vermissen', 'suicide'],
  ['wär ich bloß nie geboren', 'suicide'],
  ['morgen abend ist schluss', 'suicide'],
  ['meine schwester hat einen abschiedsbrief geschrieben und geht nicht ans telefon', 'suicide'],
  ['meine oma kann nicht mehr, und ich will sterben', 'suicide'],
  ['ich bring den bearbeiter um wenn das so weiter geht', 'suicide'],
  ['mein kollege hat mich begrapscht', 'violence'],
  ['er hat mir wieder eine gescheuert', 'violence'],
  ['mein freund will mich zum anschaffen zwingen, er zwingt mich auf den strich', 'violence'],
  ['mama hat mir eine ohrfeige gegeben', 'child'],
  ['mein bruder ist bewusstlos', 'medical'],
  ['mein schwager ist zusammengebrochen und rührt sich nicht', 'medical'],
  ['meine freundin blutet heftig', 'medical'],
  ['papa wacht nicht auf', 'medical'],
  ['im treppenhaus brennt es', 'medical'],
  ['stechen in der brust', 'medical'],
  ['meine nichte wurde vom betreuer begrapscht', 'child'],
  ['der nachbar hat meinen sohn geschlagen', 'child'],
  ['kinder in not', 'child'],
  ['meine mitbewohnerin haut mich', 'violence'],
  ['meine eltern zwingen mich zu heiraten', 'violence'],
  ['ich habe keine lust mehr auf das leben', 'suicide'],
  ['wir wurden aus der wohnung geworfen', 'eviction'],
  ['wir werden morgen geräumt', 'eviction'],
  ['wir fliegen aus der notunterkunft', 'homeless'],
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
  'was ist wenn ich nicht mehr arbeiten kann',
  'meine oma kann nicht mehr',
  'mein knie kann nicht mehr',
  'wenn meine mutter nicht mehr laufen kann',
  'was ist, wenn mein mann nicht mehr kann',
  'der kurs ist sinnlos',
  'wer zahlt den krankenwagen',
  'nach dem herzinfarkt letztes jahr',
  'er lebt wohl bei seiner mutter',
  'ich bringe meinem sachbearbeiter um zehn die unterlagen',
  'die sachen fasst mein vater nicht an',
  'wovon soll ich leben',
  'ich will mich ummelden',
  'ich bringe die unterlagen um 10 uhr vorbei',
  'das formular bringt mich um den schlaf',
  'ich bringe mich um den verstand mit dem antrag',
  'mein auto wurde geschlagen',
  'mein roller ist umgefallen',
  'ich bin fast umgefallen als ich den preis sah',
  'das jobcenter rührt sich nicht',
  'mein vermieter rührt sich nicht',
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

test.each([
  ['suicide', 'mein opa kann nicht mehr', true],
  ['suicide', 'mein handy geht nicht', true],
  ['suicide', 'ich mach schluss mit meiner freundin', true],
  // a trigger beside it counts
  ['suicide', 'mein handy geht nicht und ich will nicht mehr leben', false],
  ['suicide', 'mir geht es nicht gut', false],
])('it only looks like %s: „%s“: %s', (need, message, expected) => {
  expect(detector.onlyLooksLike(need, message)).toBe(expected);
});

test('without rules nothing is urgent', () => {
  expect(createUrgencyDetector([]).detect('suizid')).toBeUndefined();
});
