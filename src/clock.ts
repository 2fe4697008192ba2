/**
 * Time as a dependency. Nothing else in the service reads the real clock.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** A clock that stands still until it is moved; for tests and `--today`. */
export function fixedClock(startMs: number): Clock & { advance(ms: number): void } {
  let now = startMs;
  return {
    nowMs: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

const berlinDay = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/Berlin as `YYYY-MM-DD`. */
export function berlinDate(nowMs: number): string {
  return berlinDay.format(nowMs);
}

const berlinHours = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  hourCycle: 'h23',
  weekday: 'short',
});

/** The hour (`00` to `23`) and the weekday (`Mon` to `Sun`) in Europe/Berlin. */
export function berlinHour(nowMs: number): { readonly hour: string; readonly weekday: string } {
  const parts = berlinHours.formatToParts(nowMs);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return { hour: part('hour'), weekday: part('weekday') };
}
