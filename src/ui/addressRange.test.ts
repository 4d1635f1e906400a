import { readRange, writeRangeEnd } from './addressRange.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const HOUR = 3_600_000;
const DAY = { from: 'now-24h', to: 'now' } as const;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
  jest.useRealTimers();
});

const read = (from?: string, to?: string) => readRange({ from, to }, 'utc', DAY);
const inNumbers = (from?: string, to?: string) => {
  const range = read(from, to);
  return [range.from.valueOf() - NOW, range.to.valueOf() - NOW];
};

it.each<[what: string, given: readonly string[], read: readonly number[]]>([
  ['nothing', [], [-24 * HOUR, 0]],
  ['words of Grafana', ['now-6h', 'now-1h'], [-6 * HOUR, -HOUR]],
  ['numbers', [String(NOW - 5000), String(NOW - 2000)], [-5000, -2000]],
  ['an end that is no time', ['yesterday', 'now'], [-24 * HOUR, 0]],
  ['a part of a number', ['17'], [-24 * HOUR, 0]],
  ['an end before the start', ['now-1h', 'now-2h'], [-24 * HOUR, 0]],
  ['an empty stretch', ['now', 'now'], [-24 * HOUR, 0]],
])('reads %s', (_, [from, to], ends) => {
  expect(inNumbers(from, to)).toEqual(ends);
});

it('writes what it reads', () => {
  const { raw } = read('now-6h', String(NOW - 2000));
  expect([writeRangeEnd(raw.from), writeRangeEnd(raw.to)]).toEqual(['now-6h', String(NOW - 2000)]);
});
