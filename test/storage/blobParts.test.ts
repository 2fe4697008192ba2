/** The parts that the store on blobs is made of, beside naive ones. */
import fc from 'fast-check';
import {
  decodeFrames,
  decodeSnapshot,
  encodeEnd,
  encodeFence,
  encodeFrame,
  type Frame,
} from '../../src/storage/blob/frames';
import type { StoredRecord } from '../../src/storage/groupCommit';
import { createSortedKeys } from '../../src/storage/blob/sortedKeys';

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.string({ unit, maxLength: 8 });
const record: fc.Arbitrary<StoredRecord> = fc
  .record({ value: anyText, eTag: fc.string(), expiresAtMs: fc.option(fc.nat(), { nil: undefined }) })
  .map(({ expiresAtMs, ...rest }) => ({ ...rest, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) }));
const frame: fc.Arbitrary<Frame> = fc.record({
  put: fc.array(fc.tuple(anyText, record), { maxLength: 4 }),
  del: fc.array(anyText, { maxLength: 4 }),
});

describe('sorted keys', () => {
  it('are what a sorted array is, from any key on, whatever comes and goes', () => {
    const key = fc.integer({ min: 0, max: 4_000 }).map((number) => `k${number}`);
    const steps = fc.array(fc.tuple(fc.boolean(), key), { minLength: 1, maxLength: 6_000, size: 'max' });
    fc.assert(
      fc.property(steps, key, (all, from) => {
        const keys = createSortedKeys();
        const naive = new Set<string>();
        for (const [isNew, each] of all) {
          if (isNew) keys.add(each);
          else keys.remove(each);
          if (isNew) naive.add(each);
          else naive.delete(each);
        }
        const sorted = [...naive].sort((a, b) => (a < b ? -1 : 1));
        expect([...keys.from('')]).toEqual(sorted);
        expect([...keys.from(from)]).toEqual(sorted.filter((each) => each >= from));
        expect([...keys.from(from, { after: true })]).toEqual(sorted.filter((each) => each > from));
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  it('split into pieces and are emptied again', () => {
    const keys = createSortedKeys();
    const all = Array.from({ length: 10_000 }, (_, index) => String(index * 7_919).padStart(9, '0'));
    for (const key of [...all].reverse()) keys.add(key);
    expect([...keys.from('')]).toEqual(all);
    for (const key of all) keys.remove(key);
    expect([...keys.from('')]).toEqual([]);
    keys.add('again');
    expect([...keys.from('')]).toEqual(['again']);
  });
});

describe('frames', () => {
  it('come back as they were, fences between them or not', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), (frames) => {
        const bytes = Buffer.concat(frames.flatMap((each) => [encodeFence('life'), encodeFrame(each)]));
        expect(decodeFrames(bytes)).toEqual({ frames, state: 'whole' });
        expect(decodeSnapshot(Buffer.concat([...frames.map(encodeFrame), encodeEnd(frames.length)]))).toEqual(frames);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it('cut off anywhere are whole up to the last one that is', () => {
    const frames = ['a', 'b', 'c'].map((key): Frame => ({ put: [[key, { value: `${key}ä`, eTag: '1' }]], del: [] }));
    const lines = frames.map(encodeFrame);
    const bytes = Buffer.concat(lines);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { frames: found, state } = decodeFrames(bytes.subarray(0, cut));
      const whole = lines.filter((_, index) => Buffer.concat(lines.slice(0, index + 1)).length <= cut).length;
      expect(found).toEqual(frames.slice(0, whole));
      expect(state).toBe(Buffer.concat(lines.slice(0, whole)).length === cut ? 'whole' : 'torn');
    }
  });

  it('of a snapshot are refused when one is missing or something is wrong', () => {
    const frames = ['a', 'b'].map((key): Frame => ({ put: [[key, { value: key, eTag: '1' }]], del: [] }));
    const [first, second] = frames.map(encodeFrame) as [Buffer, Buffer];
    expect(decodeSnapshot(Buffer.concat([first, second, encodeEnd(2)]))).toHaveLength(2);
    for (const parts of [
      [first, encodeEnd(2)],
      [first, second],
      [encodeEnd(2), first, second],
      [first, second, encodeEnd(2), Buffer.from('x')],
      [],
    ])
      expect(decodeSnapshot(Buffer.concat(parts))).toBeUndefined();
  });
});
