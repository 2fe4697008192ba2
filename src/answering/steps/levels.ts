/** From how much belief on the steps act; what only one step needs stands there. All are shares, 0..1. */

/** An intent this probable is what the message wants. */
export const SURE_INTENT = 0.6;
/** An intent this probable is what the message wants unless something else is more so. */
export const LIKELY_INTENT = 0.4;
/** A choice this much less likely than the first is no choice. */
export const LEAST_OFFERED = 0.1;
/** From here on a text names or describes an event (events.ts, nameStrength). */
export const NAMED = 0.6;
