import fc from 'fast-check';
import { preorder } from './preorder.ts';

/** Parents of a forest: each comes from what stands before it in a hidden order, so that there is no ring. */
const forest = fc.array(fc.tuple(fc.nat(), fc.boolean(), fc.nat({ max: 5 })), { maxLength: 60 }).map((spans) => {
  const parent = Int32Array.from(spans, ([pick, isRoot], i) => (i === 0 || isRoot ? -1 : pick % i));
  return { parent, rank: spans.map(([, , rank]) => rank) };
});

describe('preorder', () => {
  it('puts parents before children, siblings in order, and every span in one place', () => {
    fc.assert(
      fc.property(forest, ({ parent, rank }) => {
        const compare = (a: number, b: number) => (rank[a] ?? 0) - (rank[b] ?? 0) || a - b;
        const found = preorder({ parent, compare });
        const { order, subtreeEnd, depth, roots } = found;
        expect([...order].toSorted((a, b) => a - b)).toEqual([...parent.keys()]);
        order.forEach((span, at) => {
          const above = found.parent[at] ?? -1;
          expect(above === -1 ? -1 : order[above]).toBe(parent[span]);
          expect(depth[at]).toBe(above === -1 ? 0 : (depth[above] ?? 0) + 1);
        });
        const children = (first: number, end: number): number[] => {
          const places: number[] = [];
          for (let at = first; at < end; at = subtreeEnd[at] ?? end) {
            places.push(at);
          }
          return places;
        };
        expect(children(0, order.length)).toEqual([...roots]);
        order.forEach((span, at) => {
          const below = children(at + 1, subtreeEnd[at] ?? 0).map((place) => order[place] ?? -1);
          const expected = [...parent.keys()].filter((one) => parent[one] === span).toSorted(compare);
          expect(below).toEqual(expected);
        });
      })
    );
  });

  it('leaves its input as it was', () => {
    const parent = Int32Array.from([2, -1, 1]);
    preorder({ parent, compare: (a, b) => a - b });
    expect([...parent]).toEqual([2, -1, 1]);
  });
});
