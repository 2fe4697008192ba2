/**
 * What the service counts, in Prometheus' text format. Labels are words from the code (route, status class, outcome kind), never an identifier.
 */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** One HTTP request answered. */
  request(route: string, status: number, durationMs: number): void;
  /** One turn ended; `result` e.g. `committed`, `duplicate`, `failed`, `rejected`. */
  turn(channel: string, result: string, durationMs: number): void;
  turnConflict(): void;
  /** One outcome of the answering, by kind and reason. */
  outcome(kind: string, reason: string): void;
  /** Something was refused: `reason` e.g. `rateLimit`, `overload`, `token`. */
  refused(reason: string): void;
  turnsInFlight(count: number): void;
  sockets(count: number): void;
  openConversations(count: number): void;
  knowledge(version: string, stale: boolean): void;
  loopLagMs(lagMs: number): void;
  /** Calibrated confidence of the best entry of an answer or clarification, 0..1. */
  confidence(kind: string, confidence: number): void;
  /** One operation on the storage. */
  storage(operation: string, result: 'ok' | 'failed', durationMs: number): void;
  /** One edit of the knowledge base, taken over or not. */
  reload(result: 'live' | 'rejected'): void;
  /** How many things the operator has switched off. */
  switchesOff(count: number): void;
}

export function createMetrics(options: { readonly processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics === true) collectDefaultMetrics({ register: registry });
  const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  const requests = new Histogram({
    name: 'lotse_http_request_seconds',
    help: 'HTTP requests',
    labelNames: ['route', 'status'],
    buckets,
    registers,
  });
  const turns = new Histogram({
    name: 'lotse_turn_seconds',
    help: 'Turns, lock wait included',
    labelNames: ['channel', 'result'],
    buckets,
    registers,
  });
  const conflicts = new Counter({
    name: 'lotse_turn_conflicts_total',
    help: 'Turns that were run again because the state had changed',
    registers,
  });
  const outcomes = new Counter({
    name: 'lotse_outcomes_total',
    help: 'Outcomes of answering',
    labelNames: ['kind', 'reason'],
    registers,
  });
  const refusals = new Counter({
    name: 'lotse_refused_total',
    help: 'Requests refused',
    labelNames: ['reason'],
    registers,
  });
  const inFlight = new Gauge({ name: 'lotse_turns_in_flight', help: 'Turns running or waiting', registers });
  const sockets = new Gauge({ name: 'lotse_sockets', help: 'Open web sockets', registers });
  const conversations = new Gauge({
    name: 'lotse_conversations_open',
    help: 'Direct Line conversations that have not expired',
    registers,
  });
  const knowledge = new Gauge({
    name: 'lotse_knowledge_stale',
    help: '1 when the last edit of the knowledge base was rejected',
    labelNames: ['version'],
    registers,
  });
  const lag = new Gauge({
    name: 'lotse_event_loop_lag_ms',
    help: 'Mean lag of the event loop over the last interval',
    registers,
  });
  const confidences = new Histogram({
    name: 'lotse_confidence',
    help: 'Confidence of the best entry, by kind of outcome',
    labelNames: ['kind'],
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1],
    registers,
  });
  const storage = new Histogram({
    name: 'lotse_storage_seconds',
    help: 'Operations on the storage',
    labelNames: ['operation', 'result'],
    buckets,
    registers,
  });
  const reloads = new Counter({
    name: 'lotse_knowledge_reloads_total',
    help: 'Edits of the knowledge base, the first load included',
    labelNames: ['result'],
    registers,
  });
  const switches = new Gauge({ name: 'lotse_switches_off', help: 'Things the operator has switched off', registers });
  return {
    registry,
    confidence: (kind, confidence) => {
      confidences.observe({ kind }, confidence);
    },
    storage: (operation, result, durationMs) => {
      storage.observe({ operation, result }, durationMs / 1000);
    },
    reload: (result) => {
      reloads.inc({ result });
    },
    switchesOff: (count) => {
      switches.set(count);
    },
    request: (route, status, durationMs) => {
      requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, durationMs / 1000);
    },
    turn: (channel, result, durationMs) => {
      turns.observe({ channel, result }, durationMs / 1000);
    },
    turnConflict: () => {
      conflicts.inc();
    },
    outcome: (kind, reason) => {
      outcomes.inc({ kind, reason });
    },
    refused: (reason) => {
      refusals.inc({ reason });
    },
    turnsInFlight: (count) => {
      inFlight.set(count);
    },
    sockets: (count) => {
      sockets.set(count);
    },
    openConversations: (count) => {
      conversations.set(count);
    },
    knowledge: (version, stale) => {
      knowledge.reset();
      knowledge.set({ version }, stale ? 1 : 0);
    },
    loopLagMs: (lagMs) => {
      lag.set(lagMs);
    },
  };
}
