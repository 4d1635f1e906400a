import fc from 'fast-check';
import { decodeUtf8 } from '../../../../tests/traces/protobufWriter.ts';
import {
  jaegerSample,
  otlpSample,
  protobufSample,
  tempoProtobufSample,
  tempoV2Sample,
  zipkinSample,
} from '../../../../tests/traces/sampleTrace.ts';
import type { Trace } from '../trace.ts';
import { analyzeTrace } from '../analyzeTrace.ts';
import { parseTraceBytes } from './parseTraceBytes.ts';
import { parseTraceDocuments } from './parseTraces.ts';
import { changed, placesIn } from '../../../../tests/traces/places.ts';
import { TraceInputError } from './traceInputError.ts';

const JSON_SAMPLES = { otlp: otlpSample, tempo: tempoV2Sample, jaeger: jaegerSample, zipkin: zipkinSample };
const SAMPLES: ReadonlyArray<readonly [string, Buffer]> = [
  ...Object.entries(JSON_SAMPLES).map(([name, document]) => [name, Buffer.from(JSON.stringify(document))] as const),
  ['protobuf', protobufSample],
  ['tempo protobuf', tempoProtobufSample],
];

/** Reads it, and refuses any failure but the one that is meant for people. */
function attempt(read: () => { readonly traces: readonly Trace[] }): readonly Trace[] | string {
  try {
    const { traces } = read();
    traces.forEach(expectWhole);
    return traces;
  } catch (error) {
    if (!(error instanceof TraceInputError)) {
      throw error;
    }
    expect(error.message).toMatch(/^.{10,1200}$/su);
    return error.message;
  }
}

/** Whatever came in, what comes out can be analysed and drawn: every number is one, and every span stands in its parent. */
function expectWhole(trace: Trace): void {
  expect(analyzeTrace(trace).spanCount).toBe(trace.size);
  expect(trace.size).toBeGreaterThan(0);
  expect(trace.startNs.every((start, i) => start >= 0 && start <= (trace.endNs[i] ?? -1))).toBe(true);
  expect(trace.endNs.every((end) => end <= trace.durationNs)).toBe(true);
  expect(
    trace.parent.every(
      (parent, i) => parent < i && (trace.subtreeEnd[i] ?? 0) <= (trace.subtreeEnd[parent] ?? trace.size)
    )
  ).toBe(true);
}

const attemptBytes = (bytes: Uint8Array) => attempt(() => parseTraceBytes(bytes, decodeUtf8));
const attemptDocument = (document: unknown) => attempt(() => parseTraceDocuments([document]));

describe.each(SAMPLES)('%s', (_, sample) => {
  it('cut off at any byte is refused, or marked', () => {
    for (let length = 0; length < sample.length; length += 1) {
      const read = attemptBytes(sample.subarray(0, length));
      expect(typeof read === 'string' || read.length > 0).toBe(true);
    }
  });

  it('with bytes changed, put in or taken out is refused or read', () => {
    const change = fc.record({
      at: fc.nat({ max: sample.length - 1 }),
      remove: fc.integer({ min: 0, max: 3 }),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = changes.reduce<Buffer>(
          (all, { at, remove, insert }) => Buffer.concat([all.subarray(0, at), insert, all.subarray(at + remove)]),
          sample
        );
        attemptBytes(bytes);
      }),
      { numRuns: 500 }
    );
  });
});

describe('noise', () => {
  it('of bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        attemptBytes(bytes);
      }),
      { numRuns: 1000 }
    );
  });

  it('that looks like protobuf is refused or read', () => {
    const field = fc
      .record({
        number: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 1000),
        content: fc.uint8Array({ maxLength: 20 }),
      })
      .map(({ number, content }) => Buffer.concat([varint(number * 8 + 2), varint(content.length), content]));
    const wrap = (inner: Buffer, number: number) =>
      Buffer.concat([varint(number * 8 + 2), varint(inner.length), inner]);
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 12 }),
        fc.array(fc.constantFrom(1, 2, 9, 5, 6), { maxLength: 8 }),
        (fields, outer) => {
          attemptBytes(outer.reduce(wrap, Buffer.concat(fields)));
        }
      ),
      { numRuns: 1000 }
    );
  });

  it('as JSON is refused or read, also in the places of a trace', () => {
    const names = [
      'resourceSpans',
      'batches',
      'trace',
      'data',
      'spans',
      'scopeSpans',
      'processes',
      'traceId',
      'traceID',
      'id',
    ];
    const key = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 4 }));
    const json = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constant('1')),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 4 })
      ),
    })).any;
    fc.assert(
      fc.property(json, (document) => {
        attemptDocument(document);
      }),
      { numRuns: 1000 }
    );
  });

  it.each(Object.entries(JSON_SAMPLES))('in any one place of %s is refused or read', (_, document) => {
    const strange = [
      null,
      0,
      -1,
      1e300,
      1.7e308,
      '',
      'x',
      true,
      [],
      {},
      [null],
      { a: { b: 1 } },
      '99999999999999999999999999999999',
    ];
    for (const place of placesIn(document)) {
      for (const value of strange) {
        attemptDocument(changed(document, place, value));
      }
    }
  });
});

describe('what is large or odd', () => {
  const span = (i: number, parent: number | undefined, more: object = {}) => ({
    traceId: 'a'.repeat(32),
    spanId: (i + 1).toString(16).padStart(16, '0'),
    ...(parent === undefined ? {} : { parentSpanId: (parent + 1).toString(16).padStart(16, '0') }),
    name: 'work',
    startTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(i)),
    endTimeUnixNano: String(1_700_000_000_000_900_000n - BigInt(i)),
    ...more,
  });
  const read = (spans: object[]): Trace => {
    const [trace] = attemptDocument({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    if (trace === undefined || typeof trace === 'string') {
      throw new Error('expected a trace');
    }
    return trace;
  };
  const codes = ({ notices }: Trace) => notices.map(({ code }) => code);
  const many = 100_000;
  const numbers = Array.from({ length: many }, (_, i) => i);

  it('a chain of 100,000', () => {
    const trace = read(numbers.map((i) => span(i, i === 0 ? undefined : i - 1)));
    expect([trace.size, trace.depth[many - 1], trace.roots.length, codes(trace)]).toEqual([many, many - 1, 1, []]);
  });

  it('100,000 children of one parent', () => {
    const trace = read(numbers.map((i) => span(i, i === 0 ? undefined : 0)));
    expect([trace.size, trace.depth[many - 1], trace.subtreeEnd[0], codes(trace)]).toEqual([many, 1, many, []]);
  });

  it('a ring of 100,000, and a span that is its own parent', () => {
    const ring = read(numbers.map((i) => span(i, (i + 1) % many)));
    expect([ring.size, [...ring.roots], codes(ring)]).toEqual([many, [0], ['cycle']]);
    expect(codes(read([span(0, 0)]))).toEqual(['cycle']);
  });

  it('times before 1970 and beyond 2262', () => {
    const at = (startTimeUnixNano: string, endTimeUnixNano: string) => ({ startTimeUnixNano, endTimeUnixNano });
    const early = read([span(0, undefined, at('-6000000000000000000', '-5999999999999999000'))]);
    expect([early.epochNs, early.durationNs, codes(early)]).toEqual([-6_000_000_000_000_000_000n, 1000, []]);
    const late = read([span(0, undefined, at('18446744073709551000', '18446744073709551615'))]);
    expect([late.epochNs, late.durationNs, codes(late)]).toEqual([18_446_744_073_709_551_000n, 615, []]);
    const both = read([
      span(0, undefined, at('-6000000000000000000', '1')),
      span(1, 0, at('18446744073709551000', '18446744073709551615')),
    ]);
    expect(codes(both)).toEqual(['time_precision']);
  });

  it('times that no clock tells', () => {
    const times = (startTimeUnixNano: unknown, endTimeUnixNano: unknown) => ({ startTimeUnixNano, endTimeUnixNano });
    const ends = read([span(0, undefined, times('0', '1')), span(1, 0, times('0', 1e308))]);
    expect([ends.size, codes(ends)]).toEqual([1, ['unusable']]);
    expect(ends.notices[0]?.message).toContain('expected endTimeUnixNano as whole nanoseconds, got 1e+308');
    const starts = read([span(0, undefined, times('0', '1')), span(1, 0, times('9'.repeat(30), '1'))]);
    expect([starts.size, codes(starts)]).toEqual([1, ['unusable']]);
    const jaeger = (spanID: string, startTime: number) => ({
      traceID: '1',
      spanID,
      operationName: 'work',
      processID: 'p',
      startTime,
      duration: 1,
    });
    const spans = [jaeger('1', 0), jaeger('2', 1.7e308)];
    const [trace] = attemptDocument({ data: [{ traceID: '1', spans, processes: { p: { serviceName: 'shop' } } }] });
    expect(trace).toMatchObject({ size: 1, notices: [{ code: 'unusable' }] });
  });

  it('ids of the wrong length', () => {
    const trace = read([
      { ...span(0, undefined), spanId: 'f'.repeat(40) },
      span(1, undefined, { parentSpanId: 'f'.repeat(40) }),
    ]);
    expect([...trace.parent]).toEqual([-1, 0]);
    expect(codes(trace)).toEqual(['bad_id']);
    const foreign = read([{ ...span(0, undefined), traceId: 'not hex' }]);
    expect([foreign.traceId, codes(foreign)]).toEqual(['not hex', ['bad_id']]);
  });

  it('HTML in names stays text', () => {
    const name = '<img src=x onerror="alert(1)">';
    expect(read([span(0, undefined, { name, status: { code: 2, message: name } })])).toMatchObject({
      names: [name],
      statusMessages: new Map([[0, name]]),
    });
  });

  it('names of what every object has', () => {
    const key = '__proto__';
    const attributes = [
      { key, value: { stringValue: 'a' } },
      { key: 'x', value: { kvlistValue: { values: [{ key, value: { stringValue: 'b' } }] } } },
    ];
    const trace = read([span(0, undefined, { name: 'constructor', attributes })]);
    expect(trace.keys).toEqual([key, 'x']);
    expect(JSON.stringify(trace.values[1])).toBe('{"__proto__":"b"}');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('values that are nested 100,000 deep are cut, and documents that are nothing else refused', () => {
    const deep = `${'{"arrayValue":{"values":['.repeat(many)}${']}}'.repeat(many)}`;
    const attributes = [{ key: 'deep', value: 'HERE' }];
    const text = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span(0, undefined, { attributes })] }] }] });
    const [trace] = attemptBytes(Buffer.from(text.replace('"HERE"', deep)));
    expect(trace).toMatchObject({ size: 1, keys: ['deep'] });
    expect(attemptBytes(Buffer.from(`${'['.repeat(many)}${']'.repeat(many)}`))).toContain('No known trace format');
    expect(attemptBytes(Buffer.from(`{"data":${'['.repeat(many)}${']'.repeat(many)}}`))).toContain(
      'No known trace format'
    );
    expect(
      attemptBytes(Buffer.from(`{"resourceSpans":[{"x":${'{"x":'.repeat(many)}1${'}'.repeat(many)}}]}`))
    ).toContain('no span');
  });
});

function varint(value: number): Buffer {
  return value < 128
    ? Buffer.from([value])
    : Buffer.concat([Buffer.from([(value % 128) + 128]), varint(Math.floor(value / 128))]);
}
