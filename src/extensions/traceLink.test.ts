import { grafanaContext, hostile } from './grafanaContext.fixture.ts';
import { traceLink } from './traceLink.ts';

it('leads to the same trace, with the time in which it was', () => {
  const context = grafanaContext({
    traceID: '4BF92F3577B34DA6A3CE929D0E0E4736',
    startTime: Date.UTC(2026, 10, 21, 14) * 1000,
    duration: 2_000_000,
    datasource: { type: 'tempo', uid: 'tempo', name: 'Tempo' },
  });
  expect(() => context.datasource.type).toThrow(TypeError);
  const path = traceLink(context)?.path ?? '';
  expect(decodeURIComponent(path)).toBe(
    '/a/pharos-observability-app/traces/4bf92f3577b34da6a3ce929d0e0e4736?from=2026-11-21T13:55:00.000Z&to=2026-11-21T14:05:02.000Z'
  );
});

it.each([[{}], [{ startTime: Number.NaN, duration: 5 }], [{ startTime: 1e300 }]])(
  'leaves the time out where Grafana gives none (%#)',
  (times) => {
    expect(traceLink({ traceID: 'abc', ...times })).toEqual({ path: '/a/pharos-observability-app/traces/abc' });
  }
);

it.each([[undefined], [null], ['text'], [{}], [{ traceID: '../x' }], [{ traceID: 7 }], [hostile()]])(
  'is not offered without a trace (%#)',
  (context) => {
    expect(traceLink(context)).toBeUndefined();
  }
);
