import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { decodeUtf8 } from '../../../../tests/traces/protobufWriter.ts';
import { writeOtlpJson } from '../writeOtlpJson.ts';
import { parseTraceBytes } from './parseTraceBytes.ts';
import { selectTrace } from './selectTrace.ts';

const read = (bytes: Uint8Array) => selectTrace(parseTraceBytes(bytes, decodeUtf8));

describe.each([
  ['2.10.8', ['v2-trace.json', 'v1-trace.pb', 'v1-trace.json']],
  ['3.0.3', ['v2-trace.json']],
])('one trace of the demo as Tempo %s answered it (recorded)', (version, others) => {
  const answer = (name: string) =>
    readFileSync(path.join(import.meta.dirname, '../../../../tests/fixtures', `tempo-${version}-${name}`));
  const expected = read(answer('v2-trace.pb'));

  it('is whole, and what the demo did', () => {
    const words = describeSpans(expected).map(({ service, kind, name }) => `${service} ${kind}: ${name}`);
    expect(expected.notices).toEqual([]);
    expect(words).toEqual([
      'storefront server: GET /product/:id',
      'storefront internal: render product page',
      'storefront client: GET /products/:id',
      'catalog server: GET /products/:id',
      'catalog internal: render product',
      'catalog client: SELECT products',
    ]);
  });

  it.each(others)('is the same from %s', (name) => {
    expect(describeSpans(read(answer(name)))).toEqual(describeSpans(expected));
  });

  it('is the same after it was written as OTLP JSON', () => {
    expect(describeSpans(read(Buffer.from(writeOtlpJson(expected))))).toEqual(describeSpans(expected));
  });
});
