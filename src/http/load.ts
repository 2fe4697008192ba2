/**
 * Tells when the service has more to do than it can: the event loop lags, too many turns are under way, or what waits would be answered too late.
 * Refuses to guess at causes.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoadGauge {
  /** Whether new work should be turned away now. */
  overloaded(): boolean;
  /** A request that may lead to a turn is being handled until the result is called. */
  enter(): () => void;
  readonly lagMs: number;
  stop(): void;
}

export interface LoadSettings {
  readonly maxLagMs: number;
  readonly maxTurnsInFlight: number;
  /** Turns under way or accepted and waiting. */
  readonly turnsInFlight: () => number;
  /** Turns ended since the start: how fast they end tells how long one more would wait. */
  readonly turnsDone: () => number;
  /** One more that would be answered later than this is told so at once. */
  readonly maxWaitMs: number;
  readonly onSample?: (lagMs: number) => void;
}

const resolutionMs = 10;
const sampleMs = 200;
/** Fewer never wait long enough to matter, and say little of the pace. */
const fewTurns = 12;
/** A rush that has not lasted two seconds has no pace yet: the first turns of it are still to end. */
const samplesToJudge = 10;
/** How much of the pace a sample replaces: about the last second counts. */
const paceShare = 0.3;

export function createLoadGauge(settings: LoadSettings): LoadGauge {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  let lagMs = 0;
  let before = 0;
  let entered = 0;
  /** Until a message is stored it is a request, then it waits for its turn. */
  const underWay = (): number => Math.max(entered, settings.turnsInFlight());
  let done = settings.turnsDone();
  let sampledAtMs = performance.now();
  /** Turns ended per ms while more waited than could be served. */
  let pace = Infinity;
  let busySamples = 0;
  const samplePace = (): void => {
    const nowMs = performance.now();
    const ended = settings.turnsDone();
    const measured = (ended - done) / (nowMs - sampledAtMs);
    done = ended;
    sampledAtMs = nowMs;
    // With little to do, few turns end, and that says nothing of how many could.
    busySamples = underWay() < fewTurns ? 0 : busySamples + 1;
    if (busySamples === 0) pace = Math.max(pace, measured);
    else pace = Number.isFinite(pace) ? pace * (1 - paceShare) + measured * paceShare : measured;
  };
  const waitMs = (): number => {
    const waiting = underWay();
    return busySamples < samplesToJudge || pace === Infinity ? 0 : waiting / pace;
  };
  const timer = setInterval(() => {
    const sampledMs = Number.isNaN(delay.mean) ? 0 : Math.max(0, delay.mean / 1e6 - resolutionMs);
    // One long pause (a reload, a cold start) is over when it is seen; overload is what lasts.
    lagMs = Math.min(before, sampledMs);
    before = sampledMs;
    delay.reset();
    samplePace();
    settings.onSample?.(lagMs);
  }, sampleMs);
  timer.unref();
  return {
    overloaded: () =>
      lagMs > settings.maxLagMs || underWay() >= settings.maxTurnsInFlight || waitMs() > settings.maxWaitMs,
    enter() {
      entered += 1;
      return () => {
        entered -= 1;
      };
    },
    get lagMs() {
      return lagMs;
    },
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
