import type { Attribute, Trace } from '../trace.ts';
import type { AttributeDifference, SelectionExplained } from './attributeDifference.ts';
import { createSelectionExplainer, explainSelection, LEAST_TRACES } from './explainSelection.ts';
import { seeded, shopTrace, shopTraces } from './shopTraces.fixture.ts';

const withRoot = (count: number, attributesOf: (at: number) => readonly Attribute[], random: () => number): Trace[] =>
  Array.from({ length: count }, (_, at) => shopTrace({ random, attributes: attributesOf(at) }));

const named = ({ items }: SelectionExplained, key: string): readonly AttributeDifference[] =>
  items.filter((item) => item.key === key);

it('puts the value on top that the selection has and the rest has not, with counts in both', () => {
  const random = seeded(1);
  const selection = withRoot(20, (at) => [['region', at < 18 ? 'eu-west' : 'us-east']], random);
  const rest = withRoot(60, (at) => [['region', at < 6 ? 'eu-west' : 'us-east']], random);
  const explained = explainSelection(selection, rest);
  const [first, second] = explained.items;
  expect(first).toMatchObject({
    ...{ scope: 'span', key: 'region', value: 'eu-west', range: null, selection: 18, rest: 6 },
    example: selection[0]?.traceId,
  });
  expect(first?.difference).toBeCloseTo(0.9 - 0.1, 12);
  expect(first?.test?.isSignificant).toBe(true);
  expect(second).toMatchObject({ value: 'us-east', difference: -(first?.difference ?? 0) });
  expect(explained).toMatchObject({ selection: 20, rest: 60, isSmall: false });
});

it('compares what sent the spans, their names and failures too', () => {
  const random = seeded(2);
  const selection = shopTraces(20, { random, version: '2.0.0', failing: 1 });
  const rest = shopTraces(20, { random, stockCalls: 0 });
  const found = explainSelection(selection, rest).items.map(({ scope, key, value }) => [scope, key, value]);
  expect(found).toContainEqual(['resource', 'service.version', '2.0.0']);
  expect(found).toContainEqual(['intrinsic', 'status', 'error']);
  expect(found).toContainEqual(['intrinsic', 'name', 'SELECT stock']);
  expect(found).toContainEqual(['resource', 'service.name', 'stock']);
  // All have it.
  expect(found).not.toContainEqual(['intrinsic', 'name', 'charge card']);
});

it('leaves out ids, and says so', () => {
  const random = seeded(3);
  const ids = (count: number, from: number) =>
    withRoot(
      count,
      (at) => [
        ['request.id', `r${from + at}`],
        ['worker.pid', 4000 + from + at],
      ],
      random
    );
  const explained = explainSelection(ids(20, 0), ids(20, 100));
  expect(named(explained, 'request.id')).toEqual([]);
  expect(explained.leftOut).toContainEqual({ scope: 'span', key: 'request.id', values: 40 });
  expect(explained.leftOut).toContainEqual({ scope: 'span', key: 'worker.pid', values: 40 });
});

it('finds one tenant that fills the selection among many that come once', () => {
  const random = seeded(4);
  const selection = withRoot(20, () => [['tenant', 'acme']], random);
  const rest = withRoot(30, (at) => [['tenant', `t${at}`]], random);
  const explained = explainSelection(selection, rest);
  expect(named(explained, 'tenant')).toMatchObject([{ value: 'acme', selection: 20, rest: 0 }]);
  expect(explained.leftOut).toEqual([]);
});

it('compares quantities in ranges, and codes one by one', () => {
  const random = seeded(5);
  const attributes = (amount: number, code: number): readonly Attribute[] => [
    ['amount', amount],
    ['code', code],
  ];
  const selection = withRoot(20, (at) => attributes(900 + at, 500), random);
  const rest = withRoot(60, (at) => attributes(at, 200), random);
  const explained = explainSelection(selection, rest);
  const ranges = named(explained, 'amount');
  // Three quarters of all are below 269, a quarter of the way from 59 to 900.
  expect(ranges[0]).toMatchObject({ range: { from: 269, to: 911 }, selection: 11, rest: 0 });
  expect(ranges.find(({ range }) => range?.to === null)).toMatchObject({ selection: 9, rest: 0 });
  expect(ranges.every(({ value, range }) => value === null && range !== null)).toBe(true);
  // Every trace is in one range.
  expect(ranges.reduce((sum, item) => sum + item.selection, 0)).toBe(20);
  expect(ranges.reduce((sum, item) => sum + item.rest, 0)).toBe(60);
  const edges = ranges.map(({ range }) => range?.from ?? -Infinity).toSorted((a, b) => a - b);
  expect(edges[0]).toBe(-Infinity);
  expect(new Set(edges).size).toBe(ranges.length);
  expect(named(explained, 'code')).toMatchObject([
    { value: 500, selection: 20, rest: 0 },
    { value: 200, selection: 0, rest: 60 },
  ]);
});

it('tests nothing where a set is small, and says that it is', () => {
  const random = seeded(6);
  const selection = withRoot(LEAST_TRACES - 1, () => [['region', 'eu']], random);
  const rest = withRoot(50, () => [['region', 'us']], random);
  const explained = explainSelection(selection, rest);
  expect(explained).toMatchObject({ isSmall: true, tests: 0 });
  expect(explained.items[0]).toMatchObject({ difference: 1, test: null });
});

it('counts a trace once, and a trace of both sides for the selection', () => {
  const random = seeded(7);
  const selection = shopTraces(6, { random, version: '2' });
  const others = shopTraces(6, { random });
  const explained = explainSelection([...selection, ...selection], [...others, ...selection]);
  expect(explained).toMatchObject({ selection: 6, rest: 6 });
  expect(named(explained, 'service.version')).toMatchObject([
    { value: '2', selection: 6, rest: 0 },
    { value: '1.0.0', selection: 0, rest: 6 },
  ]);
});

it('looks only at the spans asked for', () => {
  const random = seeded(8);
  const explainer = createSelectionExplainer({ spansOf: (trace) => [trace.roots[0] ?? 0] });
  shopTraces(6, { random, failing: 1 }).forEach((trace) => explainer.add('selection', trace));
  shopTraces(6, { random, stockCalls: 0 }).forEach((trace) => explainer.add('rest', trace));
  expect(explainer.finish().items).toMatchObject([{ scope: 'intrinsic', key: 'status', value: 'error' }]);
});

it('finds nothing in 95 of 100 selections that are picked by chance', () => {
  const seeds = 200;
  let found = 0;
  for (let seed = 0; seed < seeds; seed += 1) {
    const random = seeded(5000 + seed);
    const traces = withRoot(
      40,
      () => [
        ['region', `r${Math.floor(random() * 3)}`],
        ['plan', random() < 0.3 ? 'free' : 'paid'],
        ['items', Math.floor(random() * 100)],
      ],
      random
    );
    const { items } = explainSelection(traces.slice(0, 15), traces.slice(15));
    found += items.some(({ test }) => test?.isSignificant === true) ? 1 : 0;
  }
  expect(found / seeds).toBeLessThanOrEqual(0.05);
});

it('shows lists as JSON, long values cut, and the same text of another type apart', () => {
  const random = seeded(9);
  const selection = withRoot(
    6,
    () => [
      ['list', ['a', 1]],
      ['long', 'x'.repeat(1000)],
      ['code', '1'],
    ],
    random
  );
  const explained = explainSelection(
    selection,
    withRoot(6, () => [['code', 1]], random)
  );
  expect(named(explained, 'list')).toMatchObject([{ value: '["a",1]' }]);
  expect(String(named(explained, 'long')[0]?.value)).toHaveLength(301);
  expect(named(explained, 'code').map(({ value, difference }) => [value, difference])).toEqual([
    ['1', 1],
    [1, -1],
  ]);
});
