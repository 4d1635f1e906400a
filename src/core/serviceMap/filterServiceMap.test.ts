import fc from 'fast-check';
import type { ChangeKind } from './diffServiceMaps.ts';
import { filterServiceMap, neighbourhood, type MapFilter } from './filterServiceMap.ts';

const node = (id: string, namespace = '') => ({ id, namespace });
const edge = (from: string, to: string, failed = 0) => ({ from, to, figures: { failed }, before: null, changes: [] });

/** web → checkout → payments → bank, web → catalog, and one that nobody calls. */
const MAP = {
  nodes: [
    ...[node('web', 'front'), node('checkout', 'shop'), node('payments', 'shop'), node('bank')],
    ...[node('catalog', 'shop'), node('lonely', 'shop')],
  ],
  edges: [
    ...[edge('web', 'checkout', 2), edge('checkout', 'payments'), edge('payments', 'bank', 1)],
    edge('web', 'catalog'),
  ],
};
const filtered = (filter: MapFilter, hurting: readonly string[] = []) => {
  const { nodes, edges } = filterServiceMap(MAP, filter, ({ id }) => hurting.includes(id));
  return { nodes: nodes.map(({ id }) => id), edges: edges.map(({ from, to }) => `${from} ${to}`) };
};

it('keeps all without a filter', () => {
  expect(filterServiceMap(MAP, {})).toEqual(MAP);
});

it('keeps what is so many calls away, in either direction', () => {
  expect(filtered({ around: ['checkout'], depth: 1 })).toEqual({
    nodes: ['web', 'checkout', 'payments'],
    edges: ['web checkout', 'checkout payments'],
  });
  expect(filtered({ around: ['checkout'], depth: 2 }).nodes).toEqual([
    'web',
    'checkout',
    'payments',
    'bank',
    'catalog',
  ]);
  expect(filtered({ around: ['nobody'] })).toEqual({ nodes: [], edges: [] });
  expect(filtered({ around: ['bank', 'catalog'] }).nodes).toEqual(['web', 'payments', 'bank', 'catalog']);
});

it('keeps calls that fail with both ends, and what hurts by itself', () => {
  expect(filtered({ errorsOnly: true }, ['lonely'])).toEqual({
    nodes: ['web', 'checkout', 'payments', 'bank', 'lonely'],
    edges: ['web checkout', 'payments bank'],
  });
});

it('keeps calls that failed until they were gone, not those that were well or still go on', () => {
  const was = (to: string, failed: number, kinds: readonly ChangeKind[]) => ({
    ...edge('web', to),
    ...{ before: { failed }, changes: kinds.map((kind) => ({ kind })) },
  });
  const edges = [was('checkout', 3, ['gone']), was('catalog', 0, ['gone']), was('payments', 3, ['slower'])];
  const { nodes, edges: left } = filterServiceMap({ nodes: MAP.nodes, edges }, { errorsOnly: true });
  expect(nodes.map(({ id }) => id)).toEqual(['web', 'checkout']);
  expect(left.map(({ to }) => to)).toEqual(['checkout']);
});

it('keeps a namespace with what it calls and is called by', () => {
  expect(filtered({ namespace: 'front' })).toEqual({
    nodes: ['web', 'checkout', 'catalog'],
    edges: ['web checkout', 'web catalog'],
  });
});

it('never leaves a call without its ends', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const map = fc.array(fc.record({ from: ids, to: ids, failed: fc.integer({ min: 0, max: 1 }) }), { maxLength: 12 });
  const filter = fc.record(
    {
      around: fc.array(ids, { maxLength: 2 }),
      depth: fc.integer({ min: 1, max: 3 }),
      errorsOnly: fc.boolean(),
      namespace: fc.constantFrom('x', 'y'),
    },
    { requiredKeys: [] }
  );
  fc.assert(
    fc.property(map, filter, (calls, wanted) => {
      const nodes = ['a', 'b', 'c', 'd', 'e'].map((id) => node(id, id < 'c' ? 'x' : 'y'));
      const edges = calls.map(({ from, to, failed }) => edge(from, to, failed));
      const left = filterServiceMap({ nodes, edges }, wanted);
      const kept = new Set(left.nodes.map(({ id }) => id));
      expect(left.edges.every(({ from, to }) => kept.has(from) && kept.has(to))).toBe(true);
    })
  );
});

it('grows with depth until all that hangs together is in', () => {
  const edges = Array.from({ length: 5000 }, (_, n) => ({ from: String(n), to: String(n + 1) }));
  expect(neighbourhood(edges, ['0'], 20).size).toBe(21);
  expect(neighbourhood(edges, ['2500'], 1).size).toBe(3);
  expect(neighbourhood(edges, ['0'], 1e9).size).toBe(5001);
});
