import fc from 'fast-check';
import { criticalPath } from './criticalPath.ts';
import type { DrawnSpan } from './drawTrace.fixture.ts';
import { holders } from './pathOracle.fixture.ts';
import type { SpanInput } from './spanInput.ts';
import { SPAN_KINDS, type SpanKind, type Trace } from './trace.ts';
import { createTraceBuilder } from './traceBuilder.ts';

const UNIT_NS = 1000;
const EPOCH = 1_790_000_000_000_000_000n;
const RUNS = 300;

/** As it comes in: who is whose parent is not settled, ids come twice, parents are missing or lead back. */
interface RawSpan {
  readonly id: string;
  readonly parent: string;
  readonly name: string;
  readonly from: number;
  /** Null for none, and it may lie before the start. */
  readonly to: number | null;
  readonly kind: SpanKind;
}

const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(16));
const rawSpans = fc
  .array(
    fc.record({
      id: fc.constantFrom(...ids),
      parent: fc.constantFrom('', 'f'.repeat(15), 'a'.repeat(16), 'a'.repeat(16), ...ids),
      name: fc.constantFrom('x', 'y'),
      from: fc.nat({ max: 4 }),
      to: fc.option(fc.nat({ max: 7 }), { freq: 12 }),
      kind: fc.constantFrom(...SPAN_KINDS),
    }),
    { minLength: 1, maxLength: 9 }
  )
  // The two halves of a call share an id and are another matter.
  .map((spans) =>
    spans.map((one): RawSpan =>
      spans.filter(({ id }) => id === one.id).length > 1 ? { ...one, kind: 'internal' } : one
    )
  );

const resource = { service: 'shop', attributes: [] };
const at = (units: number): bigint => EPOCH + BigInt(units * UNIT_NS);

function build(spans: readonly RawSpan[]): Trace {
  const builder = createTraceBuilder('ab');
  for (const { id, parent, name, from, to, kind } of spans) {
    const input: SpanInput = {
      ...{ spanId: id, parentSpanId: parent, name, kind, start: at(from), end: to === null ? null : at(to) },
      ...{ status: 'unset', resource, attributes: [] },
    };
    builder.add(input);
  }
  return builder.build();
}

/** A span of the definition: its id is that it came with, and its place, by which equal ones are told apart. */
type Settled = DrawnSpan & { readonly above: number };

const placeOf = (id: string, index: number): string => `${id} ${index}`;

/** One after the other by the words of the definition, without an index or a colour: who is there, and below whom. */
function settle(spans: readonly RawSpan[]): readonly Settled[] | undefined {
  const isSame = (a: RawSpan, b: RawSpan): boolean =>
    a.id === b.id && a.from === b.from && a.to === b.to && a.name === b.name;
  // What comes again is compared with the first of its id.
  const kept = spans.filter((one, i) => {
    const first = spans.findIndex(({ id }) => id === one.id);
    return first === i || !isSame(one, spans[first] ?? one);
  });
  const above = kept.map(({ parent }) => kept.findIndex(({ id }) => id === parent));
  for (;;) {
    const ring = kept.map((_, i) => ringOf(i, above)).find((found) => found.length > 0);
    if (ring === undefined) {
      break;
    }
    const earliest = Math.min(...ring.map((i) => kept[i]?.from ?? 0));
    const [chosen = 0, another] = ring.filter((i) => kept[i]?.from === earliest);
    if (another !== undefined) {
      // The definition does not say which.
      return undefined;
    }
    above[chosen] = -1;
  }
  return kept.map(({ id, from, to, kind }, i) => ({
    id: placeOf(id, i),
    from,
    to: Math.max(from, to ?? from),
    kind,
    above: above[i] ?? -1,
  }));
}

/** Those through which a span leads back to itself; nobody where it does not. */
function ringOf(start: number, above: readonly number[]): readonly number[] {
  const ring = [start];
  for (let i = above[start] ?? -1; i !== start; i = above[i] ?? -1) {
    if (i === -1 || ring.includes(i)) {
      return [];
    }
    ring.push(i);
  }
  return ring;
}

/** Earliest, then longest, then smaller id. */
function firstRoot(spans: readonly Settled[]): Settled | undefined {
  const roots = spans.filter(({ above }) => above === -1);
  return roots.toSorted((a, b) => a.from - b.from || b.to - a.to || (a.id < b.id ? -1 : 1))[0];
}

function expectedHolders(spans: readonly Settled[]): readonly string[] {
  const root = firstRoot(spans);
  const drawn = spans.map(({ above, ...span }) => ({
    ...span,
    ...(above === -1 ? {} : { parent: spans[above]?.id ?? '' }),
  }));
  const first = drawn.filter(({ id }) => id === root?.id);
  return holders([...first, ...drawn.filter(({ id }) => id !== root?.id)], UNIT_NS).map((id) => id.split(' ')[0] ?? '');
}

const heldBy = (trace: Trace): readonly string[] =>
  criticalPath(trace).sections.flatMap(({ span, startNs, endNs }) =>
    Array.from({ length: (endNs - startNs) / UNIT_NS }, () => trace.spanIds[span] ?? '')
  );

describe('criticalPath of spans as they come in', () => {
  it('is that of the definition, with several roots, missing parents, rings, and ids and spans that come twice', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(rawSpans, (spans) => {
        const settled = settle(spans);
        fc.pre(settled !== undefined);
        const trace = build(spans);
        trace.notices.forEach(({ code }) => seen.add(code));
        expect(trace.size).toBe(settled.length);
        expect(heldBy(trace)).toEqual(expectedHolders(settled));
      }),
      { numRuns: RUNS }
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'several_roots',
        'missing_parent',
        'cycle',
        'duplicate_id',
        'no_end',
        'ends_before_start',
      ])
    );
  });
});
