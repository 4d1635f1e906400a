import { FieldType, toDataFrame } from '@grafana/data';
import { criticalPath } from '../../core/traces/criticalPath.ts';
import { attributesOf, kindOf, operationOf, serviceOf, statusOf } from '../../core/traces/spanFields.ts';
import { isTraceFrame, traceFromFrame } from './traceFromFrame.ts';

const START = 1_763_733_720_000;
const other = (name: string, values: unknown[]) => ({ name, type: FieldType.other, values });

/** As Tempo's data source gives it. */
const frame = toDataFrame({
  fields: [
    { name: 'traceID', values: ['4bf92f3577b34da6a3ce929d0e0e4736', '4bf92f3577b34da6a3ce929d0e0e4736'] },
    { name: 'spanID', values: ['00f067aa0ba902b7', '00f067aa0ba902b8'] },
    { name: 'parentSpanID', values: [null, '00f067aa0ba902b7'] },
    { name: 'operationName', values: ['POST /checkout', 'charge card'] },
    { name: 'serviceName', values: ['checkout', 'payments'] },
    { name: 'kind', values: ['server', 'client'] },
    { name: 'statusCode', values: [0, 2] },
    { name: 'startTime', type: FieldType.number, values: [START, START + 0.125] },
    { name: 'duration', type: FieldType.number, values: [2.5, 1.25] },
    other('serviceTags', [[{ key: 'service.version', value: '1.4.0' }], []]),
    other('tags', [[{ key: 'http.response.status_code', value: 502 }], [{ key: 'deep', value: { a: 1 } }]]),
    other('logs', [[{ timestamp: START + 1, fields: [{ key: 'message', value: 'retry' }] }], []]),
    other('references', [[], [{ traceID: 'abc', spanID: '1', tags: [] }]]),
  ],
});

it('reads a trace that Grafana draws, and its path adds up', () => {
  expect(isTraceFrame(frame)).toBe(true);
  const trace = traceFromFrame(frame);
  expect([serviceOf(trace, 0), operationOf(trace, 1), kindOf(trace, 1), statusOf(trace, 1)]).toEqual([
    ...['checkout', 'charge card', 'client', 'error'],
  ]);
  expect(criticalPath(trace).sections).toEqual([
    { span: 0, startNs: 0, endNs: 125_000 },
    { span: 1, startNs: 125_000, endNs: 1_375_000 },
    { span: 0, startNs: 1_375_000, endNs: 2_500_000 },
  ]);
  expect(attributesOf(trace, 1)).toEqual([['deep', '{"a":1}']]);
  expect(trace.events.get(0)).toMatchObject([{ name: 'retry', atNs: 1_000_000 }]);
  expect(trace.links.get(1)).toMatchObject([{ traceId: 'abc'.padStart(32, '0'), spanId: '1'.padStart(16, '0') }]);
});

it('says what the source of the frame said about the trace, and what it finds itself', () => {
  const truncated = { code: 'truncated', message: 'Tempo returned only a part of this trace.', count: 1, spanIds: [] };
  const orphan = { name: 'parentSpanID', values: [null, 'ff'] };
  const fields = frame.fields.map((field) => (field.name === orphan.name ? { ...field, ...orphan } : field));
  const meta = { custom: { traceNotices: [truncated, { code: 'of tomorrow' }, 'text'] } };
  const { notices } = traceFromFrame({ ...toDataFrame({ fields }), meta });
  expect(notices[0]).toEqual(truncated);
  expect(notices.map(({ code }) => code)).toEqual(['truncated', 'missing_parent', 'several_roots']);
});

it('knows other frames from traces', () => {
  expect(isTraceFrame(toDataFrame({ fields: [{ name: 'traceID', values: ['a'] }] }))).toBe(false);
  expect(isTraceFrame({ ...frame, length: 0 })).toBe(false);
});

it('makes the least of what makes no sense: two rows alike are one span', () => {
  const odd = toDataFrame({
    fields: frame.fields.map((field) => ({ ...field, values: field.values.map(() => ({ not: 'what you think' })) })),
  });
  const trace = traceFromFrame(odd);
  expect([trace.size, trace.durationNs, serviceOf(trace, 0)]).toEqual([1, 0, 'unknown_service']);
});
