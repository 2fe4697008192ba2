/**
 * How changes are written into blobs: one line per frame, a checksum and JSON. A frame is all or nothing, and says what is there afterwards, not what was
 * asked for: read twice it changes nothing more. A snapshot is many frames and an end that counts them.
 *
 *   <checksum> {"put":[[key, eTag, expiry or null, value], …], "del":[key, …]} LF
 *
 * JSON escapes LF, NUL and lone surrogates, so that a line stays a line and every text comes back as it was.
 */
import { createHash } from 'node:crypto';
import type { StoredRecord } from '../groupCommit';

export interface Frame {
  readonly put: readonly (readonly [key: string, record: StoredRecord])[];
  readonly del: readonly string[];
}

/**
 * `torn`: what follows the last good frame is no frame; it was never acknowledged. `damaged`: behind something unreadable there are changes again,
 * so something acknowledged is lost.
 */
interface DecodedFrames {
  readonly frames: readonly Frame[];
  readonly state: 'whole' | 'torn' | 'damaged';
}

const newline = 0x0a;
const sumChars = 16;

export function encodeFrame({ put, del }: Frame): Buffer {
  return encodeLine({
    put: put.map(([key, { eTag, expiresAtMs, value }]) => [key, eTag, expiresAtMs ?? null, value]),
    del,
  });
}

/** Changes nothing, ends whatever line was begun before it, and takes the place that a late append of somebody else was meant for. */
export function encodeFence(life: string): Buffer {
  return Buffer.concat([Buffer.from('\n'), encodeLine({ fence: life })]);
}

/** Behind the last frame of a snapshot: a snapshot without it is not whole. */
export function encodeEnd(frames: number): Buffer {
  return encodeLine({ end: frames });
}

export function decodeFrames(bytes: Buffer): DecodedFrames {
  const frames: Frame[] = [];
  let isTorn = false;
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(newline, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    from += line.length + 1;
    if (line.length === 0) continue;
    const content = end === -1 ? undefined : contentOf(line);
    if (content === undefined) {
      isTorn = true;
      continue;
    }
    const frame = parseFrame(content);
    if (frame === undefined) continue;
    if (isTorn) return { frames, state: 'damaged' };
    frames.push(frame);
  }
  return { frames, state: isTorn ? 'torn' : 'whole' };
}

/** Undefined unless every frame up to the end is there. */
export function decodeSnapshot(bytes: Buffer): readonly Frame[] | undefined {
  const { frames, state } = decodeFrames(bytes);
  if (state !== 'whole') return undefined;
  const endLine = bytes.subarray(bytes.lastIndexOf(newline, bytes.length - 2) + 1, bytes.length - 1);
  const content = contentOf(endLine);
  return content !== undefined && 'end' in content && content.end === frames.length ? frames : undefined;
}

function encodeLine(content: object): Buffer {
  const json = JSON.stringify(content);
  return Buffer.from(`${checksum(json)} ${json}\n`);
}

function contentOf(line: Buffer): object | undefined {
  const text = line.toString('utf8');
  const json = text.slice(sumChars + 1);
  if (text.slice(0, sumChars + 1) !== `${checksum(json)} `) return undefined;
  const content: unknown = JSON.parse(json);
  return typeof content === 'object' && content !== null ? content : undefined;
}

/** What bears the checksum was written by `encodeFrame` or is a fence or an end. */
function parseFrame(content: object): Frame | undefined {
  if (!('put' in content) || !('del' in content)) return undefined;
  const { put, del } = content as {
    readonly put: readonly (readonly [string, string, number | null, string])[];
    readonly del: readonly string[];
  };
  return {
    put: put.map(([key, eTag, expiresAtMs, value]) => [
      key,
      { value, eTag, ...(expiresAtMs === null ? {} : { expiresAtMs }) },
    ]),
    del,
  };
}

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('base64url').slice(0, sumChars);
}
