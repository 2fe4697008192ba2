/**
 * When the service turns new work away: by number, and by how long one more would wait at the pace at which turns end.
 */
import { createLoadGauge } from '../../src/http/load';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const settings = { maxLagMs: 10_000, maxTurnsInFlight: 64, maxWaitMs: 300 };

it('28 takes a rush of a moment whole, before there is any pace', () => {
  let waiting = 59;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: () => 0 });
  expect(gauge.overloaded()).toBe(false);
  waiting = 60;
  expect(gauge.overloaded()).toBe(true);
  gauge.stop();
});

it('28 turns away what would wait too long at the pace of late, and takes it again when less waits', async () => {
  let waiting = 120;
  let done = 0;
  const gauge = createLoadGauge({
    ...settings,
    maxTurnsInFlight: 1_000,
    turnsInFlight: () => waiting,
    turnsDone: () => done,
  });
  // Some two hundred and fifty turns a second: a hundred and twenty that wait are half of one.
  const turns = setInterval(() => (done += 5), 20);
  await pause(900);
  expect(gauge.overloaded()).toBe(true);
  waiting = 70;
  expect(gauge.overloaded()).toBe(false);
  clearInterval(turns);
  gauge.stop();
});

it('28 takes more when turns end fast, never more than the most, and a quiet hour does not slow the pace', async () => {
  let waiting = 62;
  let done = 0;
  const gauge = createLoadGauge({ ...settings, turnsInFlight: () => waiting, turnsDone: () => done });
  const turns = setInterval(() => (done += 20), 20);
  await pause(900);
  expect(gauge.overloaded()).toBe(false);
  waiting = 64;
  expect(gauge.overloaded()).toBe(true);
  clearInterval(turns);
  waiting = 0;
  await pause(900);
  waiting = 62;
  expect(gauge.overloaded()).toBe(false);
  gauge.stop();
});
