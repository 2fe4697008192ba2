/**
 * Any number of entries that look like German FAQ entries: compounds of the field with linking letters, everyday phrasing, own vocabulary growing
 * with the number of entries as real text does. Deterministic: entry i is the same at every size. Refuses to mean anything.
 */
import { createRandom } from '../../src/search/random';
import type { SearchDocument } from '../../src/search/searchEngine';

/** First parts, with the linking letter they take. */
const FIRST =
  'Wohnungs Miet Heizungs Strom Umzugs Kinder Familien Schul Ausbildungs Studien Arbeits Berufs Kranken Pflege Renten Unfall Steuer Vermögens Einkommens Schulden Ausländer Aufenthalts Sprach Integrations Bildungs Fahrt Reise Kleidungs Möbel Haushalts Lebensmittel Gesundheits Schwangerschafts Geburts Eltern Unterhalts Scheidungs Erb Bestattungs Gewerbe Gründungs Vereins Sport Freizeit Kultur Verkehrs Fahrzeug Führerschein Versicherungs Konto Bank Kredit Pfändungs Insolvenz Gerichts Anwalts Beratungs Datenschutz Melde Ausweis Standes Bürger Gemeinde Kreis Landes Bundes Notfall Feuer Wasser Abfall Garten Tier Hunde Lärm Bau Denkmal Umwelt Energie Solar Dämmungs Fenster Dach Keller Garagen Stellplatz Parkplatz Zimmer Unterkunfts Obdach Flüchtlings Asyl Visum Einbürgerungs Wahl Ehrenamts Jugend Senioren Behinderten Betreuungs Therapie Kur Reha Arznei Zahn Brillen Hörgeräte Impf Labor Praxis Klinik Rettungs Kita Hort Lern Prüfungs Zeugnis Bewerbungs Vorstellungs Praktikums Kündigungs Abfindungs Lohn Überstunden Urlaubs Schicht'.split(
    ' ',
  );
const MIDDLE =
  'kosten geld beitrags leistungs hilfe schutz rechts pflicht antrags bescheid termin melde prüfungs nachweis verlust wechsel anspruchs berechnungs förderungs beratungs vertrags verwaltungs aufnahme sicherungs planungs kontroll erstattungs vorschuss darlehens zuschuss frist ersatz mangel dienst stellen sachen unterlagen daten grund bedarfs'.split(
    ' ',
  );
const LAST =
  'übernahme verlängerung ablehnung bewilligung auszahlung rückzahlung änderung anmeldung abmeldung bescheinigung verordnung pauschale erhöhung kürzung sperre freigabe vermittlung betreuung ermittlung prüfung erklärung vereinbarung befreiung ermäßigung zulage grenze tabelle liste formular stelle nummer zeit dauer quittung vollmacht beschwerde auskunft mitteilung einladung verschiebung'.split(
    ' ',
  );
const QUESTIONS: readonly string[] = [
  'Wie beantrage ich die %?',
  'Wer zahlt die % und wie lange dauert das?',
  'Welche Unterlagen brauche ich für die %?',
  'Bis wann muss ich die % einreichen?',
  'Was kann ich tun, wenn die % abgelehnt wird?',
  'Muss ich die % zurückzahlen?',
  'Wo finde ich das Amt für die %?',
  'Darf das Amt die % einfach streichen?',
];
const TYPED: readonly string[] = [
  'hab noch nix gehört wegen der % von $',
  'meine tochter braucht die % für $ wer hilft',
  'brief bekommen zur % was nun mit $',
  '% $ seit drei wochen nichts passiert',
  'ich versteh das mit der % nicht, geht um $',
  'kriege ich die % auch wenn ich $ habe',
];
const THINGS =
  'Nachbar Vermieter Chef Sohn Schwester Großmutter Waschmaschine Kühlschrank Fahrrad Monatskarte Rechnung Mahnung Kontoauszug Zeugnis Laptop Schreibtisch Winterjacke Brille Rollstuhl Kinderwagen Herd Teppich Schlüssel Koffer Handy Drucker Werkzeug Uniform Nebenjob Minijob Ausbildung Praktikum Urlaub Krankheit Trennung Umzug Hochzeit Geburt Todesfall Erbschaft Schulden Nachzahlung'.split(
    ' ',
  );
const SENTENCES: readonly string[] = [
  'Für die % stellen Sie einen Antrag bei Ihrer Gemeinde.',
  'Die Frist beträgt einen Monat nach Zugang des Bescheids.',
  'Bringen Sie Ausweis, $ und die letzten drei Kontoauszüge mit.',
  'Über die % entscheidet die zuständige Stelle innerhalb von sechs Wochen.',
  'Gegen die Entscheidung können Sie Widerspruch einlegen.',
];

export function syntheticEntry(i: number): SearchDocument {
  const random = createRandom(7919 * (i + 1));
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const word = subject(i);
  const thing = pick(THINGS);
  const fill = (pattern: string): string => pattern.replace('%', word).replace('$', thing);
  return {
    id: `e${i}`,
    title: word,
    questions: [fill(pick(QUESTIONS)), fill(pick(QUESTIONS))],
    examples: [fill(pick(TYPED)).toLowerCase(), fill(pick(TYPED)).toLowerCase(), fill(pick(TYPED)).toLowerCase()],
    keywords: [thing],
    answer: [pick(SENTENCES), pick(SENTENCES), pick(SENTENCES)].map(fill).join(' '),
  };
}

export function syntheticEntries(count: number): readonly SearchDocument[] {
  return Array.from({ length: count }, (_, i) => syntheticEntry(i));
}

/** Questions whose answer is known: the subject in another sentence, every second with one letter missing. */
export function syntheticQuestions(entries: number, count: number): readonly { question: string; id: string }[] {
  const random = createRandom(31);
  return Array.from({ length: count }, (_, n) => {
    const i = Math.floor(random() * entries);
    const word = subject(i);
    const at = 3 + Math.floor(random() * (word.length - 5));
    const typed = n % 2 === 0 ? word : word.slice(0, at) + word.slice(at + 1);
    const thing = THINGS[Math.floor(random() * THINGS.length)] ?? '';
    return { question: `guten tag, wie ist das denn mit der ${typed}, ich habe ${thing}`, id: `e${i}` };
  });
}

/** Three parts, or two: about 200,000 different ones, the frequent beginnings more often, as in real text. */
function subject(i: number): string {
  const random = createRandom(104_729 * (i + 1));
  const first = FIRST[Math.floor(random() ** 1.5 * FIRST.length)] ?? '';
  const middle = random() < 0.75 ? (MIDDLE[Math.floor(random() * MIDDLE.length)] ?? '') : '';
  return first + middle + (LAST[Math.floor(random() * LAST.length)] ?? '');
}
