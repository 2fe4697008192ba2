/**
 * What has been read so far, file by file: a draft under construction, and the findings of items that do not fit their schema.
 */
import type { z } from 'zod';
import type { Draft, LanguageTexts, Located } from '../draft';
import { located } from '../draft';
import type { Finding } from '../findings';
import type {
  CampaignEvent,
  Entry,
  Guide,
  HelpNumber,
  Intent,
  Jobcenter,
  Origin,
  Parameter,
  StaffNote,
  SynonymGroup,
  UrgentRule,
} from '../model';
import { keysAt } from '../schema/keys';
import { schemaFindings } from '../schemaFindings';
import type { Path, YamlFile } from '../yamlFile';

/** YAML as it was written, with German keys. */
export type Raw = Readonly<Record<string, unknown>>;

/** An entry with what was written, for the overlays that change some of its keys. */
export interface BaseEntry {
  readonly raw: Raw;
  readonly entry: Entry;
  readonly folder: 'citizens' | 'staff';
}

export function createCollection(complete: boolean) {
  return {
    findings: [] as Finding[],
    entries: [] as Located<Entry>[],
    staffEntries: [] as Located<Entry>[],
    staffNotes: [] as Located<StaffNote>[],
    overlays: [] as Draft['overlays'][number][],
    events: [] as Located<CampaignEvent>[],
    jobcenters: [] as Located<Jobcenter>[],
    parameters: [] as Located<Parameter>[],
    helpNumbers: [] as Located<HelpNumber>[],
    urgentRules: [] as Located<UrgentRule>[],
    synonyms: [] as Located<SynonymGroup>[],
    intents: [] as Located<Intent>[],
    guides: [] as Located<Guide>[],
    texts: [] as LanguageTexts[],
    ids: {
      entries: new Set<string>(),
      jobcenters: new Set<string>(),
      parameters: new Set<string>(),
      helpNumbers: new Set<string>(),
    },
    complete,
    /** By id; entries only, never overlays. */
    bases: new Map<string, BaseEntry>(),
    /** Ids of items that do not fit their schema. */
    brokenIds: new Set<string>(),
  };
}

export type Collection = ReturnType<typeof createCollection>;

/** Parses one item; an id counts as mentioned even when its item is broken. */
export function parseItem<S extends z.ZodType>(
  into: Collection,
  schema: S,
  file: YamlFile,
  path: Path,
  value: unknown,
  mentioned?: Set<string>,
): z.output<S> | undefined {
  const id = isRaw(value) && typeof value['id'] === 'string' ? value['id'] : undefined;
  if (id !== undefined) mentioned?.add(id);
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  if (id !== undefined) into.brokenIds.add(id);
  into.findings.push(...schemaFindings(file, path, parsed.error.issues, (own) => keysAt(schema, own)));
  return undefined;
}

/** Every item of a file that is a list; a file that is one item counts as a list of one. */
export function eachItem(file: YamlFile, visit: (value: unknown, path: Path, origin: Origin) => void): void {
  if (!Array.isArray(file.value)) {
    visit(file.value, [], file.at([]));
    return;
  }
  file.value.forEach((value: unknown, index) => {
    visit(value, [index], file.at([index]));
  });
}

/** Reads a file whose items need nothing but their schema. */
export function collectItems<S extends z.ZodType, T>(
  into: Collection,
  file: YamlFile,
  schema: S,
  toModel: (raw: z.output<S>, origin: Origin) => T,
  target: Located<T>[],
  mentioned?: Set<string>,
): void {
  eachItem(file, (value, path, origin) => {
    const raw = parseItem(into, schema, file, path, value, mentioned);
    if (raw !== undefined) target.push(located(toModel(raw, origin), file, path));
  });
}

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
