/**
 * `npm run config [-- --pruefen]`: writes the table of all settings from src/config.ts between the markers of docs/betrieb.md.
 * With `--pruefen` it writes nothing and ends with 1 when the table is out of date. Invents no setting and reads no value.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingRows } from '../config';

const begin = '<!-- Einstellungen: erzeugt mit `npm run config`, nicht von Hand ändern -->';
const end = '<!-- Ende der Einstellungen -->';
export const handbook = join('docs', 'betrieb.md');

/** The text with the table as it must be now; undefined where the markers are missing. */
export function withSettings(text: string): string | undefined {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from)}${begin}\n\n${settingsTable()}\n\n${text.slice(to)}`;
}

export function settingsTable(): string {
  const rows = settingRows().map(({ name, fallback, meaning, secret }) => [
    `\`${name}\`${secret ? ' 🔒' : ''}`,
    fallback === '' ? '–' : `\`${fallback}\``,
    meaning.replace(/\|/g, '\\|'),
  ]);
  return [['Name', 'Vorgabe', 'Bedeutung'], ['---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function run(args: readonly string[]): number {
  const text = readFileSync(handbook, 'utf8');
  const updated = withSettings(text);
  if (updated === undefined) {
    console.error(`In ${handbook} fehlen die Marken „${begin}“ und „${end}“.`);
    return 2;
  }
  if (updated === text) {
    console.log(`Die Tabelle in ${handbook} ist aktuell.`);
    return 0;
  }
  if (args.includes('--pruefen')) {
    console.error(`Die Tabelle in ${handbook} ist veraltet: npm run config`);
    return 1;
  }
  writeFileSync(handbook, updated);
  console.log(`Die Tabelle in ${handbook} ist geschrieben.`);
  return 0;
}

if (require.main === module) process.exitCode = run(process.argv.slice(2));
