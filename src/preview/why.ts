/**
 * The explanation of an outcome in an editor's words: which step decided, what was recognised, why each topic stands where it does.
 * Reads what `answering` explains; a line it does not know is passed on as it is.
 */
import type { Explanation } from '../answering/outcome';

export interface Reason {
  readonly title: string;
  readonly lines: readonly string[];
}

const STEPS: Readonly<Record<string, string>> = {
  urgent: 'Notlage erkannt: Hilfe geht vor allem anderen.',
  pending: 'Antwort auf eine offene Auswahl.',
  small: 'Begrüßung, Dank oder Befehl.',
  title: 'Wortgleich mit dem Titel oder einer Frage eines Themas.',
  ownFile: 'Frage nach der eigenen Akte: Der Dienst kann nicht nachsehen.',
  followUp: 'Nachfrage zum letzten Thema.',
  jobcenter: 'Frage nach dem zuständigen Jobcenter.',
  events: 'Frage nach Aktionen und Veranstaltungen.',
  topic: 'Das ähnlichste Thema.',
  fallback: 'Nichts passt gut genug.',
};

const FEATURES: Readonly<Record<string, string>> = {
  classifier: 'gelernt aus den Beispielen (Wahrscheinlichkeit)',
  classifierLog: 'gelernt aus den Beispielen (Abstand zu anderen Themen)',
  bestShare: 'Wörter der ähnlichsten Frage (Anteil)',
  bestRelative: 'Wörter der ähnlichsten Frage (im Vergleich)',
  sumRelative: 'Wörter aller Fragen zusammen',
  queryCoverage: 'so viel der Eingabe steht in einer Frage',
  entryCoverage: 'so viel der Eingabe steht im ganzen Thema',
  variantCoverage: 'so viel der Frage steht in der Eingabe',
  charCosine: 'ähnliche Buchstabenfolgen (Tippfehler, Wortteile)',
  answerShare: 'Wörter im Antworttext',
};

const PLACES: Readonly<Record<string, string>> = {
  none: 'kein Ort',
  found: 'erkannt',
  ambiguous: 'mehrdeutig',
  unknown: 'unbekannt',
};

const INTENTS: Readonly<Record<string, string>> = {
  ereignisse: 'Frage nach Aktionen',
  'jobcenter-suche': 'Suche nach dem Jobcenter',
  'eigene-akte': 'Frage nach der eigenen Akte',
};

const ORIGINS: Readonly<Record<string, string>> = {
  synonym: 'sinnverwandt',
  part: 'Wortteil',
};

/** `titleOf` gives a topic's title by its id. */
export function germanReasons(explanation: readonly Explanation[], titleOf: (id: string) => string): readonly Reason[] {
  return explanation.map((part) => toReason(part, titleOf)).filter(({ lines }) => lines.length > 0);
}

function toReason({ step, lines }: Explanation, titleOf: (id: string) => string): Reason {
  const hit = /^hit (\d+): (.+)$/.exec(step);
  if (hit !== null)
    return { title: `${hit[1] ?? ''}. ${titleOf(hit[2] ?? '')} (${hit[2] ?? ''})`, lines: lines.flatMap(hitLine) };
  const learned = /^classifier for (.+)$/.exec(step);
  if (learned !== null) return { title: `Gelernt: was für „${titleOf(learned[1] ?? '')}“ spricht`, lines };
  switch (step) {
    case 'step':
      return { title: 'Was entschieden hat', lines: lines.map((name) => STEPS[name] ?? name) };
    case 'terms':
      return { title: 'Erkannte Wörter (mit Gewicht)', lines: lines.map(termLine) };
    case 'corrections':
      return { title: 'Als Tippfehler verstanden', lines };
    case 'place':
      return { title: 'Ort', lines: lines.filter((line) => line !== 'none').map((line) => word(line, PLACES)) };
    case 'period':
      return { title: 'Zeitraum', lines };
    case 'intents':
      return { title: 'Absichten neben den Themen', lines: lines.map(intentLine) };
    default:
      return { title: step, lines };
  }
}

function termLine(line: string): string {
  const [term = '', weight = '', origin = ''] = line.split(' ');
  return `${term} ${weight.replace('.', ',')}${origin === 'word' || origin === '' ? '' : ` (${ORIGINS[origin] ?? origin})`}`;
}

function intentLine(line: string): string {
  const [name = '', share = ''] = line.replace(/^-/, '').split(' ');
  const german = name.startsWith('none') ? `nichts für diesen Dienst (${name.replace(/^none-?/, '')})` : name;
  return `${INTENTS[name] ?? german}: ${percent(Number(share))}`;
}

/** One row of features per topic; what says next to nothing is left out. */
function hitLine(line: string): readonly string[] {
  const scores = /^probability (\S+), confidence (\S+), score/.exec(line);
  if (scores !== null) return [`Sicherheit ${percent(Number(scores[2]))}, Anteil ${percent(Number(scores[1]))}`];
  const variant = /^best variant: (.*)$/s.exec(line);
  if (variant !== null) return [`ähnlichste Frage: „${variant[1] ?? ''}“`];
  const feature = /^(\w+) (-?[\d.]+) → (-?[\d.]+)$/.exec(line);
  if (feature === null) return [line];
  const say = Number(feature[3]);
  // The same for every topic the training knew.
  if (feature[1] === 'hasClassifier') return [];
  return Math.abs(say) < 0.05 ? [] : [`${FEATURES[feature[1] ?? ''] ?? feature[1] ?? ''}: ${sign(say)}`];
}

function word(line: string, words: Readonly<Record<string, string>>): string {
  const [first = '', ...rest] = line.split(' ');
  return [words[first] ?? first, ...rest].join(' ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function sign(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1).replace('.', ',')}`;
}
