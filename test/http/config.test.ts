/**
 * Settings: complete, frozen, all problems at once, secrets never shown, and closed where the world could get in.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobAccess, parseConfig, settingRows, storageKind, withSecretFiles } from '../../src/config';
import { LotseError } from '../../src/errors';

const appId = '11111111-2222-4333-8444-555555555555';
const production = {
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  PUBLIC_URL: 'https://chat.example.de',
  MicrosoftAppId: appId,
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppTenantId: appId,
};

function problemsOf(env: Readonly<Record<string, string>>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof LotseError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return '';
}

it('needs nothing for development and stays on this machine', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({
    HOST: '127.0.0.1',
    KNOWLEDGE_DIR: 'knowledge',
    DATA_DIR: '.data',
    MAX_TEXT_CHARS: 1000,
    IDLE_MINUTES: 60,
  });
  expect(config.PORT).toBeUndefined();
  expect(Object.isFrozen(config)).toBe(true);
});

it('takes a complete production', () => {
  expect(problemsOf(production)).toBe('');
  expect(problemsOf({ NODE_ENV: 'production', AZURE_BOT: 'off' })).toBe('');
});

it.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ['production without an app id', { NODE_ENV: 'production' }, /MicrosoftAppId: fehlt/],
  ['an open address without an app id', { HOST: '0.0.0.0' }, /HOST: ohne MicrosoftAppId/],
  ['production in memory', { ...production, STORAGE: 'memory' }, /STORAGE: memory/],
  ['an open production without its own address', { ...production, PUBLIC_URL: '' }, /PUBLIC_URL: fehlt/],
  [
    'an app id without a secret',
    { MicrosoftAppId: appId, MicrosoftAppType: 'MultiTenant' },
    /MicrosoftAppPassword: fehlt/,
  ],
  ['PostgreSQL without an address', { STORAGE: 'postgres' }, /DATABASE_URL: fehlt/],
  ['Azure Blob without an account', { STORAGE: 'blob' }, /BLOB_URL: fehlt/],
  [
    'two ways into Azure Blob',
    { BLOB_URL: 'https://konto.blob.core.windows.net', BLOB_CONNECTION: 'UseDevelopmentStorage=true' },
    /BLOB_URL: und BLOB_CONNECTION/,
  ],
  [
    'a key in the address of a storage account',
    { BLOB_URL: 'https://konto.blob.core.windows.net/lotse?sig=geheim' },
    /BLOB_URL: Adresse .* ohne Schlüssel/,
  ],
  ['a container that Azure would not take', { BLOB_CONTAINER: 'Lotse' }, /BLOB_CONTAINER: /],
  ['a port that is none', { PORT: '70000' }, /PORT: /],
  ['a number that is none', { MAX_SOCKETS: 'many' }, /MAX_SOCKETS: /],
  ['an origin with a path', { ALLOWED_ORIGINS: 'https://www.example.de/seite' }, /ALLOWED_ORIGINS: /],
  ['a star as origin', { ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS: /],
  ['a proxy that is no address', { TRUSTED_PROXIES: 'proxy.local' }, /TRUSTED_PROXIES: /],
  ['a short secret', { DIRECT_LINE_SECRET: 'short' }, /DIRECT_LINE_SECRET: mindestens 32/],
])('refuses %s', (_, env, message) => {
  expect(problemsOf(env)).toMatch(message);
});

it('names all problems at once and no secret', () => {
  const problems = problemsOf({
    PORT: 'x',
    DIRECT_LINE_SECRET: 'geheim',
    DATABASE_URL: 'mysql://root:passwort@db',
    BLOB_CONNECTION: 'passwort',
    LOG_LEVEL: 'loud',
  });
  expect(problems.split('\n')).toHaveLength(6);
  expect(problems).not.toMatch(/geheim|passwort/);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ['level', {}],
  ['postgres', { DATABASE_URL: 'postgres://db/lotse', BLOB_URL: 'https://konto.blob.core.windows.net' }],
  ['blob', { BLOB_URL: 'https://konto.blob.core.windows.net' }],
  ['blob', { BLOB_CONNECTION: 'UseDevelopmentStorage=true' }],
  ['level', { BLOB_CONNECTION: 'UseDevelopmentStorage=true', STORAGE: 'level' }],
])('takes %s as the storage with %j', (kind, env) => {
  expect(storageKind(parseConfig(env))).toBe(kind);
});

it('signs in at Azure Blob with the identity it is told, with that of the bot, or with that of the system', () => {
  const url = 'https://konto.blob.core.windows.net';
  const bot = { MicrosoftAppId: appId, MicrosoftAppTenantId: appId, MicrosoftAppType: 'UserAssignedMSI' };
  const other = '99999999-2222-4333-8444-555555555555';
  expect(blobAccess(parseConfig({ BLOB_URL: url }))).toEqual({ kind: 'identity', url });
  expect(blobAccess(parseConfig({ BLOB_URL: url, ...bot }))).toEqual({ kind: 'identity', url, clientId: appId });
  expect(blobAccess(parseConfig({ BLOB_URL: url, ...bot, BLOB_IDENTITY: other }))).toMatchObject({ clientId: other });
  expect(() => blobAccess(parseConfig({}))).toThrow(/BLOB_URL: fehlt/);
});

it('describes every setting for docs/betrieb.md', () => {
  const rows = settingRows();
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) expect(row.meaning).toMatch(/.{10,}/);
  expect(rows.find(({ name }) => name === 'PORT')?.fallback).toBe('');
  expect(rows.find(({ name }) => name === 'HEADERS_TIMEOUT_MS')?.fallback).toBe('10000');
  expect(rows.filter(({ secret }) => secret).map(({ name }) => name)).toContain('MicrosoftAppPassword');
});

it('names in .env.example only settings that exist', () => {
  const known = new Set(settingRows().map(({ name }) => name));
  const named = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Za-z_]+)=/gm)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

it('takes a secret from a file, refuses one given twice, and names every file that cannot be read', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lotse-secret-')), 'token');
  writeFileSync(file, 'sixteen-characters\n');
  expect(parseConfig(withSecretFiles({ METRICS_TOKEN_FILE: file })).METRICS_TOKEN).toBe('sixteen-characters');
  expect(() => withSecretFiles({ METRICS_TOKEN_FILE: file, METRICS_TOKEN: 'another' })).toThrow('nur eines geht');
  expect(() => withSecretFiles({ METRICS_TOKEN_FILE: '/a/b', DATABASE_URL_FILE: '/c/d' })).toThrow(
    /DATABASE_URL_FILE[\s\S]*METRICS_TOKEN_FILE/,
  );
  // Only secrets come from files: a setting that is none is not read.
  expect(withSecretFiles({ PUBLIC_URL_FILE: file })['PUBLIC_URL']).toBeUndefined();
});
