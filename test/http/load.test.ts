/**
 * When the service turns new work away: by number, and by how long one more would wait at the pace at which turns end.
 */
import { createLoadGauge } from '../../src/http/load';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const settings = { maxLagMs: 10_000, maxTurnsInFlight: 64, maxWaitMs: 200 };

it('28 takes a rush of a moment whole, before there is any pace', () => {
  let waiting = 49;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: () => 0 });
  expect(gauge.overloaded()).toBe(false);
  waiting = 50;
  expect(gauge.overloaded()).toBe(true);
  gauge.stop();
});

/** Turns that end steadily, by the clock: a busy machine's timers would be late. */
function endingAt(perSecond: number): () => number {
  const from = performance.now();
  return () => Math.floor(((performance.now() - from) / 1_000) * perSecond);
}

it('28 turns away what would wait too long at the pace of late, and takes it again when less waits', async () => {
  let waiting = 120;
  const gauge = createLoadGauge({
    ...settings,
    maxTurnsInFlight: 1_000,
    turnsInFlight: () => waiting,
    // A hundred and twenty that wait are half a second.
    turnsDone: endingAt(250),
  });
  await pause(900);
  expect(gauge.overloaded()).toBe(true);
  waiting = 45;
  expect(gauge.overloaded()).toBe(false);
  gauge.stop();
});

it('28 takes more when turns end fast, never more than the most, and a quiet hour does not slow the pace', async () => {
  let waiting = 62;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: endingAt(1_000) });
  await pause(900);
  expect(gauge.overloaded()).toBe(false);
  waiting = 64;
  expect(gauge.overloaded()).toBe(true);
  waiting = 0;
  await pause(900);
  waiting = 62;
  expect(gauge.overloaded()).toBe(false);
  gauge.stop();
});
