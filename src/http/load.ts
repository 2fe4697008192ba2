/**
 * Tells when the service has more to do than it can: the event loop lags, or so many turns are under way that one more would be answered too late.
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
/** With fewer under way, few turns end because few are asked for: that says nothing of the pace. */
const fewTurns = 12;
/** Turns per ms that are always reckoned with: a rush of a moment is over before its pace is known. */
const leastPace = 0.25;
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
  /** Turns ended per ms while there was enough to do. */
  let pace = leastPace;
  const samplePace = (): void => {
    const nowMs = performance.now();
    const ended = settings.turnsDone();
    const measured = (ended - done) / (nowMs - sampledAtMs);
    done = ended;
    sampledAtMs = nowMs;
    if (underWay() < fewTurns) return;
    pace = pace * (1 - paceShare) + measured * paceShare;
  };
  /** How many may be under way so that the last of them does not wait too long. */
  const room = (): number => Math.min(settings.maxTurnsInFlight, Math.max(leastPace, pace) * settings.maxWaitMs);
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
    overloaded: () => lagMs > settings.maxLagMs || underWay() >= room(),
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
