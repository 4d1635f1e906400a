import { ASYNC_REASONS, asyncReason } from './blocking.ts';
import { cell } from './column.ts';
import { criticalPath } from './criticalPath.ts';
import { drawTrace, type DrawnSpan } from './drawTrace.fixture.ts';
import { createDraw, drawTree, holders } from './pathOracle.fixture.ts';
import type { Trace } from './trace.ts';

interface Rounds {
  readonly trees: number;
  readonly mostSpans: number;
  readonly longest: number;
  /** Of 1 µs, two units are within the tolerance; of 0.1 ms, what is longer than 100 units may go on for one. */
  readonly unitNs: number;
}

/** Trees stand side by side as roots of one trace: building one trace for each would take most of the time. */
const TREES_PER_TRACE = 500;

function forestOf(seed: number, { mostSpans, longest, unitNs }: Rounds) {
  const draw = createDraw(seed);
  const trees = Array.from({ length: TREES_PER_TRACE }, () => drawTree({ draw, mostSpans, longest }));
  const trace = drawTrace(trees.flat(), unitNs);
  return { trees, trace };
}

/** Who holds each unit, by the path; a sentence where its sections do not touch, are empty, or leave something out. */
function heldBy(trace: Trace, index: number, unitNs: number) {
  const held: string[] = [];
  let reached = cell(trace.startNs, index);
  let last = -1;
  for (const { span, startNs, endNs } of criticalPath(trace, index).sections) {
    if (startNs !== reached || endNs <= startNs || span === last) {
      return `section ${startNs}–${endNs} of ${trace.spanIds[span]} after ${reached}`;
    }
    const id = trace.spanIds[span] ?? '';
    held.push(...Array.from({ length: (endNs - startNs) / unitNs }, () => id));
    [reached, last] = [endNs, span];
  }
  return reached === cell(trace.endNs, index) ? held : `ends at ${reached}`;
}

function firstDifference(rounds: Rounds) {
  const seen = { reasons: new Set<string>(), sections: 0 };
  for (let seed = 1; seed <= rounds.trees / TREES_PER_TRACE; seed += 1) {
    const { trees, trace } = forestOf(seed, rounds);
    for (let span = 0; span < trace.size; span += 1) {
      seen.reasons.add(asyncReason(trace, span) ?? 'none');
    }
    const places = new Map(Array.from(trace.roots, (root) => [trace.spanIds[root], root]));
    const rootOf = ([root]: readonly DrawnSpan[]): number => places.get(root?.id) ?? -1;
    for (const tree of trees) {
      const expected = holders(tree, rounds.unitNs);
      const got = heldBy(trace, rootOf(tree), rounds.unitNs);
      seen.sections += expected.filter((id, i) => id !== expected[i - 1]).length;
      if (String(got) !== String(expected)) {
        return { difference: { seed, tree, expected, got }, seen };
      }
    }
  }
  return { difference: undefined, seen };
}

describe('criticalPath, against the definition taken unit by unit', () => {
  it('says the same of 100,000 small trees', () => {
    const { difference, seen } = firstDifference({ trees: 100_000, mostSpans: 7, longest: 9, unitNs: 1000 });
    expect(difference).toBeUndefined();
    expect([...seen.reasons].toSorted()).toEqual([...ASYNC_REASONS, 'none'].toSorted());
    expect(seen.sections).toBeGreaterThan(150_000);
  });

  it('says the same of 5,000 larger trees', () => {
    expect(firstDifference({ trees: 5000, mostSpans: 40, longest: 30, unitNs: 1000 }).difference).toBeUndefined();
  });

  it('says the same where a hundredth of the duration is more than 2 µs', () => {
    const rounds = { trees: 3000, mostSpans: 6, longest: 250, unitNs: 100_000 };
    expect(firstDifference(rounds).difference).toBeUndefined();
  });

  it('leaves the trace as it was', () => {
    const { trace } = forestOf(1, { trees: 0, mostSpans: 9, longest: 9, unitNs: 1000 });
    const before = structuredClone(trace);
    trace.roots.forEach((root) => criticalPath(trace, root));
    expect(trace).toEqual(before);
  });
});
