import { otlpOf } from '../../../src/core/traces/otlpTrace.fixture.ts';
import { epochMs } from '../../../src/core/units.ts';
import { RawJson } from '../../rawJson.ts';
import { newestEnd } from './newestEnd.ts';

const AT = epochMs(1_700_000_000_000);
const LATER = epochMs(AT + 3_600_000);
const otlp = otlpOf('a', AT, [
  { id: '1', ms: 10 },
  { id: '2', from: 5, ms: 30 },
  { id: '3', ms: 1 },
]);

it.each([
  ['OTLP', otlp],
  ['Tempo’s second API', { trace: otlp, metrics: {} }],
  ['Tempo’s first API', { batches: otlp.resourceSpans }],
])('is that of the span that ended last, in %s', (_, document) => {
  expect(newestEnd(document, LATER)).toBe(AT + 35);
});

it('is found in what was not read, too', () => {
  const inText = otlpOf('b', AT, [{ id: '1', attributes: { x: '"endTimeUnixNano":"9999999999999000000"' } }]);
  expect(newestEnd(new RawJson(Buffer.from(JSON.stringify(otlp))), LATER)).toBe(AT + 35);
  expect(newestEnd(new RawJson(Buffer.from(JSON.stringify(inText))), LATER)).toBe(AT + 10);
  expect(newestEnd(new RawJson(Buffer.from('{"trace":{}}')), LATER)).toBeNull();
});

it.each([
  [{}],
  [null],
  ['text'],
  [{ trace: { resourceSpans: [{ scopeSpans: [{ spans: [null, {}, { endTimeUnixNano: 'x' }] }] }] } }],
])('is not known of %j', (document) => {
  expect(newestEnd(document, LATER)).toBeNull();
});

it('compares times by what they are, not as text, and takes numbers too', () => {
  const spans = [{ endTimeUnixNano: '999000000' }, { endTimeUnixNano: 1_000_000_000 }];
  expect(newestEnd({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, LATER)).toBe(1000);
});

it('looks through a hundred thousand spans', () => {
  const spans = Array.from({ length: 100_000 }, (_, n) => ({ endTimeUnixNano: `${1_700_000_000_000 + n}000000` }));
  expect(newestEnd({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, LATER)).toBe(AT + 99_999);
});

it.each([
  ['read', otlp],
  ['not read', new RawJson(Buffer.from(JSON.stringify(otlp)))],
])('passes over ends that cannot be, as a clock that is ahead records them: in what was %s', (_, document) => {
  expect(newestEnd(document, epochMs(AT + 34))).toBe(AT + 10);
  expect(newestEnd(document, epochMs(AT - 1))).toBeNull();
});
