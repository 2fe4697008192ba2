/**
 * A month's counts as a report for the house: HTML with plots drawn as SVG (no script, no request), and CSV. From counters only; computes
 * shares, judges nothing.
 */
import type { MonthCount } from './monthFile';

export interface ReportParts {
  /** `2026-11`. */
  readonly month: string;
  readonly counts: readonly MonthCount[];
  /** A topic's title by its id; unknown ids stand for themselves. */
  readonly titleOf: (id: string) => string;
}

const months = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
];
const weekdays: Readonly<Record<string, string>> = {
  Mon: 'Montag',
  Tue: 'Dienstag',
  Wed: 'Mittwoch',
  Thu: 'Donnerstag',
  Fri: 'Freitag',
  Sat: 'Samstag',
  Sun: 'Sonntag',
};
const words: Readonly<Record<string, string>> = {
  answer: 'beantwortet',
  events: 'Aktionen',
  jobcenter: 'zuständiges Jobcenter',
  clarify: 'nachgefragt',
  urgent: 'Notlage',
  private: 'eigene Akte, persönliche Daten',
  smalltalk: 'Gruß und Dank',
  command: 'Bedienung',
  fallback: 'nicht beantwortet',
  empty: 'leer',
  tooLong: 'zu lang',
  unintelligible: 'unverständlich',
  outOfScope: 'kein Thema dazu',
  noneOfThese: '„Keins davon“',
  languageUnsupported: 'Sprache nicht unterstützt',
  unknownPlace: 'unbekannter Ort',
  directline: 'Website',
  msteams: 'Microsoft Teams',
  telegram: 'Telegram',
  helpful: 'hilfreich',
  notHelpful: 'nicht hilfreich (ohne Grund)',
  wrong: 'falsch',
  outdated: 'veraltet',
  unclear: 'unverständlich formuliert',
  doesNotFit: 'passt nicht zur Frage',
  de: 'Deutsch',
  en: 'Englisch',
  uk: 'Ukrainisch',
  ru: 'Russisch',
  ar: 'Arabisch',
  tr: 'Türkisch',
};
/** Of these, questions about a matter; greetings and operating the chat are none. */
const questionKinds = ['answer', 'events', 'jobcenter', 'clarify', 'urgent', 'private', 'fallback'];
const topTopics = 20;

interface Bar {
  readonly label: string;
  readonly count: number;
}

export function monthTitle(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${months[Number(number) - 1] ?? number} ${year}`;
}

export function reportHtml({ month, counts, titleOf }: ReportParts): string {
  const of = (dimension: string): readonly MonthCount[] => counts.filter((each) => each.dimension === dimension);
  const outcomes = of('outcome');
  const questions = sum(outcomes.filter(({ name }) => questionKinds.includes(name)));
  const unanswered = sum(outcomes.filter(({ name }) => name === 'fallback'));
  const ratings = of('feedback');
  const helpful = sum(ratings.filter(({ name }) => name === 'helpful'));
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jobcenter-Lotse: ${escaped(monthTitle(month))}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 56rem; padding: 0 1rem; color: #1a1a1a; background: #fff; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 1px solid #ccc; padding-top: 1rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
dt { color: #555; } dd { margin: 0; font-size: 2rem; font-weight: 600; }
figure { margin: 1rem 0; } svg { width: 100%; height: auto; } svg rect { fill: #1c4f72; } svg text { font: 13px system-ui, sans-serif; fill: #1a1a1a; }
figcaption, footer { color: #555; font-size: .9rem; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } figure { break-inside: avoid; } }
</style>
</head>
<body>
<h1>Jobcenter-Lotse: ${escaped(monthTitle(month))}</h1>
<dl>
${figure('Fragen', number(questions))}
${figure('nicht beantwortet', share(unanswered, questions))}
${figure('Rückmeldungen', number(sum(ratings)))}
${figure('davon hilfreich', share(helpful, sum(ratings)))}
</dl>
${section('Was wurde gefragt?', bars(ranked(of('topic'), titleOf).slice(0, topTopics)), `Die ${topTopics} häufigsten Themen. Gezählt ist jede gegebene Antwort.`)}
${section('Wie ging es aus?', bars(ranked(outcomes, worded)), 'Jede Nachricht hat genau einen Ausgang.')}
${section('Warum blieb etwas unbeantwortet?', bars(ranked(of('reason'), worded)), 'Was genau gefragt wurde, zeigt maskiert „npm run suggest“.')}
${section('Wann?', columns(hours.map((hour) => ({ label: hour, count: sum(of('hour').filter(({ name }) => name === hour)) }))), 'Nachrichten nach Stunde des Tages, Berliner Zeit.')}
${section('An welchem Wochentag?', bars(Object.entries(weekdays).map(([name, label]) => ({ label, count: sum(of('weekday').filter((each) => each.name === name)) }))), '')}
${section('Wo?', bars(ranked(of('channel'), worded)), 'Nachrichten nach Kanal, auch die von Beschäftigten.')}
${section('In welcher Sprache?', bars(ranked(of('language'), worded)), 'Erkannte Sprache der Nachricht.')}
${section('Was sagen die Menschen?', bars(ranked(ratings, worded)), 'Freiwillige Rückmeldungen zu Antworten.')}
<footer><p>Nur Zähler: Es sind weder Fragen noch Personen noch Gespräche gespeichert. Nachrichten von Beschäftigten zählen nur unter „Wo?“. Bei einem Absturz können die Zahlen weniger Sekunden fehlen.</p></footer>
</body>
</html>
`;
}

/** For a spreadsheet: semicolons and a byte order mark, as Excel in German expects. Names that begin like a formula get an apostrophe. */
export function reportCsv({ month, counts, titleOf }: ReportParts): string {
  const names: Readonly<Record<string, string>> = {
    outcome: 'Ausgang',
    reason: 'Grund',
    topic: 'Thema',
    hour: 'Stunde',
    weekday: 'Wochentag',
    channel: 'Kanal',
    language: 'Sprache',
    feedback: 'Rückmeldung',
  };
  const rows = counts.map(({ dimension, name, count }) => [
    month,
    names[dimension] ?? dimension,
    name,
    dimension === 'topic' ? titleOf(name) : dimension === 'weekday' ? (weekdays[name] ?? name) : worded(name),
    String(count),
  ]);
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[";\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${[['Monat', 'Art', 'Kennung', 'Bezeichnung', 'Anzahl'], ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

function worded(name: string): string {
  return words[name] ?? name;
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

function ranked(counts: readonly MonthCount[], labelOf: (name: string) => string): readonly Bar[] {
  return [...counts]
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .map(({ name, count }) => ({ label: labelOf(name), count }));
}

function figure(label: string, value: string): string {
  return `<div><dt>${label}</dt><dd>${value}</dd></div>`;
}

function section(title: string, plot: string, caption: string): string {
  const shown = plot === '' ? '<p>Keine Zahlen.</p>' : `<figure>${plot}<figcaption>${caption}</figcaption></figure>`;
  return `<h2>${title}</h2>\n${shown}`;
}

/** Each bar carries its label and number as text: nothing is told by length or colour alone. */
function bars(rows: readonly Bar[]): string {
  const longest = Math.max(0, ...rows.map(({ count }) => count));
  if (longest === 0) return '';
  const height = rows.length * 26 + 4;
  const drawn = rows.map(({ label, count }, index) => {
    const y = index * 26 + 4;
    const width = Math.round((count / longest) * 400);
    return `<text x="290" y="${y + 15}" text-anchor="end">${escaped(shortened(label))}</text><rect x="300" y="${y}" width="${width}" height="20"></rect><text x="${306 + width}" y="${y + 15}">${number(count)}</text>`;
  });
  return `<svg viewBox="0 0 780 ${height}" role="img" aria-label="${escaped(asSentence(rows))}">${drawn.join('')}</svg>`;
}

function columns(rows: readonly Bar[]): string {
  const longest = Math.max(0, ...rows.map(({ count }) => count));
  if (longest === 0) return '';
  const drawn = rows.map(({ label, count }, index) => {
    const height = Math.round((count / longest) * 140);
    const x = index * 32 + 6;
    return `<rect x="${x}" y="${160 - height}" width="24" height="${height}"></rect><text x="${x + 12}" y="${154 - height}" text-anchor="middle">${count === 0 ? '' : number(count)}</text><text x="${x + 12}" y="178" text-anchor="middle">${label}</text>`;
  });
  return `<svg viewBox="0 0 780 186" role="img" aria-label="${escaped(asSentence(rows))}">${drawn.join('')}</svg>`;
}

function asSentence(rows: readonly Bar[]): string {
  return rows.map(({ label, count }) => `${label}: ${number(count)}`).join(', ');
}

function shortened(label: string): string {
  return label.length <= 42 ? label : `${label.slice(0, 41)}…`;
}

function number(value: number): string {
  return value.toLocaleString('de-DE');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toLocaleString('de-DE', { maximumFractionDigits: 1 })} %`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
