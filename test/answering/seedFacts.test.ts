/**
 * The facts of the source documents (shared/domain/seed-facts.md, A to H, its test questions and traps), asked as a citizen asks,
 * on the five days that matter: always told with their date, as past, and never as an invitation.
 */
import { createAnswering } from '../../src/answering/answering';
import { openKnowledge } from '../../src/cli/openKnowledge';
import { LotseError } from '../../src/errors';
import { composeReply } from '../../src/rendering/composeReply';
import { plainText } from '../../src/rendering/plainText';
import { createView } from '../../src/rendering/view';

const DAYS = ['2026-06-30', '2026-07-01', '2026-11-22', '2026-12-31', '2027-01-01'];
const result = openKnowledge('knowledge');
if ('error' in result) throw new LotseError('TEST', result.error.join('\n'));
const { knowledge, model } = result.opened;
const answering = createAnswering(knowledge, { model });

function ask(question: string, day: string): string {
  const outcome = answering.answer(question, { today: day, audience: 'citizens', style: 'everyday', language: 'de' });
  const view = createView(knowledge, { day, style: 'everyday', language: 'de', audience: 'citizens' });
  return plainText(composeReply(outcome, view));
}

/** Fact, question, what the answer must hold (one of them). */
const FACTS: readonly (readonly [fact: string, question: string, ...holds: string[]])[] = [
  ['A01', 'Wie heißt die Kampagne?', 'Stark. Sozial. Vor Ort'],
  ['A02', 'Wer hat die Kampagne gestartet?', 'Landkreistag'],
  ['A03', 'Seit wann gibt es die Kampagne?', '2018'],
  ['A04', 'Was will die Kampagne?', 'Bedeutung'],
  ['A05', 'Was ist eine Optionskommune?', 'eigenverantwortlich', 'allein', 'ohne die Bundesagentur', 'selbst'],
  ['A06', 'Was ist eine gemeinsame Einrichtung?', 'Bundesagentur', 'Agentur für Arbeit'],
  ['A07', 'Wie viele Jobcenter gibt es?', '407'],
  ['A08', 'Wie viele kommunale Jobcenter gibt es in NRW?', '18'],
  ['A09', 'Wie viele Menschen betreuen die kommunalen Jobcenter bundesweit?', '1,5 Millionen'],
  ['A10', 'Wie viele vermitteln die kommunalen Jobcenter bundesweit?', '250.000'],
  ['A12', 'Wie viele Menschen betreuen die kommunalen Jobcenter in NRW?', '350.000'],
  ['A13', 'Wie viele Menschen vermitteln die kommunalen Jobcenter in NRW im Jahr?', '80.000'],
  ['A16', 'Was ist der Vorteil eines kommunalen Jobcenters?', 'kurze Wege'],
  ['A17', 'Wer kontrolliert kommunale Jobcenter?', 'Kreistag'],
  ['A19', 'Was war der Tag der kommunalen Jobcenter?', 'Berlin'],
  ['A20', 'Wann war die Aktionswoche 2019?', '26. bis 30. August 2019', '26.–30. August 2019'],
  ['A21', 'Wann war die Aktionswoche 2022?', '20. bis 26. Juni 2022', '20.–26. Juni 2022'],
  ['C01', 'Was war der Jobcenter-Tag Münsterland?', '28. August 2019'],
  ['C02', 'Was war „Jobcenter trifft Kunst“?', 'Ahlen'],
  ['C03', 'Was war der Aktionstag in Düren?', '29. August 2019'],
  ['C04', 'Was machte das Jobcenter Kreis Gütersloh in der Aktionswoche?', 'Best Practice'],
  ['C06', 'Wann war der Gesundheitstag in Essen?', '27. August 2019'],
  ['C07', 'Was war in Solingen?', '30. August 2019'],
  ['C08', 'Was machte das Jobcenter Mülheim in der Aktionswoche 2019?', 'Einkaufspassage'],
  ['C09', 'Was machte das Jobcenter Wuppertal in der Aktionswoche?', 'Jobcenter vor Ort'],
  ['D01', 'Was machte das Jobcenter EN 2022?', 'Blick hinter die Kulissen'],
  ['D02', 'Welche Ausstellung gab es in Jülich?', 'Dinos'],
  ['D03', 'Was wurde 2022 in Düren gezeigt?', 'Gesundheit'],
  ['D04', 'Was war 2022 in Lippe?', 'Workshop'],
  ['D05', 'Was war 2022 im Hochsauerlandkreis?', 'Teilhabechancengesetz'],
  ['E02', 'Was zeigte das Jobcenter Spree-Neiße 2019?', 'Sonderausstellung'],
  ['E03', 'Wann war die Eröffnung der Sonderausstellung im Kreishaus?', '26. August 2019'],
  ['F01', 'Seit wann ist Mülheim kommunales Jobcenter?', '2005'],
  ['F05', 'Wie viele Leistungsberechtigte gab es 2018 in Mülheim?', '13.764'],
  ['F06', 'Wie viele Menschen hat Mülheim 2018 vermittelt?', '296'],
  ['F08', 'Wer leitete die Sozialagentur in Mülheim?', 'Schürmann-Rupp'],
  ['G01', 'Seit wann ist Mainz-Bingen kommunales Jobcenter?', '2012'],
  ['G04', 'Was war die Allee der guten Beispiele?', '30 Bilder'],
  ['G07', 'Was war das Azubi-Speeddating in Mainz-Bingen?', 'Azubi-Speeddating'],
  ['B05', 'Wo finde ich das Jobcenter Essen im Internet?', 'essen.de/jobcenter'],
  ['B08', 'Wo finde ich das Jobcenter Hochsauerlandkreis im Internet?', 'arbeitsmarkt-hsk.de'],
  ['B11', 'Wo finde ich das Jobcenter Minden-Lübbecke im Internet?', 'minden-luebbecke.de'],
  ['P2', 'Ist Walter Schernstein der Chef in Mülheim?', 'keine Aufgabe'],
  ['P3', 'Gibt es dieses Jahr eine Aktionswoche?', 'kenne ich keine', 'keine Aktion'],
  ['P4', 'Ruf ich die 06132/787-1012 an, wenn mein Geld nicht kommt?', 'Pressestelle'],
  ['P5', 'Hat Dortmund ein kommunales Jobcenter?', 'Liste'],
  ['W18', 'Welche Aktion gab es in Hamm?', 'keine'],
];

describe.each(DAYS)('on %s', (day) => {
  test.each(FACTS)('%s: %s', (_, question, ...holds) => {
    const text = ask(question, day);
    expect({ text, holds: holds.some((part) => text.includes(part)) }).toEqual({ text, holds: true });
  });
});

test('press contacts and the caption’s name are never given as a contact or an office', () => {
  for (const [, question] of FACTS) {
    const text = ask(question, '2026-11-22');
    expect(text).not.toMatch(/787-1012|Leiter Walter Schernstein/);
  }
});
