import { drawTrace, spanAt, type DrawnSpan } from './drawTrace.fixture.ts';
import { createDraw, drawTree } from './pathOracle.fixture.ts';
import { selfTimes } from './selfTime.ts';

/** Units of a span in which no child runs. */
function alone(spans: readonly DrawnSpan[], { id, from, to }: DrawnSpan): number {
  const children = spans.filter(({ parent }) => parent === id);
  const units = Array.from({ length: to - from }, (_, i) => from + i);
  return units.filter((unit) => !children.some((child) => child.from <= unit && unit < child.to)).length;
}

describe('selfTimes', () => {
  it('counts what no child covers, once where children overlap, and nothing outside of the span', () => {
    const trace = drawTrace([
      { id: 'p', from: 0, to: 100 },
      { id: 'a', parent: 'p', from: 10, to: 40 },
      { id: 'b', parent: 'p', from: 30, to: 50 },
      { id: 'c', parent: 'p', from: 35, to: 38 },
      { id: 'd', parent: 'p', from: 90, to: 100_000 },
    ]);
    expect(selfTimes(trace)[spanAt(trace, 'p')]).toBe(100 - 40 - 10);
  });

  it('is what counting units gives, for 10,000 trees', () => {
    const draw = createDraw(7);
    for (let round = 0; round < 20; round += 1) {
      const spans = Array.from({ length: 500 }, () => drawTree({ draw, mostSpans: 8, longest: 12 }));
      const trace = drawTrace(spans.flat(), 10);
      const times = selfTimes(trace);
      const got = new Map(trace.spanIds.map((id, span) => [id, (times[span] ?? Number.NaN) / 10]));
      const wrong = spans.flatMap((tree) => tree.filter((span) => got.get(span.id) !== alone(tree, span)));
      expect(wrong).toEqual([]);
    }
  });

  it('does not depend on the order of siblings, which adjusted times may have upset', () => {
    const trace = drawTrace([
      { id: 'p', from: 0, to: 100 },
      { id: 'a', parent: 'p', from: 10, to: 40 },
      { id: 'b', parent: 'p', from: 50, to: 70 },
    ]);
    const moved = { ...trace, startNs: Float64Array.of(0, 60, 20), endNs: Float64Array.of(100, 90, 40) };
    expect([...selfTimes(moved)]).toEqual([50, 30, 20]);
  });
});
