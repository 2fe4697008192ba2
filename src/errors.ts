/**
 * The one error class of the service. Callers decide on `code`, never on the message.
 * Expected misses (no answer, no event, a wrong choice) are values, not errors.
 */
export class LotseError extends Error {
  constructor(
    /** Stable, upper-case, e.g. `CONFIG_INVALID`; documented in docs/betrieb.md. */
    readonly code: string,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'LotseError';
  }
}

/** What was thrown, as an error: libraries may throw anything. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new LotseError('UNKNOWN', 'Something that is no error was thrown', { cause: thrown });
}

/** Ends a `switch` over a union; reaching it is a bug. */
export function assertNever(value: never): never {
  throw new LotseError('UNREACHABLE', `Unexpected value: ${JSON.stringify(value)}`);
}
