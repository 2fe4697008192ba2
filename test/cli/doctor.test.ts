/**
 * The doctor: names every obstacle at once, says what to do, and leaves nothing behind.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, type Diagnosis, type Machine } from '../../src/cli/doctor';
import { parseConfig } from '../../src/config';
import { startAzurite } from '../support/azurite';
import { startPostgres, freePort } from '../support/postgres';

const healthy: Machine = { nodeVersion: 'v20.11.0', freeBytes: 4e9, totalBytes: 8e9, root: '/nowhere' };
const small = join('test', 'support', 'knowledge');
const folder = (): string => mkdtempSync(join(tmpdir(), 'lotse-doctor-'));

async function about(
  what: string,
  env: Readonly<Record<string, string>>,
  machine: Partial<Machine> = {},
): Promise<Diagnosis | undefined> {
  const found = await diagnose(parseConfig({ PORT: '0', DATA_DIR: folder(), KNOWLEDGE_DIR: small, ...env }), {
    ...healthy,
    ...machine,
  });
  return found.find((each) => each.what === what);
}

it('finds a fresh machine fit and leaves the data folder as it was', async () => {
  const dataDir = folder();
  const found = await diagnose(parseConfig({ PORT: '0', DATA_DIR: dataDir, KNOWLEDGE_DIR: small }), healthy);
  expect(found.filter(({ state }) => state === 'bad')).toEqual([]);
  expect(readdirSync(dataDir)).toEqual([]);
  const missing = join(dataDir, 'not', 'yet');
  expect((await about('Datenordner', { DATA_DIR: missing }))?.state).toBe('ok');
  expect(existsSync(missing)).toBe(false);
});

it('names a taken port', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await about('Port', { PORT: String(port) })).toMatchObject({ state: 'bad' });
  await new Promise((resolve) => server.close(resolve));
  expect(await about('Port', { PORT: String(port) })).toMatchObject({ state: 'ok' });
});

it('names a knowledge base that does not load, an old Node.js and little memory', async () => {
  const broken = folder();
  mkdirSync(join(broken, 'leistungen'));
  writeFileSync(join(broken, 'leistungen', 'a.yaml'), '- id: [');
  expect(await about('Wissensbasis', { KNOWLEDGE_DIR: broken })).toMatchObject({ state: 'bad' });
  expect(await about('Node.js', {}, { nodeVersion: 'v18.19.0' })).toMatchObject({ state: 'bad' });
  expect(await about('Arbeitsspeicher', {}, { freeBytes: 1e8 })).toMatchObject({ state: 'warn' });
});

it('points at a folder put aside, which may hold conversations', async () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, 'state.corrupt'));
  expect(await about('Datenordner', { DATA_DIR: dataDir })).toMatchObject({
    state: 'warn',
    says: expect.stringContaining('löschen') as string,
  });
});

it('tells a database that works from one that is not there, without its password', async () => {
  const server = await startPostgres();
  try {
    expect(await about('Datenbank', { DATABASE_URL: await server.createDatabase() })).toMatchObject({ state: 'ok' });
  } finally {
    await server.stop();
  }
  const gone = await about('Datenbank', {
    DATABASE_URL: `postgres://lotse:geheim@127.0.0.1:${await freePort()}/lotse`,
  });
  expect(gone).toMatchObject({ state: 'bad', says: expect.stringContaining('ECONNREFUSED') as string });
  expect(JSON.stringify(gone)).not.toContain('geheim');
}, 60_000);

it('tells a storage account that works from one that anybody can read and one that is not there, without its key', async () => {
  const azurite = await startAzurite();
  const env = { STORAGE: 'blob', BLOB_CONNECTION: azurite.connection(), BLOB_CONTAINER: 'doctor' };
  try {
    expect(await about('Azure Blob', env)).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/angelegt/) as string,
    });
    const container = azurite.container('doctor');
    await container.create();
    expect(await about('Azure Blob', env)).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/beschreibbar/) as string,
    });
    for await (const { name } of container.listBlobsFlat()) expect(name).toBe('nothing is left');
    await container.setAccessPolicy('blob');
    expect(await about('Azure Blob', env)).toMatchObject({
      state: 'bad',
      says: expect.stringMatching(/öffentlich/) as string,
    });
  } finally {
    await azurite.stop();
  }
  const gone = await about('Azure Blob', env);
  expect(gone).toMatchObject({ state: 'bad', says: expect.stringMatching(/ECONNREFUSED/) as string });
  expect(JSON.stringify(gone)).not.toMatch(/Eby8vdM02/);
}, 20_000);

it('says in production what citizens would notice: no https, no proxy, no website', async () => {
  const production = { NODE_ENV: 'production', AZURE_BOT: 'off' };
  const says = async (env: Readonly<Record<string, string>>): Promise<string> =>
    (await about('Betriebsart', { ...production, ...env }))?.says ?? '';
  const https = { PUBLIC_URL: 'https://chat.example.de' };
  expect(await says({ PUBLIC_URL: 'http://chat.example.de' })).toContain('https');
  expect(await says(https)).toContain('TRUSTED_PROXIES');
  expect(await says({ ...https, TRUSTED_PROXIES: '10.0.0.0/8' })).toContain('ALLOWED_ORIGINS');
  expect(await says({ ...https, TRUSTED_PROXIES: '10.0.0.0/8', ALLOWED_ORIGINS: 'https://a.example.de' })).toBe(
    'production',
  );
});
