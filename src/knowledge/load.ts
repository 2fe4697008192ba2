/**
 * Reads a knowledge folder: all of it or nothing. Every finding at once, with file, line and column; as soon as one of them is an
 * error there is no knowledge base, so that nobody ever serves half of one. Writes nothing, watches nothing (reload.ts).
 */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './assemble/assemble';
import { ADVISORY_RULES, INTEGRITY_RULES } from './checks/rules';
import type { Draft } from './draft';
import { finding, type Finding, sortFindings } from './findings';
import type { IsoDate, KnowledgeBase, Origin, Texts } from './model';
import { MAX_FILE_BYTES, parseYamlFile, type YamlFile } from './yamlFile';

const MAX_FILES = 2_000;

export interface LoadResult {
  /** Absent as soon as one finding is an error. */
  readonly knowledge?: KnowledgeBase;
  readonly findings: readonly Finding[];
}

/** What one Jobcenter changes or adds, for the editors' overview. */
export interface LocalWording {
  readonly jobcenter: string;
  readonly entryId: string;
  /** German keys that replace those of the general entry; empty for an addition. */
  readonly replaces: readonly string[];
  readonly origin: Origin;
}

export interface CheckResult extends LoadResult {
  readonly fileCount: number;
  readonly local: readonly LocalWording[];
}

/**
 * What a service needs: structure, types and links, no matters of style.
 *
 *     const { knowledge, findings } = loadKnowledge('knowledge');
 */
export function loadKnowledge(folder: string): LoadResult {
  const { knowledge, findings } = examine(folder, INTEGRITY_RULES.map((rule) => rule));
  return knowledge === undefined ? { findings } : { knowledge, findings };
}

/** Everything `npm run check` reports, wording and review dates as seen on `today` included. */
export function checkKnowledge(folder: string, today: IsoDate): CheckResult {
  return examine(folder, [...INTEGRITY_RULES, ...ADVISORY_RULES.map((rule) => (draft: Draft) => rule(draft, today))]);
}

function examine(folder: string, rules: readonly ((draft: Draft) => readonly Finding[])[]): CheckResult {
  const read = readFolder(folder);
  if (read.files.length === 0 && read.findings.length > 0) return { findings: read.findings, fileCount: 0, local: [] };
  const { draft, findings: structural } = assemble(read.files);
  const findings = sortFindings([...read.findings, ...structural, ...rules.flatMap((rule) => rule(draft))]);
  const fileCount = read.files.length;
  const local = draft.overlays.map(({ value: { jobcenter, entry }, base, keys }) => ({
    jobcenter,
    entryId: entry.id,
    replaces: base === undefined ? [] : keys.filter((key) => key !== 'id'),
    origin: entry.origin,
  }));
  if (findings.some((each) => each.severity === 'error')) return { findings, fileCount, local };
  return { knowledge: toKnowledge(draft, read.version), findings, fileCount, local };
}

interface Folder {
  readonly files: readonly YamlFile[];
  readonly findings: readonly Finding[];
  readonly version: string;
}

function readFolder(folder: string): Folder {
  const findings: Finding[] = [];
  const files: YamlFile[] = [];
  const hash = createHash('sha256');
  const paths = yamlPaths(folder);
  if (paths === undefined) {
    const at = { file: folder, line: 1, column: 1 };
    return { files, version: '', findings: [finding('error', 'KB_NO_FOLDER', at, 'Diesen Ordner gibt es nicht oder er ist nicht lesbar.')] };
  }
  if (paths.length > MAX_FILES) {
    const at = { file: paths[MAX_FILES] ?? folder, line: 1, column: 1 };
    findings.push(finding('error', 'KB_TOO_MANY_FILES', at, `Der Ordner hat mehr als ${MAX_FILES} YAML-Dateien.`));
  }
  for (const path of paths.slice(0, MAX_FILES)) {
    const bytes = readBytes(join(folder, path));
    if (bytes === undefined) {
      findings.push(finding('error', 'KB_UNREADABLE', { file: path, line: 1, column: 1 }, 'Die Datei lässt sich nicht lesen.'));
      continue;
    }
    hash.update(path).update('\0').update(bytes).update('\0');
    const result = parseYamlFile(path, bytes);
    files.push(result.file);
    findings.push(...result.findings);
  }
  return { files, findings, version: hash.digest('hex').slice(0, 12) };
}

/** All YAML files below the folder, sorted, with `/`; hidden folders and links are left alone. */
function yamlPaths(folder: string): readonly string[] | undefined {
  const paths: string[] = [];
  const descend = (relative: string, depth: number): void => {
    for (const each of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative === '' ? each.name : `${relative}/${each.name}`;
      if (each.name.startsWith('.') || path === 'schema') continue;
      if (each.isDirectory() && depth < 4) descend(path, depth + 1);
      else if (each.isFile() && /\.ya?ml$/.test(each.name)) paths.push(path);
    }
  };
  try {
    if (!statSync(folder).isDirectory()) return undefined;
    descend('', 0);
  } catch {
    return undefined;
  }
  return paths.sort((a, b) => (a < b ? -1 : 1));
}

function readBytes(path: string): Uint8Array | undefined {
  try {
    // One byte more than allowed is enough to know that a file is too large; its content is not needed.
    return lstatSync(path).size > MAX_FILE_BYTES * 4 ? new Uint8Array(MAX_FILE_BYTES + 1) : readFileSync(path);
  } catch {
    return undefined;
  }
}

function toKnowledge(draft: Draft, version: string): KnowledgeBase {
  const values = <T>(items: readonly { readonly value: T }[]): readonly T[] => items.map((item) => item.value);
  return {
    version,
    entries: values(draft.entries),
    staffEntries: values(draft.staffEntries),
    staffNotes: values(draft.staffNotes),
    overlays: values(draft.overlays),
    events: values(draft.events),
    jobcenters: values(draft.jobcenters),
    parameters: values(draft.parameters),
    helpNumbers: values(draft.helpNumbers),
    urgentRules: values(draft.urgentRules),
    synonyms: values(draft.synonyms),
    intents: values(draft.intents),
    guides: values(draft.guides),
    texts: toTexts(draft),
  };
}

/** Without a prototype, so that a text called `constructor` is a text and a missing one is missing. */
function toTexts(draft: Draft): Texts {
  const byKey: Record<string, Record<string, string>> = Object.create(null) as Record<string, Record<string, string>>;
  for (const { language, texts } of draft.texts) {
    for (const { key, text } of texts) {
      const byLanguage = (byKey[key] ??= Object.create(null) as Record<string, string>);
      byLanguage[language] = text;
    }
  }
  return byKey;
}
