import { traceOfTest } from '../src/core/traces/otlpTrace.fixture.ts';
import { epochMs } from '../src/core/units.ts';
import { createTraceCache } from './traceCache.ts';

const trace = (id: string, spans = 1) =>
  traceOfTest(
    id,
    epochMs(1_700_000_000_000),
    Array.from({ length: spans }, (_, n) => ({ id: `${n + 1}` }))
  );
const id = (end: string): string => end.padStart(32, '0');

it('gives back what it was given, to its owner only', () => {
  const cache = createTraceCache(10);
  const [owner, other] = [{}, {}];
  const one = trace('a');
  cache.put(owner, one);
  expect(cache.get(owner, id('a'))).toBe(one);
  expect([cache.get(other, id('a')), cache.get(owner, id('b'))]).toEqual([undefined, undefined]);
});

it('forgets what was used least lately, by spans', () => {
  const cache = createTraceCache(10);
  const owner = {};
  for (const name of ['a', 'b', 'c']) {
    cache.put(owner, trace(name, 3));
  }
  cache.get(owner, id('a'));
  cache.put(owner, trace('d', 4));
  expect(['a', 'b', 'c', 'd'].map((name) => cache.get(owner, id(name))?.size)).toEqual([3, undefined, 3, 4]);
  expect(cache.spans).toBe(10);
});

it('counts a trace that is put again once, and keeps none that is half of all', () => {
  const cache = createTraceCache(10);
  const owner = {};
  cache.put(owner, trace('a', 3));
  cache.put(owner, trace('a', 4));
  cache.put(owner, trace('b', 6));
  expect([cache.spans, cache.get(owner, id('a'))?.size, cache.get(owner, id('b'))]).toEqual([4, 4, undefined]);
});
