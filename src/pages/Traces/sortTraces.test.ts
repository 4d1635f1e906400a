import { failedOf, slowestTenth } from './pickTraces.ts';
import { SORTS, sortOf, sortTraces } from './sortTraces.ts';
import { found } from './tracesWorld.fixture.ts';

const traces = [
  found('1', { startedAt: 10, durationMs: 5 }),
  found('2', { startedAt: 30, durationMs: 1, failedIn: ['a'] }),
  found('3', { startedAt: 20, durationMs: 9 }),
  found('4', { startedAt: 5, durationMs: 2, failedIn: ['a', 'b'] }),
];

it.each([
  ['newest', '2 3 1 4'],
  ['slowest', '3 1 4 2'],
  ['failed', '4 2 3 1'],
] as const)('puts %s first', (by, ids) => {
  expect(
    sortTraces(traces, by)
      .map(({ traceId }) => traceId.replace(/^0+/, ''))
      .join(' ')
  ).toBe(ids);
});

it('takes the newest first unless the address says otherwise', () => {
  expect([sortOf(undefined), sortOf('oddest'), ...SORTS.map(({ value }) => sortOf(value))]).toEqual([
    ...['newest', 'newest', 'newest', 'slowest', 'failed'],
  ]);
});

const short = (ids: readonly string[]) => ids.map((id) => id.replace(/^0+/, ''));

it('picks what failed, and the tenth that took longest', () => {
  expect(short(failedOf(traces))).toEqual(['2', '4']);
  expect(short(slowestTenth(traces))).toEqual(['3']);
  const many = Array.from({ length: 21 }, (_, n) => found(String(n + 1), { durationMs: n }));
  expect(short(slowestTenth(many))).toEqual(['21', '20', '19']);
});

it('picks no slowest where there would be no rest', () => {
  expect([slowestTenth([]), slowestTenth(traces.slice(0, 1))]).toEqual([[], []]);
});
