/**
 * How keys and values are written down, so that every backend gives back exactly what it was given.
 * PostgreSQL knows no NUL, UTF-8 no lone surrogate, and bytes sort otherwise than the code units of a string: keys become ASCII that
 * sorts like the key itself, values stay readable text. Ordinary keys (`dl/log/…`) look the same in the database as in the code.
 */
import { LotseError } from '../errors';

/** PostgreSQL cannot index more than about 2,700 bytes; the same limit holds everywhere. At least 520 characters, 2,600 in ASCII. */
const maxKeyBytes = 2_600;

/**
 * ASCII that sorts like the key's code units; a prefix of a key gives a prefix of the text. Throws `STORAGE_KEY_TOO_LONG`.
 * @example encodeKey('state/ä') // 'state/\x7f00e4'
 */
export function encodeKey(key: string): string {
  const text = encodePrefix(key);
  if (text.length > maxKeyBytes)
    throw new LotseError('STORAGE_KEY_TOO_LONG', 'A storage key is longer than 2,600 bytes');
  return text;
}

/** As `encodeKey`, of any length: a prefix longer than every key matches nothing. */
export function encodePrefix(prefix: string): string {
  return prefix.replace(/[\0\x01\x7f-\uffff]/g, (unit) => {
    if (unit === '\0') return '\x01\x01';
    if (unit === '\x01') return '\x01\x02';
    return `\x7f${hex(unit)}`;
  });
}

export function decodeKey(text: string): string {
  return text.replace(/\x01[\x01\x02]|\x7f[0-9a-f]{4}/g, (code) => {
    if (code === '\x01\x01') return '\0';
    if (code === '\x01\x02') return '\x01';
    return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  });
}

/** The first text behind every encoded key that begins with the encoded prefix. */
export function endOfPrefix(encodedPrefix: string): string {
  return `${encodedPrefix}\x7fg`;
}

/** Escapes NUL and lone surrogates (and the escape character). */
export function encodeValue(value: string): string {
  return value.replace(/[\0\x01\ud800-\udfff]/gu, (unit) => `\x01${hex(unit)}`);
}

export function decodeValue(text: string): string {
  return text.replace(/\x01([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}
