import { dateTime, FieldType, LoadingState, toDataFrame, type PanelData } from '@grafana/data';
import { grafanaContext, hostile } from './grafanaContext.fixture.ts';
import { thresholdLink } from './thresholdLink.ts';

const prometheus = { type: 'prometheus', uid: 'prom' };
const target = (expr: string, rest: object = {}) => ({ refId: 'A', datasource: prometheus, expr, ...rest });

const range = { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1h', to: 'now' } };

/** What Grafana 12.4 gives a link in a panel's menu. */
const contextOf = (targets: object[], data?: Partial<PanelData>) =>
  grafanaContext({
    pluginId: 'timeseries',
    id: 3,
    title: 'Latency',
    timeRange: range.raw,
    timeZone: 'browser',
    dashboard: { uid: 'shop', title: 'Shop', tags: [] },
    targets,
    ...(data ? { data: { state: LoadingState.Done, series: [], timeRange: range, ...data } } : {}),
  });

const answered = (executedQueryString: string) =>
  toDataFrame({
    refId: 'A',
    meta: { executedQueryString },
    fields: [
      { name: 'time', type: FieldType.time, values: [0] },
      { name: 'value', type: FieldType.number, values: [1] },
    ],
  });

const prefillOf = (context: unknown) => {
  const link = thresholdLink(context);
  return link && Object.fromEntries(new URLSearchParams(link.path.split('?')[1]));
};

describe('thresholdLink', () => {
  it('leads to the form, below the address of the app', () => {
    expect(thresholdLink(contextOf([target('up')]))).toEqual({
      path: '/a/pharos-observability-app/thresholds?new=1&expr=up&reason=From+the+panel+%22Latency%22+of+%22Shop%22',
    });
  });

  it('takes the expression as it was asked, variables filled in', () => {
    const raw = 'histogram_quantile(0.95, sum by (le) (rate(d_bucket{service="$service"}[$__rate_interval])))';
    const asked = 'histogram_quantile(0.95, sum by (le) (rate(d_bucket{service="checkout"}[1m0s])))';
    const context = contextOf([target(raw)], { series: [answered(`Expr: ${asked}\nStep: 15s`)] });
    expect(prefillOf(context)).toEqual({
      new: '1',
      expr: asked,
      reason: 'From the panel "Latency" of "Shop"',
    });
  });

  it('keeps line breaks of the expression', () => {
    const context = contextOf([target('x')], { series: [answered('Expr: sum(\n  up\n)\nStep: 15s')] });
    expect(prefillOf(context)).toMatchObject({ expr: 'sum(\n  up\n)' });
  });

  it.each([
    ['rate(x[$__rate_interval])', 'rate(x[5m])'],
    ['rate(x[${__interval}])', 'rate(x[5m])'],
    ['x{path=~"/a$"}', 'x{path=~"/a$"}'],
  ])('of a query that has not run takes %s', (raw, expr) => {
    expect(prefillOf(contextOf([target(raw)]))?.['expr']).toBe(expr);
  });

  it.each([
    ['a variable of the dashboard', [target('x{service="$service"}')]],
    ['a variable in braces', [target('x{service="${service:regex}"}')]],
    ['a variable in brackets', [target('x{service="[[service]]"}')]],
    ['no expression', [target('  ')]],
    ['a hidden query', [target('up', { hide: true })]],
    ['logs', [target('rate({app="x"}[5m])', { datasource: { type: 'loki', uid: 'l' } })]],
    [
      'a query of Pharos that is no signal',
      [{ datasource: { type: 'pharos-observability-datasource' }, queryType: 'alerts' }],
    ],
    ['no query', []],
  ])('is not offered on %s', (_, targets) => {
    expect(thresholdLink(contextOf(targets))).toBeUndefined();
  });

  it('passes over what it cannot judge', () => {
    const logs = target('{app="x"}', { datasource: { type: 'loki', uid: 'l' } });
    expect(prefillOf(contextOf([logs, target('up', { refId: 'B' })]))?.['expr']).toBe('up');
  });

  it('learns from the request which data source the panel uses', () => {
    const request = {
      ...{
        requestId: '1',
        app: 'x',
        interval: '15s',
        intervalMs: 1,
        range,
        scopedVars: {},
        startTime: 0,
        timezone: '',
      },
      targets: [target('up')],
    };
    const context = contextOf([{ refId: 'A', expr: 'up' }], { request });
    expect(prefillOf(context)?.['expr']).toBe('up');
    expect(thresholdLink(contextOf([{ refId: 'A', expr: 'up' }]))).toBeUndefined();
  });

  const signals = (services?: string[]) => ({
    refId: 'A',
    datasource: { type: 'pharos-observability-datasource', uid: 'pharos' },
    queryType: 'signals',
    signal: 'latency_p95',
    ...(services ? { services } : {}),
  });

  it.each([
    [['checkout'], 'checkout'],
    [['checkout', 'cart'], undefined],
    [['$service'], undefined],
    [undefined, undefined],
  ])('takes the signal of Pharos itself, of %p for the service %p', (services, service) => {
    const prefill = prefillOf(contextOf([signals(services)]));
    expect(prefill).toMatchObject({ new: '1', signal: 'latency_p95' });
    expect(prefill?.['service']).toBe(service);
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ targets: 'x' }],
    [{ targets: [null, 7] }],
    [hostile()],
    [{ targets: [hostile()] }],
  ])('never throws (%#)', (context) => {
    expect(thresholdLink(context)).toBeUndefined();
  });
});
