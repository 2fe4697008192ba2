/**
 * What the values of a knowledge base mean on a day and for a Jobcenter: versions, amounts, overlays.
 */
import { loadKnowledge } from '../../src/knowledge/load';
import type { KnowledgeBase, Parameter } from '../../src/knowledge/model';
import { entriesFor, staffEntriesFor } from '../../src/knowledge/overlay';
import { fillParameters } from '../../src/knowledge/parameters';
import { versionOn } from '../../src/knowledge/versions';
import { SAMPLE_KNOWLEDGE, tempKnowledge, type TempKnowledge } from '../support/tempKnowledge';

function load(folder: string): KnowledgeBase {
  const { knowledge, findings } = loadKnowledge(folder);
  if (knowledge === undefined) throw new Error(JSON.stringify(findings));
  return knowledge;
}

describe('the version of a day', () => {
  const entry = {
    versions: [
      { validUntil: '2026-06-30', answer: 'alt' },
      { validFrom: '2026-07-01', validUntil: '2026-12-31', answer: 'neu' },
    ],
  };
  test.each([
    ['2023-01-01', 'alt'],
    ['2026-06-30', 'alt'],
    ['2026-07-01', 'neu'],
    ['2026-12-31', 'neu'],
    ['2027-01-01', undefined],
  ])('on %s it is %s', (day, answer) => {
    expect(versionOn(entry, day)?.answer).toBe(answer);
  });
});

describe('amounts in a text', () => {
  const euro = (id: string, value: number): Parameter => ({
    id,
    label: id,
    unit: 'euro',
    values: [{ value, validFrom: '2024-01-01', validUntil: '2026-12-31', source: 'x' }],
  });
  const parameters: readonly Parameter[] = [
    euro('rbs1', 563),
    euro('schwanger', 95.71),
    euro('stufe', 1200),
    euro('mindestlohn', 13.9),
    euro('reich', 1234567.5),
    { id: 'minderung', label: 'm', unit: 'percent', values: [{ value: 30, validFrom: '2026-07-01', source: 'x' }] },
    {
      id: 'zwei',
      label: 'z',
      unit: 'euro',
      values: [
        { value: 603, validFrom: '2026-01-01', validUntil: '2026-12-31', source: 'x' },
        { value: 633, validFrom: '2027-01-01', source: 'x' },
      ],
    },
  ];
  test.each([
    ['Es sind {betrag:rbs1} im Monat.', '2026-11-22', 'Es sind 563 Euro im Monat.'],
    ['{betrag:schwanger}', '2026-12-31', '95,71 Euro'],
    ['{betrag:stufe}', '2026-11-22', '1.200 Euro'],
    ['{betrag:mindestlohn}', '2026-11-22', '13,90 Euro'],
    ['{betrag:reich}', '2026-11-22', '1.234.567,50 Euro'],
    ['{betrag:minderung}', '2026-11-22', '30 Prozent'],
    ['{betrag:zwei} und {betrag: rbs1 }', '2026-11-22', '603 Euro und 563 Euro'],
    ['{betrag:zwei}', '2027-01-01', '633 Euro'],
    ['Es sind {betrag:rbs1}.', '2027-01-01', 'Es sind (für 2027 liegt noch kein geprüfter Betrag vor).'],
    ['{betrag:rbs1}', '2023-12-31', '(für 2023 liegt noch kein geprüfter Betrag vor)'],
    ['{betrag:gibtesnicht}', '2026-11-22', '(für 2026 liegt noch kein geprüfter Betrag vor)'],
    ['Kein Betrag, nur {name} und $&.', '2026-11-22', 'Kein Betrag, nur {name} und $&.'],
  ])('%s on %s reads %s', (text, day, expected) => {
    expect(fillParameters(text, parameters, day)).toBe(expected);
  });
});

describe('local wordings', () => {
  const knowledge = load(SAMPLE_KNOWLEDGE);
  let temp: TempKnowledge;
  beforeEach(() => {
    temp = tempKnowledge();
  });
  afterEach(() => {
    temp.dispose();
  });

  test('a Jobcenter that changes an entry gets its wording and keeps all other keys of the base', () => {
    const base = knowledge.entries.find((entry) => entry.id === 'antrag-unterlagen');
    const local = entriesFor(knowledge, 'essen').find((entry) => entry.id === 'antrag-unterlagen');
    expect(local?.versions[0]?.answer).toBe('Bringen Sie in Essen Ihren Ausweis, Kontoauszüge und den Mietvertrag mit.');
    expect(local?.versions[0]).not.toHaveProperty('more');
    expect(local).toMatchObject({ title: base?.title, questions: base?.questions, sources: base?.sources, local: true });
    expect(local?.origin.file).toBe('oertlich/essen/termine.yaml');
  });

  test.each([undefined, 'kreis-dueren', 'constructor', ''])('for %p the base entries stay as they are', (jobcenter) => {
    expect(entriesFor(knowledge, jobcenter)).toBe(knowledge.entries);
  });

  test('an addition is there for its Jobcenter only', () => {
    temp.write(
      'oertlich/essen/neu.yaml',
      [
        '- id: nur-in-essen',
        '  titel: Nur in Essen',
        '  kategorie: Service & Kontakt',
        '  fragen: [Was gibt es nur in Essen?]',
        '  fassungen: [{antwort: Das gibt es nur in Essen.}]',
        '  quellen: [{titel: Jobcenter Essen}]',
        '  stand: 2026-11-22',
        '  pruefen_bis: 2027-05-31',
        '  gewissheit: V2',
      ].join('\n'),
    );
    const withAddition = load(temp.folder);
    const ids = (jobcenter?: string): string[] => entriesFor(withAddition, jobcenter).map((entry) => entry.id);
    expect(ids('essen')).toContain('nur-in-essen');
    expect(ids('kreis-dueren')).not.toContain('nur-in-essen');
    expect(ids()).not.toContain('nur-in-essen');
  });

  test('a local wording of a staff entry never reaches citizens', () => {
    temp.write('oertlich/essen/intern.yaml', '- id: intern-bescheid-fehler\n  titel: INTERN in Essen\n');
    const withStaff = load(temp.folder);
    expect(JSON.stringify(entriesFor(withStaff, 'essen'))).not.toContain('INTERN');
    expect(staffEntriesFor(withStaff, 'essen').map((entry) => entry.title)).toEqual(['INTERN in Essen']);
  });

  test('a public entry that a Jobcenter keeps for its staff is gone for its citizens', () => {
    temp.write('oertlich/essen/weg.yaml', '- id: meldetermin-verpasst\n  zielgruppe: personal\n');
    expect(entriesFor(load(temp.folder), 'essen').map((entry) => entry.id)).not.toContain('meldetermin-verpasst');
  });
});
