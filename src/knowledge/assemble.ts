/**
 * From parsed YAML files to a draft: which folder means what, schema by schema, item by item. An item that does not fit its schema
 * becomes findings and is left out; the items beside it are still examined. Reads no files.
 */
import type { z } from 'zod';
import type { Draft, LanguageTexts, Located } from './draft';
import { located } from './draft';
import { didYouMean, finding, type Finding } from './findings';
import type { CampaignEvent, Entry, Guide, HelpNumber, Intent, Jobcenter, Origin, Overlay, Parameter, StaffNote, SynonymGroup, UrgentRule } from './model';
import { entrySchema, overlaySchema, staffNoteSchema, toEntry, toStaffNote } from './schema/entry';
import { eventSchema, toEvent } from './schema/event';
import { jobcenterSchema, toJobcenter } from './schema/jobcenter';
import {
  emergencySchema,
  guideSchema,
  helpNumberSchema,
  intentSchema,
  parameterSchema,
  synonymSchema,
  toGuide,
  toHelpNumber,
  toIntent,
  toParameter,
  toSynonymGroup,
  toUrgentRule,
  urgentRuleSchema,
} from './schema/reference';
import { keysAt } from './schema/keys';
import { schemaFindings } from './schemaFindings';
import type { Path, YamlFile } from './yamlFile';

interface Assembled {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
}

type Raw = Readonly<Record<string, unknown>>;

const FOLDERS = ['leistungen', 'personal', 'aktionen', 'jobcenter', 'oertlich', 'wege', 'texte', 'evaluation', 'schema'];

export function assemble(files: readonly YamlFile[]): Assembled {
  const findings: Finding[] = [];
  const entries: Located<Entry>[] = [];
  const staffEntries: Located<Entry>[] = [];
  const staffNotes: Located<StaffNote>[] = [];
  const overlays: Draft['overlays'][number][] = [];
  const events: Located<CampaignEvent>[] = [];
  const jobcenters: Located<Jobcenter>[] = [];
  const parameters: Located<Parameter>[] = [];
  const helpNumbers: Located<HelpNumber>[] = [];
  const urgentRules: Located<UrgentRule>[] = [];
  const synonyms: Located<SynonymGroup>[] = [];
  const intents: Located<Intent>[] = [];
  const guides: Located<Guide>[] = [];
  const texts: LanguageTexts[] = [];
  const ids = { entries: new Set<string>(), jobcenters: new Set<string>(), parameters: new Set<string>(), helpNumbers: new Set<string>() };
  const rawEntries = new Map<string, { readonly raw: Raw; readonly entry: Entry; readonly folder: 'citizens' | 'staff' }>();

  const complete = files.every((file) => file.value !== undefined);
  const brokenIds = new Set<string>();

  /** Parses one item; its mentioned id counts even when the item is broken. */
  const item = <S extends z.ZodType>(schema: S, file: YamlFile, path: Path, value: unknown, mentioned?: Set<string>): z.output<S> | undefined => {
    if (isRaw(value) && typeof value['id'] === 'string') mentioned?.add(value['id']);
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    if (isRaw(value) && typeof value['id'] === 'string') brokenIds.add(value['id']);
    findings.push(...schemaFindings(file, path, parsed.error.issues, (own) => keysAt(schema, own)));
    return undefined;
  };

  const eachItem = (file: YamlFile, visit: (value: unknown, path: Path, origin: Origin) => void): void => {
    if (Array.isArray(file.value)) file.value.forEach((value: unknown, index) => { visit(value, [index], file.at([index])); });
    else visit(file.value, [], file.at([]));
  };

  const collect = <S extends z.ZodType, T>(
    file: YamlFile,
    schema: S,
    toModel: (raw: z.output<S>, origin: Origin) => T,
    into: Located<T>[],
    mentioned?: Set<string>,
  ): void => {
    eachItem(file, (value, path, origin) => {
      const raw = item(schema, file, path, value, mentioned);
      if (raw !== undefined) into.push(located(toModel(raw, origin), file, path));
    });
  };

  const entriesOf = (file: YamlFile, folder: 'citizens' | 'staff'): void => {
    eachItem(file, (value, path, origin) => {
      const raw = item(entrySchema, file, path, value, ids.entries);
      if (raw === undefined) return;
      const entry = toEntry(raw, origin, folder);
      if (folder === 'staff' && entry.audience !== 'staff') {
        const at = file.at([...path, 'zielgruppe']);
        findings.push(finding('error', 'KB_AUDIENCE', at, 'Im Ordner personal/ steht nur, was für Mitarbeitende ist.', 'Schreiben Sie „personal“ oder verschieben Sie den Eintrag nach leistungen/.'));
        return;
      }
      const isStaff = entry.audience === 'staff';
      if (!rawEntries.has(entry.id) && isRaw(value)) rawEntries.set(entry.id, { raw: value, entry, folder });
      (isStaff ? staffEntries : entries).push(located(entry, file, path));
    });
  };

  const overlaysOf = (file: YamlFile, jobcenter: string): void => {
    eachItem(file, (value, path, origin) => {
      const given = item(overlaySchema, file, path, value);
      if (given === undefined || !isRaw(value)) return;
      const base = rawEntries.get(given.id);
      // The base entry exists but is broken, or may stand in a file that could not be read: nothing sure can be said here.
      if (base === undefined && (!complete || brokenIds.has(given.id))) return;
      const { beruht_auf: basedOn, ...own } = value;
      // Hardly anything is given: a change to an entry whose id is mistyped rather than an addition.
      if (base === undefined && (given.titel === undefined || given.fragen === undefined)) {
        findings.push(
          finding('error', 'KB_UNKNOWN_LINK', file.at([...path, 'id']), `Das Thema „${given.id}“ gibt es nicht.`, didYouMean(given.id, ids.entries)),
        );
        return;
      }
      const raw = item(entrySchema, file, path, base === undefined ? own : { ...base.raw, ...own }, ids.entries);
      if (raw === undefined) return;
      const entry = toEntry(raw, origin, base?.folder ?? 'citizens');
      const overlay: Overlay = typeof basedOn === 'string' ? { jobcenter, entry, basedOn } : { jobcenter, entry };
      overlays.push({ ...located(overlay, file, path), keys: Object.keys(own), base: base?.entry });
    });
  };

  const emergencyOf = (file: YamlFile): void => {
    if (!isRaw(file.value)) {
      item(emergencySchema, file, [], file.value);
      return;
    }
    const { hilfenummern, regeln, ...rest } = file.value;
    const frame = item(emergencySchema, file, [], { ...rest, hilfenummern: Array.isArray(hilfenummern) ? [] : hilfenummern, regeln: Array.isArray(regeln) ? [] : regeln });
    if (frame === undefined) return;
    listOf(hilfenummern).forEach((value, index) => {
      const raw = item(helpNumberSchema, file, ['hilfenummern', index], value, ids.helpNumbers);
      if (raw !== undefined) helpNumbers.push(located(toHelpNumber(raw), file, ['hilfenummern', index]));
    });
    listOf(regeln).forEach((value, index) => {
      const raw = item(urgentRuleSchema, file, ['regeln', index], value);
      if (raw !== undefined) urgentRules.push(located(toUrgentRule(raw), file, ['regeln', index]));
    });
  };

  // Base entries first: an overlay is understood through the entry it changes.
  for (const file of [...files].sort((a, b) => Number(a.path.startsWith('oertlich/')) - Number(b.path.startsWith('oertlich/')))) {
    if (file.value === undefined) continue;
    const parts = file.path.split('/');
    const [folder = '', second = ''] = parts;
    if (file.path === 'parameter.yaml') collect(file, parameterSchema, toParameter, parameters, ids.parameters);
    else if (file.path === 'notfall.yaml') emergencyOf(file);
    else if (file.path === 'absichten.yaml') collect(file, intentSchema, toIntent, intents);
    else if (file.path === 'synonyme.yaml') collect(file, synonymSchema, toSynonymGroup, synonyms);
    else if (file.path === 'personal/notizen.yaml') collect(file, staffNoteSchema, toStaffNote, staffNotes);
    else if (folder === 'leistungen' && parts.length === 2) entriesOf(file, 'citizens');
    else if (folder === 'personal' && parts.length === 2) entriesOf(file, 'staff');
    else if (folder === 'aktionen' && parts.length === 2) collect(file, eventSchema, toEvent, events);
    else if (folder === 'jobcenter' && parts.length === 2) collect(file, jobcenterSchema, toJobcenter, jobcenters, ids.jobcenters);
    else if (folder === 'oertlich' && parts.length === 3) overlaysOf(file, second);
    else if (folder === 'wege' && parts.length === 2) collect(file, guideSchema, toGuide, guides);
    else if (folder === 'texte' && parts.length === 2) texts.push(flatTexts(file, second.replace(/\.ya?ml$/, ''), findings));
    else if (folder !== 'evaluation') {
      const known = [...FOLDERS.map((each) => `${each}/`), 'parameter.yaml', 'notfall.yaml', 'absichten.yaml', 'synonyme.yaml'];
      findings.push(finding('warning', 'KB_UNKNOWN_FILE', file.at([]), 'Diese Datei wird nicht gelesen; an dieser Stelle erwartet der Dienst keine.', didYouMean(parts.length > 1 ? `${folder}/` : folder, known)));
    }
  }

  const draft: Draft = {
    entries,
    staffEntries,
    staffNotes,
    overlays,
    events,
    jobcenters,
    parameters,
    helpNumbers,
    urgentRules,
    synonyms,
    intents,
    guides,
    texts,
    ids,
    complete,
  };
  return { draft, findings };
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Nested keys become `a.b`; both spellings may stand in one file. */
function flatTexts(file: YamlFile, language: string, findings: Finding[]): LanguageTexts {
  const texts: { key: string; text: string; path: Path }[] = [];
  const descend = (value: unknown, path: Path): void => {
    if (typeof value === 'string' && path.length > 0) {
      texts.push({ key: path.join('.'), text: value.trim(), path });
    } else if (isRaw(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (/^[A-Za-z][A-Za-z0-9_.-]*$/.test(key)) descend(inner, [...path, key]);
        else findings.push(finding('error', 'KB_WRONG_ID', file.atKey([...path, key]), `Der Schlüssel „${key}“ darf nur Buchstaben, Ziffern, Punkt und Bindestrich haben.`));
      }
    } else {
      const typed = file.source(path) ?? '';
      const proposal = typed === '' ? '' : `Schreiben Sie "${typed}".`;
      findings.push(finding('error', value === null ? 'KB_EMPTY' : 'KB_WRONG_TYPE', file.at(path), value === null ? 'Hier fehlt der Text.' : 'Hier wird Text erwartet.', proposal));
    }
  };
  descend(file.value, []);
  return { language, file, texts };
}
