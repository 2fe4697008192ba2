/**
 * The composition root: the only file that knows every module. Builds the service from its settings and holds its life: start, drain, stop.
 */
import type { Activity } from 'botbuilder';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Mind } from '../dialogs/conversationTurn';
import { createFeedbackCounts } from '../dialogs/feedback';
import { lookUp } from '../dialogs/lookUp';
import { createReports } from '../dialogs/reports';
import type { MissSink } from '../dialogs/misses';
import { createRootDialog } from '../dialogs/rootDialog';
import type { AnswerOutcome } from './answering/outcome';
import { maskPersonalData } from './answering/personalData';
import type { ConversationRunner } from './bot/conversation';
import { LotseBot } from './bot/lotseBot';
import { ConversationStateStore } from './bot/state';
import { createLocalChat, plainTextCapabilities, type LocalChat } from './bot/localChat';
import { createTurns, turnLock } from './bot/turn';
import { createAdapter } from './channels/azure/adapter';
import { createMessagesRoute } from './channels/azure/messages';
import { createDirectLine } from './channels/directLine/directLine';
import { createLocalTurn, type RunTurn } from './channels/local';
import type { Route } from './channels/routes';
import { createTeamsInvokes } from './channels/teams/messageExtension';
import { createTelegram, type Telegram } from './channels/telegram/telegram';
import { berlinDate, berlinHour, systemClock, type Clock } from './clock';
import { blobAccess, storageKind, type Config } from './config';
import { createAddresses } from './http/address';
import { createLimits } from './http/limits';
import { createLoadGauge } from './http/load';
import { createHttpServer } from './http/server';
import { loadStaticFiles } from './http/staticFiles';
import type { IsoDate } from './knowledge/model';
import { clusterQuestions } from './learning/clusters';
import { keepClusters } from './learning/clusterFile';
import { keepReports } from './learning/reportFile';
import { createLearning, type Learning } from './learning/questions';
import { createLiveMind, type LiveMind } from './mind';
import { errorCode, silentLogger, type Logger } from './observability/logger';
import { createHouseCounts, type HouseCounts } from './observability/houseCounts';
import { measuredStore } from './observability/measuredStore';
import { createMetrics, type Metrics } from './observability/metrics';
import { createTraces, noTraces, type Traces } from './observability/traces';
import { createStorage, type StorageChoice } from './storage/createStorage';
import { createMemoryStorage } from './storage/memory';
import type { Capabilities, Reply } from './rendering/reply';
import { keepMonth } from './statistics/monthFile';
import type { Outbox, Storage, Store } from './storage/ports';
import { countOff, createLiveSwitches, type LiveSwitches } from './switches';

import { assertNever, LotseError, toError } from './errors';

export interface ServiceParts {
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly storage?: Storage;
  /** Another conversation than the real one; for tests. */
  readonly runner?: ConversationRunner;
  /** Where dist is. */
  readonly root: string;
  /** How often is looked for a change of the switches. */
  readonly switchesPollMs?: number;
}

export interface Service {
  /** Resolves with the port taken. */
  listen(port: number): Promise<number>;
  /** Lets what is running end, takes nothing new, closes everything; within `DRAIN_MS` and two seconds. */
  close(): Promise<void>;
}

const recoverEveryMs = 3_000;
const purgeEveryMs = 60_000;
const flushCountsEveryMs = 10_000;
const readSwitchesEveryMs = 10_000;

export async function createService(config: Config, parts: ServiceParts): Promise<Service> {
  const { logger } = parts;
  const clock = parts.clock ?? systemClock;
  const metrics = createMetrics({ processMetrics: true });
  const storage = parts.storage ?? (await createStorage(storageChoice(config), { clock, logger }));
  const { locks, fanout } = storage;
  const traces = openTraces(config, clock, logger);
  const store = measuredStore(storage.store, metrics, traces, clock);
  let draining = false;
  const switches = openSwitches(config, logger, metrics, parts.switchesPollMs ?? readSwitchesEveryMs);
  const counts = createHouseCounts(store, () => clock.nowMs());
  const count = (dimension: Parameters<HouseCounts['add']>[1], name: string): void => {
    counts.add(berlinDate(clock.nowMs()).slice(0, 7), dimension, name);
  };

  const state = new ConversationStateStore(store, () => {
    logger.warn('state.quarantined');
  });
  const live = parts.runner === undefined ? await openKnowledge(config, logger, metrics) : undefined;
  const feedback = countedFeedback(createFeedbackCounts(store), count);
  const reports = createReports(store, clock);
  const learning = createLearning(store, () => clock.nowMs());
  const say = (key: string): string => live?.current()?.knowledge.texts[key]?.['de'] ?? '';
  const runner =
    parts.runner ??
    createRootDialog({
      mind: () => {
        const mind = live?.current();
        if (mind === undefined) throw new LotseError('KNOWLEDGE_MISSING', 'No knowledge base has been loaded');
        return mind;
      },
      state,
      clock,
      feedback,
      ...(config.LEARNING === 'on' ? { misses: quietly(learning, logger) } : {}),
      staffDesk: {
        reports,
        feedback: () => feedback.list(),
        unanswered: async () =>
          clusterQuestions(await learning.list()).map(({ text, conversations }) => ({
            question: text,
            count: conversations,
          })),
      },
      switches: () => switches.current(),
      onOutcome: (outcome, { audience }) => {
        metrics.outcome(outcome.kind, outcome.kind === 'fallback' ? outcome.reason : '');
        const best = outcome.entries[0];
        if (best !== undefined) metrics.confidence(outcome.kind, best.confidence);
        if (audience === 'citizens') countOutcome(outcome, clock.nowMs(), count);
      },
    });
  const bot = new LotseBot(runner);
  const turns = createTurns({
    store,
    locks,
    state,
    handle: (context, turn) => bot.respond(context, turn),
    apology: ({ activity }) => ({ type: 'message', text: apologyIn(live?.current(), activity.locale) }),
    clock,
    logger,
    metrics,
    queueDepth: config.QUEUE_DEPTH,
  });
  let turnsDone = 0;
  const runTurn: RunTurn = async (context, arrival) => {
    const result = await traces.span('turn', async (set) => {
      const ended = await turns.run(context, arrival);
      set('channel', context.activity.channelId);
      set('type', context.activity.type);
      set('result', ended);
      return ended;
    });
    turnsDone += 1;
    if (result === 'committed' && context.activity.type === 'message') count('channel', context.activity.channelId);
    return result;
  };
  const adapter = createAdapter({
    appType: config.MicrosoftAppType,
    ...optional('appId', config.MicrosoftAppId),
    ...optional('password', config.MicrosoftAppPassword),
    ...optional('tenantId', config.MicrosoftAppTenantId),
    ...optional('openIdMetadataUrl', config.BOT_OPENID_METADATA),
  });

  const limits = createLimits({
    messagesPerSecond: config.MESSAGES_PER_SECOND,
    messageBurst: config.MESSAGE_BURST,
    messagesPerMinutePerAddress: config.MESSAGES_PER_MINUTE,
    startsPerMinutePerAddress: config.STARTS_PER_MINUTE,
  });
  const directLine = createDirectLine({
    store,
    locks,
    fanout,
    clock,
    logger,
    metrics,
    limits,
    localTurn: createLocalTurn(adapter, runTurn),
    mask: (text) => maskPersonalData(text).text,
    secrets: () => directLineSecrets(config, store),
    allowedOrigins: config.ALLOWED_ORIGINS,
    idleMs: config.IDLE_MINUTES * 60_000,
    maxConversations: config.MAX_CONVERSATIONS,
    maxLogEntries: config.MAX_LOG_ENTRIES,
    maxInbox: config.QUEUE_DEPTH,
    maxSockets: config.MAX_SOCKETS,
    maxTextChars: config.MAX_TEXT_CHARS,
    pingIntervalMs: 30_000,
    lockName: (conversationId) => turnLock(`state/directline/${conversationId}`),
  });
  const routes: Route[] = [];
  if (config.DIRECT_LINE === 'on') routes.push(...directLine.routes);
  if (config.AZURE_BOT === 'on') {
    routes.push(
      createMessagesRoute({
        adapter,
        runTurn,
        rules: { teamsTenants: config.TEAMS_TENANTS, citizenChannels: citizenChannels(config) },
        authenticated: config.MicrosoftAppId !== undefined,
        serviceHosts: config.SERVICE_HOSTS,
        maxTextChars: config.MAX_TEXT_CHARS,
        logger,
        metrics,
        invokes: createTeamsInvokes({
          search: (text) => {
            const mind = live?.current();
            const { answersOff } = switches.current();
            return mind === undefined
              ? []
              : lookUp(mind, text, berlinDate(clock.nowMs())).filter(
                  ({ entries }) => !entries.some(({ id }) => answersOff.includes(id)),
                );
          },
          mask: (text) => maskPersonalData(text).text,
          say,
        }),
      }),
    );
  }

  const telegram = openTelegram(config, {
    store,
    locks,
    clock,
    logger,
    metrics,
    limits,
    localTurn: createLocalTurn(adapter, runTurn),
    say,
  });
  if (telegram !== undefined) routes.push(...telegram.routes);

  const load = createLoadGauge({
    maxLagMs: config.MAX_LOOP_LAG_MS,
    maxTurnsInFlight: config.MAX_TURNS_IN_FLIGHT,
    turnsInFlight: () => Math.max(turns.inFlight, directLine.waiting),
    turnsDone: () => turnsDone,
    maxWaitMs: config.MAX_WAIT_MS,
    onSample: (lagMs) => {
      metrics.loopLagMs(lagMs);
    },
  });
  const server = createHttpServer({
    routes,
    sockets: config.DIRECT_LINE === 'on' ? [directLine.sockets] : [],
    files: config.DIRECT_LINE === 'on' ? loadStaticFiles(join(parts.root, 'dist', 'widget')) : new Map(),
    addresses: createAddresses({ trustedProxies: config.TRUSTED_PROXIES, ...optional('publicUrl', config.PUBLIC_URL) }),
    allowedOrigins: config.ALLOWED_ORIGINS,
    load,
    readiness: {
      ping: () => store.ping(),
      draining: () => draining,
      knowledge: () => (live === undefined ? { version: 'none', stale: false } : live.status()),
      pingTimeoutMs: 4_000,
    },
    metrics,
    logger,
    clock,
    ...optional('metricsToken', config.METRICS_TOKEN),
    maxBodyBytes: config.MAX_BODY_BYTES,
    maxConnections: config.MAX_CONNECTIONS,
    headersTimeoutMs: config.HEADERS_TIMEOUT_MS,
    requestTimeoutMs: config.REQUEST_TIMEOUT_MS,
  });

  /** What was accepted before a crash; without a storage that answers, the timer comes back to it. */
  const recover = async (): Promise<void> => {
    try {
      await directLine.recover();
      await directLine.recount();
      await telegram?.recover();
    } catch (error) {
      logger.warn('recover.failed', { error: errorCode(error) });
    }
  };
  const timers = [
    repeat('recover', recoverEveryMs, async () => {
      await directLine.recover();
      await telegram?.recover();
    }),
    repeat('counts', flushCountsEveryMs, () => counts.flush()),
    repeat('statistics', purgeEveryMs, keepStatistics),
    repeat('purge', purgeEveryMs, async () => {
      await store.purgeExpired();
      await directLine.recount();
      if (storageChoice(config).kind !== 'memory') keepReports(config.DATA_DIR, await reports.list());
      if (config.LEARNING === 'on') keepClusters(config.DATA_DIR, clusterQuestions(await learning.list()));
    }),
  ];
  /** For the monthly report, which another process makes. */
  async function keepStatistics(): Promise<void> {
    if (storageChoice(config).kind === 'memory') return;
    const month = berlinDate(clock.nowMs()).slice(0, 7);
    keepMonth(config.DATA_DIR, month, await counts.list(month));
  }
  /** The last seconds' counts; without a storage they are lost. */
  const keepCounts = async (): Promise<void> => {
    try {
      await counts.flush();
      await keepStatistics();
    } catch (error) {
      logger.warn('counts.failed', { error: errorCode(error) });
    }
  };
  /** Work on a timer: a failure is logged, never fatal; a round that is still running is not doubled. */
  function repeat(name: string, everyMs: number, work: () => Promise<void>): NodeJS.Timeout {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      work()
        .catch((error: unknown) => {
          logger.warn('timer.failed', { timer: name, error: errorCode(error) });
        })
        .finally(() => {
          running = false;
        });
    }, everyMs);
    timer.unref();
    return timer;
  }

  return {
    async listen(port) {
      const taken = await server.listen(port, config.HOST);
      logger.info('service.listening', { port: taken, storage: storageChoice(config).kind });
      await recover();
      telegram?.start();
      return taken;
    },
    async close() {
      draining = true;
      logger.info('service.draining');
      for (const timer of timers) clearInterval(timer);
      live?.close();
      switches.close();
      await within(
        config.DRAIN_MS,
        directLine.drained().then(() => turns.idle()),
      );
      await telegram?.close();
      await directLine.close();
      await Promise.all([server.close(1_000), within(1_000, keepCounts())]);
      await within(500, traces.close());
      load.stop();
      await storage.close();
      logger.info('service.stopped');
    },
  };
}

export interface LocalChatParts {
  readonly mind: () => Mind;
  readonly today: () => IsoDate;
  readonly clock?: Clock;
  readonly jobcenter?: () => string | undefined;
  readonly audience?: 'citizens' | 'staff';
  readonly capabilities?: Capabilities;
  readonly misses?: MissSink;
}

/** One conversation in process, through the whole bot: dialogs, state, turns. For the command line and the conversation tests. */
export function createLocalConversation(parts: LocalChatParts): LocalChat {
  const clock = parts.clock ?? systemClock;
  const { store, locks } = createMemoryStorage(clock);
  const state = new ConversationStateStore(store);
  const replies: Reply[] = [];
  const feedback = createFeedbackCounts(store);
  const runner = createRootDialog({
    mind: parts.mind,
    state,
    clock,
    feedback,
    staffDesk: {
      reports: createReports(store, clock),
      feedback: () => feedback.list(),
      unanswered: () => Promise.resolve([]),
    },
    today: parts.today,
    ...(parts.misses === undefined ? {} : { misses: parts.misses }),
    onReply: (reply) => replies.push(reply),
  });
  const bot = new LotseBot(runner);
  let failure: unknown;
  const turns = createTurns({
    store,
    locks,
    state,
    handle: async (context, turn) => {
      try {
        await bot.respond(context, turn);
      } catch (error) {
        // The turn would turn it into an apology; here somebody is debugging.
        failure = error;
        throw error;
      }
    },
    apology: () => ({ type: 'message', text: '' }),
    clock,
    logger: silentLogger,
    metrics: createMetrics(),
    queueDepth: 1,
  });
  const adapter = createAdapter({ appType: 'MultiTenant' });
  return createLocalChat({
    nowMs: () => clock.nowMs(),
    takeReplies: () => replies.splice(0),
    async run(activity) {
      const sent: Partial<Activity>[] = [];
      const jobcenter = parts.jobcenter?.();
      const outbox: Outbox = {
        async commit(changes, texts) {
          const result = await store.commit(changes);
          if (result === 'committed') sent.push(...texts.map((text) => JSON.parse(text) as Partial<Activity>));
          return result;
        },
      };
      await createLocalTurn(adapter, (context, arrival) => turns.run(context, arrival))(activity, {
        capabilities: parts.capabilities ?? plainTextCapabilities,
        audience: parts.audience ?? 'citizens',
        outbox,
        ...(jobcenter === undefined ? {} : { jobcenter }),
      });
      if (failure !== undefined) throw toError(failure);
      return sent;
    },
  });
}

/** The knowledge base, live: an edit is taken over when check and gold questions pass; a broken one leaves the last good one in place. */
function openKnowledge(config: Config, logger: Logger, metrics: Metrics): Promise<LiveMind> {
  return createLiveMind({
    folder: config.KNOWLEDGE_DIR,
    watch: config.KNOWLEDGE_RELOAD === 'on',
    // Staff come through Teams alone; without a tenant their indexes would cost half the start for nobody.
    audiences: config.AZURE_BOT === 'on' && config.TEAMS_TENANTS.length > 0 ? ['citizens', 'staff'] : ['citizens'],
    onEvent: (event) => {
      if (event.kind === 'live') {
        metrics.knowledge(event.version, false);
        metrics.reload('live');
        logger.info('knowledge.live', { version: event.version });
        return;
      }
      metrics.knowledge(event.version ?? 'unread', true);
      metrics.reload('rejected');
      const errors = event.findings.filter(({ severity }) => severity === 'error');
      logger.error('knowledge.rejected', { version: event.version, errors: errors.length });
      for (const { code, file, line, message } of errors.slice(0, 10)) {
        logger.error('knowledge.finding', { code, file, line, message });
      }
    },
  });
}

function openTraces(config: Config, clock: Clock, logger: Logger): Traces {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  return endpoint === undefined ? noTraces : createTraces({ endpoint, clock, logger });
}

function openSwitches(config: Config, logger: Logger, metrics: Metrics, pollMs: number): LiveSwitches {
  return createLiveSwitches({
    file: config.SWITCHES_FILE ?? join(config.DATA_DIR, 'schalter.yaml'),
    pollMs,
    onEvent: (event) => {
      if (event.kind === 'rejected') {
        logger.error('switches.rejected', { problem: event.problem });
        return;
      }
      const off = countOff(event.switches);
      metrics.switchesOff(off);
      logger.info('switches.changed', { off, notice: event.switches.notice !== undefined });
    },
  });
}

/** What the monthly report is made of: citizens' messages only, by words of ours. */
function countOutcome(
  outcome: AnswerOutcome,
  nowMs: number,
  count: (dimension: Parameters<HouseCounts['add']>[1], name: string) => void,
): void {
  count('outcome', outcome.kind);
  if (outcome.kind === 'fallback') count('reason', outcome.reason);
  if (outcome.kind === 'answer' || outcome.kind === 'urgent') count('topic', outcome.entryId);
  const { hour, weekday } = berlinHour(nowMs);
  count('hour', hour);
  count('weekday', weekday);
  count('language', outcome.language);
}

/** Every rating also counts for its month. */
function countedFeedback(
  feedback: ReturnType<typeof createFeedbackCounts>,
  count: (dimension: 'feedback', name: string) => void,
): ReturnType<typeof createFeedbackCounts> {
  return {
    ...feedback,
    record: async (rating) => {
      await feedback.record(rating);
      count('feedback', rating.helpful ? 'helpful' : (rating.reason ?? 'notHelpful'));
    },
  };
}

/** Said when a turn fails; without a knowledge base there is no other wording to be had. */
function apologyIn(mind: Mind | undefined, locale: string | undefined): string {
  const wordings = mind?.knowledge.texts['fehler'];
  const language = (locale ?? 'de').slice(0, 2).toLowerCase();
  return wordings?.[language] ?? wordings?.['de'] ?? 'Da ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.';
}

type TelegramParts = Pick<
  Parameters<typeof createTelegram>[0],
  'store' | 'locks' | 'clock' | 'logger' | 'metrics' | 'limits' | 'localTurn' | 'say'
>;

/** Off without a token. */
function openTelegram(config: Config, parts: TelegramParts): Telegram | undefined {
  if (config.TELEGRAM_TOKEN === undefined) return undefined;
  const secret = config.TELEGRAM_WEBHOOK_SECRET;
  return createTelegram({
    ...parts,
    token: config.TELEGRAM_TOKEN,
    apiRoot: config.TELEGRAM_API_ROOT,
    mask: (text) => maskPersonalData(text).text,
    maxTextChars: config.MAX_TEXT_CHARS,
    ...(secret === undefined || config.PUBLIC_URL === undefined
      ? {}
      : { webhook: { secret, publicUrl: config.PUBLIC_URL } }),
  });
}

function storageChoice(config: Config): StorageChoice {
  const kind = storageKind(config);
  switch (kind) {
    case 'postgres':
      if (config.DATABASE_URL === undefined)
        throw new LotseError('CONFIG_INVALID', 'DATABASE_URL fehlt zu STORAGE=postgres');
      return { kind, databaseUrl: config.DATABASE_URL };
    case 'blob':
      return { kind, access: blobAccess(config), container: config.BLOB_CONTAINER };
    case 'level':
      return { kind, dataDir: config.DATA_DIR };
    case 'memory':
      return { kind };
    default:
      return assertNever(kind);
  }
}

/** A question that cannot be kept is lost; the answer is not. */
function quietly(learning: Learning, logger: Logger): Learning {
  return {
    ...learning,
    record: async (miss) => {
      try {
        await learning.record(miss);
      } catch (error) {
        logger.warn('learning.failed', { error: errorCode(error) });
      }
    },
  };
}

/** The operator's secrets, or one made once and shared by every replica through the storage. */
async function directLineSecrets(config: Config, store: Store): Promise<readonly [string, ...string[]]> {
  const previous = config.DIRECT_LINE_SECRET_PREVIOUS === undefined ? [] : [config.DIRECT_LINE_SECRET_PREVIOUS];
  if (config.DIRECT_LINE_SECRET !== undefined) return [config.DIRECT_LINE_SECRET, ...previous];
  const key = 'secret/directline';
  await store.commit([{ key, value: randomBytes(32).toString('base64url'), expect: null }]);
  const stored = (await store.read([key])).get(key);
  if (stored === undefined) throw new LotseError('STORAGE_UNAVAILABLE', 'The token secret could not be kept');
  return [stored.value, ...previous];
}

/** The emulator and Agents Playground come without a token, from loopback, and only where nothing is authenticated. */
function citizenChannels(config: Config): readonly string[] {
  return config.MicrosoftAppId === undefined
    ? [...config.AZURE_CHANNELS, 'emulator', 'webchat', 'directline']
    : config.AZURE_CHANNELS;
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
