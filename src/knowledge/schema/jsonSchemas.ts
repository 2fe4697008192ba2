/**
 * The JSON Schemas that editors' programs read (hover texts, completion), made from the same zod schemas that the loader uses, and
 * which file each one is for. `npm run schema` writes them to knowledge/schema/.
 */
import { z } from 'zod';
import { entrySchema, overlaySchema, staffNoteSchema } from './entry';
import { eventSchema } from './event';
import { jobcenterSchema } from './jobcenter';
import { emergencySchema, guideSchema, intentSchema, parameterSchema, synonymSchema, textsSchema } from './reference';

interface SchemaFile {
  /** Written to knowledge/schema/<name>.json. */
  readonly name: string;
  /** Which files it describes, as in `yaml.schemas` of .vscode/settings.json. */
  readonly files: readonly string[];
  readonly schema: z.ZodType;
}

const list = (item: z.ZodType, title: string): z.ZodType => z.array(item).describe(title);

export const SCHEMA_FILES: readonly SchemaFile[] = [
  { name: 'leistungen', files: ['knowledge/leistungen/*.yaml'], schema: list(entrySchema, 'Themen für Bürgerinnen und Bürger.') },
  {
    name: 'personal',
    files: ['knowledge/personal/*.yaml', '!knowledge/personal/notizen.yaml'],
    schema: list(entrySchema, 'Themen nur für Mitarbeitende.'),
  },
  { name: 'notizen', files: ['knowledge/personal/notizen.yaml'], schema: list(staffNoteSchema, 'Interne Notizen zu Themen.') },
  { name: 'oertlich', files: ['knowledge/oertlich/*/*.yaml'], schema: list(overlaySchema, 'Was ein Jobcenter anders sagt oder ergänzt.') },
  { name: 'aktionen', files: ['knowledge/aktionen/*.yaml'], schema: list(eventSchema, 'Aktionen und Veranstaltungen.') },
  { name: 'jobcenter', files: ['knowledge/jobcenter/*.yaml'], schema: list(jobcenterSchema, 'Jobcenter und ihre Gemeinden.') },
  { name: 'parameter', files: ['knowledge/parameter.yaml'], schema: list(parameterSchema, 'Beträge und ihre Gültigkeit.') },
  { name: 'notfall', files: ['knowledge/notfall.yaml'], schema: emergencySchema },
  { name: 'absichten', files: ['knowledge/absichten.yaml'], schema: list(intentSchema, 'Was Menschen wollen, ohne dass ein Thema die Antwort ist.') },
  { name: 'synonyme', files: ['knowledge/synonyme.yaml'], schema: list(synonymSchema, 'Wörter mit derselben Bedeutung.') },
  { name: 'wege', files: ['knowledge/wege/*.yaml'], schema: list(guideSchema, 'Geführte Wege.') },
  { name: 'texte', files: ['knowledge/texte/*.yaml'], schema: textsSchema },
];

/** The text of knowledge/schema/<name>.json. */
export function jsonSchemaText(file: SchemaFile): string {
  // Input side: what an editor writes, before texts are trimmed. Rules that JSON Schema cannot say stay with `npm run check`.
  const schema = z.toJSONSchema(file.schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** `yaml.schemas` for .vscode/settings.json. */
export function editorSettings(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(SCHEMA_FILES.map(({ name, files }) => [`./knowledge/schema/${name}.json`, files]));
}
