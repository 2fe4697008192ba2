/**
 * Turns what zod objects to into findings: German, at the line and column of the value. Decides nothing about content.
 */
import type { z } from 'zod';
import { didYouMean, finding, type Finding } from './findings';
import type { Path, YamlFile } from './yamlFile';

type Issue = z.core.$ZodIssue;

/** One finding per issue; `prefix` leads from the root of the file to the value that was parsed. */
export function schemaFindings(file: YamlFile, prefix: Path, issues: readonly Issue[], keysOf: (path: Path) => readonly string[]): readonly Finding[] {
  return issues.flatMap((issue) => issueFindings(file, prefix, issue, keysOf));
}

function issueFindings(file: YamlFile, prefix: Path, issue: Issue, keysOf: (path: Path) => readonly string[]): readonly Finding[] {
  const own = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const path = [...prefix, ...own];
  const error = (code: string, message: string, proposal = ''): Finding => finding('error', code, file.at(path), message, proposal);
  const name = nameOf(own);

  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        finding('error', 'KB_UNKNOWN_KEY', file.atKey([...path, key]), `Die Angabe „${key}“ gibt es hier nicht.`, didYouMean(key, keysOf(own))),
      );
    case 'invalid_type':
      return [typeFinding(file, path, name, issue.expected, issue.input, error)];
    case 'invalid_value': {
      if (issue.input === undefined) return [missing(name, error)];
      const values = issue.values.map(String);
      return [error('KB_UNKNOWN_VALUE', `„${name}“ kennt den Wert „${shown(issue.input)}“ nicht.`, `Erlaubt: ${values.join(', ')}.`)];
    }
    case 'too_small':
      return [
        own.at(-1) === 'quellen'
          ? error('KB_MISSING_SOURCE', 'Der Eintrag hat keine Quelle.', 'Ergänzen Sie unter „quellen“ mindestens eine.')
          : error('KB_EMPTY', `„${name}“ ist leer.`, 'Ergänzen Sie mindestens eine Angabe.'),
      ];
    case 'invalid_format':
      return [error('KB_WRONG_FORM', `„${shown(issue.input)}“ passt nicht zu „${name}“.`, 'Die Beschreibung der Angabe nennt die Form.')];
    case 'custom': {
      const code: unknown = issue.params?.['code'];
      const proposal: unknown = issue.params?.['proposal'];
      return [error(typeof code === 'string' ? code : 'KB_INVALID', issue.message, typeof proposal === 'string' ? proposal : '')];
    }
    default:
      return [error('KB_INVALID', `„${name}“ hat keinen gültigen Inhalt.`)];
  }
}

type MakeError = (code: string, message: string, proposal?: string) => Finding;

function missing(name: string, error: MakeError): Finding {
  if (name === 'quellen') return error('KB_MISSING_SOURCE', 'Dem Eintrag fehlt die Quelle.', 'Ergänzen Sie „quellen“ mit mindestens einer Quelle.');
  return error('KB_MISSING_KEY', `Es fehlt die Angabe „${name}“.`);
}

function typeFinding(file: YamlFile, path: Path, name: string, expected: string, input: unknown, error: MakeError): Finding {
  if (input === undefined) return missing(name, error);
  if (input === null) {
    if (name === 'quellen') return error('KB_MISSING_SOURCE', 'Der Eintrag hat keine Quelle.', 'Ergänzen Sie unter „quellen“ mindestens eine.');
    return error('KB_EMPTY', `„${name}“ ist leer.`, 'Ergänzen Sie einen Wert oder löschen Sie die Zeile.');
  }
  const typed = file.source(path) ?? shown(input);
  if (expected === 'string' && typeof input === 'number') {
    if (path.includes('plz')) {
      const lost = String(input) === typed ? '' : ` und würde als ${input} gelesen`;
      return error('KB_UNQUOTED_POSTCODE', `Die Postleitzahl ${typed} steht ohne Anführungszeichen${lost}.`, `Schreiben Sie "${typed}".`);
    }
    return error('KB_WRONG_TYPE', `Für „${name}“ wird Text erwartet, hier steht die Zahl ${typed}.`, `Schreiben Sie "${typed}".`);
  }
  if (expected === 'string' && typeof input === 'boolean') {
    return error('KB_WRONG_TYPE', `Für „${name}“ wird Text erwartet, hier steht ${typed}.`, `Schreiben Sie "${typed}".`);
  }
  if (expected === 'array' && typeof input !== 'object') {
    return error('KB_WRONG_TYPE', `Für „${name}“ wird eine Liste erwartet, hier steht ${kindOf(input)}.`, 'Beginnen Sie jede Zeile mit „- “ oder schreiben Sie [eckige Klammern].');
  }
  if (expected === 'string' && typeof input === 'object' && !Array.isArray(input)) {
    const hint = 'Enthält der Text einen Doppelpunkt? Dann gehört er in einfache Anführungszeichen.';
    return error('KB_WRONG_TYPE', `Für „${name}“ wird Text erwartet, hier stehen Angaben.`, hint);
  }
  return error('KB_WRONG_TYPE', `Für „${name}“ wird ${EXPECTED[expected] ?? expected} erwartet, hier steht ${kindOf(input)}.`);
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'Text',
  number: 'eine Zahl',
  boolean: 'true oder false',
  array: 'eine Liste',
  object: 'ein Block mit Angaben',
  record: 'ein Block mit Angaben',
};

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return 'eine Liste';
  if (typeof input === 'string') return 'Text';
  if (typeof input === 'number') return 'eine Zahl';
  if (typeof input === 'boolean') return 'true oder false';
  return 'ein Block mit Angaben';
}

function shown(input: unknown): string {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The last key of a path: `fassungen.0.antwort` → antwort, `fragen.3` → fragen. */
function nameOf(path: Path): string {
  return path.findLast((step) => typeof step === 'string') ?? 'Eintrag';
}
