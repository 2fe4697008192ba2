/**
 * Builds dist/widget/: the chat under a name with its content's hash, then the small scripts that load it by that name, the pages, and a brotli copy of each.
 * manifest.json lists every file with its sizes.
 */
import { build } from 'esbuild';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { parse } from 'yaml';

const from = 'src/widget';
const to = 'dist/widget';
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });

const bundle = (entry, options = {}) =>
  build({
    entryPoints: [join(from, entry)],
    outdir: to,
    bundle: true,
    minify: true,
    charset: 'utf8',
    platform: 'browser',
    target: ['es2020'],
    format: 'iife',
    logLevel: 'warning',
    metafile: true,
    ...options,
  });

const chat = await bundle('chat.ts', { entryNames: '[name]-[hash]' });
const chatFile = basename(Object.keys(chat.metafile.outputs)[0]);
const page = await bundle('page.ts', { entryNames: '[name]-[hash]' });
const pageFile = basename(Object.keys(page.metafile.outputs)[0]);
await bundle('launcher.ts', { define: { CHAT_FILE: JSON.stringify(chatFile) } });
await bundle('generator.ts');

for (const name of readdirSync(from).filter((each) => /\.(html|css)$/.test(each)))
  writeFileSync(
    join(to, name),
    readFileSync(join(from, name), 'utf8').replaceAll('{{chat}}', chatFile).replaceAll('{{page}}', pageFile),
  );

const jobcenters = readdirSync('knowledge/jobcenter')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parse(readFileSync(join('knowledge/jobcenter', name), 'utf8')))
  .flat()
  .map(({ id, name }) => ({ id, name }))
  .sort((a, b) => a.name.localeCompare(b.name, 'de'));
writeFileSync(join(to, 'jobcenter.json'), JSON.stringify(jobcenters));

const manifest = {};
for (const name of readdirSync(to).sort()) {
  const plain = readFileSync(join(to, name));
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(join(to, `${name}.br`), brotli);
  manifest[name] = { bytes: plain.length, brotli: brotli.length };
}
writeFileSync(join(to, 'manifest.json'), JSON.stringify({ chat: chatFile, files: manifest }, null, 2));
