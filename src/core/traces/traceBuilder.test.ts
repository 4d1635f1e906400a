import fc from 'fast-check';
import { describeSpans } from '../../../tests/traces/describeTrace.ts';
import { spanInputs } from '../../../tests/traces/spanInputs.ts';
import type { SpanInput } from './spanInput.ts';
import type { Trace } from './trace.ts';
import { createTraceBuilder } from './traceBuilder.ts';
import { normalId } from './traceIds.ts';

const resource = { service: 'shop', attributes: [['service.name', 'shop']] } as const;
const span = (spanId: string, more: Partial<SpanInput> = {}): SpanInput => ({
  ...{ spanId, parentSpanId: '', name: 'work', kind: 'internal', start: 10n, end: 20n, status: 'unset' },
  ...{ resource, attributes: [] },
  ...more,
});

function build(spans: readonly SpanInput[], traceId = 'abc'): Trace {
  const builder = createTraceBuilder(traceId);
  spans.forEach((one) => builder.add(one));
  return builder.build();
}
const codes = ({ notices }: Trace) => notices.map(({ code, count }) => [code, count]);

describe('createTraceBuilder', () => {
  it('writes ids in full, and finds parents whose zeros were left out', () => {
    const trace = build([span('00000000000000A1'), span('b', { parentSpanId: 'a1' })], 'ABC');
    expect([trace.traceId, trace.spanIds, [...trace.parent]]).toEqual([
      'abc'.padStart(32, '0'),
      ['00000000000000a1', '000000000000000b'],
      [-1, 0],
    ]);
  });

  it('keeps values apart that JSON writes alike, or that are equal and not the same', () => {
    const values = [
      0,
      -0,
      Number.NaN,
      [Number.NaN],
      [Infinity],
      [-Infinity],
      [0],
      [-0],
      { a: Number.NaN },
      { a: 'NaN' },
    ];
    const trace = build(values.map((value, i) => span(String(i + 1), { attributes: [['value', value]] })));
    expect(describeSpans(trace).map(({ attributes }) => attributes[0]?.[1])).toEqual(values);
  });

  it('puts siblings and roots by start, then the longest, then the smaller id', () => {
    const trace = build([
      span('5', { start: 1n, end: 2n }),
      span('4', { start: 1n, end: 2n }),
      span('3', { start: 1n, end: 9n }),
      span('2', { start: 0n, end: 1n }),
    ]);
    expect(trace.spanIds.map((id) => id.at(-1))).toEqual(['2', '3', '4', '5']);
    expect(codes(trace)).toEqual([['several_roots', 4]]);
  });

  it('keeps a span that came twice once, also where its id is that of the other half', () => {
    const client = span('1', { kind: 'client' });
    const server = span('1', { kind: 'server', start: 12n, end: 18n });
    const trace = build([client, server, client, server]);
    expect([trace.size, codes(trace)]).toEqual([2, [['duplicate_id', 2]]]);
  });

  it('keeps another span of the same id, and says so', () => {
    const trace = build([span('1'), span('1', { name: 'other' })]);
    expect([trace.size, codes(trace)]).toEqual([
      2,
      [
        ['duplicate_id', 1],
        ['several_roots', 2],
      ],
    ]);
  });

  it('hangs a span without parent below the one of its trace that it is linked to', () => {
    const link = (traceId: string) => ({ traceId, spanId: '1', attributes: [] });
    const trace = build([span('1'), span('2', { start: 11n, links: [link('fff'), link('ABC')] })]);
    expect([[...trace.parent], [...trace.tiedByLink], codes(trace)]).toEqual([[-1, 0], [0, 1], []]);
    const foreign = build([span('1'), span('2', { links: [link('fff')] })]);
    expect([...foreign.parent]).toEqual([-1, -1]);
  });

  it('takes a span that is linked to one that was not recorded, or to one below it, for a root', () => {
    const link = (spanId: string) => ({ traceId: 'abc', spanId, attributes: [] });
    const nowhere = build([span('1', { links: [link('f')] })]);
    expect([nowhere.missingParents.size, [...nowhere.tiedByLink], codes(nowhere)]).toEqual([0, [0], []]);
    const ring = build([span('1', { links: [link('2')] }), span('2', { parentSpanId: '1', start: 11n })]);
    expect([[...ring.parent], [...ring.tiedByLink], codes(ring)]).toEqual([[-1, 0], [0, 0], []]);
  });

  it('names the parent that is missing', () => {
    const trace = build([span('1'), span('2', { start: 5n, parentSpanId: 'F' })]);
    expect([...trace.missingParents]).toEqual([[0, '000000000000000f']]);
    expect(codes(trace)).toEqual([
      ['missing_parent', 1],
      ['several_roots', 2],
    ]);
  });

  it('keeps one text and one value for all of their uses', () => {
    const attributes = [
      ['a', 1],
      ['b', '1'],
      ['c', { x: [1] }],
    ] as const;
    const trace = build([span('1', { attributes }), span('2', { attributes })]);
    expect([trace.names, trace.keys, trace.values]).toEqual([['work'], ['a', 'b', 'c'], [1, '1', { x: [1] }]]);
  });

  it('is empty without spans', () => {
    expect(build([])).toMatchObject({ size: 0, durationNs: 0, epochNs: 0n, notices: [] });
  });

  it('has every span that was added exactly once, and leaves what it was given as it was', () => {
    fc.assert(
      fc.property(spanInputs, (spans) => {
        const before = structuredClone(spans);
        const trace = build(spans);
        expect(spans).toEqual(before);
        const words = describeSpans(trace);
        const came = spans.map(({ spanId, name, start, end, kind, attributes }) =>
          keyOf([normalId(spanId, 16), name, start, end === null || end < start ? start : end, kind, attributes])
        );
        const kept = words.map(({ id, name, times, kind, attributes }) =>
          keyOf([id, name, ...times, kind, attributes])
        );
        const repeated = trace.notices.find(({ message }) => message.includes('kept once'))?.count ?? 0;
        expect(new Set(kept)).toEqual(new Set(came));
        expect(kept).toHaveLength(came.length - repeated);
      })
    );
  });

  it('makes the same trace in whatever order spans come, while each has its own id', () => {
    fc.assert(
      fc.property(spanInputs, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (spans, random) => {
        const own = [...new Map(spans.map((one) => [normalId(one.spanId, 16), one])).values()];
        const shuffled = own.map((one) => ({ one, at: random.next().value ?? 0 })).toSorted((a, b) => a.at - b.at);
        expect(describeSpans(build(shuffled.map(({ one }) => one)))).toEqual(describeSpans(build(own)));
      })
    );
  });
});

const keyOf = (values: readonly unknown[]): string =>
  JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
