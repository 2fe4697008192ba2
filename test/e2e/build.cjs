/** The browser tests look at what is built; where nothing is, it is built first. */
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

module.exports = () => {
  const root = join(__dirname, '..', '..');
  const built = ['dist/src/main.js', 'dist/widget/manifest.json'].every((path) => existsSync(join(root, path)));
  if (!built) execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
};
