import fc from 'fast-check';
import { generateTrace } from '../../../../demo/generateTrace.ts';
import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { decodeUtf8 } from '../../../../tests/traces/protobufWriter.ts';
import { parseTraceBytes, parseTraceSteps } from './parseTraceBytes.ts';
import { parseTraceJson } from './parseTraces.ts';
import { selectTrace } from './selectTrace.ts';
import { splitBatches } from './splitBatches.ts';

function split(text: string) {
  const bytes = Buffer.from(text);
  const pieces = splitBatches(bytes, decodeUtf8);
  return (
    pieces && {
      name: pieces.name,
      batches: [...pieces.batches].map(({ from, to }) => JSON.parse(decodeUtf8(bytes.subarray(from, to)))),
      rest: pieces.rest()?.text,
    }
  );
}

describe('splitBatches', () => {
  it('cuts any list of objects where its objects end, however it is written', () => {
    const batch = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 }));
    const input = fc.record({
      name: fc.constantFrom('resourceSpans' as const, 'batches' as const),
      batches: fc.array(batch, { maxLength: 5 }),
      rest: fc.dictionary(fc.constantFrom('status', 'a"]}'), fc.jsonValue()),
      indent: fc.constantFrom(0, 2),
      before: fc.constantFrom('', '\uFEFF', ' \r\n'),
      wrap: fc.constantFrom<(trace: object) => object>(
        (trace) => trace,
        (trace) => ({ trace, status: 'COMPLETE' }),
        (document) => ({ traceId: 'a'.repeat(32), document, settling: false }),
        (trace) => ({ traceId: 'a', document: { trace }, problem: 'x' })
      ),
    });
    fc.assert(
      fc.property(input, ({ name, batches, rest, indent, before, wrap }) => {
        const written = JSON.parse(JSON.stringify({ batches, rest }));
        const found = split(before + JSON.stringify(wrap({ [name]: batches, ...rest }), null, indent));
        expect(found).toMatchObject({ name, batches: written.batches });
        expect(JSON.parse(found?.rest ?? '')).toEqual(wrap({ [name]: [], ...written.rest }));
      })
    );
  });

  it.each(['', '{}', '[]', '{"data":[]}', '{"a":1,"resourceSpans":[]}', '{"resourceSpans":{}}'])(
    'leaves %j to others',
    (text) => {
      expect(split(text)).toBeUndefined();
    }
  );

  it.each([
    ['{"resourceSpans":[', 0],
    ['{"resourceSpans":[{}', 1],
    ['{"resourceSpans":[{},', 1],
    ['{"resourceSpans":[{} {}]}', 1],
    ['{"resourceSpans":[{},7]}', 1],
    ['{"resourceSpans":[{},{"a":"\\"]}', 1],
  ])('has no rest where the list does not end as one: %j', (text, count) => {
    const found = split(text);
    expect([found?.batches.length, found?.rest]).toEqual([count, undefined]);
  });
});

describe('a file that is read in pieces', () => {
  const text = [...generateTrace({ spans: 4000, shape: 'shop', seed: 3, startMs: 1_760_000_000_000 })].join('');
  const read = (input: string) => selectTrace(parseTraceBytes(Buffer.from(input), decodeUtf8));

  it('gives the trace that it gives as a whole', () => {
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(describeSpans(read(text))).toEqual(describeSpans(selectTrace(parseTraceJson(text))));
  });

  it('is read in steps, each with the share that was read', () => {
    const bytes = Buffer.from(text);
    const shares = [...parseTraceSteps(bytes, decodeUtf8)];
    expect(shares).toHaveLength(JSON.parse(text).resourceSpans.length);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 4);
  });

  it('says what it could not use, and where', () => {
    const broken = text.replace(/\]\}\s*$/, ',{"scopeSpans":[7]}],"status":"PARTIAL"}');
    const batches = JSON.parse(text).resourceSpans.length;
    expect(read(broken).notices.map(({ code, message }) => [code, message])).toEqual([
      ['truncated', 'Tempo returned only a part of this trace; it is larger than Tempo returns (max_bytes_per_trace).'],
      [
        'unusable',
        `One piece of the input could not be used: resourceSpans[${batches}].scopeSpans[0]: expected an object, got 7.`,
      ],
    ]);
  });

  it('may be an answer of the engine, in either form of Tempo, which says more beside it', () => {
    const beside = { traceId: 'a'.repeat(32), settling: true, problem: null };
    const { traceId, ...rest } = beside;
    for (const document of [text, `{"trace":${text}}`]) {
      const answer = `{"traceId":"${traceId}","document":${document},${JSON.stringify(rest).slice(1)}`;
      const steps = [...parseTraceSteps(Buffer.from(answer), decodeUtf8)];
      expect(steps.length).toBeGreaterThan(1);
      const parsed = parseTraceBytes(Buffer.from(answer), decodeUtf8);
      expect(parsed.beside).toEqual(beside);
      expect(parseTraceJson(answer).beside).toEqual(beside);
      expect(describeSpans(selectTrace(parsed))).toEqual(describeSpans(read(text)));
    }
    expect(parseTraceBytes(Buffer.from(text), decodeUtf8)).not.toHaveProperty('beside');
  });

  it('is refused where it is cut off', () => {
    expect(() => read(text.slice(0, -200))).toThrow('The input is not JSON: ');
  });

  it('may be one document per line, and is read in steps as well', () => {
    const document = JSON.stringify(JSON.parse(text));
    const lines = Buffer.from(`${document}\n\n${document}\r\n`);
    expect([...parseTraceSteps(lines, decodeUtf8)]).toHaveLength(2 * JSON.parse(text).resourceSpans.length);
    expect(() => read(`${document}\n{"resourceSpans":[`)).toThrow('Line 2 is not JSON');
    expect(() => read(`${document}\n{"data":[]}`)).toThrow('No known trace format in line 2');
    expect(read(`${document}\n${document}`).notices[0]?.message).toBe(
      '4000 spans were received twice and are kept once.'
    );
  });
});
