import fc from 'fast-check';
import { z } from 'zod';
import { epochMs, seconds } from '../core/units.ts';
import {
  duration,
  identifier,
  line,
  linkUrl,
  queryBoolean,
  queryInteger,
  queryList,
  sampleValue,
  time,
} from './wire.ts';

describe('sample values', () => {
  it('that are no number travel as null and arrive as NaN', () => {
    expect(z.encode(z.array(sampleValue), [1, Number.NaN, Number.POSITIVE_INFINITY, -0.5])).toEqual([
      1,
      null,
      null,
      -0.5,
    ]);
    expect(z.decode(z.array(sampleValue), [1, null])).toEqual([1, Number.NaN]);
  });

  it('that are numbers arrive as they were sent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const sent: unknown = JSON.parse(JSON.stringify(z.encode(sampleValue, value)));
        expect(z.decode(sampleValue, sent as number)).toBe(value === 0 ? 0 : value);
      })
    );
  });
});

it('carries times as RFC 3339 and durations as Prometheus writes them', () => {
  const at = epochMs(Date.UTC(2026, 10, 21, 14, 2, 3, 450));
  expect(z.encode(time, at)).toBe('2026-11-21T14:02:03.450Z');
  expect(z.decode(time, '2026-11-21T15:02:03.450+01:00')).toBe(at);
  expect(z.encode(duration, seconds(90))).toBe('1m30s');
  expect(z.decode(duration, '1m30s')).toBe(90_000);
});

it.each([
  [time, 'yesterday', 'expected an RFC 3339 time such as 2026-11-21T14:02:00Z'],
  [duration, '10 minutes', 'expected a duration such as 30s, 5m or 1h30m'],
  [queryInteger(1, 5), 'x', 'expected an integer'],
  [linkUrl, 'javascript:alert(1)', 'expected an http or https address'],
  [line(10), 'a\nb', 'expected one line of text without control characters'],
  [identifier(10), '../x', /^expected letters, digits, dot, dash or underscore/],
] as const)('says what it expected instead of %#', (schema, given, message) => {
  const refused = z.safeDecode(schema, given);
  expect(refused.error?.issues[0]?.message).toMatch(message);
});

it('reads lists, numbers and flags of a query string', () => {
  expect(z.decode(queryList(z.enum(['a', 'b'])), 'a,,b')).toEqual(['a', 'b']);
  expect(z.safeDecode(queryList(z.enum(['a', 'b'])), 'c').success).toBe(false);
  expect(z.decode(queryInteger(1, 5), '5')).toBe(5);
  expect(z.safeDecode(queryInteger(1, 5), '6').success).toBe(false);
  expect(z.decode(queryBoolean, 'true')).toBe(true);
});
