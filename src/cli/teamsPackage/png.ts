/**
 * The two icons of the Teams app, drawn rather than stored: a speech bubble with a compass needle. Colour: 192 pixels, safe area 120;
 * outline: 32 pixels, white on transparent, as Teams demands. Source: Portable Network Graphics, RFC 2083.
 */
import { deflateSync } from 'node:zlib';
import { crc32 } from './crc32';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
/** Colour at a point of the unit square. */
type Painting = (x: number, y: number) => Colour;

const clear: Colour = [0, 0, 0, 0];
const white: Colour = [255, 255, 255, 255];
const ground: Colour = [0, 79, 128, 255];
const needle: Colour = [200, 40, 30, 255];
const samplesPerAxis = 4;

export function colourIcon(): Buffer {
  return png(192, (x, y) => {
    if (!inBubble(x, y)) return ground;
    const part = needlePart(x, y);
    return part === 'north' ? needle : part === 'south' ? ground : white;
  });
}

export function outlineIcon(): Buffer {
  return png(32, (x, y) => {
    const outer = inBubble(x, y, 1.5);
    const inner = inBubble(x, y, 1.2);
    if (outer && !inner) return white;
    return inner && needlePart(x, y, 1.4) !== 'none' ? white : clear;
  });
}

/** A circle with a tail to the lower left, around the middle. */
function inBubble(x: number, y: number, scale = 1): boolean {
  const [dx, dy] = [(x - 0.5) / scale, (y - 0.47) / scale];
  if (dx * dx + dy * dy <= 0.27 * 0.27) return true;
  // The tail: between the circle and a corner, under the diagonal.
  return dx < 0 && dy > 0.1 && dy < 0.33 && -dx < 0.33 - dy * 0.1 && Math.abs(-dx - dy * 0.85) < (0.33 - dy) * 0.6;
}

/** A compass needle that points up and to the right. */
function needlePart(x: number, y: number, scale = 1): 'north' | 'south' | 'none' {
  const [dx, dy] = [(x - 0.5) / scale, (y - 0.47) / scale];
  const along = (dx - dy) * Math.SQRT1_2;
  const across = Math.abs((dx + dy) * Math.SQRT1_2);
  if (across > 0.065 * (1 - Math.abs(along) / 0.2)) return 'none';
  return along > 0 ? 'north' : 'south';
}

function png(size: number, paint: Painting): Buffer {
  const row = size * 4 + 1;
  const pixels = Buffer.alloc(row * size);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) pixels.set(smoothed(x, y, size, paint), y * row + 1 + x * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits, colour with alpha, no interlacing.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The mean of several points in a pixel, so that edges are smooth. */
function smoothed(x: number, y: number, size: number, paint: Painting): readonly number[] {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < samplesPerAxis; i += 1)
    for (let j = 0; j < samplesPerAxis; j += 1) {
      const [red, green, blue, alpha] = paint(
        (x + (i + 0.5) / samplesPerAxis) / size,
        (y + (j + 0.5) / samplesPerAxis) / size,
      );
      for (const [index, value] of [red * alpha, green * alpha, blue * alpha, alpha].entries())
        sum[index] = (sum[index] ?? 0) + value;
    }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  if (alpha === 0) return clear;
  return [red / alpha, green / alpha, blue / alpha, alpha / samplesPerAxis ** 2].map(Math.round);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
