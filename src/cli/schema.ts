/**
 * `npm run schema`: writes the JSON Schemas of the knowledge base to knowledge/schema/ (a test fails when they are out of date).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaText, SCHEMA_FILES } from '../knowledge/schema/jsonSchemas';

if (require.main === module) {
  const folder = join('knowledge', 'schema');
  mkdirSync(folder, { recursive: true });
  for (const file of SCHEMA_FILES) writeFileSync(join(folder, `${file.name}.json`), jsonSchemaText(file));
  console.log(`${SCHEMA_FILES.length} Schemata in ${folder} geschrieben`);
}
