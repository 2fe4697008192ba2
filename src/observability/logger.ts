/**
 * One JSON line per event: event name and fields. Refuses sentences: a field is a number, a flag or a short word from the code,
 * never what a person wrote, never an address. Identifiers go through `maskId`.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock';

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
export type LogLevel = 'info' | 'warn' | 'error';

export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const severity = { info: 0, warn: 1, error: 2, off: 3 } as const;

/** Longer field values are a mistake (a text slipped in) and are cut. */
const maxFieldChars = 120;

/** Warnings and errors of one name in one minute; more are counted instead of written, so that an attack does not fill a disk. */
const maxLinesPerMinute = 30;

/** `write` gets one line without its newline; control characters in values are escaped, so a line stays a line. */
export function createLogger(write: (line: string) => void, clock: Clock, from: LogLevel | 'off' = 'info'): Logger {
  const windows = new Map<string, { readonly startMs: number; lines: number }>();
  /** Whether this line is one too many; the first line of the next minute tells how many were. */
  const suppress = (event: string): boolean => {
    const nowMs = clock.nowMs();
    const window = windows.get(event);
    if (window !== undefined && nowMs - window.startMs < 60_000) {
      window.lines += 1;
      return window.lines > maxLinesPerMinute;
    }
    windows.set(event, { startMs: nowMs, lines: 1 });
    const suppressed = (window?.lines ?? 0) - maxLinesPerMinute;
    if (suppressed > 0) emit('warn', 'log.suppressed', { of: event, lines: suppressed });
    return false;
  };
  const log = (level: LogLevel, event: string, fields: LogFields = {}): void => {
    if (severity[level] < severity[from]) return;
    if (level !== 'info' && suppress(event)) return;
    emit(level, event, fields);
  };
  const emit = (level: LogLevel, event: string, fields: LogFields): void => {
    const safe: readonly (readonly [string, string | number | boolean | undefined])[] = Object.entries(fields).map(
      ([name, value]) => [name, typeof value === 'string' ? value.slice(0, maxFieldChars) : value],
    );
    const head = { time: new Date(clock.nowMs()).toISOString(), level, event };
    // A field never passes itself off as the event.
    const record = { ...head, ...Object.fromEntries(safe.filter(([name]) => !(name in head))) };
    write(escapeControls(JSON.stringify(record)));
  };
  return {
    info: (event, fields) => {
      log('info', event, fields);
    },
    warn: (event, fields) => {
      log('warn', event, fields);
    },
    error: (event, fields) => {
      log('error', event, fields);
    },
  };
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** JSON leaves DEL, C1 controls, U+2028/2029 and direction overrides as they are; terminals and log viewers obey them. */
function escapeControls(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const processKey = randomBytes(32);

/** A short name for an identifier, the same within one process and unlinkable after it: `a91f03c2d4e7`. */
export function maskId(id: string): string {
  return createHmac('sha256', processKey).update(id).digest('hex').slice(0, 12);
}

/** The stable part of an unknown error for a log line: its code or its class, never its message (it may quote a text). */
export function errorCode(error: unknown): string {
  if (error instanceof Error) {
    const code = 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : error.name;
  }
  return typeof error;
}
