/**
 * `npm run doctor`: checks this machine and this installation with the settings of the environment, and says in German what to do.
 * Ends with 1 when something keeps the service from working. Starts nothing, writes nothing but a probe file that it removes; prints no secret.
 */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { freemem, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import { blobAccess, parseConfig, readConfig, storageKind, type Config } from '../config';
import { LotseError } from '../errors';
import { loadKnowledge } from '../knowledge/load';
import { modelVersion } from '../knowledge/modelFile';
import { examineContainer } from '../storage/blob/examine';

/** `bad` keeps the service from working, `warn` does not. */
export interface Diagnosis {
  readonly state: 'ok' | 'warn' | 'bad';
  readonly what: string;
  /** What is the case, and for `warn` and `bad` what to do. */
  readonly says: string;
}

export interface Machine {
  readonly nodeVersion: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** Where dist is. */
  readonly root: string;
}

type Check = (config: Config, machine: Machine) => Diagnosis | Promise<Diagnosis>;

const mebibyte = 1024 * 1024;
/** The process with its knowledge base; the limit of the templates is twice that. */
const neededMemoryBytes = 256 * mebibyte;
const neededDiskBytes = 200 * mebibyte;
const allowedClockDriftMs = 60_000;
const minNode = 20;
const minPostgres = 14;

const ok = (what: string, says: string): Diagnosis => ({ state: 'ok', what, says });
const warn = (what: string, says: string): Diagnosis => ({ state: 'warn', what, says });
const bad = (what: string, says: string): Diagnosis => ({ state: 'bad', what, says });

/** Every check, whatever the others found. */
export async function diagnose(config: Config, machine: Machine): Promise<readonly Diagnosis[]> {
  const checks: readonly Check[] = [
    nodeVersion,
    memory,
    build,
    port,
    knowledge,
    model,
    dataFolder,
    database,
    blob,
    appId,
    secrets,
    publicAddress,
  ];
  return Promise.all(checks.map((check) => Promise.resolve(check(config, machine))));
}

const nodeVersion: Check = (_, { nodeVersion: version }) => {
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  return major >= minNode
    ? ok('Node.js', version)
    : bad('Node.js', `${version} ist zu alt. Version ${minNode} oder neuer installieren.`);
};

const memory: Check = (_, { freeBytes, totalBytes }) => {
  const free = `${Math.round(freeBytes / mebibyte)} von ${Math.round(totalBytes / mebibyte)} MB frei`;
  return freeBytes >= neededMemoryBytes
    ? ok('Arbeitsspeicher', free)
    : warn('Arbeitsspeicher', `${free}; der Dienst braucht etwa 256 MB. Anderes beenden oder Speicher erweitern.`);
};

const build: Check = (_, { root }) =>
  existsSync(join(root, 'dist', 'src', 'main.js')) && existsSync(join(root, 'dist', 'widget'))
    ? ok('Programm', 'gebaut')
    : warn('Programm', 'Noch nicht gebaut. „npm run build“ ausführen; „npm start“ tut das von selbst.');

const port: Check = async ({ PORT, HOST }) => {
  const wanted = PORT ?? 3978;
  const failure = await listens(wanted, HOST);
  if (failure === undefined) return ok('Port', `${HOST}:${wanted} ist frei`);
  if (failure === 'EADDRINUSE')
    return PORT === undefined
      ? ok('Port', `${wanted} ist belegt (läuft der Dienst schon?); ohne PORT wird der nächste freie genommen`)
      : bad('Port', `${HOST}:${wanted} ist belegt. Läuft der Dienst schon? Sonst PORT ändern.`);
  return bad('Port', `An ${HOST}:${wanted} lässt sich nicht lauschen (${failure}). HOST und PORT prüfen.`);
};

const knowledge: Check = ({ KNOWLEDGE_DIR }) => {
  const { knowledge: base, findings } = loadKnowledge(KNOWLEDGE_DIR);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return base === undefined
    ? bad('Wissensbasis', `${KNOWLEDGE_DIR}: ${errors} Fehler. „npm run check“ nennt jeden mit Datei und Zeile.`)
    : ok(
        'Wissensbasis',
        `${base.entries.length} Themen, ${base.events.length} Aktionen, ${base.jobcenters.length} Jobcenter`,
      );
};

const model: Check = ({ KNOWLEDGE_DIR }) =>
  modelVersion(KNOWLEDGE_DIR) !== ''
    ? ok('Modell', 'gelernt')
    : warn('Modell', 'Fehlt; der Dienst lernt dann bei jedem Start neu (Sekunden). „npm run train“ legt es an.');

const dataFolder: Check = ({ DATA_DIR, ...config }) => {
  if (storageKind(config) !== 'level') return ok('Datenordner', `nur für Statistik und Lernen: ${resolve(DATA_DIR)}`);
  const folder = resolve(DATA_DIR);
  const exists = existsSync(folder);
  try {
    const target = exists ? folder : nearestFolder(folder);
    if (exists) {
      const probe = join(target, `.doctor-${randomBytes(4).toString('hex')}`);
      writeFileSync(probe, '');
      rmSync(probe);
    } else accessSync(target, constants.W_OK);
    const { bavail, bsize } = statfsSync(target);
    if (bavail * bsize < neededDiskBytes)
      return warn('Datenordner', `${folder}: nur ${Math.round((bavail * bsize) / mebibyte)} MB frei. Platz schaffen.`);
    if (existsSync(join(folder, 'state.corrupt')))
      return warn(
        'Datenordner',
        `${join(folder, 'state.corrupt')} wurde beschädigt beiseitegelegt und kann Gesprächsdaten enthalten. Ansehen, dann löschen.`,
      );
    return ok('Datenordner', exists ? folder : `${folder} (wird beim Start angelegt)`);
  } catch {
    return bad('Datenordner', `In ${folder} darf nicht geschrieben werden. Rechte ändern oder DATA_DIR setzen.`);
  }
};

/** One connection answers three questions: reachable, good enough, and whether the two clocks agree. */
const database: Check = async ({ DATABASE_URL, ...config }) => {
  if (storageKind({ DATABASE_URL, ...config }) !== 'postgres' || DATABASE_URL === undefined)
    return ok('Datenbank', 'keine (anderer Speicher, eine Instanz)');
  const client = new Client({
    connectionString: DATABASE_URL,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
    application_name: 'jobcenter-lotse doctor',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const before = Date.now();
    const { rows } = await client.query<{ version: string; encoding: string; now_ms: string; readonly: string }>(
      `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
              (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms, current_setting('transaction_read_only') AS readonly`,
    );
    const row = rows[0];
    if (row === undefined) return bad('Datenbank', 'Die Datenbank antwortet nicht, wie sie soll.');
    const major = Math.floor(Number(row.version) / 10_000);
    const drift = Math.abs(Number(row.now_ms) - before);
    if (major < minPostgres)
      return bad('Datenbank', `PostgreSQL ${major} ist zu alt; nötig ist ${minPostgres} oder neuer.`);
    if (row.encoding !== 'UTF8')
      return bad('Datenbank', `Kodierung ${row.encoding}; nötig ist eine Datenbank mit UTF8.`);
    if (row.readonly === 'on')
      return bad('Datenbank', 'Nur lesbar (Replikat?). DATABASE_URL muss auf den Hauptserver zeigen.');
    if (drift > allowedClockDriftMs)
      return warn(
        'Datenbank',
        `Die Uhr weicht ${Math.round(drift / 1000)} s von der des Dienstes ab. Zeitdienst (NTP) prüfen.`,
      );
    return ok('Datenbank', `PostgreSQL ${major}, UTF8, Uhren einig`);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'keine Antwort';
    return bad(
      'Datenbank',
      `Nicht erreichbar (${code}). Server, Netz und DATABASE_URL prüfen; kein Pooler dazwischen.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
};

const blob: Check = async (config) => {
  const what = 'Azure Blob';
  if (storageKind(config) !== 'blob') return ok(what, 'nicht der Speicher');
  const name = config.BLOB_CONTAINER;
  try {
    const nowMs = Date.now();
    const found = await examineContainer(blobAccess(config), name, nowMs);
    if (!found.exists) return ok(what, `Konto erreichbar; der Container ${name} wird beim Start angelegt`);
    if (found.isPublic)
      return bad(what, `Der Container ${name} ist öffentlich lesbar. Den anonymen Zugriff abschalten.`);
    if (found.keepsDeleted)
      return warn(
        what,
        'Das Konto behält Gelöschtes. Vorläufiges Löschen für Blobs und die Versionsverwaltung abschalten, sonst ist nichts wirklich gelöscht.',
      );
    if (found.corrupt > 0)
      return warn(
        what,
        `${found.corrupt} Blob(s) in ${name} wurden beschädigt beiseitegelegt (corrupt in manifest.json) und können Gesprächsdaten enthalten. Ansehen, dann löschen.`,
      );
    const drift = Math.abs(found.clockDriftMs ?? 0);
    if (drift > allowedClockDriftMs)
      return warn(what, `Die Uhr weicht ${Math.round(drift / 1000)} s von der des Kontos ab. Zeitdienst (NTP) prüfen.`);
    return ok(what, `Container ${name} beschreibbar${found.isOwned ? '; ein Dienst benutzt ihn gerade' : ''}`);
  } catch (error) {
    return bad(
      what,
      `Nicht benutzbar (${blobFailure(error)}). Netz, BLOB_URL oder BLOB_CONNECTION prüfen; die Identität braucht die Rolle „Mitwirkender an Storage-Blobdaten“.`,
    );
  }
};

/** What the service said (`AuthorizationFailure`), else the status, else what the network said. */
function blobFailure(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'keine Antwort';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('statusCode' in error && typeof error.statusCode === 'number') return String(error.statusCode);
  return 'keine Antwort';
}

const appId: Check = ({ AZURE_BOT, MicrosoftAppId, TEAMS_TENANTS, NODE_ENV }) => {
  if (AZURE_BOT === 'off') return ok('Azure Bot', 'abgeschaltet');
  if (MicrosoftAppId === undefined)
    return NODE_ENV === 'production'
      ? bad('Azure Bot', 'MicrosoftAppId fehlt. Setzen, oder AZURE_BOT=off.')
      : ok('Azure Bot', 'ohne App-ID: nur für Werkzeuge auf diesem Rechner');
  return TEAMS_TENANTS.length === 0
    ? warn('Azure Bot', 'App-ID gesetzt, aber TEAMS_TENANTS ist leer: In Teams antwortet der Dienst niemandem.')
    : ok('Azure Bot', `App-ID gesetzt, ${TEAMS_TENANTS.length} Mandant(en) in Teams`);
};

const secrets: Check = ({ DIRECT_LINE_SECRET, DIRECT_LINE_SECRET_PREVIOUS, DIRECT_LINE }) => {
  if (DIRECT_LINE === 'off') return ok('Schlüssel', 'der Chat auf der Website ist abgeschaltet');
  if (DIRECT_LINE_SECRET === undefined) return ok('Schlüssel', 'wird erzeugt und im Speicher abgelegt');
  return DIRECT_LINE_SECRET === DIRECT_LINE_SECRET_PREVIOUS
    ? warn('Schlüssel', 'DIRECT_LINE_SECRET und DIRECT_LINE_SECRET_PREVIOUS sind gleich: Gewechselt ist nichts.')
    : ok('Schlüssel', 'gesetzt');
};

const publicAddress: Check = ({ NODE_ENV, PUBLIC_URL, TRUSTED_PROXIES, ALLOWED_ORIGINS }) => {
  if (NODE_ENV !== 'production')
    return ok('Betriebsart', `${NODE_ENV}: nur zum Ausprobieren. Im Betrieb NODE_ENV=production.`);
  if (PUBLIC_URL?.startsWith('http://') === true)
    return warn('Betriebsart', 'PUBLIC_URL beginnt mit http://. Bürgerinnen und Bürger nur über https bedienen.');
  if (TRUSTED_PROXIES.length === 0)
    return warn(
      'Betriebsart',
      'TRUSTED_PROXIES ist leer: Hinter einem Proxy teilen sich alle eine Adresse und deren Grenzen.',
    );
  if (ALLOWED_ORIGINS.length === 0)
    return warn('Betriebsart', 'ALLOWED_ORIGINS ist leer: Keine andere Website darf den Chat einbetten.');
  return ok('Betriebsart', 'production');
};

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** The error's code, or undefined when the port can be had. */
function listens(portNumber: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      done(error.code ?? 'unbekannt');
    });
    server.listen(portNumber, host, () => {
      server.close(() => {
        done(undefined);
      });
    });
  });
}

const marks = { ok: 'gut  ', warn: 'achte', bad: 'FEHLT' } as const;

async function run(): Promise<number> {
  const machine: Machine = {
    nodeVersion: process.version,
    freeBytes: freemem(),
    totalBytes: totalmem(),
    root: process.cwd(),
  };
  let config: Config;
  let invalid: string | undefined;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof LotseError)) throw error;
    // The rest is still worth knowing: with the settings of a fresh installation.
    invalid = error.message;
    config = parseConfig({});
  }
  const found = await diagnose(config, machine);
  if (invalid !== undefined)
    console.log(`${marks.bad}  ${invalid}\n       Das Übrige ist ohne Ihre Einstellungen geprüft.`);
  for (const { state, what, says } of found) console.log(`${marks[state]}  ${what}: ${says}`);
  const count = found.filter(({ state }) => state === 'bad').length + (invalid === undefined ? 0 : 1);
  console.log(count === 0 ? '\nDer Dienst kann starten.' : `\n${count} Hindernis(se). Erst beheben, dann starten.`);
  return count === 0 ? 0 : 1;
}

if (require.main === module)
  void run().then((code) => {
    process.exitCode = code;
  });
