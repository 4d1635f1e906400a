import { paramsOf } from './tracesWorld.fixture.ts';
import { withDifference } from './withDifference.ts';

const value = { scope: 'span' as const, key: 'region', value: 'eu, west', range: null };
const range = { scope: 'resource' as const, key: 'size', value: null, range: { from: 5, to: 9 } };

it('adds a value to the conditions once, and clears the selection', () => {
  expect(withDifference(paramsOf('attr=a%3D1&ids=1'), value)).toEqual({
    ...{ attr: String.raw`a=1,span.region=eu\, west`, ids: null },
  });
  expect(withDifference(paramsOf(String.raw`attr=span.region=eu\, west`), value).attr).toBe(
    String.raw`span.region=eu\, west`
  );
});

it.each([
  [range.range, 'resource.size>=5,resource.size<9'],
  [{ from: null, to: 9 }, 'resource.size<9'],
  [{ from: 5, to: null }, 'resource.size>=5'],
])('makes conditions of the range %j', (given, attr) => {
  expect(withDifference(paramsOf(''), { ...range, range: given })).toEqual({ attr, ids: null });
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
  ['{ .a = 1 }', '{ .a = 1 } && { span.region = "eu, west" }'],
  ['{ .a = 1 || .a = 2 }', '{ .a = 1 || .a = 2 } && { span.region = "eu, west" }'],
  ['{ .a = 1 } || { .b = 2 }', '({ .a = 1 } || { .b = 2 }) && { span.region = "eu, west" }'],
])('narrows %s', (query, narrowed) => {
  expect(withDifference(paramsOf(`q=${query}`), value)).toEqual({ q: narrowed, ids: null });
});
