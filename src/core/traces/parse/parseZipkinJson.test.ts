import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { parseTraceDocuments, parseTraceJson } from './parseTraces.ts';
import { selectTrace } from './selectTrace.ts';

type Json = Record<string, unknown>;

const span = (id: string, more: Json = {}): Json => ({
  ...{ traceId: '1', id, name: 'work', timestamp: 1_000_000, duration: 100, localEndpoint: { serviceName: 'shop' } },
  ...more,
});
const read = (...spans: unknown[]) => selectTrace(parseTraceJson(JSON.stringify(spans)));

describe('parseZipkinJson', () => {
  it('keeps the two halves of a call, which share an id, as two spans', () => {
    const trace = read(
      span('1', { kind: 'SERVER' }),
      span('2', { parentId: '1', kind: 'CLIENT', timestamp: 1_000_010, duration: 50 }),
      span('2', {
        ...{ parentId: '1', kind: 'SERVER', shared: true, timestamp: 1_000_020, duration: 30 },
        localEndpoint: { serviceName: 'payments' },
      }),
      span('3', { parentId: '2', timestamp: 1_000_025, duration: 5, localEndpoint: { serviceName: 'payments' } })
    );
    expect(trace.notices).toEqual([]);
    expect(describeSpans(trace).map(({ kind, service, parent }) => [kind, service, parent])).toEqual([
      ['server', 'shop', -1],
      ['client', 'shop', 0],
      ['server', 'payments', 1],
      ['unspecified', 'payments', 2],
    ]);
  });

  it('keeps the halves apart where neither is marked, and where both are of one service', () => {
    const trace = read(
      span('2', { kind: 'CLIENT' }),
      span('2', { kind: 'SERVER', timestamp: 1_000_010, duration: 20 })
    );
    expect(describeSpans(trace).map(({ kind, parent }) => [kind, parent])).toEqual([
      ['client', -1],
      ['server', 0],
    ]);
  });

  it('takes what shares an id without a kind for the server', () => {
    const [, second] = describeSpans(
      read(span('2', { kind: 'CLIENT' }), span('2', { shared: true, timestamp: 1_000_010 }))
    );
    expect(second).toMatchObject({ kind: 'server', parent: 0 });
  });

  it('puts together a span that came in pieces', () => {
    const trace = read(
      span('2', {
        name: '',
        timestamp: undefined,
        duration: undefined,
        tags: { a: '1' },
        annotations: [{ timestamp: 5, value: 'x' }],
      }),
      span('2', {
        kind: 'CLIENT',
        tags: { b: '2' },
        annotations: [
          { timestamp: 5, value: 'x' },
          { timestamp: 6, value: 'y' },
        ],
      }),
      span('2', { timestamp: 999_999, duration: 10 })
    );
    expect(trace.size).toBe(1);
    expect(trace.notices).toEqual([]);
    expect(describeSpans(trace)[0]).toMatchObject({
      name: 'work',
      kind: 'client',
      times: [999_999_000n, 1_000_099_000n],
      attributes: [
        ['a', '1'],
        ['b', '2'],
      ],
      events: [{ name: 'x' }, { name: 'y' }],
    });
  });

  it('reads each piece a few times, however many there are of one span', () => {
    let reads = 0;
    const pieces = Array.from({ length: 300 }, (_, n) =>
      span('2', {
        annotations: [
          {
            timestamp: n,
            get value() {
              reads += 1;
              return 'x';
            },
          },
        ],
      })
    );
    const trace = selectTrace(parseTraceDocuments([pieces]));
    expect([trace.size, trace.events.get(0)?.length]).toEqual([1, 300]);
    expect(reads).toBeLessThan(300 * 4);
  });

  it('counts kinds that it does not know as none', () => {
    const trace = read(span('2', { kind: 'SERVER' }), span('2', { kind: 'ODD' }), span('2', { kind: 'other' }));
    expect(describeSpans(trace).map(({ kind }) => kind)).toEqual(['server']);
  });

  it('takes the first that says something, and the tag that came last', () => {
    const trace = read(
      span('2', { name: '', parentId: null, tags: { a: '1', b: '1' } }),
      span('2', { name: 'first', parentId: '7', tags: { b: '2' } }),
      span('2', { name: 'second', parentId: '8' })
    );
    expect(describeSpans(trace)[0]).toMatchObject({
      ...{ name: 'first', missingParent: '0000000000000007' },
      attributes: [
        ['a', '1'],
        ['b', '2'],
      ],
    });
  });

  it('counts a span without duration as 0, and says so', () => {
    const trace = read(span('1', { duration: undefined }));
    expect(trace.durationNs).toBe(0);
    expect(trace.notices).toEqual([
      {
        code: 'no_end',
        message: 'One span has no end; its duration counts as 0.',
        count: 1,
        spanIds: ['0000000000000001'],
      },
    ]);
  });

  it('places a span without timestamp by its first annotation, and says where there is none', () => {
    const annotations = [
      { timestamp: 30, value: 'b' },
      { timestamp: 20, value: 'a' },
    ];
    const trace = read(span('1', { timestamp: undefined, annotations }), span('2', { timestamp: undefined }));
    expect(trace.epochNs).toBe(20_000n);
    expect(trace.notices[0]?.message).toBe(
      'One piece of the input could not be used: span "2": expected a timestamp, or an annotation that has one.'
    );
  });

  it('reads both ends of a call', () => {
    const [only] = describeSpans(
      read(
        span('1', {
          localEndpoint: { serviceName: 'shop', ipv4: '10.0.0.1', port: 8080 },
          remoteEndpoint: { serviceName: 'db', ipv6: '::2', port: 5432 },
          tags: { 'peer.service': 'orders-db' },
        })
      )
    );
    expect(only?.resource).toEqual([
      ['service.name', 'shop'],
      ['host.ip', '10.0.0.1'],
    ]);
    expect(only?.attributes).toEqual([
      ['network.local.port', 8080],
      ['network.peer.address', '::2'],
      ['network.peer.port', 5432],
      ['peer.service', 'orders-db'],
    ]);
  });

  it.each([
    [{ error: 'timeout' }, { status: 'error', statusMessage: 'timeout' }],
    [{ error: 'true' }, { status: 'error', statusMessage: '' }],
    [{ error: 'false' }, { status: 'unset', statusMessage: '' }],
    [{ 'otel.status_code': 'OK' }, { status: 'ok', statusMessage: '' }],
  ])('reads %j as %j', (tags, expected) => {
    expect(describeSpans(read(span('1', { tags })))[0]).toMatchObject({ ...expected, attributes: [] });
  });

  it('says what it could not use, and where', () => {
    const [first] = read(span('1'), 7, { traceId: '1', id: 5 }).notices;
    expect(first?.message).toBe(
      '2 pieces of the input could not be used: span 2: expected an object, got 7; span 3: expected id as text, got 5.'
    );
  });
});
