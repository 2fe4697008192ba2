/**
 * The widget's files as the service hands them out: compressed, cached by what their names promise, found again after a release.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStaticFiles, successorOf } from '../../src/http/staticFiles';

const folder = mkdtempSync(join(tmpdir(), 'widget-'));
for (const [name, text] of [
  ['launcher.js', 'launcher'],
  ['chat-ABCD1234.js', 'chat of today'],
  ['page.html', '<!doctype html>'],
  ['generator.html', '<!doctype html>'],
  ['page.css', 'body{}'],
  ['secret.pem', 'no file of ours'],
] as const)
  writeFileSync(join(folder, name), text);

const files = loadStaticFiles(folder);

it('serves the pages and the embed line under their lasting addresses', () => {
  expect([...files.keys()].filter((path) => !path.startsWith('/widget/')).sort()).toEqual([
    '/',
    '/einbetten',
    '/page.css',
    '/widget.js',
  ]);
});

it('serves nothing it does not know the type of', () => {
  expect([...files.keys()].some((path) => path.includes('secret'))).toBe(false);
});

it.each([
  ['/widget/chat-ABCD1234.js', 'public, max-age=31536000, immutable'],
  ['/widget.js', 'public, max-age=300'],
  ['/', 'no-cache'],
])('lets browsers keep %s: %s', (path, cacheControl) => {
  expect(files.get(path)?.cacheControl).toBe(cacheControl);
});

it('gives a launcher of yesterday the chat of today, and keeps it out of caches', () => {
  expect(successorOf('/widget/chat-OLD12345.js', files)).toMatchObject({
    plain: Buffer.from('chat of today'),
    cacheControl: 'no-store',
  });
  expect(successorOf('/widget/other-OLD12345.js', files)).toBeUndefined();
  expect(successorOf('/widget/../../chat-OLD12345.js', files)).toBeUndefined();
});

it('starts without a built widget', () => {
  expect(loadStaticFiles(join(folder, 'nowhere')).size).toBe(0);
});
