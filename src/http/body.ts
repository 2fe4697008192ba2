/**
 * Reads and parses a JSON body within bounds: bytes, nesting, and no key that reaches a prototype. Stops reading at the limit, whatever the header said.
 */
import type { IncomingMessage } from 'node:http';
import type { HttpErrorName } from './errors';

export type BodyResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: HttpErrorName };

const maxDepth = 40;

export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return { ok: false, error: 'tooLarge' };
  const bytes = await readBytes(request, maxBytes);
  if (bytes === undefined) return { ok: false, error: 'tooLarge' };
  if (bytes.length === 0) return { ok: true, value: undefined };
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { ok: false, error: 'unsupported' };
  return parseJson(bytes);
}

export function parseJson(bytes: Buffer): BodyResult {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, error: 'badRequest' };
  }
  if (nestsDeeperThan(text, maxDepth)) return { ok: false, error: 'badRequest' };
  try {
    const value: unknown = JSON.parse(text, (key, item: unknown) => (key === '__proto__' ? undefined : item));
    return { ok: true, value };
  } catch {
    return { ok: false, error: 'badRequest' };
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroyed with the stream, the socket could not carry the refusal any more.
  const parts: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of parts) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Counts brackets outside strings, so that a hostile nesting is refused before anything recursive sees it. */
function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
}
