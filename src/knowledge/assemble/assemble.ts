/**
 * From parsed YAML files to a draft: which file and folder means what. An item that does not fit its schema becomes findings and is
 * left out; the items beside it are still examined. Reads no files.
 */
import type { Draft } from '../draft';
import { didYouMean, finding, type Finding } from '../findings';
import { staffNoteSchema, toStaffNote } from '../schema/entry';
import { eventSchema, toEvent } from '../schema/event';
import { jobcenterSchema, toJobcenter } from '../schema/jobcenter';
import {
  guideSchema,
  intentSchema,
  parameterSchema,
  synonymSchema,
  toGuide,
  toIntent,
  toParameter,
  toSynonymGroup,
} from '../schema/reference';
import type { YamlFile } from '../yamlFile';
import { collectItems, type Collection, createCollection } from './collection';
import { readEntries, readOverlays } from './entryFiles';
import { readEmergency, readTexts } from './referenceFiles';

type ReadFile = (into: Collection, file: YamlFile, folder: string, name: string) => void;

/** Single files of the knowledge folder. */
const FILES: ReadonlyMap<string, ReadFile> = new Map<string, ReadFile>([
  ['parameter.yaml', (into, file) => { collectItems(into, file, parameterSchema, toParameter, into.parameters, into.ids.parameters); }],
  ['notfall.yaml', readEmergency],
  ['absichten.yaml', (into, file) => { collectItems(into, file, intentSchema, toIntent, into.intents); }],
  ['synonyme.yaml', (into, file) => { collectItems(into, file, synonymSchema, toSynonymGroup, into.synonyms); }],
  ['personal/notizen.yaml', (into, file) => { collectItems(into, file, staffNoteSchema, toStaffNote, into.staffNotes); }],
]);

/** Folders: `*` stands for one folder level whose name the reader gets. */
const FOLDERS: ReadonlyMap<string, ReadFile> = new Map<string, ReadFile>([
  ['leistungen', (into, file) => { readEntries(into, file, 'citizens'); }],
  ['personal', (into, file) => { readEntries(into, file, 'staff'); }],
  ['aktionen', (into, file) => { collectItems(into, file, eventSchema, toEvent, into.events); }],
  ['jobcenter', (into, file) => { collectItems(into, file, jobcenterSchema, toJobcenter, into.jobcenters, into.ids.jobcenters); }],
  ['oertlich/*', (into, file, jobcenter) => { readOverlays(into, file, jobcenter); }],
  ['wege', (into, file) => { collectItems(into, file, guideSchema, toGuide, into.guides); }],
  ['texte', (into, file, _, name) => { readTexts(into, file, name.replace(/\.ya?ml$/, '')); }],
  // Gold questions: src/evaluation reads them; here they only have to be YAML.
  ['evaluation', () => undefined],
]);

export function assemble(files: readonly YamlFile[]): { readonly draft: Draft; readonly findings: readonly Finding[] } {
  const into = createCollection(files.every((file) => file.value !== undefined));
  // Base entries first: an overlay is understood through the entry it changes.
  const isLocal = (file: YamlFile): number => Number(file.path.startsWith('oertlich/'));
  for (const file of [...files].sort((a, b) => isLocal(a) - isLocal(b))) {
    if (file.value === undefined) continue;
    const parts = file.path.split('/');
    const [folder = '', second = ''] = parts;
    const read = FILES.get(file.path) ?? (parts.length === 3 ? FOLDERS.get(`${folder}/*`) : parts.length === 2 ? FOLDERS.get(folder) : undefined);
    if (read === undefined) into.findings.push(unknownFile(file, parts.length > 1 ? `${folder}/` : folder));
    else read(into, file, second, parts.at(-1) ?? '');
  }
  const { findings, ...draft } = into;
  return { draft, findings };
}

function unknownFile(file: YamlFile, where: string): Finding {
  const known = [...FILES.keys(), ...[...FOLDERS.keys()].map((each) => `${each.replace('/*', '')}/`)];
  const message = 'Diese Datei wird nicht gelesen; an dieser Stelle erwartet der Dienst keine.';
  return finding('warning', 'KB_UNKNOWN_FILE', file.at([]), message, didYouMean(where, known));
}
