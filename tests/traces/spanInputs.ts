import fc from 'fast-check';
import type { SpanInput } from '../../src/core/traces/spanInput.ts';
import { SPAN_KINDS, SPAN_STATUSES, type Attribute, type AttributeValue } from '../../src/core/traces/trace.ts';

/** The trace of all spans below. */
export const INPUT_TRACE_ID = 'abcdef'.padStart(32, '0');

/** Few, so that spans find each other, and some share one; some are in upper case or of a wrong length. */
const spanId = fc.constantFrom(...'123456789A'.split(''), 'b'.repeat(16), 'C'.repeat(16), 'd'.repeat(17));
/** Nanoseconds of now, which no double holds. */
const time = fc.bigInt({ min: 1_700_000_000_000_000_001n, max: 1_700_000_000_000_000_100n });

const value: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string(), fc.double(), fc.integer(), fc.boolean()),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 2 })
  ),
})).value;
const attributes = fc.array(
  fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), value).map((one): Attribute => one),
  { maxLength: 3 }
);
const scope = fc.constantFrom<Attribute[]>(
  [],
  [['otel.scope.name', 'http']],
  [
    ['otel.scope.name', 'http'],
    ['otel.scope.version', '1'],
  ]
);

const resources = ['shop', 'payments', 'worker'].map((service) => ({
  service,
  attributes: [['service.name', service] as const, ['host.name', `${service}-1`] as const],
}));

const link = fc.record({ traceId: fc.constantFrom(INPUT_TRACE_ID, '9'.repeat(32)), spanId, attributes });

const spanInput: fc.Arbitrary<SpanInput> = fc
  .record({
    spanId,
    parentSpanId: fc.oneof(spanId, fc.constantFrom('', 'ffff')),
    name: fc.constantFrom('read', 'write', '<b>'),
    kind: fc.constantFrom(...SPAN_KINDS),
    start: time,
    end: fc.option(time, { freq: 5 }),
    status: fc.constantFrom(...SPAN_STATUSES),
    statusMessage: fc.constantFrom('', 'failed'),
    resource: fc.constantFrom(...resources),
    attributes: fc.tuple(attributes, scope).map(([own, of]) => [...own, ...of]),
    events: fc.array(fc.record({ name: fc.string(), at: time, attributes }), { maxLength: 2 }),
    links: fc.array(link, { maxLength: 2 }),
  })
  .map((span) => span);

/** Spans as parsers hand them over: orphans, rings, halves of calls, repeated ids, no ends, values of all types. */
export const spanInputs = fc.array(spanInput, { minLength: 1, maxLength: 12 });
