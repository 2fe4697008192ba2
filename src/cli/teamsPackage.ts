/**
 * `npm run teams:package -- --app-id GUID --host chat.example.de --operator "Jobcenter Beispiel" --privacy https://… --terms https://…`
 * Builds the zip that a Teams administrator uploads. Sends nothing anywhere.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { factsSchema, fillManifest } from './teamsPackage/manifest';
import { colourIcon, outlineIcon } from './teamsPackage/png';
import { zip } from './teamsPackage/zip';

const template = join(__dirname, '../../deploymentTemplates/teams/manifest.json');

const { values } = parseArgs({
  options: {
    'app-id': { type: 'string', default: '' },
    host: { type: 'string', default: '' },
    operator: { type: 'string', default: '' },
    privacy: { type: 'string', default: '' },
    terms: { type: 'string', default: '' },
    version: { type: 'string', default: '1.0.0' },
    out: { type: 'string', default: 'dist/teams/jobcenter-lotse.zip' },
  },
});
const facts = factsSchema.safeParse({
  appId: values['app-id'],
  host: values.host,
  operator: values.operator,
  privacyUrl: values.privacy,
  termsUrl: values.terms,
  version: values.version,
});
if (facts.success) {
  const manifest = fillManifest(readFileSync(template, 'utf8'), facts.data);
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(
    values.out,
    zip([
      ['manifest.json', Buffer.from(manifest, 'utf8')],
      ['color.png', colourIcon()],
      ['outline.png', outlineIcon()],
    ]),
  );
  console.log(`${values.out} geschrieben. In Teams: Apps → Apps verwalten → App hochladen.`);
} else {
  console.error(facts.error.issues.map(({ message }) => message).join('\n'));
  process.exitCode = 1;
}
