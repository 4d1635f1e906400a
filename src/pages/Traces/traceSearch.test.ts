import { millisecondsIn, readSearch, traceQlOf, windowOf } from './traceSearch.ts';
import { paramsOf } from './tracesWorld.fixture.ts';

const NOW = Date.UTC(2026, 10, 25, 12);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
  jest.useRealTimers();
});

const read = (search: string) => readSearch(paramsOf(search), 'utc');

it('looks for any trace of the last hour where the address says nothing', () => {
  const search = read('');
  expect(windowOf(search)).toEqual({ from: NOW - 3_600_000, to: NOW });
  expect(search).toMatchObject({ query: undefined, filter: { attributes: [] }, limit: 200 });
  expect(traceQlOf(search)).toBe('{ }');
});

it('reads a filter', () => {
  const search = read('service=checkout&operation=POST+/&status=error&min=1.5s&max=2m&attr=http.route%3D/a\\,b,n>5');
  expect(search.filter).toEqual({
    ...{ service: 'checkout', operation: 'POST /', status: 'error', minDurationMs: 1500, maxDurationMs: 120_000 },
    attributes: [
      { scope: 'any', key: 'http.route', op: '=', value: '/a,b' },
      { scope: 'any', key: 'n', op: '>', value: 5 },
    ],
  });
  expect(traceQlOf(search)).toBe(
    '{ resource.service.name = "checkout" && name = "POST /" && status = error && duration >= 1500ms && duration <= 120000ms && .http.route = "/a,b" && (.n > 5 || .n > 5.0) }'
  );
});

it('lets TraceQL count before the filter', () => {
  expect(traceQlOf(read('service=checkout&q={ .a = 1 }'))).toBe('{ .a = 1 }');
});

it('leaves out what makes no sense', () => {
  const search = read('status=bad&min=soon&attr=nothing&limit=5000&from=now&to=now-1h');
  expect(search).toMatchObject({ filter: { attributes: [] }, limit: 200 });
  expect(windowOf(search)).toEqual({ from: NOW - 3_600_000, to: NOW });
});

it.each([
  ['300ms', 300],
  ['1.5s', 1500],
  ['40us', 0.04],
  ['40µs', 0.04],
  [' 2 m ', 120_000],
  ['1h', 3_600_000],
  ['1h30m', 5_400_000],
  ['250', 250],
  ['-1s', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the duration %j', (text, ms) => {
  expect(millisecondsIn(text)).toBe(ms);
});
