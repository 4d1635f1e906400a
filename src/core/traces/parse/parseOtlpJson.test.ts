import { decodeUtf8 } from '../../../../tests/traces/protobufWriter.ts';
import { parseTraceBytes } from './parseTraceBytes.ts';
import { parseTraceDocuments } from './parseTraces.ts';

const START = 1_790_000_000_000_000_000;

const batch = (spanId: string, times: { readonly startTimeUnixNano: unknown; readonly endTimeUnixNano: unknown }) => ({
  scopeSpans: [{ spans: [{ traceId: 'a'.repeat(32), spanId: spanId.padStart(16, '0'), name: 'work', ...times }] }],
});
const asText = { startTimeUnixNano: String(BigInt(START)), endTimeUnixNano: String(BigInt(START) + 1n) };
const asNumbers = { startTimeUnixNano: START, endTimeUnixNano: START + 256 };
const roundedIn = (resourceSpans: readonly unknown[], besides = {}) =>
  parseTraceDocuments([{ resourceSpans, ...besides }]).traces[0]?.notices.filter(
    ({ code }) => code === 'time_precision'
  );

describe('times as JSON numbers', () => {
  it('are told once for all spans', () => {
    expect(
      roundedIn([batch('1', asNumbers), batch('2', { ...asText, endTimeUnixNano: START }), batch('3', asText)])
    ).toEqual([
      {
        ...{ code: 'time_precision', count: 2, spanIds: [] },
        message:
          'The times of 2 spans are JSON numbers beyond 2^53, exact to 256 ns only; expected text, as OTLP writes them.',
      },
    ]);
  });

  it('are told once for an input that is read in pieces', () => {
    const filler = 'x'.repeat(1_000_000);
    const bytes = Buffer.from(
      JSON.stringify({ resourceSpans: [batch('1', asNumbers), batch('2', asNumbers)], filler })
    );
    const [trace] = parseTraceBytes(bytes, decodeUtf8).traces;
    expect(trace?.notices.filter(({ code }) => code === 'time_precision')).toMatchObject([{ count: 2 }]);
  });

  it('are none of text, nor of numbers that a double holds', () => {
    expect(roundedIn([batch('1', asText)])).toEqual([]);
    expect(roundedIn([batch('1', { startTimeUnixNano: 1, endTimeUnixNano: 2 ** 53 - 1 })])).toEqual([]);
  });
});
