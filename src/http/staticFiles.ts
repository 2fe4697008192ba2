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

/** Files by URL path. `folder`: dist/widget; `pagesFolder`: where page.html stands when the build has not copied it. */
export function loadStaticFiles(folder: string, pagesFolder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => types[extname(name)] !== undefined) : [];
  for (const name of names) {
    const hashed = /[.-][0-9A-Za-z]{8,}\.[a-z]+$/.test(name);
    files.set(
      `/widget/${name}`,
      readStatic(join(folder, name), hashed ? immutable : short, join(folder, `${name}.br`)),
    );
  }
  const alias = (path: string, ...candidates: readonly string[]): void => {
    const found = candidates.find((candidate) => existsSync(candidate));
    if (found !== undefined) files.set(path, readStatic(found, path.endsWith('.js') ? short : 'no-cache'));
  };
  alias('/widget.js', join(folder, 'widget.js'), join(folder, 'launcher.js'));
  alias('/page.js', join(folder, 'page.js'));
  alias('/generator.js', join(folder, 'generator.js'));
  alias('/page.css', join(folder, 'page.css'), join(pagesFolder, 'page.css'));
  alias('/', join(folder, 'page.html'), join(pagesFolder, 'page.html'));
  alias('/einbetten', join(folder, 'generator.html'), join(pagesFolder, 'generator.html'));
  return files;
}

function readStatic(path: string, cacheControl: string, compressedPath?: string): StaticFile {
  const plain = readFileSync(path);
  const brotli =
    compressedPath !== undefined && existsSync(compressedPath)
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
