/**
 * The widget and its pages, read into memory at start and served as they are: brotli where the browser takes it, a year's cache for hashed names.
 * Serves what it found at start and nothing else; a path never reaches the file system.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface StaticFile {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
  readonly gzip: Buffer;
  readonly eTag: string;
  readonly cacheControl: string;
  readonly isPage: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

const immutable = 'public, max-age=31536000, immutable';
const short = 'public, max-age=300';

/** Files by URL path. `folder`: dist/widget, as scripts/buildWidget.mjs leaves it. */
export function loadStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => types[extname(name)] !== undefined) : [];
  for (const name of names) {
    files.set(`/widget/${name}`, readStatic(join(folder, name), cacheOf(name), join(folder, `${name}.br`)));
  }
  const alias = (path: string, name: string): void => {
    if (names.includes(name)) {
      files.set(path, readStatic(join(folder, name), cacheOf(name), join(folder, `${name}.br`)));
    }
  };
  // The embed line and the pages have addresses of their own, which stay.
  alias('/widget.js', 'launcher.js');
  alias('/generator.js', 'generator.js');
  alias('/page.css', 'page.css');
  alias('/', 'page.html');
  alias('/einbetten', 'generator.html');
  return files;
}

/** Pages name the hashed script of their build, so they are asked for again each time. */
function cacheOf(name: string): string {
  if (/-[0-9A-Z]{8}\.js$/.test(name)) return immutable;
  return name.endsWith('.html') ? 'no-cache' : short;
}

/**
 * The script of today for a name of yesterday: a launcher that a browser kept over a new release still finds its chat. Undefined for every other path.
 */
export function successorOf(path: string, files: ReadonlyMap<string, StaticFile>): StaticFile | undefined {
  const name = /^\/widget\/([a-z]+)-[0-9A-Z]{8}\.js$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  const current = [...files].find(([other]) => other.startsWith(`/widget/${name}-`));
  return current === undefined ? undefined : { ...current[1], cacheControl: 'no-store' };
}

function readStatic(path: string, cacheControl: string, compressedPath: string): StaticFile {
  const plain = readFileSync(path);
  const brotli = existsSync(compressedPath)
    ? readFileSync(compressedPath)
    : brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return {
    contentType: types[extname(path)] ?? 'application/octet-stream',
    plain,
    brotli,
    gzip: gzipSync(plain),
    eTag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    cacheControl,
    isPage: extname(path) === '.html',
  };
}
