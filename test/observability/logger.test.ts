/**
 * One JSON line per event, whatever is put into it.
 */
import fc from 'fast-check';
import { fixedClock } from '../../src/clock';
import { LotseError } from '../../src/errors';
import { createLogger, errorCode, maskId } from '../../src/observability/logger';

const clock = fixedClock(Date.parse('2026-11-24T10:00:00Z'));
function capture(level?: 'info' | 'warn' | 'error' | 'off'): {
  lines: string[];
  logger: ReturnType<typeof createLogger>;
} {
  const lines: string[] = [];
  return { lines, logger: createLogger((line) => lines.push(line), clock, level) };
}

it('writes time, level, event and fields', () => {
  const { lines, logger } = capture();
  logger.info('turn', { channel: 'directline', durationMs: 3 });
  expect(lines).toEqual([
    '{"time":"2026-11-24T10:00:00.000Z","level":"info","event":"turn","channel":"directline","durationMs":3}',
  ]);
});

it('26 stays one readable line for any text in any field, cut to 120 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { lines, logger } = capture();
      logger.error('x', { text });
      const [line = ''] = lines;
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
      const record = JSON.parse(line) as { event: string; text: string };
      expect(record.event).toBe('x');
      expect(record.text).toBe(text.slice(0, 120));
    }),
  );
});

it('lets no field pass itself off as the event', () => {
  const { lines, logger } = capture();
  logger.info('real', { event: 'forged', level: 'error', time: 'never' });
  expect(JSON.parse(lines[0] ?? '')).toEqual({ time: '2026-11-24T10:00:00.000Z', level: 'info', event: 'real' });
});

it('18 counts what an attack would write a thousand times, and says so in the next minute', () => {
  const { lines, logger } = capture();
  for (let index = 0; index < 1000; index += 1) logger.warn('messages.refused', { status: 401 });
  expect(lines).toHaveLength(30);
  logger.warn('other');
  expect(lines).toHaveLength(31);
  clock.advance(60_000);
  logger.warn('messages.refused', { status: 401 });
  expect(lines).toHaveLength(33);
  expect(JSON.parse(lines[31] ?? '')).toMatchObject({ event: 'log.suppressed', of: 'messages.refused', lines: 970 });
});

it('keeps quiet below its level', () => {
  const { lines, logger } = capture('error');
  logger.info('a');
  logger.warn('b');
  logger.error('c');
  expect(lines).toHaveLength(1);
});

it('names an error by code or class, never by its message', () => {
  expect(errorCode(new LotseError('STORAGE_UNAVAILABLE', 'Frau Beispiel'))).toBe('STORAGE_UNAVAILABLE');
  expect(errorCode(new TypeError('Frau Beispiel'))).toBe('TypeError');
  expect(errorCode('Frau Beispiel')).toBe('string');
});

it('masks an identifier the same way twice, and shows nothing of it', () => {
  expect(maskId('conversation-1')).toBe(maskId('conversation-1'));
  expect(maskId('conversation-1')).not.toBe(maskId('conversation-2'));
  expect(maskId('conversation-1')).toMatch(/^[0-9a-f]{12}$/);
});
