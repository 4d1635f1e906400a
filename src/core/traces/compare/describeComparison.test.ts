import { compareTraceSets } from './compareTraceSets.ts';
import { describeComparison, formatP } from './describeComparison.ts';
import { seeded, shopTraces, type ShopOptions } from './shopTraces.fixture.ts';

type Given = Omit<ShopOptions, 'random'>;

function answer(a: readonly [count: number, given?: Given], b: readonly [count: number, given?: Given]) {
  const random = seeded(7);
  const [first, second] = [a, b].map(([count, given]) => shopTraces(count, { random, ...given }));
  return describeComparison(compareTraceSets(first ?? [], second ?? []));
}

it('says how much slower, how sure, of how many, and where', () => {
  const { verdict, text, culprit } = answer([48], [50, { slower: { 'charge card': 600 } }]);
  expect(verdict).toBe('slower');
  expect(text).toMatch(
    /^B is \d+ ms slower on average \(median 2\d\d ms → 8\d\d ms, p < 0\.001, 48 vs 50 traces\): \d+ ms (of it|more) in payments: charge card\.$/
  );
  expect(culprit?.operation).toBe('charge card');
});

it('says the same of what became faster', () => {
  const { verdict, text } = answer([50, { slower: { 'get cart': 400 } }], [48]);
  expect(verdict).toBe('faster');
  expect(text).toMatch(/^B is \d+ ms faster on average \(.*\): \d+ ms (of it|less) in cart: get cart\.$/);
});

it('accuses nothing where there is no clear difference', () => {
  const { verdict, text, culprit } = answer([30], [30]);
  expect(verdict).toBe('alike');
  expect(text).toMatch(
    /^No clear difference in duration: B is .* on average \(median .*, p = 0\.\d+, 30 vs 30 traces\)\.$/
  );
  expect(culprit).toBeNull();
});

it('says that two single traces are no test', () => {
  const { verdict, text } = answer([1], [1, { slower: { authorize: 500 } }]);
  expect(verdict).toBe('untested');
  expect(text).toMatch(
    /^B is \d+ ms slower \(\d+ ms → \d+ ms; one trace each: no test\): \d+ ms (of it|more) in card-processor: authorize\.$/
  );
});

it('says what is too few', () => {
  expect(answer([2], [3]).text).toMatch(/^B is .* on average \(median .*; 2 vs 3 traces: too few for a test\)/);
});

it('does not give for a finding that the slow ones are slow', () => {
  const random = seeded(8);
  const slower = { 'charge card': 600 };
  const compared = compareTraceSets(shopTraces(40, { random }), shopTraces(6, { random, slower }));
  const { verdict, text } = describeComparison(compared, { byDuration: true });
  expect(verdict).toBe('slower');
  expect(text).toMatch(
    /^B is \d+ ms slower on average \(median .*, 40 vs 6 traces parted by their duration\): .* in payments: charge card\.$/
  );
});

it('tells of more failures', () => {
  const { text } = answer([40], [40, { failing: 0.5 }]);
  expect(text).toMatch(/ More of B failed: 0 % → \d+(\.\d)? % \(p < 0\.001\)\.$/);
});

it('names what one side only has', () => {
  const { text } = answer([1, { stockCalls: 0 }], [1, { slower: { 'SELECT stock': 900 } }]);
  expect(text).toMatch(/ in stock: SELECT stock, which only B has\.$/);
});

it.each([
  [0, 0, 'There is no trace on either side.'],
  [0, 2, 'There is no trace in A, so there is nothing to compare with B.'],
  [2, 0, 'There is no trace in B, so there is nothing to compare with A.'],
])('says which side is empty: %s and %s', (a, b, text) => {
  expect(answer([a], [b])).toEqual({ verdict: 'empty', text, culprit: null });
});

it.each([
  [0.04567, 'p = 0.046'],
  [0.5, 'p = 0.5'],
  [0.0009, 'p < 0.001'],
])('writes %s as %s', (p, text) => {
  expect(formatP(p)).toBe(text);
});
