import { METRIC_SIGNALS } from '../../core/signals/catalogue.ts';
import { minutes, seconds } from '../../core/units.ts';
import { CONVENTIONS } from './conventions.ts';
import { availableSignals, buildSignalQuery, rateWindow } from './signalQuery.ts';

const build = (signal: (typeof METRIC_SIGNALS)[number], metrics: readonly string[], rest: object = {}) =>
  buildSignalQuery({ signal, metrics: new Set(metrics), window: minutes(1), ...rest });

describe('buildSignalQuery', () => {
  it('asks for every service at once where one label names it', () => {
    expect(build('request_rate', ['traces_spanmetrics_calls_total'])).toBe(
      'sum by (service) (rate(traces_spanmetrics_calls_total{span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"}[1m]))'
    );
    expect(build('request_rate', ['istio_requests_total'])).toBe(
      'sum by (service) (label_replace(sum by (destination_service_name) (rate(istio_requests_total{reporter=~"destination|waypoint"}[1m])), "service", "$1", "destination_service_name", "(.+)"))'
    );
  });

  it('takes the first of service_name, service and job that is set', () => {
    expect(build('memory', ['process_resident_memory_bytes'])).toBe(
      'max by (service) (label_replace(label_join(max by (service_name, service, job) (process_resident_memory_bytes), "service_key", "\\u001f", "service_name", "service", "job"), "service", "$1", "service_key", "\\u001f*([^\\u001f]+).*"))'
    );
  });

  it('leaves out conventions whose metrics the source lacks, and says when there are none', () => {
    const expr = build('request_rate', ['http_requests_total', 'traces_spanmetrics_calls_total']);
    expect(expr?.split('\nor\n')).toHaveLength(2);
    expect(expr).not.toContain('istio');
    expect(build('request_rate', ['up'])).toBeUndefined();
    expect(build('memory', ['node_memory_MemTotal_bytes'])).toBeUndefined();
  });

  it('selects one service under each label that may name it, without overlap', () => {
    expect(build('cpu', ['process_cpu_seconds_total'], { service: 'pay"ments' })).toBe(
      'label_replace(max ((rate(process_cpu_seconds_total{service_name="pay\\"ments"}[1m]) or rate(process_cpu_seconds_total{service_name="",service="pay\\"ments"}[1m]) or rate(process_cpu_seconds_total{service_name="",service="",job="pay\\"ments"}[1m]))), "service", "pay\\"ments", "", "")'
    );
  });

  it('does not let a dollar sign in a name refer to a group', () => {
    expect(build('queue_depth', ['kafka_consumergroup_lag'], { service: 'a$1' })).toBe(
      'label_replace(sum (kafka_consumergroup_lag{consumergroup="a$1"}), "service", "a$$1", "", "")'
    );
  });

  it('divides errors by requests, with 0 where nothing failed and no value without requests', () => {
    const total =
      'sum by (service) (rate(traces_spanmetrics_calls_total{span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"}[1m]))';
    const failed = total.replace('"}', '",status_code="STATUS_CODE_ERROR"}');
    expect(build('error_ratio', ['traces_spanmetrics_calls_total'])).toBe(
      `(${failed} or ${total} * 0) / (${total} > 0)`
    );
    expect(build('error_ratio', ['traces_spanmetrics_calls_total'], { markIdle: true })).toBe(
      `(${failed} or ${total} * 0) / (${total} > 0)\nor\n(${total} == 0) * NaN`
    );
  });

  it('takes quantiles of classic and of native histograms, in seconds', () => {
    const classic = build('latency_p99', ['traces_spanmetrics_latency_bucket']);
    expect(classic).toBe(
      '(histogram_quantile(0.99, sum by (service, le) (rate(traces_spanmetrics_latency_bucket{span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"}[1m]))) >= 0)'
    );
    const native = build('latency_p99', ['traces_spanmetrics_latency']);
    expect(native).toBe(
      '(histogram_quantile(0.99, sum by (service) (rate(traces_spanmetrics_latency{span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"}[1m]))) >= 0)'
    );
    expect(build('latency_p50', ['istio_request_duration_milliseconds_bucket'])).toMatch(/ >= 0\) \* 0\.001$/);
    const both = build('latency_p95', [
      'http_server_request_duration_seconds',
      'http_server_request_duration_seconds_bucket',
    ]);
    expect(both?.split('\nor\n')).toHaveLength(2);
  });

  it('has a source for every signal that metrics tell, and names the window it was given', () => {
    const metrics = new Set(CONVENTIONS.flatMap(({ sources }) => sources.flatMap((source) => source.metrics)));
    expect(availableSignals(metrics)).toEqual(METRIC_SIGNALS);
    for (const signal of METRIC_SIGNALS) {
      const expr = buildSignalQuery({ signal, metrics, window: minutes(4) });
      expect(expr).not.toContain('[1m]');
    }
  });
});

it('takes rates over four scrapes, a minute at least', () => {
  expect(rateWindow(seconds(5))).toBe(60_000);
  expect(rateWindow(seconds(30))).toBe(120_000);
});
