/**
 * Loading: the sample base becomes a model; every kind of broken YAML becomes one German finding and nothing is half loaded.
 */
import { formatFinding } from '../../src/knowledge/findings';
import { loadKnowledge } from '../../src/knowledge/load';
import { MAX_FILE_BYTES } from '../../src/knowledge/yamlFile';
import { SAMPLE_KNOWLEDGE, tempKnowledge, type TempKnowledge } from '../support/tempKnowledge';

const TERMINE = 'leistungen/termine.yaml';

let temp: TempKnowledge;
beforeEach(() => {
  temp = tempKnowledge();
});
afterEach(() => {
  temp.dispose();
});

describe('the sample knowledge base', () => {
  const { knowledge, findings } = loadKnowledge(SAMPLE_KNOWLEDGE);

  test('loads without a finding', () => {
    expect(findings).toEqual([]);
    expect(knowledge).toBeDefined();
  });

  test('separates what citizens may see from what is for staff', () => {
    expect(knowledge?.entries.map((entry) => entry.id)).toEqual(['meldetermin-verpasst', 'antrag-unterlagen', 'notlage-suizid']);
    expect(knowledge?.staffEntries.map((entry) => [entry.id, entry.audience])).toEqual([['intern-bescheid-fehler', 'staff']]);
    expect(knowledge?.staffNotes.map((note) => note.entryId)).toEqual(['antrag-unterlagen']);
    expect(JSON.stringify(knowledge?.entries)).not.toContain('INTERN');
  });

  test('maps the German keys to the model', () => {
    expect(knowledge?.entries[0]).toMatchObject({
      id: 'meldetermin-verpasst',
      title: 'Termin verpasst',
      category: 'Pflichten, Termine & Leistungsminderungen',
      audience: 'citizens',
      keywords: ['Meldeversäumnis', 'Einladung', 'Vorladung'],
      anchor: 'event',
      legalBasis: ['§ 32 SGB II'],
      sources: [{ title: '§ 32 SGB II', url: 'https://www.gesetze-im-internet.de/sgb_2/__32.html' }],
      asOf: '2026-11-22',
      reviewBy: '2027-05-31',
      certainty: 'V2',
      evidence: 'A/B',
      checkedBy: null,
      seeAlso: ['antrag-unterlagen'],
      local: false,
      translations: [{ language: 'en', asOf: '2026-11-22' }],
      origin: { file: TERMINE, line: 1, column: 3 },
    });
    expect(knowledge?.entries[0]?.versions[0]).not.toHaveProperty('validFrom');
    expect(knowledge?.entries[0]?.versions[1]?.validFrom).toBe('2026-07-01');
    expect(knowledge?.entries[2]?.urgent).toBe('suicide');
    expect(knowledge?.events[0]).toMatchObject({
      jobcenters: ['essen'],
      place: { name: 'Grugapark', town: 'Essen' },
      times: [{ from: '2019-08-27T09:30', to: '2019-08-27T16:00' }],
      contradiction: 'Die Überschrift der Meldung nennt den 29.08.2019, der Text den 27. August.',
      umbrella: false,
      cancelled: false,
    });
    expect(knowledge?.jobcenters[1]?.municipalities[1]).toEqual({ name: 'Jülich', postcodes: ['52428'], otherNames: [] });
    expect(knowledge?.urgentRules[0]).toMatchObject({ class: 'suicide', entryId: 'notlage-suizid', helpNumbers: ['telefonseelsorge'] });
    expect(knowledge?.guides[0]?.steps[0]?.choices[0]).toEqual({ label: 'Ja', next: 'unterlagen' });
  });

  test('makes one text key of nested keys, with its languages', () => {
    expect(knowledge?.texts['ereignis.vergangen']).toMatchObject({ de: 'Das war am {datum}.', en: 'That was on {datum}.' });
    expect(knowledge?.texts['constructor']).toBeUndefined();
  });

  test('has a version that changes with every edit and only then', () => {
    const before = loadKnowledge(temp.folder).knowledge?.version;
    expect(loadKnowledge(temp.folder).knowledge?.version).toBe(before);
    expect(before).toBe(knowledge?.version);
    temp.replace(TERMINE, 'Termin verpasst', 'Termin versäumt');
    expect(loadKnowledge(temp.folder).knowledge?.version).not.toBe(before);
  });
});

interface BrokenCase {
  readonly name: string;
  readonly edit: (base: TempKnowledge) => void;
  readonly finding: string | RegExp;
}

const replace = (path: string, search: string, replacement: string) => (base: TempKnowledge) => {
  base.replace(path, search, replacement);
};

const broken: readonly BrokenCase[] = [
  {
    name: 'a duplicate id names both places',
    edit: replace('personal/intern.yaml', 'id: intern-bescheid-fehler', 'id: antrag-unterlagen'),
    finding: `personal/intern.yaml:1:7  KB_DUPLICATE_ID  Das Thema „antrag-unterlagen“ gibt es schon: ${TERMINE}:45.`,
  },
  {
    name: 'a missing source',
    edit: replace(TERMINE, '  quellen: [{ titel: TelefonSeelsorge }]\n', ''),
    finding: /^leistungen\/termine\.yaml:\d+:3 {2}KB_MISSING_SOURCE {2}Dem Eintrag fehlt die Quelle\./,
  },
  {
    name: 'an empty list of sources',
    edit: replace(TERMINE, '  quellen: [{ titel: TelefonSeelsorge }]\n', '  quellen: []\n'),
    finding: /KB_MISSING_SOURCE {2}Der Eintrag hat keine Quelle\./,
  },
  {
    name: 'an unquoted postcode with a leading zero',
    edit: replace('jobcenter/nrw.yaml', "['52428']", '[01067]'),
    finding: 'jobcenter/nrw.yaml:22:13  KB_UNQUOTED_POSTCODE  Die Postleitzahl 01067 steht ohne Anführungszeichen und würde als 1067 gelesen. Schreiben Sie "01067".',
  },
  {
    name: 'an unquoted postcode without one',
    edit: replace('jobcenter/nrw.yaml', "['52428']", '[52428]'),
    finding: 'jobcenter/nrw.yaml:22:13  KB_UNQUOTED_POSTCODE  Die Postleitzahl 52428 steht ohne Anführungszeichen. Schreiben Sie "52428".',
  },
  {
    name: 'an unknown link between entries',
    edit: replace(TERMINE, 'siehe_auch: [antrag-unterlagen]', 'siehe_auch: [antrag-unterlage]'),
    finding: `${TERMINE}:40:16  KB_UNKNOWN_LINK  Das Thema „antrag-unterlage“ gibt es nicht. Meinten Sie „antrag-unterlagen“?`,
  },
  {
    name: 'an unknown amount',
    edit: replace(TERMINE, '{betrag:rbs1}', '{betrag:rbs7}'),
    finding: /KB_UNKNOWN_LINK {2}Den Betrag „rbs7“ gibt es nicht\. Meinten Sie „rbs1“\?/,
  },
  {
    name: 'an amount that is not closed',
    edit: replace(TERMINE, '{betrag:rbs1}', '{betrag rbs1}'),
    finding: /KB_AMOUNT_FORM {2}„\{betrag rbs1\}“ ist unvollständig\. Schreiben Sie \{betrag:kennung\}\./,
  },
  {
    name: 'an event of an unknown Jobcenter',
    edit: replace('aktionen/2019.yaml', '[essen]', '[esssen]'),
    finding: /^aktionen\/2019\.yaml:3:15 {2}KB_UNKNOWN_LINK {2}Das Jobcenter „esssen“ gibt es nicht\. Meinten Sie „essen“\?/,
  },
  {
    name: 'a folder of an unknown Jobcenter',
    edit: (base) => {
      base.write('oertlich/hamm/a.yaml', '- id: antrag-unterlagen\n  titel: In Hamm\n');
    },
    finding: /^oertlich\/hamm\/a\.yaml:1:1 {2}KB_UNKNOWN_LINK {2}Das Jobcenter „hamm“ \(Name des Ordners\) gibt es nicht\./,
  },
  {
    name: 'an urgent rule that leads to no entry',
    edit: replace('notfall.yaml', 'eintrag: notlage-suizid', 'eintrag: notlage-suizit'),
    finding: /^notfall\.yaml:9:14 {2}KB_UNKNOWN_LINK {2}Das Thema „notlage-suizit“ gibt es nicht/,
  },
  {
    name: 'an unknown help number',
    edit: replace('notfall.yaml', '[telefonseelsorge]', '[telefonseelsorg]'),
    finding: /^notfall\.yaml:10:20 {2}KB_UNKNOWN_LINK {2}Die Hilfenummer „telefonseelsorg“ gibt es nicht/,
  },
  {
    name: 'a guided way that leads to no step',
    edit: replace('wege/antrag.yaml', 'weiter: neu', 'weiter: neues'),
    finding: /^wege\/antrag\.yaml:\d+:\d+ {2}KB_UNKNOWN_LINK {2}Den Schritt „neues“ gibt es nicht\. Meinten Sie „neu“\?/,
  },
  {
    name: 'a note to no entry',
    edit: replace('personal/notizen.yaml', 'zu: antrag-unterlagen', 'zu: antrag'),
    finding: /^personal\/notizen\.yaml:1:7 {2}KB_UNKNOWN_LINK/,
  },
  {
    name: 'a tab',
    edit: replace(TERMINE, '  gewissheit: V2\n  nachweis', '\tgewissheit: V2\n  nachweis'),
    finding: `${TERMINE}:37:1  KB_TAB  Hier steht ein Tabulator; eingerückt wird nur mit Leerzeichen. Ersetzen Sie ihn durch Leerzeichen.`,
  },
  {
    name: 'a wrong type: a list where text belongs',
    edit: replace(TERMINE, 'titel: Termin verpasst', 'titel: [Termin, verpasst]'),
    finding: `${TERMINE}:2:10  KB_WRONG_TYPE  Für „titel“ wird Text erwartet, hier steht eine Liste.`,
  },
  {
    name: 'a wrong type: text where a list belongs',
    edit: replace(TERMINE, 'siehe_auch: [antrag-unterlagen]', 'siehe_auch: antrag-unterlagen'),
    finding: /KB_WRONG_TYPE {2}Für „siehe_auch“ wird eine Liste erwartet, hier steht Text\./,
  },
  {
    name: 'a wrong type: a number where text belongs',
    edit: replace(TERMINE, 'titel: Termin verpasst', 'titel: 4711'),
    finding: /:2:10 {2}KB_WRONG_TYPE {2}Für „titel“ wird Text erwartet, hier steht die Zahl 4711\. Schreiben Sie "4711"\./,
  },
  {
    name: 'a question that a colon has turned into a block',
    edit: replace(TERMINE, '- Wie entschuldige ich mich für', '- Frage: Wie entschuldige ich mich für'),
    finding: /:10:7 {2}KB_WRONG_TYPE {2}Für „fragen“ wird Text erwartet.*einfache Anführungszeichen/,
  },
  {
    name: 'a day that does not exist',
    edit: replace(TERMINE, 'stand: 2026-11-22', 'stand: 2026-02-30'),
    finding: `${TERMINE}:35:10  KB_WRONG_DATE  Den Tag „2026-02-30“ gibt es nicht.`,
  },
  {
    name: 'a day in German form',
    edit: replace(TERMINE, 'stand: 2026-11-22', 'stand: 22.11.2026'),
    finding: `${TERMINE}:35:10  KB_WRONG_DATE  Das Datum „22.11.2026“ hat die falsche Form. Schreiben Sie 2026-11-22.`,
  },
  {
    name: 'a day that does not exist in German form',
    edit: replace(TERMINE, 'stand: 2026-11-22', 'stand: 30.02.2026'),
    finding: /KB_WRONG_DATE {2}Den Tag „30\.02\.2026“ gibt es nicht\./,
  },
  {
    name: 'a time that does not exist',
    edit: replace('aktionen/2019.yaml', '2019-08-27T16:00', '2019-08-27T26:00'),
    finding: /KB_WRONG_DATE {2}„2019-08-27T26:00“ hat keine gültige Uhrzeit/,
  },
  {
    name: 'an event that ends before it begins',
    edit: replace('aktionen/2019.yaml', 'bis: 2019-08-27T16:00', 'bis: 2019-08-26T16:00'),
    finding: /KB_DATE_ORDER {2}Die Aktion endet/,
  },
  {
    name: 'an event without any word on its time',
    edit: replace('aktionen/2019.yaml', '  termine: [{ von: 2019-08-26, bis: 2019-08-30 }]\n', ''),
    finding: /KB_MISSING_KEY {2}Die Aktion hat keinen Termin und keinen Hinweis auf die Zeit\./,
  },
  {
    name: 'an unknown key',
    edit: replace(TERMINE, 'stichworte: [Meldeversäumnis', 'stichwörter: [Meldeversäumnis'),
    finding: `${TERMINE}:15:3  KB_UNKNOWN_KEY  Die Angabe „stichwörter“ gibt es hier nicht. Meinten Sie „stichworte“?`,
  },
  {
    name: 'an internal note inside a public entry',
    edit: replace(TERMINE, '  anknuepfung: ereignis\n', '  anknuepfung: ereignis\n  personal_notiz: Nur für uns.\n'),
    finding: /KB_UNKNOWN_KEY {2}Die Angabe „personal_notiz“ gibt es hier nicht/,
  },
  {
    name: 'an unknown value',
    edit: replace(TERMINE, 'gewissheit: V2', 'gewissheit: sicher'),
    finding: /KB_UNKNOWN_VALUE {2}„gewissheit“ kennt den Wert „sicher“ nicht\. Erlaubt: V1, V2, V3, E, H, U\./,
  },
  {
    name: 'a missing key',
    edit: replace(TERMINE, '  titel: Termin verpasst\n', ''),
    finding: `${TERMINE}:1:3  KB_MISSING_KEY  Es fehlt die Angabe „titel“.`,
  },
  {
    name: 'a key without a value',
    edit: replace(TERMINE, '  titel: Termin verpasst\n', '  titel:\n'),
    finding: /:2:\d+ {2}KB_EMPTY {2}„titel“ ist leer\./,
  },
  {
    name: 'an entry without a question',
    edit: replace('personal/intern.yaml', '  fragen:\n    - Wie korrigiere ich einen fehlerhaften Bescheid?\n    - Wann nehme ich einen Verwaltungsakt zurück?\n    - Welche Frist gilt für die Rücknahme?\n    - Wer zeichnet eine Korrektur gegen?\n    - Wie informiere ich die Betroffenen über eine Änderung?\n', '  fragen: []\n'),
    finding: /KB_EMPTY {2}„fragen“ ist leer\./,
  },
  {
    name: 'an id with umlauts and capitals',
    edit: replace('personal/intern.yaml', 'intern-bescheid-fehler', 'Intern Bescheid Änderung'),
    finding: /KB_WRONG_ID {2}Die Kennung „Intern Bescheid Änderung“ .* Schreiben Sie zum Beispiel „intern-bescheid-aenderung“\./,
  },
  {
    name: 'an address that could run code',
    edit: replace(TERMINE, "url: 'https://www.gesetze-im-internet.de/sgb_2/__32.html'", "url: 'javascript:alert(1)'"),
    finding: /KB_WRONG_URL {2}„javascript:alert\(1\)“ ist keine Internetadresse/,
  },
  {
    name: 'a link in a text that could run code',
    edit: replace(TERMINE, 'Geben Sie nur Kopien ab.', '"[Hier](javascript:alert(1)) klicken."'),
    finding: /KB_WRONG_URL {2}Der Verweis führt nicht zu einer Internetadresse/,
  },
  {
    name: 'a period that ends before it begins',
    edit: replace(TERMINE, '    - gueltig_bis: 2026-06-30\n', '    - gueltig_ab: 2026-06-30\n      gueltig_bis: 2026-06-01\n'),
    finding: /KB_DATE_ORDER {2}„gueltig_ab“ \(2026-06-30\) liegt nach „gueltig_bis“ \(2026-06-01\)\./,
  },
  {
    name: 'versions that overlap',
    edit: replace(TERMINE, 'gueltig_ab: 2026-07-01', 'gueltig_ab: 2026-06-30'),
    finding: `${TERMINE}:23:7  KB_VERSION_OVERLAP  Diese Fassung (ab 2026-06-30) überschneidet sich mit Zeile 17. Prüfen Sie „gueltig_ab“ und „gueltig_bis“.`,
  },
  {
    name: 'a gap between versions',
    edit: replace(TERMINE, 'gueltig_ab: 2026-07-01', 'gueltig_ab: 2026-08-01'),
    finding: /KB_VERSION_GAP {2}Zwischen 2026-06-30 \(Zeile 17\) und 2026-08-01 gilt keine Fassung\. Schließen Sie die Lücke: gueltig_ab: 2026-07-01\./,
  },
  {
    name: 'two values of an amount on one day',
    edit: replace('parameter.yaml', "      quelle: RBSFV 2026\n", "      quelle: RBSFV 2026\n    - wert: 570\n      gueltig_ab: 2026-12-01\n      quelle: x\n"),
    finding: /^parameter\.yaml:9:7 {2}KB_VERSION_OVERLAP {2}Dieser Wert/,
  },
  {
    name: 'a public entry in the folder for staff',
    edit: replace('personal/intern.yaml', '  kategorie: Team intern\n', '  kategorie: Team intern\n  zielgruppe: buerger\n'),
    finding: /^personal\/intern\.yaml:4:15 {2}KB_AUDIENCE/,
  },
  {
    name: 'a public entry that leads to a staff entry',
    edit: replace(TERMINE, 'siehe_auch: [antrag-unterlagen]', 'siehe_auch: [intern-bescheid-fehler]'),
    finding: /KB_AUDIENCE {2}„intern-bescheid-fehler“ ist nur für Mitarbeitende/,
  },
  {
    name: 'a half-written file',
    edit: replace(TERMINE, "rechtsgrundlage: ['§ 32 SGB II']", "rechtsgrundlage: ['§ 32 SGB II'"),
    finding: /^leistungen\/termine\.yaml:\d+:\d+ {2}KB_SYNTAX {2}/,
  },
  {
    name: 'the same key twice',
    edit: replace(TERMINE, '  titel: Termin verpasst\n', '  titel: Termin verpasst\n  titel: Termin verpasst\n'),
    finding: `${TERMINE}:3:3  KB_DUPLICATE_KEY  Diese Angabe steht in demselben Eintrag zweimal. Löschen Sie eine davon.`,
  },
  {
    name: 'a wrong indentation',
    edit: replace(TERMINE, '  kategorie: Notlagen', ' kategorie: Notlagen'),
    finding: /^leistungen\/termine\.yaml:7\d:\d+ {2}KB_SYNTAX {2}/,
  },
  {
    name: 'an empty file',
    edit: (base) => {
      base.write(TERMINE, '# nichts\n');
    },
    finding: `${TERMINE}:1:1  KB_EMPTY_FILE  Die Datei ist leer. Stellen Sie den Inhalt wieder her oder löschen Sie die Datei.`,
  },
  {
    name: 'a folder without entries',
    edit: (base) => {
      for (const path of ['leistungen', 'personal', 'oertlich', 'notfall.yaml', 'wege']) base.remove(path);
    },
    finding: 'leistungen/:1:1  KB_NO_ENTRIES  Hier steht kein einziges Thema. Stellen Sie die Dateien wieder her.',
  },
  {
    name: 'Latin-1',
    edit: (base) => {
      base.write(TERMINE, Buffer.from('- id: a\n  titel: Prüfung\n', 'latin1'));
    },
    finding: `${TERMINE}:2:12  KB_ENCODING  Hier steht ein unlesbares Zeichen; die Datei ist vermutlich als „ANSI“ oder Latin-1 gespeichert. Speichern Sie die Datei mit der Kodierung „UTF-8“.`,
  },
  {
    name: 'UTF-16',
    edit: (base) => {
      base.write(TERMINE, Buffer.from('\uFEFF- id: a\n', 'utf16le'));
    },
    finding: /KB_ENCODING {2}Die Datei ist in UTF-16 gespeichert\./,
  },
  {
    name: 'a control character',
    edit: replace(TERMINE, 'titel: Termin verpasst', 'titel: Termin\u0000 verpasst'),
    finding: `${TERMINE}:2:16  KB_CONTROL_CHARACTER  Hier steht ein unsichtbares Steuerzeichen. Löschen Sie es und tippen Sie die Stelle neu.`,
  },
  {
    name: 'a text that begins with an amount and is not quoted',
    edit: replace(TERMINE, 'Geben Sie nur Kopien ab.', '{betrag:rbs1} bekommen Sie.'),
    finding: `${TERMINE}:63:27  KB_SYNTAX  Hier geht der Text weiter, obwohl er mit { beginnt und schon zu Ende ist. Setzen Sie den ganzen Text in einfache Anführungszeichen.`,
  },
  {
    name: 'a question that begins with a quotation',
    edit: replace(TERMINE, '- Reichen Kopien meiner Papiere?', '- "Mitwirkung", was ist das?'),
    finding: `${TERMINE}:54:19  KB_SYNTAX  Hier geht der Text weiter, obwohl er mit " beginnt`,
  },
  {
    name: 'a number as a key',
    edit: replace(TERMINE, '  titel: Termin verpasst\n', '  titel: Termin verpasst\n  17: x\n'),
    finding: `${TERMINE}:3:3  KB_UNKNOWN_KEY  Die Angabe „17“ gibt es hier nicht.`,
  },
  {
    name: 'two documents in one file',
    edit: replace(TERMINE, '- id: antrag-unterlagen', '---\n- id: antrag-unterlagen'),
    finding: /:45:1 {2}KB_SYNTAX {2}Die Datei hat mehr als einen Teil/,
  },
  {
    name: 'an alias bomb',
    edit: (base) => {
      const levels = Array.from({ length: 9 }, (_, level) => `- &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`);
      base.write('synonyme.yaml', ['- &a0 [lol]', ...levels].join('\n'));
    },
    finding: /^synonyme\.yaml:1:1 {2}KB_TOO_MANY_ALIASES/,
  },
  {
    name: 'deep nesting, opened only',
    edit: (base) => {
      base.write('synonyme.yaml', '['.repeat(100_000));
    },
    finding: /^synonyme\.yaml:1:\d+ {2}KB_TOO_DEEP/,
  },
  {
    name: 'deep nesting of list items',
    edit: (base) => {
      base.write('synonyme.yaml', `${'- '.repeat(20_000)}a`);
    },
    finding: /^synonyme\.yaml:1:\d+ {2}KB_TOO_DEEP/,
  },
  {
    name: 'deep nesting of keys',
    edit: (base) => {
      base.write('synonyme.yaml', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'));
    },
    finding: /^synonyme\.yaml:\d+:\d+ {2}KB_TOO_DEEP/,
  },
  {
    name: 'hundreds of thousands of list items',
    edit: (base) => {
      base.write('synonyme.yaml', '- a\n'.repeat(200_000));
    },
    finding: /^synonyme\.yaml:\d+:\d+ {2}KB_FILE_TOO_LARGE/,
  },
  {
    name: 'a file that is too large',
    edit: (base) => {
      base.write('synonyme.yaml', `# ${'x'.repeat(MAX_FILE_BYTES)}\n`);
    },
    finding: /^synonyme\.yaml:1:1 {2}KB_FILE_TOO_LARGE {2}Die Datei ist zu groß/,
  },
  {
    name: 'a list where the emergency file has blocks',
    edit: (base) => {
      base.write('notfall.yaml', '- a\n');
    },
    finding: /^notfall\.yaml:1:1 {2}KB_WRONG_TYPE/,
  },
  {
    name: 'a text of the service that is a number',
    edit: (base) => {
      base.write('texte/tr.yaml', 'begruessung: 17\n');
    },
    finding: 'texte/tr.yaml:1:14  KB_WRONG_TYPE  Hier wird Text erwartet. Schreiben Sie "17".',
  },
  {
    name: 'a text key that would change every object',
    edit: (base) => {
      base.write('texte/tr.yaml', '__proto__:\n  polluted: ja\n');
    },
    finding: /^texte\/tr\.yaml:1:1 {2}KB_WRONG_ID/,
  },
  {
    name: 'an entry key that would change every object',
    edit: replace(TERMINE, '  titel: Termin verpasst\n', '  titel: Termin verpasst\n  __proto__: {a: 1}\n'),
    finding: /:3:3 {2}KB_UNKNOWN_KEY {2}Die Angabe „__proto__“ gibt es hier nicht/,
  },
  {
    name: 'a local addition that is incomplete',
    edit: (base) => {
      base.replace('oertlich/essen/termine.yaml', 'id: antrag-unterlagen', 'id: nur-in-essen');
      base.replace('oertlich/essen/termine.yaml', '  fassungen:', '  titel: Nur in Essen\n  kategorie: Service\n  fragen: [Was gibt es nur in Essen?]\n  stand: 2026-11-22\n  pruefen_bis: 2027-05-31\n  gewissheit: V2\n  fassungen:');
    },
    finding: /^oertlich\/essen\/termine\.yaml:1:3 {2}KB_MISSING_SOURCE/,
  },
  {
    name: 'a local change to an entry that does not exist',
    edit: replace('oertlich/essen/termine.yaml', 'id: antrag-unterlagen', 'id: antrag-unterlage'),
    finding: /^oertlich\/essen\/termine\.yaml:1:7 {2}KB_UNKNOWN_LINK {2}Das Thema „antrag-unterlage“ gibt es nicht\. Meinten Sie „antrag-unterlagen“\?/,
  },
];

describe('broken YAML gives one German finding and nothing half loaded', () => {
  test.each(broken)('29 $name', ({ edit, finding }) => {
    edit(temp);
    const { knowledge, findings } = loadKnowledge(temp.folder);
    expect(knowledge).toBeUndefined();
    const errors = findings.filter((each) => each.severity === 'error').map(formatFinding);
    expect(errors).toHaveLength(1);
    if (typeof finding === 'string') expect(errors[0]?.slice(0, finding.length)).toBe(finding);
    else expect(errors[0]).toMatch(finding);
  });

  test('all findings of all files are told at once, in the order of the files', () => {
    temp.replace(TERMINE, 'gewissheit: V2', 'gewissheit: sicher');
    temp.replace(TERMINE, 'stand: 2026-11-22', 'stand: 30.02.2026');
    temp.replace('jobcenter/nrw.yaml', "'45127'", '45127');
    temp.replace('personal/notizen.yaml', 'zu: antrag-unterlagen', 'zu: gibt-es-nicht');
    expect(loadKnowledge(temp.folder).findings.map(({ file, line, code }) => [file, line, code])).toEqual([
      ['jobcenter/nrw.yaml', 8, 'KB_UNQUOTED_POSTCODE'],
      [TERMINE, 35, 'KB_WRONG_DATE'],
      [TERMINE, 37, 'KB_UNKNOWN_VALUE'],
      ['personal/notizen.yaml', 1, 'KB_UNKNOWN_LINK'],
    ]);
  });

  test('a folder that is not there is one finding', () => {
    const { knowledge, findings } = loadKnowledge('/gibt/es/nicht');
    expect(knowledge).toBeUndefined();
    expect(findings.map((each) => each.code)).toEqual(['KB_NO_FOLDER']);
  });

  test('unknown keys leave no trace on Object.prototype', () => {
    temp.replace(TERMINE, '  titel: Termin verpasst\n', '  titel: Termin verpasst\n  __proto__: {polluted: 1}\n');
    loadKnowledge(temp.folder);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('what is missing without harm', () => {
  test.each(['aktionen', 'oertlich', 'texte', 'wege', 'synonyme.yaml', 'notfall.yaml'])('%s may be missing', (path) => {
    temp.remove(path);
    expect(loadKnowledge(temp.folder).findings).toEqual([]);
  });

  test('a byte order mark is a warning, not an error', () => {
    temp.write('synonyme.yaml', '\uFEFF- begriff: Termin\n  auch: [Vorladung]\n');
    const { knowledge, findings } = loadKnowledge(temp.folder);
    expect(findings.map((each) => [each.code, each.severity])).toEqual([['KB_BOM', 'warning']]);
    expect(knowledge?.synonyms).toHaveLength(1);
  });

  test('a file at an unknown place is a warning with a proposal', () => {
    temp.write('leistung/neu.yaml', '- id: a\n');
    const { knowledge, findings } = loadKnowledge(temp.folder);
    expect(knowledge).toBeDefined();
    expect(findings.map(formatFinding)).toEqual([
      'leistung/neu.yaml:1:1  KB_UNKNOWN_FILE  Diese Datei wird nicht gelesen; an dieser Stelle erwartet der Dienst keine. Meinten Sie „leistungen/“?',
    ]);
  });
});

test('215 entries with 15,000 examples load in little more than a second', () => {
  const entry = (index: number): string => {
    const examples = Array.from({ length: 70 }, (_, line) => `    - hab da mal ne frage zu nummer ${index} und ${line} weil das amt nix sagt`);
    return [
      `- id: eintrag-${index}`,
      `  titel: Titel ${index}`,
      '  kategorie: Antrag & Ablauf',
      `  fragen: [Frage ${index} eins?, Wie zwei ${index}?, Was drei ${index}?, Wo vier ${index}?, Wer fünf ${index}?]`,
      '  beispiele:',
      ...examples,
      '  fassungen:',
      `    - antwort: ${'Ein kurzer Satz steht hier. '.repeat(20)}`,
      '  quellen: [{ titel: § 1 SGB II }]',
      '  stand: 2026-11-22',
      '  pruefen_bis: 2027-05-31',
      '  gewissheit: V2',
      '',
    ].join('\n');
  };
  for (let file = 0; file < 5; file += 1) {
    temp.write(`leistungen/viel-${file}.yaml`, Array.from({ length: 43 }, (_, index) => entry(file * 43 + index)).join(''));
  }
  const start = performance.now();
  const { knowledge } = loadKnowledge(temp.folder);
  const elapsedMs = performance.now() - start;
  expect(knowledge?.entries).toHaveLength(3 + 215);
  // The machine that runs this is shared; alone it takes about 0.4 s.
  expect(elapsedMs).toBeLessThan(4_000);
});
