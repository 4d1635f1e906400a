import { buildTraceLogsQuery } from './traceLogsQuery.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

it.each([
  [
    { where: 'label' as const },
    `{service_name=~".+"} | trace_id="${traceId}" or traceid="${traceId}" or traceID="${traceId}" or traceId="${traceId}"`,
  ],
  [{ where: 'text' as const }, `{service_name=~".+"} |= "${traceId}"`],
  [{ where: 'text' as const, service: 'a"b' }, `{service_name="a\\"b"} |= "${traceId}"`],
])('asks for the lines of a trace: %j', (how, query) => {
  expect(buildTraceLogsQuery({ traceId, ...how })).toBe(query);
});
