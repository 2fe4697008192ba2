/**
 * Builds what the service runs: src and dialogs to dist/ (one file each, CommonJS), the widget to dist/widget/ (bundled, hashed by the server).
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

const widgetEntries = ['src/widget/launcher.ts', 'src/widget/chat.ts', 'src/widget/page.ts', 'src/widget/generator.ts'].filter((path) => existsSync(path));
await build({
  entryPoints: widgetEntries,
  outdir: 'dist/widget',
  bundle: true,
  minify: true,
  platform: 'browser',
  target: ['es2020'],
  format: 'iife',
  logLevel: 'warning',
});
