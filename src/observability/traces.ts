/**
 * Traces for whoever operates a collector: one span per turn, with the storage operations below it, sent as OpenTelemetry (OTLP over HTTP, JSON).
 * Off without an address. Names and attributes are words from the code and numbers: no text, no identifier of a person or a conversation.
 * A collector that is gone costs nothing but the spans.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { errorCode, type Logger } from './logger';

export type SetAttribute = (name: string, value: string | number) => void;

export interface Traces {
  /** Runs `work` as a span below the one that is running; what it throws makes the span an error and is thrown on. */
  span<T>(name: string, work: (set: SetAttribute) => Promise<T>): Promise<T>;
  /** Sends what is left. */
  close(): Promise<void>;
}

export const noTraces: Traces = {
  span: (_, work) => work(() => undefined),
  close: () => Promise.resolve(),
};

export interface TracesOptions {
  /** The collector, without `/v1/traces`. */
  readonly endpoint: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sendEveryMs?: number;
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: ReadonlyMap<string, string | number>;
  readonly failed: boolean;
}

const maxWaiting = 2_048;
const sendTimeoutMs = 3_000;
const kindInternal = 1;
const statusOk = 1;
const statusError = 2;

/** @example const traces = createTraces({ endpoint: 'http://collector:4318', clock: systemClock, logger }); */
export function createTraces(options: TracesOptions): Traces {
  const { clock, logger } = options;
  const running = new AsyncLocalStorage<Pick<Span, 'traceId' | 'spanId'>>();
  const address = `${options.endpoint.replace(/\/$/, '')}/v1/traces`;
  let waiting: Span[] = [];

  const send = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const spans = waiting;
    waiting = [];
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(exported(spans)),
        signal: AbortSignal.timeout(sendTimeoutMs),
      });
      await response.arrayBuffer();
      if (!response.ok) logger.warn('traces.refused', { status: response.status });
    } catch (error) {
      logger.warn('traces.failed', { error: errorCode(error) });
    }
  };
  const timer = setInterval(() => void send(), options.sendEveryMs ?? 5_000);
  timer.unref();

  return {
    async span(name, work) {
      const parent = running.getStore();
      const own = { traceId: parent?.traceId ?? identifier(16), spanId: identifier(8) };
      const attributes = new Map<string, string | number>();
      const startMs = clock.nowMs();
      let failed = true;
      try {
        const result = await running.run(own, () => work((key, value) => attributes.set(key, value)));
        failed = false;
        return result;
      } finally {
        const parentSpan = parent === undefined ? {} : { parentSpanId: parent.spanId };
        if (waiting.length < maxWaiting)
          waiting.push({ ...own, ...parentSpan, name, startMs, endMs: clock.nowMs(), attributes, failed });
      }
    },
    async close() {
      clearInterval(timer);
      await send();
    },
  };
}

/** The JSON form of an ExportTraceServiceRequest. */
function exported(spans: readonly Span[]): unknown {
  const resource = { attributes: [attribute('service.name', 'jobcenter-lotse')] };
  return {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'jobcenter-lotse' }, spans: spans.map(exportedSpan) }] }],
  };
}

function exportedSpan({ startMs, endMs, attributes, failed, ...rest }: Span): unknown {
  return {
    ...rest,
    kind: kindInternal,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${endMs}000000`,
    attributes: [...attributes].map(([key, value]) => attribute(key, value)),
    status: { code: failed ? statusError : statusOk },
  };
}

function attribute(key: string, value: string | number): unknown {
  return { key, value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value } };
}

function identifier(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
