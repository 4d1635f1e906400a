import fc from 'fast-check';
import { EPOCH_NS, traceOf } from '../testTrace.fixture.ts';
import { matchSpans, placesOf, withAncestors } from './matchSpans.ts';
import { parseNanoseconds } from './parseNanoseconds.ts';
import { FILTER_OPERATORS, parseSpanFilter, writeTerm } from './parseSpanFilter.ts';

const TRACE = traceOf([
  { id: 'a1', service: 'checkout', name: 'POST /pay', kind: 'server', from: 0, to: 2_000_000 },
  {
    id: 'b2',
    parent: 'a1',
    service: 'payments',
    name: 'charge card',
    kind: 'client',
    from: 10,
    to: 1_000_000,
    status: 'error',
    statusMessage: 'Card declined',
    attributes: [
      ['http.status_code', 503],
      ['peer.service', 'bank'],
      ['retry', true],
    ],
    resource: [['service.version', '1.4.1']],
  },
  {
    id: 'c3',
    parent: 'b2',
    service: 'payments',
    name: 'sql',
    from: 20,
    to: 120,
    attributes: [
      ['http.status_code', 200],
      ['db.statement', 'select "a b"'],
    ],
    events: [{ name: 'exception', at: EPOCH_NS, attributes: [['exception.type', 'Timeout']] }],
  },
]);

const found = (text: string): string =>
  [...placesOf(matchSpans(TRACE, parseSpanFilter(text)))].map((span) => TRACE.spanIds[span]?.slice(-2)).join(' ');

describe('matchSpans', () => {
  it.each([
    ['service:pay', 'b2 c3'],
    ['service=pay', ''],
    ['service=payments name:charge', 'b2'],
    ['name:"charge card"', 'b2'],
    ['kind:client', 'b2'],
    ['status:error', 'b2'],
    ['-status:error', 'a1 c3'],
    ['http.status_code=503', 'b2'],
    ['http.status_code>=200', 'b2 c3'],
    ['http.status_code<300', 'c3'],
    // A condition on an attribute that a span does not have does not hold; its negation does.
    ['http.status_code!=503', 'c3'],
    ['-http.status_code=503', 'a1 c3'],
    ['retry=true', 'b2'],
    ['service.version=1.4.1', 'b2 c3'],
    ['duration>1ms', 'a1'],
    ['duration<=100ns', 'c3'],
    ['duration>=.5ms', 'a1 b2'],
    ['declined', 'b2'],
    ['BANK', 'b2'],
    ['timeout', 'c3'],
    ['event:exception', 'c3'],
    ['error:time', 'c3'],
    ['error=Timeout', 'c3'],
    ['error=Time', ''],
    ['error!=Other', 'c3'],
    ['db.statement:"a b"', 'c3'],
    ['id:c3', 'c3'],
    ['"select \\"a b\\""', 'c3'],
    ['nothing.such=1', ''],
    ['', 'a1 b2 c3'],
  ])('%s finds %s', (text, expected) => {
    expect(found(text)).toBe(expected);
  });

  it('keeps what is above a match', () => {
    const matched = matchSpans(TRACE, parseSpanFilter('name:sql'));
    expect([...withAncestors(TRACE, matched)]).toEqual([1, 1, 1]);
    expect([...matched]).toEqual([0, 0, 1]);
  });
});

describe('parseSpanFilter', () => {
  it.each([
    ['duration>soon', 'duration>soon: expected a duration such as 100ms, 1.5s or 20us.'],
    ['duration>100', 'duration>100: expected a duration such as 100ms, 1.5s or 20us.'],
    ['http.status_code>many', 'http.status_code>many: expected a number.'],
  ])('says what is wrong with %s, and goes on without it', (text, problem) => {
    expect(parseSpanFilter(`${text} name:x`)).toEqual({
      terms: [{ field: 'name', op: ':', value: 'x', negated: false }],
      problems: [problem],
    });
  });

  it('takes an address for text', () => {
    expect(parseSpanFilter('http://shop/pay').terms).toEqual([
      { field: null, op: ':', value: 'http://shop/pay', negated: false },
    ]);
  });

  it('reads every condition that it writes', () => {
    const term = fc.record({
      field: fc.constantFrom(null, 'service', 'http.status_code', 'a-b/c'),
      op: fc.constantFrom(...FILTER_OPERATORS.filter((op) => op === ':' || op === '=' || op === '!=')),
      value: fc.string({ minLength: 1 }),
      negated: fc.boolean(),
    });
    fc.assert(
      fc.property(term, (given) => {
        fc.pre(given.field !== null || given.value.trim() !== '');
        const normal = given.field === null ? { ...given, op: ':' as const } : given;
        expect(parseSpanFilter(writeTerm(normal)).terms).toEqual([normal]);
      })
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void matchSpans(TRACE, parseSpanFilter(text))));
  });
});

describe('parseNanoseconds', () => {
  it.each([
    ['100ms', 1e8],
    ['1.5s', 1.5e9],
    ['20 us', 2e4],
    ['20µs', 2e4],
    ['7ns', 7],
    ['2m', 1.2e11],
    ['5', undefined],
    ['5 parsecs', undefined],
    ['-5ms', undefined],
  ])('%s is %s', (text, expected) => {
    expect(parseNanoseconds(text)).toBe(expected);
  });
});
