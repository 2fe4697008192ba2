/**
 * The rules about wording and care: each edit of the sample base gives exactly the finding it deserves, on a given day.
 */
import { formatFinding } from '../../src/knowledge/findings';
import { checkKnowledge } from '../../src/knowledge/load';
import { excerpt, sentences, wordCount } from '../../src/knowledge/checks/sentences';
import { SAMPLE_KNOWLEDGE, tempKnowledge, type TempKnowledge } from '../support/tempKnowledge';

const TERMINE = 'leistungen/termine.yaml';
const TODAY = '2026-11-22';

let temp: TempKnowledge;
beforeEach(() => {
  temp = tempKnowledge();
});
afterEach(() => {
  temp.dispose();
});

test.each(['2026-06-30', '2026-07-01', TODAY, '2026-12-31', '2027-01-01'])('the sample base has no finding on %s', (day) => {
  expect(checkKnowledge(SAMPLE_KNOWLEDGE, day).findings.map(formatFinding)).toEqual([]);
});

/** Replaces the answer of the current version of meldetermin-verpasst. */
const answer = (text: string) => (base: TempKnowledge) => {
  base.replace(TERMINE, 'Beim ersten verpassten Termin wird Ihr Geld noch nicht gemindert.', text);
};
const simple = (text: string) => (base: TempKnowledge) => {
  base.replace(TERMINE, 'Beim ersten Mal bekommen Sie weiter Ihr ganzes Geld.', text);
};
const replace = (path: string, search: string, replacement: string) => (base: TempKnowledge) => {
  base.replace(path, search, replacement);
};

interface Case {
  readonly name: string;
  readonly edit: (base: TempKnowledge) => void;
  readonly today?: string;
  readonly finding: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'fewer than five questions',
    edit: replace(TERMINE, '    - Reichen Kopien meiner Papiere?\n', ''),
    finding: /^leistungen\/termine\.yaml:50:5 {2}KB_FEW_QUESTIONS {2}„antrag-unterlagen“ hat nur 4 von mindestens 5 Fragen\./,
  },
  {
    name: 'a question that repeats another in other order',
    edit: replace(TERMINE, 'Reichen Kopien meiner Papiere?', 'Für den Antrag brauche ich welche Unterlagen?'),
    finding: /^leistungen\/termine\.yaml:54:7 {2}KB_SAME_WORDING {2}.*Frage 1/,
  },
  {
    name: 'the same utterance under two entries',
    edit: replace(TERMINE, '    - ich bring mich um\n', '    - Was für Zettel wollt ihr von mir?\n'),
    finding: /KB_COLLISION {2}„Was für Zettel wollt ihr von mir\?“ steht auch bei „antrag-unterlagen“ \(leistungen\/termine\.yaml:56\)/,
  },
  {
    name: 'nearly the same utterance under two entries',
    edit: replace(TERMINE, '    - ich bring mich um\n', '    - muss ich den mietvertrag mitbringen\n'),
    finding: /KB_COLLISION {2}„muss ich den mietvertrag mitbringen“ gleicht „muss ich mietvertrag mitbringen“ bei „antrag-unterlagen“ .* zu 9\d Prozent/,
  },
  {
    name: 'two entries with the same questions in other words',
    edit: (base) => {
      base.write(
        'leistungen/kopie.yaml',
        [
          '- id: termin-versaeumt',
          '  titel: Meldetermin versäumt',
          '  kategorie: Pflichten',
          '  fragen:',
          '    - Ich habe gestern meinen Termin beim Jobcenter verpasst, was passiert jetzt mit mir?',
          '    - Was kann ich tun, wenn ich die Einladung leider ganz vergessen habe?',
          '    - Bekomme ich jetzt etwa weniger Geld, weil ich nicht erschienen bin?',
          '    - Welche Folgen hat es für mich, ein Gespräch zu versäumen?',
          '    - Darf das Amt mich dafür bestrafen?',
          '  fassungen: [{ antwort: Melden Sie sich sofort., einfach: Rufen Sie an. }]',
          '  quellen: [{ titel: § 32 SGB II }]',
          '  stand: 2026-11-22',
          '  pruefen_bis: 2027-05-31',
          '  gewissheit: V2',
        ].join('\n'),
      );
    },
    finding: /^leistungen\/termine\.yaml:1:3 {2}KB_SIMILAR_ENTRIES {2}„meldetermin-verpasst“ gleicht „termin-versaeumt“ \(leistungen\/kopie\.yaml:1\) zu \d\d Prozent/,
  },
  {
    name: 'an amount in Euro as a number',
    edit: answer('Der volle Satz beträgt 563 Euro.'),
    finding: /^leistungen\/termine\.yaml:2\d:\d+ {2}KB_AMOUNT_IN_TEXT {2}Der Betrag „563 Euro“ steht als Zahl im Text\. Schreiben Sie \{betrag:rbs1\}\./,
  },
  { name: 'an amount with the sign', edit: answer('Der volle Satz beträgt 1.234,50 €.'), finding: /KB_AMOUNT_IN_TEXT {2}Der Betrag „1\.234,50 €“/ },
  {
    name: 'Bürgergeld without „früher“ after the reform',
    edit: answer('Das Bürgergeld wird dann noch nicht gemindert.'),
    finding: /KB_OUTDATED_TERM {2}„Bürgergeld“ .* Schreiben Sie „Grundsicherungsgeld \(früher Bürgergeld\)“\./,
  },
  {
    name: 'Bürgergeld without „früher“ is told before the reform too, for the version that will then apply',
    edit: answer('Das Bürgergeld wird dann noch nicht gemindert.'),
    today: '2026-06-30',
    finding: /KB_OUTDATED_TERM/,
  },
  {
    name: 'a version of before the reform that never ends',
    edit: replace(TERMINE, 'Geben Sie nur Kopien ab.', 'Das steht in der Eingliederungsvereinbarung.'),
    finding: /KB_OUTDATED_TERM {2}„Eingliederungsvereinbarung“ .* Kooperationsplan/,
  },
  { name: 'the old asset limit', edit: answer('Bis 40.000 bleibt Vermögen frei.'), finding: /KB_OUTDATED_TERM {2}„40\.000“/ },
  {
    name: 'ten percent for a missed appointment',
    edit: answer('Ein verpasster Termin kostet 10 Prozent des Regelbedarfs.'),
    finding: /KB_OUTDATED_TERM {2}„10 Prozent bei Meldeversäumnis“/,
  },
  { name: 'conciliation', edit: answer('Verlangen Sie ein Schlichtungsverfahren.'), finding: /KB_OUTDATED_TERM {2}„Schlichtungsverfahren“/ },
  {
    name: 'an overdue review',
    edit: replace(TERMINE, 'pruefen_bis: 2027-05-31', 'pruefen_bis: 2026-11-22'),
    today: '2026-11-23',
    finding: /^leistungen\/termine\.yaml:36:16 {2}KB_REVIEW_OVERDUE {2}„meldetermin-verpasst“ war bis 2026-11-22 zu prüfen\./,
  },
  {
    name: 'a review before the last revision',
    edit: replace(TERMINE, 'pruefen_bis: 2027-05-31', 'pruefen_bis: 2026-05-31'),
    finding: /KB_DATE_ORDER/,
  },
  {
    name: 'an entry that has no version any more',
    edit: replace(TERMINE, '    - gueltig_ab: 2026-07-01\n', '    - gueltig_ab: 2026-07-01\n      gueltig_bis: 2026-11-21\n'),
    finding: /KB_NO_VERSION_TODAY {2}Für „meldetermin-verpasst“ gilt am 2026-11-22 keine Fassung/,
  },
  {
    name: 'uncertain law without a reservation',
    edit: replace(TERMINE, 'gewissheit: V2', 'gewissheit: U'),
    finding: /KB_NO_RESERVATION {2}Die Gewissheit ist U, aber die Antwort hat keinen Vorbehalt\./,
  },
  {
    name: 'a public version without Einfache Sprache',
    edit: replace(TERMINE, '      einfach: |\n        Bringen Sie Ihren Ausweis mit. Bringen Sie Kontoauszüge mit. Ein Papier fehlt? Bringen Sie es später.\n', ''),
    finding: /KB_NO_SIMPLE {2}Dieser Fassung von „antrag-unterlagen“ fehlt die Einfache Sprache\./,
  },
  {
    name: 'a sentence of more than 25 words',
    edit: answer(`Das ist ${'wirklich '.repeat(24)}lang.`),
    finding: /KB_LONG_SENTENCE {2}Ein Satz hat 27 Wörter \(höchstens 25\)/,
  },
  {
    name: 'a sentence of more than twelve words in Einfache Sprache',
    edit: simple('Sie bekommen beim ersten Mal auf jeden Fall weiter Ihr ganzes Geld vom Amt.'),
    finding: /KB_LONG_SENTENCE {2}Ein Satz hat 14 Wörter \(höchstens 12\)/,
  },
  { name: 'more than eight sentences in Einfache Sprache', edit: simple('Ja. '.repeat(7)), finding: /KB_SIMPLE_TOO_LONG {2}.* hat 10 Sätze/ },
  { name: 'passive in Einfache Sprache', edit: simple('Ihr Geld wird nicht gekürzt.'), finding: /KB_PASSIVE {2}Einfache Sprache hat kein Passiv: „Ihr Geld wird nicht gekürzt\.“/ },
  { name: 'subjunctive in Einfache Sprache', edit: simple('Sie könnten Geld verlieren.'), finding: /KB_SUBJUNCTIVE/ },
  {
    name: 'nested clauses',
    edit: answer('Sagen Sie, dass Sie krank waren, weil das zählt, wenn es belegt ist.'),
    finding: /KB_NESTED_CLAUSES {2}Ein Satz ist verschachtelt/,
  },
  { name: 'HTML in a text', edit: answer('Das gilt <b>nicht</b>.'), finding: /KB_MARKUP {2}Der Text enthält HTML/ },
  {
    name: 'a local wording of an older base entry',
    edit: replace('oertlich/essen/termine.yaml', 'beruht_auf: 2026-11-22', 'beruht_auf: 2026-11-21'),
    finding: /^oertlich\/essen\/termine\.yaml:2:15 {2}KB_STALE_OVERLAY {2}.* für essen beruht auf dem Stand 2026-11-21; der allgemeine Eintrag \(leistungen\/termine\.yaml:45\) hat den Stand 2026-11-22/,
  },
  {
    name: 'a translation of an older text',
    edit: replace(TERMINE, 'give the reason.\n      stand: 2026-11-22', 'give the reason.\n      stand: 2026-11-21'),
    finding: /KB_STALE_TRANSLATION {2}Die Übersetzung \(en\) von „meldetermin-verpasst“ hat den Stand 2026-11-21, der deutsche Text 2026-11-22/,
  },
  {
    name: 'a step that nothing leads to',
    edit: replace('wege/antrag.yaml', 'weiter: neu ', 'weiter: unterlagen '),
    finding: /^wege\/antrag\.yaml:\d+:7 {2}KB_DEAD_STEP {2}Zum Schritt „neu“ führt keine Auswahl\./,
  },
  {
    name: 'a text that is missing in another language',
    edit: replace('texte/en.yaml', 'ereignis.keine: I know of no event about this.\n', ''),
    finding: /^texte\/en\.yaml:1:1 {2}KB_TEXT_MISSING {2}In dieser Sprache fehlen 1 Texte: ereignis\.keine\./,
  },
  { name: 'a text with another placeholder', edit: replace('texte/en.yaml', '{datum}', '{date}'), finding: /^texte\/en\.yaml:2:21 {2}KB_TEXT_PLACEHOLDER/ },
];

describe('what the check tells an editor', () => {
  test.each(cases)('$name', ({ edit, today, finding }) => {
    edit(temp);
    const { findings, knowledge } = checkKnowledge(temp.folder, today ?? TODAY);
    expect(findings.map(formatFinding)).toEqual([expect.stringMatching(finding)]);
    expect(findings[0]?.severity).toBe('warning');
    // Matters of wording never keep a knowledge base from being served.
    expect(knowledge).toBeDefined();
  });
});

const fine: readonly (readonly [string, (base: TempKnowledge) => void])[] = [
  ['Bürgergeld as the former name', answer('Das Grundsicherungsgeld (früher Bürgergeld) wird noch nicht gemindert.')],
  ['the old word explained first and then used', answer('Früher hieß es Bürgergeld. Wer Bürgergeld sagt, wird verstanden.')],
  ['the old word in a letter', answer('Schreiben mit dem Wort Bürgergeld gelten weiter.')],
  ['a thing that is gone and said to be', answer('Ein Schlichtungsverfahren gibt es seit 1. Juli 2026 nicht mehr.')],
  ['ten percent of something else', answer('Sie zahlen 10 Prozent in Raten zurück.')],
  ['a job that is named after its pay', answer('Ein 1-Euro-Job ist eine Arbeitsgelegenheit.')],
  ['a percentage and a year', answer('Seit 2026 sind es 30 Prozent nach § 32 Abs. 1 SGB II.')],
  ['abbreviations, ordinals and dates inside a sentence', simple('Das gilt z. B. am 1. Juli 2026 für Ihr 2. Kind.')],
  ['uncertain law with a reservation', (base) => {
    base.replace(TERMINE, 'gewissheit: V2', 'gewissheit: U');
    base.replace(TERMINE, 'Beim ersten verpassten Termin wird Ihr Geld noch nicht gemindert.', 'Was danach gilt, ist nicht gesichert.');
  }],
  ['an amount in a local text that ends on a day', replace('oertlich/essen/termine.yaml', '    - antwort: |\n', '    - gueltig_bis: 2027-12-31\n      antwort: |\n        Bis 450 Euro Miete sind angemessen.\n')],
];

test.each(fine)('%s is no finding', (_, edit) => {
  edit(temp);
  expect(checkKnowledge(temp.folder, TODAY).findings.map(formatFinding)).toEqual([]);
});

describe('sentences', () => {
  test.each([
    ['Eins. Zwei! Drei?', ['Eins.', 'Zwei!', 'Drei?']],
    ['Das ist z. B. am 1. Juli 2026 um 9.30 Uhr so.', ['Das ist z. B. am 1. Juli 2026 um 9.30 Uhr so.']],
    ['Es sind 130. Ab der 5. Person mehr.', ['Es sind 130.', 'Ab der 5. Person mehr.']],
    ['Das ist mal 1,5. Andere zahlen bis 30. Juni.', ['Das ist mal 1,5.', 'Andere zahlen bis 30. Juni.']],
    ['Sie brauchen:\n\n- den Ausweis\n- den **Mietvertrag**', ['Sie brauchen:', 'den Ausweis', 'den Mietvertrag']],
    ['Lesen Sie [das Gesetz](https://a.de/b.html). Fertig.', ['Lesen Sie das Gesetz.', 'Fertig.']],
    ['Er sagt: „Ja.“ Dann geht er.', ['Er sagt: „Ja.“', 'Dann geht er.']],
  ])('%p', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  test('an amount counts as the two words it becomes', () => {
    expect(wordCount('Es sind {betrag:rbs1} – im Monat.')).toBe(6);
  });

  test('an excerpt is at most sixty characters long', () => {
    expect(excerpt('x'.repeat(100))).toHaveLength(58);
  });
});
