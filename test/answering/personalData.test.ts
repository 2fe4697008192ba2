/** Personal data is masked before anything looks at a message; dates of events, amounts and public numbers are not personal. */
import fc from 'fast-check';
import { maskPersonalData } from '../../src/answering/personalData';

test.each([
  ['iban', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'de89370400440532013000'],
  ['iban', 'GB29 NWBK 6016 1331 9268 19'],
  ['caseNumber', '35504//0012345'],
  ['caseNumber', '35504BG0012345'],
  ['caseNumber', 'BG-Nummer: 12345//0123456'],
  ['caseNumber', 'Kundennummer 123A456789'],
  ['insuranceNumber', '65 170839 J 008'],
  ['insuranceNumber', 'T123456789'],
  ['phone', '0201 1234567'],
  ['phone', '+49 170 1234567'],
  ['phone', '0170/1234567'],
  ['email', 'erika.muster@beispiel.de'],
  ['email', 'jürgen@müller-bau.de'],
  ['birthDate', 'geboren am 3.4.1985'],
  ['birthDate', 'geb. 03.04.85'],
  ['birthDate', '03.04.1985'],
  ['cardNumber', '1234 5678 9012 3456'],
])('%s: „%s“ is masked', (kind, secret) => {
  const { text, kinds } = maskPersonalData(`Guten Tag, ${secret} – was nun?`);
  expect(kinds).toContain(kind);
  for (const run of secret.match(/\d{4,}/g) ?? []) expect(text).not.toContain(run);
  expect(text).toContain('was nun?');
});

test.each([
  'War ich am 27.08.2019 in der Grugapark-Halle?',
  'Aktionswoche vom 26. bis 30.8.2019',
  'Ab 01.07.2026 gilt das neue Recht',
  'am 29.8. um 9.30 Uhr',
  'Ich bekomme 563 Euro',
  '1.234,56 € Miete',
  '12.500 Euro Vermögen',
  'Ich wohne in 45127 Essen',
  '§ 22 SGB II',
  'KW26 gibt eine Frage',
  'ab18 kann mein Kind dann etwa mehr haben',
  'Hartz 4, ALG 2, U25',
  'Notruf 112 oder 110',
  'TelefonSeelsorge 0800 1110111',
  'ärztlicher Dienst 116117',
  '3 Kinder, 85 Quadratmeter, 2 Zimmer',
  '',
])('„%s“ holds nothing personal', (text) => {
  expect(maskPersonalData(text)).toEqual({ text, kinds: [] });
});

test('several finds are all masked, each kind is named once', () => {
  const { text, kinds } = maskPersonalData('a@b.de, c@d.de und 0201 1234567');
  expect(text).toBe('[…], […] und […]');
  expect([...kinds].sort()).toEqual(['email', 'phone']);
});

test('masking what was masked changes nothing', () => {
  const piece = fc.constantFrom(
    'DE89370400440532013000',
    ' ',
    '0201',
    '1234567',
    '@',
    'a.de',
    '12345//',
    '0012345',
    '.',
    '03.04.1985',
    'geb. ',
    'x',
    '/',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
      const once = maskPersonalData(parts.join('')).text;
      expect(maskPersonalData(once).text).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  '0'.repeat(10_000),
  '1 '.repeat(5_000),
  'a'.repeat(10_000),
  'a@'.repeat(5_000),
  'DE89 '.repeat(2_000),
  `geboren${' '.repeat(9_000)}`,
  '+49/'.repeat(2_500),
  'az.'.repeat(3_000),
])('hostile text %# is read in time linear to its length', (text) => {
  const start = performance.now();
  maskPersonalData(text);
  // A guard against growth with the square (seconds), not a measurement: machines are loaded.
  expect(performance.now() - start).toBeLessThan(1_000);
});
