/**
 * Tells when the service has more to do than it can: the event loop lags, or too many turns are under way. Refuses to guess at causes.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoadGauge {
  /** Whether new work should be turned away now. */
  overloaded(): boolean;
  readonly lagMs: number;
  stop(): void;
}

export interface LoadSettings {
  readonly maxLagMs: number;
  readonly maxTurnsInFlight: number;
  readonly turnsInFlight: () => number;
  readonly onSample?: (lagMs: number) => void;
}

const resolutionMs = 10;
const sampleMs = 200;

export function createLoadGauge(settings: LoadSettings): LoadGauge {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  let lagMs = 0;
  let before = 0;
  const timer = setInterval(() => {
    const sampledMs = Number.isNaN(delay.mean) ? 0 : Math.max(0, delay.mean / 1e6 - resolutionMs);
    // One long pause (a reload, a cold start) is over when it is seen; overload is what lasts.
    lagMs = Math.min(before, sampledMs);
    before = sampledMs;
    delay.reset();
    settings.onSample?.(lagMs);
  }, sampleMs);
  timer.unref();
  return {
    overloaded: () => lagMs > settings.maxLagMs || settings.turnsInFlight() >= settings.maxTurnsInFlight,
    get lagMs() {
      return lagMs;
    },
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
