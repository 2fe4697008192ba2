/**
 * Every setting of the service: read once, checked as a whole, frozen. The only file that reads `process.env`.
 * One table holds name, meaning and default; docs/betrieb.md is generated from it. All problems are reported together, secrets never printed.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { LotseError } from './errors';

interface Setting<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  /** German, for the operator. */
  readonly meaning: string;
  readonly secret?: true;
}

function setting<T extends z.ZodType>(schema: T, meaning: string, secret?: true): Setting<T> {
  return { schema, meaning, ...(secret === undefined ? {} : { secret }) };
}

const integer = (min: number, max: number, fallback: number): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[,\s]+/).filter((item) => item !== ''));
const secret = z.string().min(32, 'mindestens 32 Zeichen').optional();
const origin = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/i, 'Ursprung ohne Pfad, z. B. https://www.jobcenter-beispiel.de');

const settings = {
  NODE_ENV: setting(
    z.enum(['development', 'test', 'production']).default('development'),
    'Betriebsart; in `production` gelten die strengen Regeln.',
  ),
  HOST: setting(
    z.string().default('127.0.0.1'),
    'Adresse, an der der Dienst lauscht. Nach außen nur hinter einem Proxy mit TLS.',
  ),
  PORT: setting(
    z.coerce.number().int().min(0).max(65_535).optional(),
    'Port; ohne Angabe 3978 oder der nächste freie.',
  ),
  PUBLIC_URL: setting(origin.optional(), 'Öffentliche Adresse des Dienstes; in `production` mit offenem HOST nötig.'),
  TRUSTED_PROXIES: setting(
    list.refine((items) => items.every(isAddressRange), 'IP-Adressen oder Bereiche wie 10.0.0.0/8'),
    'Proxys, deren X-Forwarded-For und X-Forwarded-Proto gelten.',
  ),
  ALLOWED_ORIGINS: setting(
    z.string().default('').transform(split).pipe(z.array(origin)),
    'Websites, die den Chat einbetten dürfen.',
  ),
  KNOWLEDGE_DIR: setting(z.string().default('knowledge'), 'Ordner der Wissensbasis.'),
  KNOWLEDGE_RELOAD: setting(
    z.enum(['on', 'off']).default('on'),
    'Geänderte Wissensbasis im laufenden Betrieb übernehmen.',
  ),
  LEARNING: setting(
    z.enum(['on', 'off']).default('on'),
    'Unbeantwortete Fragen maskiert zählen; gezeigt wird nur, was fünf Gespräche gefragt haben.',
  ),
  STORAGE: setting(
    z.enum(['level', 'postgres', 'blob', 'memory']).optional(),
    'Speicher; ohne Angabe `postgres`, wenn DATABASE_URL gesetzt ist, `blob`, wenn BLOB_URL oder BLOB_CONNECTION gesetzt ist, sonst `level`.',
  ),
  DATA_DIR: setting(
    z.string().default('.data'),
    'Datenordner des eingebetteten Speichers; gehört genau einem Prozess.',
  ),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'beginnt mit postgres://')
      .optional(),
    'PostgreSQL für mehrere Instanzen.',
    true,
  ),
  BLOB_URL: setting(
    z
      .string()
      .regex(
        /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/[a-z0-9]+)\/?$/,
        'Adresse des Speicherkontos ohne Pfad und ohne Schlüssel, z. B. https://konto.blob.core.windows.net',
      )
      .optional(),
    'Azure-Speicherkonto, Anmeldung mit verwalteter Identität (kein Schlüssel).',
  ),
  BLOB_IDENTITY: setting(
    z.uuid('eine GUID').optional(),
    'Client-ID der verwalteten Identität zu BLOB_URL; ohne Angabe MicrosoftAppId bei UserAssignedMSI, sonst die Identität des Systems.',
  ),
  BLOB_CONNECTION: setting(
    z
      .string()
      .regex(
        /(AccountName|BlobEndpoint)=|^UseDevelopmentStorage=true/,
        'eine Verbindungszeichenfolge des Speicherkontos',
      )
      .optional(),
    'Verbindungszeichenfolge des Azure-Speicherkontos, statt BLOB_URL.',
    true,
  ),
  BLOB_CONTAINER: setting(
    z
      .string()
      .regex(/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, '3 bis 63 Kleinbuchstaben, Ziffern und einzelne Bindestriche')
      .default('jobcenter-lotse'),
    'Container im Azure-Speicherkonto; gehört genau einem Prozess und enthält sonst nichts.',
  ),
  DIRECT_LINE_SECRET: setting(
    secret,
    'Schlüssel der Chat-Token; ohne Angabe einmal erzeugt und im Speicher abgelegt.',
    true,
  ),
  DIRECT_LINE_SECRET_PREVIOUS: setting(secret, 'Voriger Schlüssel während eines Wechsels.', true),
  DIRECT_LINE: setting(z.enum(['on', 'off']).default('on'), 'Chat auf der Website.'),
  AZURE_BOT: setting(z.enum(['on', 'off']).default('on'), 'Zugang über Azure Bot Service (/api/messages).'),
  MicrosoftAppId: setting(
    z.uuid('eine GUID').optional(),
    'App-ID der Bot-Registrierung; ohne sie startet der Dienst in `production` nur mit AZURE_BOT=off.',
  ),
  MicrosoftAppType: setting(
    z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']).default('SingleTenant'),
    'Art der Bot-Registrierung.',
  ),
  MicrosoftAppPassword: setting(
    z.string().min(1).optional(),
    'Geheimnis der Bot-Registrierung; entfällt bei UserAssignedMSI.',
    true,
  ),
  MicrosoftAppTenantId: setting(z.uuid('eine GUID').optional(), 'Mandant der Bot-Registrierung.'),
  BOT_OPENID_METADATA: setting(
    z.url().optional(),
    'Andere Adresse der Schlüssel von Azure Bot Service (andere Cloud, Tests).',
  ),
  SERVICE_HOSTS: setting(
    z.string().default('smba.trafficmanager.net,.botframework.com,.teams.microsoft.com').transform(split),
    'Rechner, an die Antworten über Azure gehen dürfen; ein Punkt vorn schließt alle darunter ein.',
  ),
  TEAMS_TENANTS: setting(
    z
      .string()
      .default('')
      .transform((text) => split(text.toLowerCase())),
    'Mandanten, deren Beschäftigte den Dienst in Teams nutzen dürfen; leer: Teams ist aus.',
  ),
  AZURE_CHANNELS: setting(list, 'Weitere Kanäle über Azure für Bürgerinnen und Bürger, z. B. telegram, whatsapp.'),
  TELEGRAM_TOKEN: setting(z.string().min(20).optional(), 'Bot-Token für Telegram ohne Azure; leer: aus.', true),
  TELEGRAM_WEBHOOK_SECRET: setting(
    z
      .string()
      .regex(/^[\w-]{16,256}$/, '16 bis 256 Buchstaben, Ziffern, _ und -')
      .optional(),
    'Geheimnis im Kopf der Telegram-Aufrufe; ohne Angabe wird abgefragt statt empfangen (dann nur eine Instanz).',
    true,
  ),
  TELEGRAM_API_ROOT: setting(
    z.url().default('https://api.telegram.org'),
    'Andere Adresse der Telegram-Schnittstelle (eigener Bot-API-Server, Tests).',
  ),
  SWITCHES_FILE: setting(
    z.string().min(1).optional(),
    'Datei der Schalter; ohne Angabe `schalter.yaml` im Datenordner.',
  ),
  LOG_LEVEL: setting(
    z.enum(['info', 'warn', 'error', 'off']).optional(),
    'Ab welcher Stufe protokolliert wird (stderr); ohne Angabe `info` in `production`, sonst `warn`.',
  ),
  METRICS_TOKEN: setting(
    z.string().min(16).optional(),
    'Bearer-Token für /metrics; ohne Angabe nur vom selben Rechner.',
    true,
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    z.url().optional(),
    'Sammler für Spuren (OpenTelemetry, OTLP über HTTP), z. B. http://collector:4318; leer: keine Spuren.',
  ),
  MAX_TEXT_CHARS: setting(integer(50, 4_000, 1_000), 'Längste Nachricht in Zeichen.'),
  MAX_BODY_BYTES: setting(integer(10_000, 1_000_000, 262_144), 'Größte Anfrage in Byte.'),
  MAX_CONNECTIONS: setting(integer(10, 100_000, 12_000), 'Gleichzeitige Verbindungen.'),
  MAX_SOCKETS: setting(integer(1, 100_000, 10_000), 'Gleichzeitige Web-Sockets.'),
  MAX_CONVERSATIONS: setting(integer(1, 1_000_000, 20_000), 'Gleichzeitig offene Gespräche.'),
  MAX_LOG_ENTRIES: setting(integer(20, 10_000, 500), 'Aufbewahrte Nachrichten je Gespräch.'),
  MAX_TURNS_IN_FLIGHT: setting(
    integer(1, 10_000, 256),
    'Nachrichten, die zugleich bearbeitet werden oder warten; danach 503.',
  ),
  MAX_WAIT_MS: setting(
    integer(50, 60_000, 200),
    'Wartezeit auf die Antwort, ab der Neues abgewiesen wird; 50 Nachrichten auf einmal werden mit 200 immer angenommen.',
  ),
  MAX_LOOP_LAG_MS: setting(integer(20, 10_000, 200), 'Verzögerung der Ereignisschleife, ab der Neues abgewiesen wird.'),
  QUEUE_DEPTH: setting(integer(1, 1_000, 5), 'Wartende Nachrichten je Gespräch.'),
  MESSAGES_PER_SECOND: setting(integer(1, 10_000, 1), 'Nachrichten je Sekunde und Gespräch auf Dauer.'),
  MESSAGE_BURST: setting(integer(1, 10_000, 5), 'Nachrichten, die ein Gespräch auf einmal senden darf.'),
  MESSAGES_PER_MINUTE: setting(integer(1, 1_000_000, 60), 'Nachrichten je Minute und Adresse.'),
  STARTS_PER_MINUTE: setting(integer(1, 1_000_000, 10), 'Neue Gespräche je Minute und Adresse.'),
  IDLE_MINUTES: setting(integer(1, 1_440, 60), 'Stille, nach der ein Gespräch gelöscht wird.'),
  HEADERS_TIMEOUT_MS: setting(integer(100, 60_000, 10_000), 'Zeit für die Kopfzeilen einer Anfrage.'),
  REQUEST_TIMEOUT_MS: setting(integer(100, 120_000, 15_000), 'Zeit für eine ganze Anfrage.'),
  DRAIN_MS: setting(integer(0, 60_000, 8_000), 'Zeit zum Beenden laufender Gespräche beim Herunterfahren.'),
} as const satisfies Record<string, Setting>;

type Settings = typeof settings;
export type Config = { readonly [Name in keyof Settings]: z.output<Settings[Name]['schema']> };

/** One row of the settings table in docs/betrieb.md. */
export interface SettingRow {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly secret: boolean;
}

/** Throws `CONFIG_INVALID` with every problem at once, in German, without values of secrets. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const values = Object.entries<Setting>(settings).map(([name, { schema, ...rest }]) => {
    const raw = env[name];
    const result = schema.safeParse(raw === '' ? undefined : raw);
    if (!result.success)
      problems.push(
        `${name}: ${result.error.issues[0]?.message ?? 'ungültig'}${rest.secret === true ? '' : ` (steht auf „${raw ?? ''}“)`}`,
      );
    return [name, result.data] as const;
  });
  // Each value has passed its own schema; together they are the config.
  const config = Object.freeze(Object.fromEntries(values)) as Config;
  if (problems.length === 0) problems.push(...contradictions(config));
  if (problems.length > 0) throw invalid(problems);
  return config;
}

/** Which storage the settings ask for, said outright or by what it would connect to. */
export function storageKind(
  config: Pick<Config, 'STORAGE' | 'DATABASE_URL' | 'BLOB_URL' | 'BLOB_CONNECTION'>,
): NonNullable<Config['STORAGE']> {
  if (config.STORAGE !== undefined) return config.STORAGE;
  if (config.DATABASE_URL !== undefined) return 'postgres';
  return config.BLOB_URL !== undefined || config.BLOB_CONNECTION !== undefined ? 'blob' : 'level';
}

/** How to sign in at the Azure storage account. Throws `CONFIG_INVALID` without one. */
export function blobAccess(
  config: Pick<Config, 'BLOB_URL' | 'BLOB_CONNECTION' | 'BLOB_IDENTITY' | 'MicrosoftAppType' | 'MicrosoftAppId'>,
):
  | { readonly kind: 'connection'; readonly connection: string }
  | { readonly kind: 'identity'; readonly url: string; readonly clientId?: string } {
  if (config.BLOB_CONNECTION !== undefined) return { kind: 'connection', connection: config.BLOB_CONNECTION };
  if (config.BLOB_URL === undefined) throw invalid(['BLOB_URL: fehlt zu STORAGE=blob (oder BLOB_CONNECTION)']);
  const clientId =
    config.BLOB_IDENTITY ?? (config.MicrosoftAppType === 'UserAssignedMSI' ? config.MicrosoftAppId : undefined);
  return { kind: 'identity', url: config.BLOB_URL, ...(clientId === undefined ? {} : { clientId }) };
}

export function readConfig(): Config {
  return parseConfig(withSecretFiles(process.env));
}

/**
 * Where a secret is given as a file, as Docker and Kubernetes do (`DATABASE_URL_FILE=/run/secrets/database-url`), its content is the value.
 * Throws `CONFIG_INVALID` with every file that cannot be read; a secret that is given both ways is refused.
 */
export function withSecretFiles(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const problems: string[] = [];
  const secrets = Object.entries<Setting>(settings).filter(([, { secret: isSecret }]) => isSecret === true);
  const read = secrets.flatMap(([name]) => {
    const file = env[`${name}_FILE`] ?? '';
    if (file === '') return [];
    if ((env[name] ?? '') !== '') problems.push(`${name}: steht in der Umgebung und in ${name}_FILE; nur eines geht`);
    try {
      return [[name, readFileSync(file, 'utf8').trim()] as const];
    } catch {
      problems.push(`${name}_FILE: die Datei „${file}“ ist nicht lesbar`);
      return [];
    }
  });
  if (problems.length > 0) throw invalid(problems);
  return { ...env, ...Object.fromEntries(read) };
}

function invalid(problems: readonly string[]): LotseError {
  return new LotseError(
    'CONFIG_INVALID',
    `Die Einstellungen stimmen nicht:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  );
}

export function settingRows(): readonly SettingRow[] {
  return Object.entries<Setting>(settings).map(([name, { schema, meaning, secret: isSecret }]) => {
    const fallback = schema.safeParse(undefined);
    const value: unknown = fallback.success ? fallback.data : undefined;
    return {
      name,
      fallback: Array.isArray(value)
        ? value.join(',')
        : typeof value === 'string' || typeof value === 'number'
          ? String(value)
          : '',
      meaning,
      secret: isSecret === true,
    };
  });
}

function contradictions(config: Config): readonly string[] {
  const problems: string[] = [];
  const production = config.NODE_ENV === 'production';
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(config.HOST);
  if (config.AZURE_BOT === 'on' && config.MicrosoftAppId === undefined) {
    if (production)
      problems.push(
        'MicrosoftAppId: fehlt; ohne App-ID wäre /api/messages für alle offen (AZURE_BOT=off schaltet den Zugang ab)',
      );
    else if (!loopback) problems.push('HOST: ohne MicrosoftAppId nur 127.0.0.1 (AZURE_BOT=off hebt das auf)');
  }
  if (
    config.MicrosoftAppId !== undefined &&
    config.MicrosoftAppType !== 'UserAssignedMSI' &&
    config.MicrosoftAppPassword === undefined
  ) {
    problems.push('MicrosoftAppPassword: fehlt zu MicrosoftAppId');
  }
  if (
    config.MicrosoftAppId !== undefined &&
    config.MicrosoftAppType !== 'MultiTenant' &&
    config.MicrosoftAppTenantId === undefined
  ) {
    problems.push('MicrosoftAppTenantId: fehlt zu MicrosoftAppId');
  }
  if (
    config.TELEGRAM_WEBHOOK_SECRET !== undefined &&
    config.TELEGRAM_TOKEN !== undefined &&
    config.PUBLIC_URL === undefined
  )
    problems.push('PUBLIC_URL: fehlt zu TELEGRAM_WEBHOOK_SECRET; Telegram muss den Dienst erreichen');
  if (production && config.STORAGE === 'memory')
    problems.push('STORAGE: memory vergisst alles beim Neustart und ist in production nicht erlaubt');
  if (config.STORAGE === 'postgres' && config.DATABASE_URL === undefined)
    problems.push('DATABASE_URL: fehlt zu STORAGE=postgres');
  if (config.STORAGE === 'blob' && config.BLOB_URL === undefined && config.BLOB_CONNECTION === undefined)
    problems.push('BLOB_URL: fehlt zu STORAGE=blob (oder BLOB_CONNECTION)');
  if (config.BLOB_URL !== undefined && config.BLOB_CONNECTION !== undefined)
    problems.push('BLOB_URL: und BLOB_CONNECTION schließen einander aus');
  if (production && !loopback && config.PUBLIC_URL === undefined)
    problems.push('PUBLIC_URL: fehlt; ohne sie bestimmt der Host-Kopf der Anfrage die Adresse des Chats');
  return problems;
}

function split(text: string): string[] {
  return text.split(/[,\s]+/).filter((item) => item !== '');
}

function isAddressRange(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  return (
    version !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32)))
  );
}
