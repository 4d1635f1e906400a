import { drawTrace, spanAt, type DrawnSpan } from './drawTrace.fixture.ts';
import { createDraw, drawTree } from './pathOracle.fixture.ts';
import { slackOf } from './slack.ts';
import { durationOf } from './spanFields.ts';
import type { Trace } from './trace.ts';
import { whatIf } from './whatIf.ts';

/** The drawing that stands beside `waitsOf`. */
const drawing = drawTrace([
  { id: 'p', from: 0, to: 34 },
  { id: 'a', parent: 'p', from: 2, to: 9 },
  { id: 'b', parent: 'p', from: 6, to: 17 },
  { id: 'c', parent: 'p', from: 12, to: 18 },
  { id: 'd', parent: 'p', from: 20, to: 33 },
]);

const durationWith = (trace: Trace, id: string, toNs: number): number =>
  whatIf(trace, { spans: [spanAt(trace, id)], toNs }).durationNs;
/** How many nanoseconds the earliest root would be shorter without the span and all below it. */
function dragOf(trace: Trace, span: number): number {
  const { beforeNs, durationNs } = whatIf(trace, { spans: [span], toNs: 0 });
  return beforeNs - durationNs;
}
const slackIn = (trace: Trace, id: string): number | null | undefined => slackOf(trace)[spanAt(trace, id)];

describe('slackOf, dragOf and whatIf, by hand', () => {
  it('says how much each span may grow', () => {
    expect(['p', 'a', 'b', 'c', 'd'].map((id) => slackIn(drawing, id))).toEqual([0, 0, 1, 0, 0]);
  });

  it('says what would be saved without each', () => {
    // Without C, D begins 2 after B, which ends at 17. A gone, C begins at 5: D then waits for B too.
    expect(['p', 'a', 'b', 'c', 'd'].map((id) => dragOf(drawing, spanAt(drawing, id)))).toEqual([34, 1, 0, 1, 13]);
  });

  it('moves what waits, and keeps the parent’s own work in between', () => {
    const { startNs, endNs, beforeNs, durationNs } = whatIf(drawing, { spans: [spanAt(drawing, 'a')], factor: 2 });
    const timesOf = (id: string) => [startNs[spanAt(drawing, id)], endNs[spanAt(drawing, id)]];
    expect({ a: timesOf('a'), b: timesOf('b'), c: timesOf('c'), d: timesOf('d'), p: timesOf('p') }).toEqual({
      ...{ a: [2, 16], b: [6, 17], c: [19, 25], d: [27, 40] },
      p: [0, 41],
    });
    expect([beforeNs, durationNs]).toEqual([34, 41]);
  });

  it('changes all spans of an operation, of those within one another the outermost', () => {
    const trace = drawTrace([
      { id: 'p', from: 0, to: 100 },
      { id: 'a', parent: 'p', from: 10, to: 50, name: 'query' },
      { id: 'a2', parent: 'a', from: 20, to: 40, name: 'query' },
      { id: 'b', parent: 'p', from: 50, to: 90, name: 'query' },
      { id: 'other', parent: 'p', from: 90, to: 100, name: 'query', service: 'another' },
    ]);
    const half = whatIf(trace, { operation: { service: 'shop', operation: 'query' }, factor: 0.5 });
    expect(half.durationNs).toBe(60);
    expect([half.startNs[spanAt(trace, 'a2')], half.endNs[spanAt(trace, 'a2')]]).toEqual([15, 25]);
    expect(whatIf(trace, { operation: { service: 'shop', operation: 'query' }, toNs: 1 }).durationNs).toBe(22);
    expect(whatIf(trace, { operation: { service: 'shop', operation: 'none' }, toNs: 1 }).durationNs).toBe(100);
  });

  it('says nothing of what nobody waits for, and lets it move with what it waited for', () => {
    const trace = drawTrace([
      { id: 'p', from: 0, to: 100 },
      { id: 'a', parent: 'p', from: 0, to: 50 },
      { id: 'late', parent: 'p', from: 60, to: 100_000 },
      { id: 'below', parent: 'late', from: 70, to: 80 },
      { id: 'root2', from: 10, to: 20 },
    ]);
    expect(['late', 'below', 'root2'].map((id) => slackIn(trace, id))).toEqual([null, null, null]);
    expect(['late', 'below', 'root2'].map((id) => dragOf(trace, spanAt(trace, id)))).toEqual([0, 0, 0]);
    expect(whatIf(trace, { spans: [spanAt(trace, 'a')], toNs: 20 }).startNs[spanAt(trace, 'late')]).toBe(30);
  });

  it('takes calls one after the other as such where starts are told to the millisecond, as JavaScript does', () => {
    const ms = 1_000_000;
    const spans = [
      { id: 'p', from: 0, to: 90 * ms },
      { id: 'a', parent: 'p', from: 0, to: 22 * ms + 130_000 },
      { id: 'b', parent: 'p', from: 22 * ms, to: 85 * ms },
    ];
    const trace = drawTrace(spans);
    expect(['a', 'b'].map((id) => [slackIn(trace, id), dragOf(trace, spanAt(trace, id))])).toEqual([
      [0, 22 * ms],
      [0, 63 * ms - 130_000],
    ]);
    // Another start tells more than milliseconds: then the two ran at the same time.
    const exact = drawTrace([...spans, { id: 'c', parent: 'b', from: 40 * ms + 1, to: 41 * ms }]);
    expect(slackIn(exact, 'a')).toBe(62 * ms + 870_000);
  });

  it('has no use for a trace without spans', () => {
    const none = drawTrace([]);
    expect(whatIf(none, { spans: [], toNs: 5 })).toMatchObject({ root: -1, beforeNs: 0, durationNs: 0 });
    expect(slackOf(none)).toEqual([]);
  });
});

/** Four units are a microsecond: starts are told to that, ends are not. */
const COARSE = 4;
const coarse = (spans: readonly DrawnSpan[]): DrawnSpan[] =>
  spans.map((span) => ({ ...span, from: Math.floor(span.from / COARSE) * COARSE }));

/** The same model, by plain recursion: when a span that begins at `at` ends, if each that is changed takes `toNs`. */
function durationOfModel(spans: readonly DrawnSpan[], waits: (child: DrawnSpan) => boolean, change: Change) {
  const { precision } = change;
  const end = (span: DrawnSpan, at: number): number => {
    if (change.ids.includes(span.id)) {
      return at + change.toNs;
    }
    const children = spans.filter(({ parent }) => parent === span.id);
    const begun = new Map<string, number>();
    const beginOf = (one: DrawnSpan): number => {
      const before = children.filter((other) => other.id !== one.id && waits(other) && isBefore(other, one, precision));
      const known = begun.get(one.id) ?? after(before) + one.from;
      const kept = one.from < span.from ? known : Math.max(known, at);
      begun.set(one.id, kept);
      return kept;
    };
    /** How much later than recorded is done what a step waits for. */
    const after = (before: readonly DrawnSpan[]): number => {
      const was = Math.max(span.from, ...before.map((one) => Math.min(one.to, span.to)));
      const is = Math.max(at, ...before.map((one) => end(one, beginOf(one)) - Math.max(0, one.to - span.to)));
      return is - was;
    };
    return after(children.filter(waits)) + span.to;
  };
  const [root] = spans;
  return root === undefined ? 0 : end(root, root.from) - root.from;
}

interface Change {
  /** In units: starts may have been so much later than they are. */
  readonly precision: number;
  readonly ids: readonly string[];
  readonly toNs: number;
}

/** Of those that begin together, one of no length comes first; else the earlier one, where it has ended within the precision. */
function isBefore(one: DrawnSpan, other: DrawnSpan, precision: number): boolean {
  if (one.from !== other.from) {
    return one.from < other.from && one.to < other.from + precision;
  }
  return one.from === one.to && (other.from !== other.to || one.id < other.id);
}

describe('slackOf, dragOf and whatIf, for random trees', () => {
  const draw = createDraw(11);
  const traces = [
    ...Array.from({ length: 600 }, () => drawTrace(drawTree({ draw, mostSpans: 9, longest: 9 }), 1000)),
    ...Array.from({ length: 600 }, () => drawTrace(coarse(drawTree({ draw, mostSpans: 9, longest: 30 })), 250)),
    ...Array.from({ length: 20 }, () => drawTrace(drawTree({ draw, mostSpans: 60, longest: 40 }), 1000)),
  ];

  it('change nothing where nothing changes', () => {
    for (const trace of traces) {
      const same = Array.from({ length: trace.size }, (_, span) => span).flatMap((span) =>
        draw(3) === 0 ? [whatIf(trace, { spans: [span], toNs: durationOf(trace, span) })] : []
      );
      for (const { startNs, endNs } of [whatIf(trace, { spans: [], toNs: 1 }), ...same]) {
        expect([startNs, endNs]).toEqual([trace.startNs, trace.endNs]);
      }
    }
  });

  it('grow the root by what is beyond the slack, and by no less', () => {
    let growing = 0;
    for (const trace of traces) {
      slackOf(trace).forEach((slack, span) => {
        const grown = (by: number): number =>
          whatIf(trace, { spans: [span], toNs: durationOf(trace, span) + by }).durationNs;
        const before = durationOf(trace, trace.roots[0] ?? 0);
        if (slack === null) {
          expect(grown(1_000_000)).toBe(before);
        } else {
          expect(slack).toBeGreaterThanOrEqual(0);
          expect([grown(slack), grown(slack + 1), grown(slack + 500)]).toEqual([before, before + 1, before + 500]);
          growing += 1;
        }
      });
    }
    expect(growing).toBeGreaterThan(2000);
  });

  it('save no less the more a span shrinks, and never end before they begin', () => {
    for (const trace of traces) {
      for (let span = 0; span < trace.size; span += 1) {
        const results = [0, 0.3, 1, 1.5].map((factor) => whatIf(trace, { spans: [span], factor }));
        const durations = results.map(({ durationNs }) => durationNs);
        expect(durations).toEqual(durations.toSorted((a, b) => a - b));
        expect(dragOf(trace, span)).toBe((durations[2] ?? Number.NaN) - (durations[0] ?? Number.NaN));
        expect(dragOf(trace, span)).toBeLessThanOrEqual(durationOf(trace, span));
        for (const { startNs, endNs } of results) {
          expect(startNs.every((start, i) => start <= (endNs[i] ?? Number.NaN))).toBe(true);
        }
      }
    }
  });

  it('say what plain recursion over the model says', () => {
    for (let round = 0; round < 3000; round += 1) {
      const isCoarse = round % 2 === 1;
      const drawn = drawTree({ draw, mostSpans: 8, longest: isCoarse ? 30 : 9 });
      const [spans, unitNs, precision] = isCoarse ? [coarse(drawn), 250, COARSE] : [drawn, 1000, 1];
      const trace = drawTrace(spans, unitNs);
      const slack = slackOf(trace);
      // Below what nobody waits for the slack is null as well; there nothing reaches the root.
      const waited = new Set(spans.filter(({ id }) => slack[spanAt(trace, id)] !== null).map(({ id }) => id));
      // Several at a time, of which one may hold another.
      const ids = Array.from({ length: 1 + draw(3) }, () => spans[draw(spans.length)]?.id ?? '');
      const units = draw(20);
      const model = durationOfModel(spans, (span) => waited.has(span.id), { ids, toNs: units, precision });
      const said = whatIf(trace, { spans: ids.map((id) => spanAt(trace, id)), toNs: units * unitNs }).durationNs;
      expect({ spans, ids, units, said }).toEqual({ spans, ids, units, said: model * unitNs });
    }
  });
});

describe('slackOf and whatIf of large traces', () => {
  const SIZE = 100_000;

  it('go down a chain and along many children', () => {
    const chain = drawTrace(
      Array.from({ length: SIZE }, (_, i) => ({
        ...{ id: `s${i}`, from: i, to: 2 * SIZE - i },
        ...(i === 0 ? {} : { parent: `s${i - 1}` }),
      }))
    );
    expect(slackOf(chain).every((slack) => slack === 0)).toBe(true);
    expect(durationWith(chain, `s${SIZE - 1}`, 11)).toBe(2 * SIZE + 9);
    const wide = drawTrace([
      { id: 'p', from: 0, to: 2 * SIZE },
      ...Array.from({ length: SIZE }, (_, i) => ({ id: `c${i}`, parent: 'p', from: 2 * i, to: 2 * i + 1 })),
    ]);
    expect(slackOf(wide).every((slack) => slack === 0)).toBe(true);
    expect(durationWith(wide, 'c5', 11)).toBe(2 * SIZE + 10);
  });
});
