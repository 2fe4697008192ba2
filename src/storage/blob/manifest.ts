/**
 * The one small blob that says which others count: a snapshot, and the journals written since it began, oldest first. It carries the owner's lease and
 * changes only under its eTag. What it does not name does not count, however it came to be there.
 */
import { randomBytes } from 'node:crypto';
import { LotseError } from '../../errors';

export interface Manifest {
  /** Who wrote it last; another one means that somebody else has had the container. */
  readonly life: string;
  /** Counts up; names of blobs begin with it, so that older ones are known as such. */
  readonly generation: number;
  readonly snapshot: string | null;
  readonly journals: readonly string[];
  /** Put aside because they could not be read; they may hold personal data. */
  readonly corrupt: readonly string[];
}

export const manifestName = 'manifest.json';
const format = 1;

export const emptyManifest: Manifest = { life: '', generation: 0, snapshot: null, journals: [], corrupt: [] };

export function encodeManifest(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify({ format, ...manifest }, null, 2)}\n`);
}

/** Undefined for what no version ever wrote; throws `STORAGE_FORMAT` for what a newer one did. */
export function parseManifest(bytes: Buffer): Manifest | undefined {
  const content = parseObject(bytes.toString('utf8'));
  const found = content?.['format'];
  if (typeof found === 'number' && found > format)
    throw new LotseError('STORAGE_FORMAT', `The container has format ${found}; this version knows ${format}`);
  const { life, generation, snapshot, journals, corrupt } = content ?? {};
  if (found !== format || typeof life !== 'string' || typeof generation !== 'number') return undefined;
  if (snapshot !== null && typeof snapshot !== 'string') return undefined;
  if (!areTexts(journals) || !areTexts(corrupt)) return undefined;
  return { life, generation, snapshot, journals, corrupt };
}

/** Another one every time: a request that made a blob and got no answer may still arrive, and must not empty the blob of a later try. */
export function newBlobName(kind: 'journal' | 'snapshot', generation: number): string {
  return `${String(generation).padStart(10, '0')}-${kind}-${randomBytes(9).toString('hex')}`;
}

/** Undefined for a blob that is not ours. */
export function generationOf(name: string): number | undefined {
  const digits = /^(\d{10})-(?:journal|snapshot)-/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
