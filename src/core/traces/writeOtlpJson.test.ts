import fc from 'fast-check';
import { describeSpans } from '../../../tests/traces/describeTrace.ts';
import { otlpSample } from '../../../tests/traces/sampleTrace.ts';
import { decodeUtf8 } from '../../../tests/traces/protobufWriter.ts';
import { INPUT_TRACE_ID, spanInputs } from '../../../tests/traces/spanInputs.ts';
import { parseTraceBytes } from './parse/parseTraceBytes.ts';
import { parseTraceJson } from './parse/parseTraces.ts';
import { selectTrace } from './parse/selectTrace.ts';
import type { SpanInput } from './spanInput.ts';
import type { Trace, TraceNotice } from './trace.ts';
import { createTraceBuilder } from './traceBuilder.ts';
import { normalId } from './traceIds.ts';
import { writeOtlpJson } from './writeOtlpJson.ts';

const byMessage = (a: TraceNotice, b: TraceNotice): number => (a.message < b.message ? -1 : 1);
const read = (text: string): Trace => selectTrace(parseTraceJson(text));

function build(spans: readonly SpanInput[]): Trace {
  const builder = createTraceBuilder(INPUT_TRACE_ID);
  spans.forEach((span) => builder.add(span));
  return builder.build();
}

/** Spans that share an id are told apart by it alone, except for the halves of a call. */
function withoutAmbiguity(spans: readonly SpanInput[]): readonly SpanInput[] {
  const kinds = new Map<string, string[]>();
  return spans.filter(({ spanId, kind }) => {
    const id = normalId(spanId, 16);
    const others = kinds.get(id) ?? [];
    const isOther = others.length === 0 || (others.length === 1 && others[0] === 'client' && kind === 'server');
    kinds.set(id, isOther ? [...others, kind] : others);
    return isOther;
  });
}

describe('writeOtlpJson', () => {
  it('writes what was read, grouped by process and scope', () => {
    const text = writeOtlpJson(read(JSON.stringify(otlpSample)));
    const { resourceSpans } = JSON.parse(text);
    expect(text).not.toContain('\n');
    expect(resourceSpans).toHaveLength(3);
    expect(resourceSpans[0].scopeSpans[0].scope).toEqual({ name: 'http', version: '1.2' });
    expect(resourceSpans[0].scopeSpans[0].spans[0]).toEqual({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: '00000000000000a1',
      name: 'POST /checkout',
      kind: 2,
      startTimeUnixNano: '1700000000000000000',
      endTimeUnixNano: '1700000000001000000',
      attributes: [
        { key: 'http.route', value: { stringValue: '/checkout' } },
        { key: 'items', value: { intValue: '3' } },
        { key: 'total', value: { doubleValue: 12.5 } },
        { key: 'cached', value: { boolValue: false } },
      ],
      status: { code: 2, message: 'payment refused' },
    });
    expect(describeSpans(read(text))).toEqual(describeSpans(read(JSON.stringify(otlpSample))));
  });

  it('gives the same trace back: orphans, ties, halves of calls, links, events, nanoseconds, values of all types', () => {
    fc.assert(
      fc.property(spanInputs.map(withoutAmbiguity), (spans) => {
        const trace = build(spans);
        // Which parent a ring was cut at is not in a trace.
        fc.pre(!trace.notices.some(({ code }) => code === 'cycle'));
        const again = read(writeOtlpJson(trace));
        expect(describeSpans(again)).toEqual(describeSpans(trace));
        expect([again.traceId, again.epochNs, again.durationNs]).toEqual([
          trace.traceId,
          trace.epochNs,
          trace.durationNs,
        ]);
        expect([...again.roots]).toEqual([...trace.roots]);
        // What spans no longer show comes first.
        expect(again.notices.toSorted(byMessage)).toEqual(trace.notices.toSorted(byMessage));
      }),
      { numRuns: 500 }
    );
  });

  it.each([Infinity, -Infinity, NaN, -0, 0.1, 2 ** 53, -(2 ** 53) + 1, 1e300, 5e-324])(
    'keeps the number %s',
    (number) => {
      const [span] = withoutAmbiguity([inputWith(number)]);
      expect(describeSpans(read(writeOtlpJson(build(span === undefined ? [] : [span]))))[0]?.attributes[0]?.[1]).toBe(
        number
      );
    }
  );

  it('ties by a link again what a parser said is tied', () => {
    const tied = { ...inputWith(1), spanId: '2', parentSpanId: '1', tiedByLink: true };
    const again = read(writeOtlpJson(build([inputWith(1), tied])));
    expect([[...again.parent], [...again.tiedByLink]]).toEqual([
      [-1, 0],
      [0, 1],
    ]);
  });

  it('keeps what was known of the trace, once', () => {
    const spans = [7, { traceId: 'ab', spanId: '1', startTimeUnixNano: '1', attributes: [7] }];
    const ring = [2, 3].map((id) => ({
      traceId: 'ab',
      spanId: `${id}`,
      parentSpanId: `${5 - id}`,
      startTimeUnixNano: `${id}`,
    }));
    const document = {
      trace: { resourceSpans: [{ scopeSpans: [{ spans: [...spans, ...ring] }] }] },
      status: 'PARTIAL',
    };
    const trace = read(JSON.stringify(document));
    const again = read(writeOtlpJson(read(writeOtlpJson(trace))));
    expect(again.notices).toEqual(trace.notices);
    expect(trace.notices.map(({ code }) => code)).toEqual([
      'truncated',
      'unusable',
      'unusable',
      'cycle',
      'several_roots',
      'no_end',
    ]);
  });

  it('takes for a notice only what is one', () => {
    const notices = [
      7,
      { code: 'odd', message: 'x' },
      { code: 'cycle' },
      { code: 'cycle', message: 'x'.repeat(9999), count: -1, spanIds: [7, 'a'] },
    ];
    const written = JSON.parse(writeOtlpJson(build([inputWith(1)])));
    // The list alone is how it was written before.
    for (const form of [notices, { traceId: INPUT_TRACE_ID, list: notices }, { list: notices }]) {
      expect(read(JSON.stringify({ ...written, notices: form })).notices).toEqual([
        { code: 'cycle', message: 'x'.repeat(2000), count: 1, spanIds: ['a'] },
      ]);
    }
    for (const form of [7, 'x', {}, { traceId: INPUT_TRACE_ID }, { traceId: 'ffff', list: notices }]) {
      expect(read(JSON.stringify({ ...written, notices: form })).notices).toEqual([]);
    }
  });

  it('keeps to each of several documents in one file what was known of its trace', () => {
    const lossy = build([{ ...inputWith(1), parentSpanId: '9' }]);
    const other = createTraceBuilder('b2');
    other.add(inputWith(1));
    const withoutId = createTraceBuilder('');
    withoutId.add({ ...inputWith(1), end: null });
    const traces = [lossy, other.build(), withoutId.build()];
    const file = traces.map(writeOtlpJson).join('\n');
    // Large enough to be read in pieces, too.
    for (const text of [file, `${file}${' '.repeat(1_000_000)}`]) {
      const again = parseTraceBytes(Buffer.from(text), decodeUtf8).traces;
      expect(again.map(({ traceId, notices }) => [traceId, notices.map(({ code }) => code)])).toEqual([
        [lossy.traceId, ['missing_parent']],
        ['b2'.padStart(32, '0'), []],
        ['', ['bad_id', 'no_end']],
      ]);
    }
  });

  it('is a document without spans of an empty trace', () => {
    expect(writeOtlpJson(build([]))).toBe('{"resourceSpans":[]}');
  });
});

const inputWith = (number: number): SpanInput => ({
  ...{ spanId: '1', parentSpanId: '', name: 'work', kind: 'internal', start: 1n, end: 2n, status: 'unset' },
  ...{ resource: { service: 'shop', attributes: [['service.name', 'shop']] }, attributes: [['number', number]] },
});
