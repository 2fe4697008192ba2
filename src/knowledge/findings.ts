/**
 * What is wrong in the knowledge base, as values an editor can act on: place, stable code, German message, proposal.
 * Refuses to throw and to decide what is wrong; that is the business of yamlFile.ts, schemaFindings.ts and checks/.
 */
import Fuse from 'fuse.js';
import type { Origin } from './model';

export type Severity = 'error' | 'warning';

export interface Finding extends Origin {
  /** Stable, upper-case, e.g. `KB_UNKNOWN_LINK`; explained in docs/befunde.md. */
  readonly code: string;
  readonly severity: Severity;
  /** German, one sentence or two. */
  readonly message: string;
  /** German, what to do about it; empty when the message says it all. */
  readonly proposal: string;
}

/** The places that make a finding; `at` is anything that has file, line and column. */
export function finding(severity: Severity, code: string, at: Origin, message: string, proposal = ''): Finding {
  return { file: at.file, line: at.line, column: at.column, code, severity, message, proposal };
}

/** `leistungen/termine.yaml:12:5  KB_UNKNOWN_LINK  Das Thema „pass-neu“ gibt es nicht. Meinten Sie „pass-abholen“?` */
export function formatFinding(found: Finding): string {
  const text = found.proposal === '' ? found.message : `${found.message} ${found.proposal}`;
  return `${found.file}:${found.line}:${found.column}  ${found.code}  ${text}`;
}

/** In the order in which an editor walks through the files. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** „Meinten Sie „x“?“ for a mistyped id, key or value; empty when nothing is near. */
export function didYouMean(given: string, known: Iterable<string>): string {
  // The default threshold (0.6) proposes ids that share no more than a syllable.
  const fuse = new Fuse([...known], { threshold: 0.4, ignoreLocation: true, distance: 60 });
  const nearest = fuse.search(given.slice(0, 60), { limit: 1 })[0];
  return nearest === undefined ? '' : `Meinten Sie „${nearest.item}“?`;
}
