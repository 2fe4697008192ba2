/**
 * When the service turns new work away: by number, and by how long one more would wait at the pace at which turns end.
 */
import { createLoadGauge } from '../../src/http/load';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const settings = { maxLagMs: 10_000, maxTurnsInFlight: 64, maxWaitMs: 400 };

it('28 turns away what would come after the most turns that may be under way', () => {
  let waiting = 63;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: () => 0 });
  expect(gauge.overloaded()).toBe(false);
  waiting = 64;
  expect(gauge.overloaded()).toBe(true);
  gauge.stop();
});

it('28 turns away what would wait too long at the pace of late, and takes it again when less waits', async () => {
  let waiting = 30;
  let done = 0;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: () => done });
  // Six turns a second: thirty that wait are five seconds.
  const turns = setInterval(() => (done += 1), 160);
  await pause(900);
  // A rush that has just begun has no pace yet.
  expect(gauge.overloaded()).toBe(false);
  await pause(1_800);
  expect(gauge.overloaded()).toBe(true);
  waiting = 1;
  expect(gauge.overloaded()).toBe(false);
  clearInterval(turns);
  gauge.stop();
});

it('28 takes as many when turns end fast, and does not hold a quiet hour against the next question', async () => {
  let waiting = 30;
  let done = 0;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: () => done });
  const turns = setInterval(() => (done += 20), 20);
  await pause(900);
  expect(gauge.overloaded()).toBe(false);
  clearInterval(turns);
  waiting = 0;
  await pause(900);
  waiting = 30;
  expect(gauge.overloaded()).toBe(false);
  gauge.stop();
});
