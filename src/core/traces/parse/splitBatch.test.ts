import fc from 'fast-check';
import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { decodeUtf8 } from '../../../../tests/traces/protobufWriter.ts';
import { otlpSample } from '../../../../tests/traces/sampleTrace.ts';
import type { Trace } from '../trace.ts';
import { parseOtlpJson } from './parseOtlpJson.ts';
import { splitBatch } from './splitBatch.ts';
import { createTraceCollector } from './traceCollector.ts';

const wholeOf = (text: string) => ({ from: 0, to: Buffer.byteLength(text) });
const piecesOf = (text: string, limit: number) => [
  ...splitBatch(Buffer.from(text), wholeOf(text), { decode: decodeUtf8, limit }),
];

function readInPieces(text: string, limit: number): readonly Trace[] {
  const into = createTraceCollector();
  for (const { text: piece, ...earlier } of piecesOf(text, limit)) {
    parseOtlpJson({ resourceSpans: [JSON.parse(piece)] }, into, { batches: 0, ...earlier });
  }
  return into.finish();
}

function readAtOnce(batch: unknown): readonly Trace[] {
  const into = createTraceCollector();
  parseOtlpJson({ resourceSpans: [batch] }, into);
  return into.finish();
}

const [sample] = JSON.parse(JSON.stringify(otlpSample)).resourceSpans;
const traceId = 'a'.repeat(32);

describe('splitBatch', () => {
  it('gives pieces that are together what the batch is, wherever it is cut and however it is written', () => {
    const attributes = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
    const span = fc.oneof(
      { weight: 9, arbitrary: fc.record({ name: fc.string(), attributes: fc.constant([]), more: attributes }) },
      { weight: 1, arbitrary: fc.constantFrom(7, null, 'a]}', [], {}) }
    );
    const group = fc.record({
      scope: fc.oneof(fc.record({ name: fc.constantFrom('', 'http', '"}]', 7) }), fc.constant('none')),
      spans: fc.array(span, { maxLength: 6 }),
      schemaUrl: fc.string(),
    });
    const input = fc.record({
      groups: fc.array(group, { minLength: 1, maxLength: 3 }),
      old: fc.array(group, { maxLength: 2 }),
      limit: fc.integer({ min: 1, max: 600 }),
      indent: fc.constantFrom(0, 2),
      resource: fc.constantFrom<unknown>(sample.resource, 7, { attributes: [7], droppedAttributesCount: 'x' }),
    });
    fc.assert(
      fc.property(input, ({ groups, old, limit, indent, resource }) => {
        let id = 0;
        const numbered = (list: typeof groups) =>
          list.map((one) => ({
            ...one,
            spans: one.spans.map((item) => {
              id += 1;
              const isSpan = typeof item === 'object' && item !== null && 'name' in item;
              return isSpan ? { ...item, traceId, spanId: id.toString(16), endTimeUnixNano: `${id}` } : item;
            }),
          }));
        const batch = JSON.parse(
          JSON.stringify({
            resource,
            scopeSpans: numbered(groups),
            instrumentationLibrarySpans: numbered(old),
          })
        );
        const text = JSON.stringify(batch, null, indent);
        const [inPieces, atOnce] = [readInPieces(text, limit), readAtOnce(batch)];
        expect(inPieces.map(describeSpans)).toEqual(atOnce.map(describeSpans));
        expect(inPieces.map(({ notices }) => notices)).toEqual(atOnce.map(({ notices }) => notices));
      }),
      { numRuns: 300 }
    );
  });

  it('cuts into as many pieces as are needed, and says what came before each', () => {
    const text = JSON.stringify(sample);
    const longest = Math.max(...sample.scopeSpans[0].spans.map((span: unknown) => JSON.stringify(span).length));
    const pieces = piecesOf(text, longest);
    expect(pieces.map((piece) => [piece.pieces, piece.groups, piece.spans])).toEqual([
      [0, 0, 0],
      [1, 0, 1],
      [2, 0, 2],
    ]);
    expect(pieces.map(({ end }) => end)).toEqual(pieces.map(({ end }) => end).toSorted((a, b) => a - b));
    expect(piecesOf(text, text.length)).toEqual([{ text, pieces: 0, groups: 0, spans: 0, end: text.length }]);
  });

  it('has what is lost of a resource or a scope told once, in however many pieces they come', () => {
    const scopeOf = (name: unknown) => ({ scope: { name, attributes: [7] }, spans: sample.scopeSpans[0].spans });
    const batch = {
      resource: { attributes: [7] },
      scopeSpans: [{ scope: { name: 7 }, spans: [] }, scopeOf('http')],
      instrumentationLibrarySpans: [scopeOf('grpc')],
    };
    const text = JSON.stringify(batch);
    expect(piecesOf(text, 1)).toHaveLength(7);
    const [trace] = readInPieces(text, 1);
    expect(trace?.notices.filter(({ code }) => code === 'unusable').map(({ message }) => message)).toEqual([
      '3 attributes were left out, the first at resourceSpans[0].resource.attributes[0]: expected an object with a key, got 7.',
      'One text was left out: resourceSpans[0].scopeSpans[0].scope.name: expected text, got 7.',
    ]);
  });

  it.each([
    '{"scopeSpans":{}}',
    '{"scopeSpans":[{"spans":7}]}',
    '{"scopeSpans":[{"spans":[{} {}]}]}',
    '{"scopeSpans":[{"spans":[1],"spans":[2]}]}',
    '{"scopeSpans":[7]}',
    '{"scopeSpans"',
    '{"a":1 "scopeSpans":[{"spans":[{}]}]}',
    '{"scopeSpans":[{"spans":[{}]}],}',
    '{"scopeSpans":[{"spans":[{}],}]}',
    '{}',
  ])('leaves %j whole to who reads it', (text) => {
    expect(piecesOf(text, 1)).toEqual([{ text, pieces: 0, groups: 0, spans: 0, end: text.length }]);
  });
});
