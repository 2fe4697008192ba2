/**
 * The JSON Schemas and editor settings in the repository are the ones the loader's schemas give.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorSettings, jsonSchemaText, SCHEMA_FILES } from '../../src/knowledge/schema/jsonSchemas';

const root = join(__dirname, '../..');

test.each(SCHEMA_FILES)('knowledge/schema/$name.json is current (npm run schema)', (file) => {
  expect(readFileSync(join(root, 'knowledge/schema', `${file.name}.json`), 'utf8')).toBe(jsonSchemaText(file));
});

test('no schema is left over', () => {
  expect(readdirSync(join(root, 'knowledge/schema')).sort()).toEqual(SCHEMA_FILES.map(({ name }) => `${name}.json`).sort());
});

test('VS Code is told which schema belongs to which file', () => {
  const settings: unknown = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8'));
  expect(settings).toMatchObject({ 'yaml.schemas': editorSettings() });
});

/** Properties without a hover text, as paths. */
function silent(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key !== 'properties' || typeof value !== 'object' || value === null) return silent(value, path);
    return Object.entries(value).flatMap(([name, property]: [string, unknown]) => {
      const here = `${path}.${name}`;
      const described = typeof property === 'object' && property !== null && 'description' in property;
      return [...(described ? [] : [here]), ...silent(property, here)];
    });
  });
}

test.each(SCHEMA_FILES)('every key of $name.json has a German hover text', (file) => {
  expect(silent(JSON.parse(jsonSchemaText(file)), file.name)).toEqual([]);
});
