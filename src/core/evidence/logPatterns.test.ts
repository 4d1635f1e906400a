import fc from 'fast-check';
import { logPatterns, patternOf } from './logPatterns.ts';

const line = (message: string, level: 'error' | 'warning' | 'info' = 'error') => ({ message, level });

it.each([
  ['order 4711 failed after 1.5s', 'order <*> failed after <*>s'],
  ['user 0f8fad5b-d9cb-469f-a165-70867728950e is gone', 'user <*> is gone'],
  ['connect ECONNREFUSED 10.0.0.7:5432', 'connect ECONNREFUSED <*>'],
  ['trace 4bf92f3577b34da6a3ce929d0e0e4736 lost', 'trace <*> lost'],
  ['at 2026-11-21T14:02:07.123Z: over', 'at <*>: over'],
  ['pod checkout-7 is   late', 'pod checkout-<*> is late'],
  ['balance -12 at 0xDEADBEEF', 'balance <*> at <*>'],
  // Words stay words, with digits and without.
  ['http2 to the facade of p95', 'http2 to the facade of p95'],
])('makes of %j the pattern %j', (message, pattern) => {
  expect(patternOf(message)).toBe(pattern);
});

it('counts what occurs more than once, most frequent first, with its heaviest level', () => {
  expect(
    logPatterns([
      ...[line('order 1 failed', 'warning'), line('order 2 failed'), line('only once')],
      ...[line('slow 10 ms', 'info'), line('slow 11 ms', 'info'), line('slow 12 ms', 'warning')],
      ...[line('retry 1', 'info'), line('retry 2', 'info')],
    ])
  ).toEqual([
    { pattern: 'slow <*> ms', count: 3, level: 'warning' },
    { pattern: 'order <*> failed', count: 2, level: 'error' },
    { pattern: 'retry <*>', count: 2, level: 'info' },
  ]);
});

it('keeps ten patterns at most', () => {
  const lines = Array.from({ length: 40 }, (_, index) => line(`word${'abcdefghijklmnopqrst'[index % 20]}`));
  expect(logPatterns(lines)).toHaveLength(10);
});

it('gives one pattern to messages that differ in a number, and counts every line once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 2, maxLength: 50 }), (numbers) => {
      expect(logPatterns(numbers.map((one) => line(`job ${one} took ${one} ms`)))).toEqual([
        { pattern: 'job <*> took <*> ms', count: numbers.length, level: 'error' },
      ]);
    })
  );
});
