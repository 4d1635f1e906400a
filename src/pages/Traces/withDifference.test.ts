import { paramsOf } from './tracesWorld.fixture.ts';
import { withDifference } from './withDifference.ts';

const value = { scope: 'span' as const, key: 'region', value: 'eu, west', range: null };
const range = { scope: 'resource' as const, key: 'size', value: null, range: { from: 5, to: 9 } };

it('makes a condition of a value where nothing else is asked, and clears the selection', () => {
  expect(withDifference(paramsOf('ids=1&why=1'), value)).toEqual({
    attr: String.raw`span.region=eu\, west`,
    ids: null,
    why: null,
  });
});

it('asks for a value beside a filter in a query of its own, since it may be of another span', () => {
  expect(withDifference(paramsOf('service=checkout&status=error&ids=1'), value)).toMatchObject({
    ...{ q: '({ resource.service.name = "checkout" && status = error }) && ({ span.region = "eu, west" })' },
    ...{ service: null, status: null, attr: null, ids: null },
  });
});

it.each([
  [range.range, 'resource.size>=5,resource.size<9'],
  [{ from: null, to: 9 }, 'resource.size<9'],
  [{ from: 5, to: null }, 'resource.size>=5'],
])('makes conditions of the range %j', (given, attr) => {
  expect(withDifference(paramsOf(''), { ...range, range: given })).toEqual({ attr, ids: null, why: null });
});

it('knows that name and status are no attributes', () => {
  const intrinsic = { scope: 'intrinsic' as const, range: null };
  expect(withDifference(paramsOf(''), { ...intrinsic, key: 'name', value: 'GET /' })).toMatchObject({
    operation: 'GET /',
  });
  expect(withDifference(paramsOf(''), { ...intrinsic, key: 'status', value: 'error' })).toMatchObject({
    status: 'error',
  });
});

it.each([
  ['{ }', '{ span.region = "eu, west" }'],
  ['{}', '{ span.region = "eu, west" }'],
  ['{ .a = 1 || .a = 2 }', '({ .a = 1 || .a = 2 }) && ({ span.region = "eu, west" })'],
  ['{ .a = "}" } || { .b = 2 }', '({ .a = "}" } || { .b = 2 }) && ({ span.region = "eu, west" })'],
  ['{ .a = 1 } | count() > 2', '({ .a = 1 } | count() > 2) && ({ span.region = "eu, west" })'],
])('narrows %s', (query, narrowed) => {
  expect(withDifference(paramsOf(`q=${encodeURIComponent(query)}`), value)).toMatchObject({ q: narrowed, ids: null });
});
