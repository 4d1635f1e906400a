import fc from 'fast-check';
import { readCondition, writeCondition, type AttributeCondition } from './attributeText.ts';

it.each<[string, AttributeCondition]>([
  ['http.route=/orders', { scope: 'any', key: 'http.route', op: '=', value: '/orders' }],
  [' http.response.status_code >= 500 ', { scope: 'any', key: 'http.response.status_code', op: '>=', value: 500 }],
  ['resource.service.version="2"', { scope: 'resource', key: 'service.version', op: '=', value: '2' }],
  ['span.retry!=true', { scope: 'span', key: 'retry', op: '!=', value: true }],
  ['.name=~a.*', { scope: 'any', key: 'name', op: '=~', value: 'a.*' }],
  ['q=a=b', { scope: 'any', key: 'q', op: '=', value: 'a=b' }],
  ['"a \\"name\\""=x y', { scope: 'any', key: 'a "name"', op: '=', value: 'x y' }],
  ['price<-1.5e-7', { scope: 'any', key: 'price', op: '<', value: -1.5e-7 }],
])('reads %s', (text, condition) => {
  expect(readCondition(text)).toEqual(condition);
});

it.each(['', 'http.route', 'http.route=', '=5', '!=', 'a name=5', '""=x'])('takes %j for no condition', (text) => {
  expect(readCondition(text)).toBeUndefined();
});

it.each<[AttributeCondition, string]>([
  [{ scope: 'span', key: 'n', op: '=', value: '12' }, 'span.n="12"'],
  [{ scope: 'any', key: 'span.n', op: '=', value: 12 }, '.span.n=12'],
  [{ scope: 'any', key: 'n', op: '>', value: '=x' }, 'n>"=x"'],
])('writes %j so that it says the same', (condition, text) => {
  expect(writeCondition(condition)).toBe(text);
});

const condition = fc.record({
  scope: fc.constantFrom('span' as const, 'resource' as const, 'any' as const),
  key: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('span.x', 'resource.', '.', '"', 'a b', 'a\\', 'x!')),
  op: fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const, '>' as const, '>=' as const),
  value: fc.oneof(
    fc.string(),
    fc.constantFrom('"', '""', '=5', '~a', 'true', '1e5', ' ', 'a,b\n'),
    fc.boolean(),
    // Written, both zeros are the same.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)
  ),
});

it('reads back whatever it wrote', () => {
  fc.assert(
    fc.property(condition, (one) => {
      expect(readCondition(writeCondition(one))).toEqual(one);
    }),
    { numRuns: 2000 }
  );
});
