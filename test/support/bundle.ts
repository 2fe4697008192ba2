/** Sources as they are, bundled into programs that start as fast as in production; below node_modules, so that packages are found from there. */
import { buildSync } from 'esbuild';
import { join } from 'node:path';

/** The folder of `<name>.cjs` for every source. */
export function bundle(purpose: string, sources: readonly string[]): string {
  const folder = join('node_modules', '.cache', purpose, String(process.pid));
  buildSync({
    entryPoints: [...sources],
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  return folder;
}
