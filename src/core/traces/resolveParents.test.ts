import fc from 'fast-check';
import { resolveParents } from './resolveParents.ts';

interface One {
  readonly id: string;
  readonly parent?: string;
  readonly kind?: 'client' | 'server';
  readonly start?: number;
  readonly tied?: boolean;
}

const resolve = (spans: readonly One[]) =>
  resolveParents({
    ids: spans.map(({ id }) => id),
    parentIds: spans.map(({ parent = '' }) => parent),
    isServer: (span) => spans[span]?.kind === 'server',
    isClient: (span) => spans[span]?.kind === 'client',
    startNs: Float64Array.from(spans, ({ start = 0 }) => start),
    tiedByLink: Uint8Array.from(spans, ({ tied = false }) => (tied ? 1 : 0)),
  });

describe('resolveParents', () => {
  it('finds parents in any order, and names those that are missing', () => {
    const { parent, missing } = resolve([
      { id: 'c', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'a' },
      { id: 'd', parent: 'x' },
    ]);
    expect([[...parent], missing]).toEqual([[1, 2, -1, -1], [3]]);
  });

  it.each([
    ['client first', ['client', 'server'], [-1, 0, 1]],
    ['server first', ['server', 'client'], [1, -1, 0]],
  ] as const)("makes the server's half the client's child, and gives it the children: %s", (_, [a, b], expected) => {
    const { parent, ambiguous } = resolve([
      { id: 'x', kind: a },
      { id: 'x', kind: b },
      { id: 'y', parent: 'x' },
    ]);
    expect([[...parent], ambiguous]).toEqual([expected, []]);
  });

  it('hangs children below the first of several with one id, and names the others', () => {
    const { parent, ambiguous } = resolve([{ id: 'x' }, { id: 'x' }, { id: 'y', parent: 'x' }, { id: 'x' }]);
    expect([[...parent], ambiguous]).toEqual([
      [-1, -1, 0, -1],
      [1, 3],
    ]);
  });

  it('cuts a ring at a tie by link, else at the earliest start', () => {
    const ring: One[] = [
      { id: 'a', parent: 'c', start: 3 },
      { id: 'b', parent: 'a', start: 1 },
      { id: 'c', parent: 'b', start: 2 },
    ];
    expect([...resolve(ring).parent]).toEqual([2, -1, 1]);
    expect(resolve(ring).cut).toEqual([1]);
    const tied = ring.map((one) => (one.id === 'c' ? { ...one, tied: true } : one));
    expect([...resolve(tied).parent]).toEqual([2, 0, -1]);
    expect(resolve(tied).cut).toEqual([]);
  });

  it.each([true, false])('cuts a ring at the same span in whatever order its spans come: tied by links %s', (tied) => {
    const ring = ['a', 'b', 'c'].map((id, at, all) => ({ id, parent: all[(at + 1) % 3] ?? '', tied }));
    fc.assert(
      fc.property(fc.shuffledSubarray(ring, { minLength: 3 }), (spans) => {
        const { parent } = resolve(spans);
        expect(spans.filter((_, at) => parent[at] === -1).map(({ id }) => id)).toEqual(['a']);
      })
    );
  });

  it('leaves a root where a tie by link leads nowhere', () => {
    const { parent, missing, cut } = resolve([{ id: 'a', parent: 'x', tied: true }]);
    expect([[...parent], missing, cut]).toEqual([[-1], [], []]);
  });

  it('takes the half of a call for no tie, whatever it is linked to', () => {
    const { parent, cut } = resolve([
      { id: 'x', parent: 'y', kind: 'client', start: 1 },
      { id: 'x', parent: 'z', kind: 'server', start: 2, tied: true },
      { id: 'y', parent: 'x', start: 3 },
    ]);
    expect([[...parent], cut]).toEqual([[-1, 0, 1], [0]]);
  });

  it('leaves no ring, loses no parent that is there, and cuts nothing else', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const span = fc.record({
      id,
      parent: fc.oneof(id, fc.constantFrom('', 'x')),
      kind: fc.constantFrom('client' as const, 'server' as const),
      start: fc.nat({ max: 9 }),
      tied: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const { parent, missing, cut } = resolve(spans);
        parent.forEach((_, from) => {
          let [at, steps] = [from, 0];
          while (at !== -1 && steps <= spans.length) {
            at = parent[at] ?? -1;
            steps += 1;
          }
          expect(at).toBe(-1);
        });
        spans.forEach(({ parent: wanted, tied }, i) => {
          const isThere = spans.some((one) => one.id === wanted);
          if (parent[i] === -1 && wanted !== '') {
            expect([tied, cut.includes(i), missing.includes(i)]).toContain(true);
            expect(missing.includes(i)).toBe(!isThere && !cut.includes(i) && !tied);
          }
        });
      })
    );
  });
});
