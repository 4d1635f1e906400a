import fc from 'fast-check';
import { describeSpans } from '../../../tests/traces/describeTrace.ts';
import { spanInputs } from '../../../tests/traces/spanInputs.ts';
import { adjustClockSkew } from './clockSkew.ts';
import type { SpanInput } from './spanInput.ts';
import { SPAN_KINDS, type SpanKind, type Trace } from './trace.ts';
import { createTraceBuilder } from './traceBuilder.ts';

const processes = new Map(['shop', 'payments', 'worker'].map((service) => [service, { service, attributes: [] }]));

interface One {
  readonly id: string;
  readonly parent?: string;
  readonly of: string;
  readonly kind?: SpanKind;
  readonly at: readonly [number, number];
  readonly more?: Partial<SpanInput>;
}

/** At 1000 ns after 1970, so that what is moved to before the trace stays apart from it. */
function traceOf(...spans: readonly One[]): Trace {
  const builder = createTraceBuilder('1');
  for (const { id, parent = '', of, kind = 'internal', at, more } of spans) {
    builder.add({
      ...{ spanId: id, parentSpanId: parent, name: id, kind, status: 'unset', attributes: [] },
      start: BigInt(1000 + at[0]),
      end: BigInt(1000 + at[1]),
      resource: processes.get(of) ?? { service: of, attributes: [] },
      ...more,
    });
  }
  return builder.build();
}

/** Times as they were given above, by id. */
const timesIn = (trace: Trace): Record<string, readonly number[]> =>
  Object.fromEntries(
    describeSpans(trace).map(({ id, times }) => [id.at(-1) ?? '', times.map((time) => Number(time) - 1000)])
  );

const client: One = { id: 'a', of: 'shop', kind: 'client', at: [0, 100] };
const server = (at: readonly [number, number], more: Partial<One> = {}): One => ({
  ...{ id: 'b', parent: 'a', of: 'payments', kind: 'server', at },
  ...more,
});

describe('adjustClockSkew', () => {
  it.each([
    ['begins too early', { at: [-30, 10], expected: [30, 70], byNs: 60 }],
    ['ends too late', { at: [90, 130], expected: [30, 70], byNs: -60 }],
    ['lies before', { at: [-500, -460], expected: [30, 70], byNs: 530 }],
    ['is as long as its caller', { at: [5, 105], expected: [0, 100], byNs: -5 }],
    ['is longer and begins too early', { at: [-10, 200], expected: [0, 210], byNs: 10 }],
    ['leaves an odd rest', { at: [-30, 9], expected: [30, 69], byNs: 60 }],
  ] as const)('moves a server that %s', (_, { at, expected, byNs }) => {
    const { trace, adjustments } = adjustClockSkew(traceOf(client, server(at)));
    expect(timesIn(trace)).toEqual({ a: [0, 100], b: expected });
    expect(adjustments).toEqual([{ service: 'payments', resource: trace.resource[1], byNs, spans: 1 }]);
  });

  it.each([
    ['a server that fits', [client, server([0, 100])]],
    ['a server that is longer and begins after its caller', [client, server([10, 200])]],
    ['the same process', [client, server([-30, 10], { of: 'shop' })]],
    ['what is no server', [client, server([-30, 10], { kind: 'internal' })]],
    ['what comes out of a queue after its parent', [client, server([150, 160], { kind: 'consumer' })]],
    ['a root', [server([-30, 10], { parent: '' }), client]],
  ] as const)('leaves alone %s', (_, spans) => {
    const given = traceOf(...spans);
    expect(adjustClockSkew(given)).toEqual({ trace: given, adjustments: [] });
    expect(adjustClockSkew(given).trace).toBe(given);
  });

  it('leaves alone what is tied by a link only', () => {
    const links = [{ traceId: '1', spanId: 'a', attributes: [] }];
    expect(adjustClockSkew(traceOf(client, server([-30, 10], { parent: '', more: { links } }))).adjustments).toEqual(
      []
    );
  });

  it('moves what comes out of a queue before it was put there', () => {
    const { trace } = adjustClockSkew(traceOf(client, server([-30, 10], { kind: 'consumer' })));
    expect(timesIn(trace)).toEqual({ a: [0, 100], b: [30, 70] });
  });

  it('moves all that a process did for a call, with its events, and compares others with it as it stands then', () => {
    const { trace, adjustments } = adjustClockSkew(
      traceOf(
        client,
        server([1000, 1080], { more: { events: [{ name: 'log', at: 2050n, attributes: [] }] } }),
        { id: 'c', parent: 'b', of: 'payments', at: [1010, 1020] },
        { id: 'd', parent: 'b', of: 'payments', kind: 'client', at: [1030, 1070] },
        { id: 'e', parent: 'd', of: 'worker', kind: 'server', at: [45, 55] },
        { id: 'f', parent: 'd', of: 'shop', kind: 'server', at: [2000, 2020] }
      )
    );
    expect(timesIn(trace)).toEqual({ a: [0, 100], b: [10, 90], c: [20, 30], d: [40, 80], e: [45, 55], f: [50, 70] });
    expect(describeSpans(trace)[1]?.events).toMatchObject([{ name: 'log', atNs: 60 }]);
    expect(adjustments.map(({ service, byNs, spans }) => [service, byNs, spans])).toEqual([
      ['payments', -990, 3],
      ['shop', -1950, 1],
    ]);
  });

  it('says what it moved, and by how much', () => {
    const given = traceOf(client, server([-2_000_000, -1_999_960]));
    const { trace } = adjustClockSkew(given);
    expect(trace.notices).toEqual([
      ...given.notices,
      {
        code: 'clock_skew',
        message:
          'Clocks of these services differ. Moved, so that each call lies within what its caller waited for: 1 span of payments by 2 ms to later.',
        count: 1,
        spanIds: ['000000000000000b'],
      },
    ]);
  });

  it('counts from what is earliest then', () => {
    const { trace } = adjustClockSkew(traceOf(client, server([-500, -460])));
    expect([trace.epochNs, trace.durationNs, [...trace.startNs]]).toEqual([1000n, 100, [0, 30]]);
  });

  it('keeps places, lengths and what it was given; and every call within its caller where it fits', () => {
    const calls = ['server', 'consumer'].map((kind) => SPAN_KINDS.findIndex((one) => one === kind));
    fc.assert(
      fc.property(spanInputs, (spans) => {
        const builder = createTraceBuilder('1');
        spans.forEach((span) => builder.add(span));
        const given = builder.build();
        const before = structuredClone(given);
        const { trace, adjustments } = adjustClockSkew(given);
        expect(given).toEqual(before);
        expect([trace.spanIds, trace.parent, trace.subtreeEnd]).toEqual([
          given.spanIds,
          given.parent,
          given.subtreeEnd,
        ]);
        const lengths = ({ startNs, endNs }: Trace) => [...endNs].map((end, i) => end - (startNs[i] ?? 0));
        expect(lengths(trace)).toEqual(lengths(given));
        expect(Math.min(...trace.startNs)).toBe(0);
        expect(Math.max(...trace.endNs)).toBe(trace.durationNs);
        const starts = ({ epochNs, startNs }: Trace) => [...startNs].map((start) => epochNs + BigInt(start));
        const moved = starts(trace).filter((start, i) => start !== starts(given)[i]).length;
        expect(adjustments.reduce((sum, { spans: count }) => sum + count, 0)).toBe(moved);
        trace.parent.forEach((parent, i) => {
          const isCall = parent !== -1 && trace.resource[i] !== trace.resource[parent] && trace.tiedByLink[i] === 0;
          if (isCall && calls.includes(trace.kind[i] ?? -1)) {
            expect(trace.startNs[i]).toBeGreaterThanOrEqual(trace.startNs[parent] ?? Infinity);
          }
        });
        expect(adjustClockSkew(trace).adjustments).toEqual([]);
      })
    );
  });
});
