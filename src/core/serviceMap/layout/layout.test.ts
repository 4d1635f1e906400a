import fc from 'fast-check';
import { assignLayers } from './assignLayers.ts';
import { layoutMap, type Cell, type LayoutInput } from './layoutMap.ts';
import { placeNodes } from './placeNodes.ts';
import { spreadColumn } from './spreadColumn.ts';

const inputOf = (edges: ReadonlyArray<readonly [string, string]>, more: readonly string[] = []): LayoutInput => ({
  nodes: [...new Set([...edges.flat(), ...more])],
  edges: edges.map(([from, to]) => ({ from, to })),
});
const SHOP = inputOf(
  [
    ...([
      ['user', 'web'],
      ['web', 'catalog'],
      ['web', 'cart'],
      ['web', 'checkout'],
    ] as const),
    ...([
      ['checkout', 'cart'],
      ['checkout', 'payments'],
      ['cart', 'catalog'],
      ['catalog', 'db'],
    ] as const),
  ],
  ['lonely']
);

const anyInput = fc
  .record({
    nodes: fc.integer({ min: 1, max: 30 }),
    edges: fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 80 }),
  })
  .map(({ nodes, edges }): LayoutInput => ({
    nodes: Array.from({ length: nodes }, (_, n) => `n${n}`),
    edges: edges.map(([from, to]) => ({ from: `n${from}`, to: `n${to}` })),
  }));

/** Nodes are one column wide and one row high. */
function overlaps(cells: ReadonlyMap<string, Cell>): string[] {
  const all = [...cells];
  return all.flatMap(([id, one], index) =>
    all
      .slice(index + 1)
      .flatMap(([other, two]) =>
        one.column === two.column && Math.abs(one.row - two.row) < 1 - 1e-9 ? [`${id} ${other}`] : []
      )
  );
}

describe('layoutMap', () => {
  it('points calls to the right', () => {
    const cells = layoutMap(SHOP);
    const column = (id: string) => cells.get(id)?.column ?? Number.NaN;
    expect(SHOP.edges.filter(({ from, to }) => column(from) >= column(to))).toEqual([]);
    expect(['user', 'web', 'checkout', 'cart', 'catalog', 'db'].map(column)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives every node a place of its own, whatever calls whom', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const cells = layoutMap(input);
        expect([...cells.keys()].toSorted()).toEqual([...input.nodes].toSorted());
        expect([...cells.values()].every(({ column, row }) => Number.isFinite(column) && Number.isFinite(row))).toBe(
          true
        );
        expect(overlaps(cells)).toEqual([]);
      })
    );
  });

  it('gives the same places for the same map', () => {
    fc.assert(fc.property(anyInput, (input) => expect(layoutMap(input)).toEqual(layoutMap(input))));
  });

  it('survives a chain and a star of ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `s${n}`);
    const chain = layoutMap({ nodes: many, edges: many.slice(1).map((to, n) => ({ from: `s${n}`, to })) });
    // Not one row ten thousand long, and still from left to right.
    expect(chain.get('s9999')?.column).toBe(119);
    expect(many.slice(1).every((id, n) => (chain.get(id)?.column ?? 0) >= (chain.get(`s${n}`)?.column ?? 0))).toBe(
      true
    );
    const star = layoutMap({ nodes: many, edges: many.slice(1).map((to) => ({ from: 's0', to })) });
    // Not one column ten thousand high.
    expect(Math.max(...[...star.values()].map(({ row }) => row))).toBeLessThan(200);
  });

  it('has no place for an empty map', () => {
    expect(layoutMap({ nodes: [], edges: [] }).size).toBe(0);
  });
});

it('finds layers in a circle', () => {
  expect(
    [
      ...assignLayers({
        size: 3,
        edges: [
          [0, 1],
          [1, 2],
          [2, 0],
        ],
      }),
    ].toSorted()
  ).toEqual([0, 1, 2]);
});

describe('spreadColumn', () => {
  it('keeps order and distance, and moves nothing without need', () => {
    expect(spreadColumn([0, 1, 5])).toEqual([0, 1, 5]);
    expect(spreadColumn([3, 3, 3])).toEqual([2, 3, 4]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 40 }), (wanted) => {
        const rows = spreadColumn(wanted);
        expect(rows.every((row, index) => index === 0 || row - (rows[index - 1] ?? 0) >= 1 - 1e-9)).toBe(true);
      })
    );
  });
});

describe('placeNodes', () => {
  const known = layoutMap(SHOP);

  it('leaves what is known where it is and puts what is new beside who calls it', () => {
    const input = inputOf([...SHOP.edges.map(({ from, to }) => [from, to] as const), ['checkout', 'mail']], ['lonely']);
    const cells = placeNodes(input, known);
    expect([...known].every(([id, cell]) => cells.get(id) === cell)).toBe(true);
    expect(cells.get('mail')?.column).toBe((known.get('checkout')?.column ?? 0) + 1);
    expect(overlaps(cells)).toEqual([]);
  });

  it('leaves the others alone when one is gone', () => {
    const cells = placeNodes({ ...SHOP, nodes: SHOP.nodes.filter((id) => id !== 'lonely') }, known);
    expect([...cells].every(([id, cell]) => known.get(id) === cell)).toBe(true);
    expect(cells.has('lonely')).toBe(false);
  });

  it('begins anew when more than a fifth is different, or nothing is known', () => {
    const input = inputOf([
      ['user', 'web'],
      ['web', 'other'],
    ]);
    expect(placeNodes(input, known)).toEqual(layoutMap(input));
    expect(placeNodes(SHOP, new Map())).toEqual(known);
  });

  it('never puts two in one place', () => {
    const added = fc.array(fc.tuple(fc.constantFrom(...SHOP.nodes), fc.constantFrom('x', 'y')), {
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(added, (more) => {
        const input = inputOf([...SHOP.edges.map(({ from, to }) => [from, to] as const), ...more], ['lonely']);
        expect(overlaps(placeNodes(input, known))).toEqual([]);
      })
    );
  });

  it('never puts two without edges in one place, whatever is above them', () => {
    const between = inputOf([...SHOP.edges.map(({ from, to }) => [from, to] as const), ['user', 'mail']], ['alone']);
    fc.assert(
      fc.property(anyInput, (input) => {
        const cells = placeNodes({ ...input, nodes: [...input.nodes, 'x', 'y'] }, layoutMap(input));
        expect(overlaps(cells)).toEqual([]);
      }),
      { examples: [[between]] }
    );
  });
});
