import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { TRACE_ID } from '../../../../tests/traces/sampleTrace.ts';
import { parseTraceJson } from './parseTraces.ts';
import { selectTrace } from './selectTrace.ts';

type Json = Record<string, unknown>;

const span = (spanID: string, more: Json = {}): Json => ({
  ...{ traceID: TRACE_ID, spanID, operationName: 'work', processID: 'p1', startTime: 1_000_000, duration: 10 },
  ...more,
});
const tag = (key: string, type: string, value: unknown): Json => ({ key, type, value });
const trace = (...spans: Json[]): Json => ({ traceID: TRACE_ID, spans, processes: { p1: { serviceName: 'shop' } } });

const read = (document: unknown) => selectTrace(parseTraceJson(JSON.stringify(document)));
const readSpans = (...spans: Json[]) => describeSpans(read(trace(...spans)));
const readTags = (...tags: Json[]) => readSpans(span('1', { tags }))[0];

describe('parseJaegerJson', () => {
  it('ties a span by link that only follows from another of its trace', () => {
    const follows = { refType: 'FOLLOWS_FROM', traceID: TRACE_ID, spanID: '1' };
    const [, second] = readSpans(span('1'), span('2', { startTime: 1_000_020, references: [follows] }));
    expect(second).toMatchObject({
      parent: 0,
      tiedByLink: true,
      links: [{ traceId: TRACE_ID, spanId: '0000000000000001', attributes: [] }],
    });
  });

  it('makes links of what refers to another trace, and says which kind it was', () => {
    const [only] = readSpans(span('2', { references: [{ refType: 'CHILD_OF', traceID: 'abc', spanID: '9' }] }));
    expect(only).toMatchObject({ parent: -1, tiedByLink: false, missingParent: '' });
    expect(only?.links).toEqual([
      {
        traceId: 'abc'.padStart(32, '0'),
        spanId: '0000000000000009',
        attributes: [['opentracing.ref_type', 'child_of']],
      },
    ]);
  });

  it('knows a parent by the field of old, and finds the trace id of the trace', () => {
    const [, child] = readSpans(span('1'), span('2', { traceID: undefined, parentSpanID: '1' }));
    expect(child?.parent).toBe(0);
  });

  it.each([
    [[tag('span.kind', 'string', 'internal')], { kind: 'internal', attributes: [] }],
    [[tag('span.kind', 'string', 'local')], { kind: 'unspecified', attributes: [['span.kind', 'local']] }],
    [[tag('error', 'string', 'true')], { status: 'error', attributes: [] }],
    [[tag('error', 'bool', false)], { status: 'unset', attributes: [] }],
    [[tag('error', 'string', 'timeout')], { status: 'unset', attributes: [['error', 'timeout']] }],
    [[tag('error', 'bool', true), tag('otel.status_code', 'string', 'OK')], { status: 'ok', attributes: [] }],
    [[tag('otel.status_code', 'int64', 2)], { status: 'error', attributes: [] }],
    [[tag('otel.status_code', 'string', 'odd')], { status: 'unset', attributes: [['otel.status_code', 'odd']] }],
    [
      [tag('otel.library.name', 'string', 'http'), tag('a', 'string', 'b')],
      {
        attributes: [
          ['a', 'b'],
          ['otel.scope.name', 'http'],
        ],
      },
    ],
    [[tag('big', 'int64', '9007199254740993')], { attributes: [['big', '9007199254740993']] }],
    [[tag('small', 'int64', '-5')], { attributes: [['small', -5]] }],
    [[tag('ratio', 'float64', '0.5')], { attributes: [['ratio', 0.5]] }],
    [[tag('yes', 'bool', 'true')], { attributes: [['yes', true]] }],
    [[tag('blob', 'binary', 'aGk=')], { attributes: [['blob', 'aGk=']] }],
    [[tag('nested', 'string', { a: 1 })], { attributes: [['nested', '{"a":1}']] }],
  ])('reads %j as %j', (tags, expected) => {
    expect(readTags(...tags)).toMatchObject(expected);
  });

  it("keeps Jaeger's own warnings", () => {
    expect(readSpans(span('1', { warnings: ['clock skew adjusted'] }))[0]?.attributes).toEqual([
      ['jaeger.warnings', ['clock skew adjusted']],
    ]);
  });

  it('keeps fractions of microseconds, and times before 1970', () => {
    const [first] = readSpans(span('1', { startTime: -1_000_000.5, duration: 2.25 }));
    expect(first?.times).toEqual([-1_000_000_500n, -999_998_250n]);
  });

  it('says that a span without duration has no end', () => {
    expect(read(trace(span('1', { duration: undefined }))).notices.map(({ code }) => code)).toEqual(['no_end']);
  });

  it('reads a process that stands in the span, and none for a name that means none', () => {
    const within = span('1', { processID: undefined, process: { serviceName: 'inside', tags: [] } });
    expect(readSpans(within)[0]?.service).toBe('inside');
    const nameless = { ...trace(span('1')), processes: { p1: { serviceName: 'OTLPResourceNoServiceName' } } };
    expect(describeSpans(read(nameless))[0]).toMatchObject({ service: 'unknown_service', resource: [] });
    expect(readSpans(span('1', { processID: 'constructor' }))[0]?.service).toBe('unknown_service');
  });

  it('says what it could not use, and where', () => {
    const { size, notices } = read({
      data: [trace(span('1'), { operationName: 'x' }, span('2', { startTime: 'soon' }))],
    });
    expect(size).toBe(1);
    expect(notices[0]).toMatchObject({
      code: 'unusable',
      count: 2,
      message:
        '2 pieces of the input could not be used: data[0].spans[1]: expected a spanID; data[0].spans[2]: expected startTime as whole microseconds, got "soon".',
    });
  });

  it('passes on what Jaeger says instead of a trace', () => {
    const answer = { data: null, errors: [{ code: 404, msg: 'trace not found' }] };
    expect(() => read(answer)).toThrow(
      'There is no span in it that can be used. One piece of the input could not be used: errors[0]: Jaeger says "trace not found".'
    );
  });
});
