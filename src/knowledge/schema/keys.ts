/**
 * The keys a schema knows at a path: what a mistyped key can have meant.
 */
import { z } from 'zod';

export function keysAt(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  let inner: unknown = schema;
  for (const step of path) {
    inner = unwrap(inner);
    if (inner instanceof z.ZodArray) inner = inner.element;
    else if (inner instanceof z.ZodObject) inner = inner.shape[String(step)];
    else return [];
  }
  inner = unwrap(inner);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap();
  return inner;
}
