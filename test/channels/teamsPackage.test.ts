/** The Teams app package is what Teams accepts: the manifest passes Microsoft's own schema, the icons have the sizes asked for. */
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync, inflateSync } from 'node:zlib';

// Wide enough for a machine that runs everything at once.
jest.setTimeout(30_000);

const root = join(__dirname, '../..');
const schemaPath = join(
  root,
  'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
);
const facts = {
  '--app-id': '11111111-2222-4333-8444-555555555555',
  '--host': 'chat.jobcenter-beispiel.de',
  '--operator': 'Jobcenter „Beispiel“',
  '--privacy': 'https://www.jobcenter-beispiel.de/datenschutz',
  '--terms': 'https://www.jobcenter-beispiel.de/nutzung',
};

const folder = mkdtempSync(join(tmpdir(), 'teams-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function build(changes: Partial<typeof facts> = {}): Buffer {
  const out = join(folder, 'app.zip');
  const args = Object.entries({ ...facts, ...changes }).flat();
  execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/teamsPackage.ts', ...args, '--out', out], {
    cwd: root,
    stdio: 'pipe',
  });
  return readFileSync(out);
}

/** Reads an archive by its directory at the end, as unpackers do. */
function unzip(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [size, nameLength, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const from = local + 30 + bytes.readUInt16LE(local + 26);
    files.set(name, inflateRawSync(bytes.subarray(from, from + size)));
    at += 46 + nameLength;
  }
  return files;
}

const archive = build();
const files = unzip(archive);
const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '{}') as Record<string, unknown>;

const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as object;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);
const problems = (value: unknown): readonly string[] => {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
};

it('holds the manifest and two icons, and the same bytes every time', () => {
  expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
  expect(build().equals(archive)).toBe(true);
});

it('has a manifest that passes the schema of version 1.25', () => {
  expect(problems(manifest)).toEqual([]);
  expect(manifest['manifestVersion']).toBe('1.25');
});

it('would not pass with a mistake in it', () => {
  expect(problems({ ...manifest, id: 'x' })).not.toEqual([]);
  expect(problems({ ...manifest, bots: [{ botId: facts['--app-id'], scopes: ['everywhere'] }] })).not.toEqual([]);
});

it('names the operator’s facts everywhere and leaves no placeholder', () => {
  const text = JSON.stringify(manifest);
  expect(text).not.toContain('{{');
  expect(manifest).toMatchObject({
    id: facts['--app-id'],
    developer: { name: facts['--operator'] },
    validDomains: [facts['--host']],
    bots: [{ botId: facts['--app-id'], scopes: ['personal'] }],
    composeExtensions: [{ botId: facts['--app-id'] }],
  });
});

it.each([
  ['color.png', 192],
  ['outline.png', 32],
])('%s is a PNG of %i pixels', (name, size) => {
  const png = files.get(name) ?? Buffer.alloc(0);
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});

it('the outline is white on transparent, as Teams asks', () => {
  const png = files.get('outline.png') ?? Buffer.alloc(0);
  const length = png.readUInt32BE(33);
  const pixels = inflateSync(png.subarray(41, 41 + length));
  let shown = 0;
  for (let y = 0; y < 32; y += 1)
    for (let x = 0; x < 32; x += 1) {
      const at = y * 129 + 1 + x * 4;
      if (pixels[at + 3] === 0) continue;
      shown += 1;
      expect([pixels[at], pixels[at + 1], pixels[at + 2]]).toEqual([255, 255, 255]);
    }
  expect(shown).toBeGreaterThan(100);
});

it.each([
  ['--app-id', 'lotse'],
  ['--host', 'https://chat.example.de'],
  ['--host', 'localhost'],
  ['--operator', ''],
  ['--privacy', 'http://www.example.de'],
  ['--terms', 'javascript:alert(1)'],
])('refuses %s %s', (name, value) => {
  expect(() => build({ [name]: value })).toThrow();
});
