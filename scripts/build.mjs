/**
 * Builds what the service runs: src and dialogs to dist/ (one file each, CommonJS), the widget to dist/widget/ (buildWidget.mjs).
 */
import { build } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const sources = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.d.ts'))
    .map((file) => join(file.parentPath ?? file.path, file.name))
    .filter((path) => !path.startsWith(join('src', 'widget')));

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: [...sources('src'), ...sources('dialogs')],
  outdir: 'dist',
  outbase: '.',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  logLevel: 'warning',
});

await import('./buildWidget.mjs');
