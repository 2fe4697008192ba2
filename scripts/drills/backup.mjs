/**
 * `npm run build && npm run drill:backup`: a conversation, a backup, an empty installation, the backup restored into it, and the same conversation goes on.
 * Once with the embedded storage (folder copied), once with PostgreSQL (pg_dump, pg_restore; server and tools of this machine).
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { ask, check, log, openConversation, startService, tell, temporaryFolder } from './parts.mjs';

// As CommonJS, which the tests' helpers are.
const load = createRequire(import.meta.url);
const { startEmbedded } = load('../../test/support/postgres.ts');

/** First half: what is backed up. The second question makes sense only to who remembers the first. */
async function converse(service) {
  const conversation = await openConversation(service.base);
  const first = await ask(service.base, conversation, 'Ich wohne in Essen');
  tell(`      gefragt: „Ich wohne in Essen“, geantwortet: „${first.split('\n')[0].slice(0, 70)}“`);
  return { conversation, said: await log(service.base, conversation) };
}

/** Second half, on the restored installation. */
async function goOn(service, { conversation, said }) {
  const restored = await log(service.base, conversation);
  check(
    `alle ${said.length} Nachrichten sind wieder da`,
    said.every(({ id, text }) => restored.some((other) => other.id === id && other.text === text)),
  );
  const answer = await ask(service.base, conversation, 'zurück');
  check('das Gespräch geht weiter (das Token gilt noch)', answer !== '');
  const later = await ask(service.base, conversation, 'Welche Aktionen gab es 2019?');
  check('es weiß noch, dass es um Essen geht', later.includes('Essen'));
}

async function embedded() {
  tell('Eingebetteter Speicher');
  const [folder, copy, fresh] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const before = await startService({ STORAGE: 'level', DATA_DIR: folder });
  const memory = await converse(before);
  await before.end('SIGTERM');
  cpSync(folder, copy, { recursive: true });
  tell(`      Dienst beendet, Ordner kopiert (${readdirSync(join(copy, 'state')).length} Dateien)`);

  const empty = await startService({ STORAGE: 'level', DATA_DIR: fresh });
  const missing = await log(empty.base, memory.conversation).then(
    () => false,
    () => true,
  );
  check('eine leere Installation kennt das Gespräch nicht', missing);
  await empty.end('SIGTERM');

  const restoredTo = temporaryFolder();
  cpSync(copy, restoredTo, { recursive: true });
  const after = await startService({ STORAGE: 'level', DATA_DIR: restoredTo });
  await goOn(after, memory);
  await after.end('SIGTERM');
}

async function postgres() {
  tell('PostgreSQL');
  const server = await startEmbedded();
  try {
    const [source, target] = [await server.createDatabase(), await server.createDatabase()];
    const before = await startService({ STORAGE: 'postgres', DATABASE_URL: source, DATA_DIR: temporaryFolder() });
    const memory = await converse(before);
    const dump = join(temporaryFolder(), 'lotse.dump');
    dumpAndRestore(source, target, dump);
    tell('      im laufenden Betrieb gesichert, in eine leere Datenbank eingespielt');
    await before.end('SIGTERM');
    const after = await startService({ STORAGE: 'postgres', DATABASE_URL: target, DATA_DIR: temporaryFolder() });
    await goOn(after, memory);
    await after.end('SIGTERM');
  } finally {
    await server.stop();
  }
}

function dumpAndRestore(source, target, dump) {
  execFileSync(join(tools, 'pg_dump'), ['--format=custom', `--file=${dump}`, source], { stdio: 'pipe' });
  execFileSync(join(tools, 'pg_restore'), ['--no-owner', `--dbname=${target}`, dump], { stdio: 'pipe' });
}

/** pg_dump refuses a server newer than itself, and the tests' package has a server but no pg_dump: so both come from one installation of the machine. */
function findTools() {
  const root = '/usr/lib/postgresql';
  const folders = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
  return folders
    .map((version) => join(root, version, 'bin'))
    .find((folder) => ['postgres', 'initdb', 'pg_dump', 'pg_restore'].every((name) => existsSync(join(folder, name))));
}

const tools = findTools();
await embedded();
if (tools === undefined)
  check('PostgreSQL: auf diesem Rechner fehlt es (apt-get install postgresql); nicht vorgeführt', false);
else {
  process.env.POSTGRES_BINARIES = tools;
  await postgres();
}
