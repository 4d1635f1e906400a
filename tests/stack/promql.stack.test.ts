import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { METRIC_SIGNALS, type SignalName } from '../../src/core/signals/catalogue.ts';
import { minutes } from '../../src/core/units.ts';
import {
  buildDependencyQueries,
  buildNewestSampleQuery,
  buildVersionsQuery,
  DISCOVERY_METRICS,
} from '../../src/queries/promql/discoveryQueries.ts';
import { buildServiceMapQueries } from '../../src/queries/promql/serviceMapQueries.ts';
import { buildSignalQuery, SIGNAL_METRICS } from '../../src/queries/promql/signalQuery.ts';

const run = promisify(execFile);
const window = minutes(1);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-promql-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** promtool reads YAML, and JSON is YAML. */
async function promtool(args: readonly string[], content: unknown): Promise<string> {
  const file = path.join(folder, 'input.yml');
  await writeFile(file, JSON.stringify(content));
  const { stdout } = await run('promtool', [...args, file]).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
  return stdout;
}

it('writes PromQL that Prometheus parses, for any name of a service', async () => {
  const metrics = new Set([...SIGNAL_METRICS, ...DISCOVERY_METRICS]);
  const services = [
    undefined,
    'checkout',
    'a"} or vector(1) #',
    'back\\slash',
    'new\nline',
    '$1',
    '日本\u0000',
    "it's",
  ];
  const signals = METRIC_SIGNALS.flatMap((signal) =>
    services.flatMap((service) =>
      [true, false].map((markIdle) => buildSignalQuery({ signal, metrics, window, service, markIdle }))
    )
  );
  const request = { metrics, window };
  const discovery = buildDependencyQueries(request).flatMap(({ calls, failed }) => [calls, failed]);
  const versions = [undefined, ...services].map((service) => buildVersionsQuery({ ...request, service }));
  const exprs = [...signals, ...discovery, ...versions, buildNewestSampleQuery(request)];
  expect(exprs).not.toContain(undefined);
  const rules = exprs.map((expr, index) => ({ record: `r:${index}`, expr }));
  expect(await promtool(['check', 'rules'], { groups: [{ name: 'all', rules }] })).toContain(
    `SUCCESS: ${exprs.length} rules found`
  );
});

interface Case {
  readonly what: string;
  readonly signal: SignalName;
  readonly metrics: readonly string[];
  readonly series: Readonly<Record<string, string>>;
  readonly service?: string;
  readonly markIdle?: boolean;
  /** By service. */
  readonly expected: Readonly<Record<string, number>>;
}

const http = (labels: string): string => `http_server_request_duration_seconds_count{${labels}}`;
const bucket = (labels: string): string => `http_server_request_duration_seconds_bucket{${labels}}`;
const COUNT = ['http_server_request_duration_seconds_count'];

const CASES: readonly Case[] = [
  {
    what: 'names the service by service_name, then service, then job',
    signal: 'request_rate',
    metrics: COUNT,
    series: {
      [http('service_name="a",service="x",job="demo",instance="1"')]: '0+60x20',
      [http('service_name="a",job="other",instance="2"')]: '0+60x20',
      [http('service="b",job="demo"')]: '0+30x20',
      [http('job="c"')]: '0+15x20',
    },
    expected: { a: 8, b: 2, c: 1 },
  },
  {
    what: 'finds one service wherever its name stands, and no other',
    signal: 'request_rate',
    metrics: COUNT,
    service: 'b',
    series: {
      [http('service="b",job="demo"')]: '0+30x20',
      [http('service_name="a",service="b",job="b"')]: '0+60x20',
      [http('job="b"')]: '0+15x20',
    },
    expected: { b: 3 },
  },
  {
    what: 'has ratio 0 without errors, and none without traffic',
    signal: 'error_ratio',
    metrics: COUNT,
    series: {
      [http('service_name="bad",http_response_status_code="200"')]: '0+45x20',
      [http('service_name="bad",http_response_status_code="503"')]: '0+15x20',
      [http('service_name="old",http_status_code="500"')]: '0+15x20',
      [http('service_name="good",http_response_status_code="404"')]: '0+45x20',
      [http('service_name="idle",http_response_status_code="500"')]: '7x20',
    },
    expected: { bad: 0.25, old: 1, good: 0 },
  },
  {
    what: 'believes what a service says of itself before what traces say, and takes those where it is silent',
    signal: 'request_rate',
    metrics: [...COUNT, 'traces_spanmetrics_calls_total'],
    series: {
      [http('service_name="a"')]: '0+15x20',
      'traces_spanmetrics_calls_total{service="a",span_kind="SPAN_KIND_SERVER"}': '0+45x20',
      'traces_spanmetrics_calls_total{service="b",span_kind="SPAN_KIND_SERVER"}': '0+45x20',
      'traces_spanmetrics_calls_total{service="b",span_kind="SPAN_KIND_CLIENT"}': '0+90x20',
    },
    expected: { a: 1, b: 3 },
  },
  {
    what: 'counts a request of the mesh once',
    signal: 'error_ratio',
    metrics: ['istio_requests_total'],
    series: {
      'istio_requests_total{reporter="source",destination_service_name="a",response_code="500"}': '0+15x20',
      'istio_requests_total{reporter="destination",destination_service_name="a",response_code="500"}': '0+15x20',
      'istio_requests_total{reporter="destination",destination_service_name="a",response_code="200"}': '0+15x20',
    },
    expected: { a: 0.5 },
  },
  {
    what: 'takes quantiles of classic histograms over all instances',
    signal: 'latency_p50',
    metrics: ['http_server_request_duration_seconds_bucket'],
    series: {
      [bucket('service_name="a",instance="1",le="0.5"')]: '0+15x20',
      [bucket('service_name="a",instance="1",le="1"')]: '0+30x20',
      [bucket('service_name="a",instance="1",le="+Inf"')]: '0+30x20',
      [bucket('service_name="a",instance="2",le="0.5"')]: '0+0x20',
      [bucket('service_name="a",instance="2",le="1"')]: '0+30x20',
      [bucket('service_name="a",instance="2",le="+Inf"')]: '0+30x20',
      [bucket('service_name="idle",le="1"')]: '3x20',
      [bucket('service_name="idle",le="+Inf"')]: '3x20',
    },
    expected: { a: 0.6666666666666666 },
  },
  {
    what: 'takes quantiles of native histograms',
    signal: 'latency_p95',
    metrics: ['http_server_request_duration_seconds'],
    series: {
      'http_server_request_duration_seconds{service_name="a"}':
        '{{schema:0 sum:0 count:0 buckets:[0]}}+{{schema:0 sum:15 count:15 offset:1 buckets:[15]}}x20',
    },
    // One bucket from 1 to 2: inside it native histograms are interpolated exponentially.
    expected: { a: 1.9318726578496912 },
  },
  {
    what: 'counts requests of native histograms',
    signal: 'request_rate',
    metrics: ['http_server_request_duration_seconds'],
    series: {
      'http_server_request_duration_seconds{service_name="a"}':
        '{{schema:0 sum:0 count:0 buckets:[0]}}+{{schema:0 sum:15 count:15 offset:1 buckets:[15]}}x20',
    },
    expected: { a: 1 },
  },
  {
    what: 'says which share of the targets is up',
    signal: 'up',
    metrics: ['up'],
    series: {
      'up{job="demo",service_name="a",instance="1"}': '1x20',
      'up{job="demo",service_name="a",instance="2"}': '0x20',
      'up{job="prometheus"}': '1x20',
    },
    expected: { a: 0.5, prometheus: 1 },
  },
  {
    what: 'looks at the fullest disk that can fill up',
    signal: 'disk_free',
    metrics: ['node_filesystem_avail_bytes', 'node_filesystem_size_bytes'],
    series: {
      'node_filesystem_avail_bytes{job="node",mountpoint="/",fstype="ext4"}': '50x20',
      'node_filesystem_size_bytes{job="node",mountpoint="/",fstype="ext4"}': '100x20',
      'node_filesystem_avail_bytes{job="node",mountpoint="/data",fstype="xfs"}': '10x20',
      'node_filesystem_size_bytes{job="node",mountpoint="/data",fstype="xfs"}': '100x20',
      'node_filesystem_avail_bytes{job="node",mountpoint="/run",fstype="tmpfs"}': '0x20',
      'node_filesystem_size_bytes{job="node",mountpoint="/run",fstype="tmpfs"}': '100x20',
    },
    expected: { node: 0.1 },
  },
  {
    what: 'takes the machine, not its exporter, for the CPU of a node',
    signal: 'cpu',
    metrics: ['node_cpu_seconds_total', 'process_cpu_seconds_total'],
    series: {
      'node_cpu_seconds_total{job="node",instance="1",cpu="0",mode="user"}': '0+15x20',
      'node_cpu_seconds_total{job="node",instance="1",cpu="1",mode="system"}': '0+7.5x20',
      'node_cpu_seconds_total{job="node",instance="1",cpu="1",mode="idle"}': '0+7.5x20',
      'process_cpu_seconds_total{job="node",instance="1"}': '0+1.5x20',
      'process_cpu_seconds_total{job="shop",service_name="cart",instance="2"}': '0+3x20',
    },
    expected: { node: 1.5, cart: 0.2 },
  },
  {
    what: 'fills up an event loop by the CPU of its process, a core at most',
    signal: 'saturation',
    metrics: ['process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds'],
    series: {
      'process_cpu_seconds_total{service_name="a",instance="1"}': '0+19.5x20',
      'nodejs_eventloop_lag_p99_seconds{service_name="a",instance="1"}': '0.2x20',
      'process_cpu_seconds_total{service_name="go",instance="2"}': '0+3x20',
    },
    expected: { a: 1 },
  },
  {
    what: 'tells failed jobs from all',
    signal: 'job_failure_ratio',
    metrics: ['jobs_total'],
    series: {
      'jobs_total{service_name="worker",queue="q",status="failed"}': '0+3x20',
      'jobs_total{service_name="worker",queue="q",status="succeeded"}': '0+27x20',
    },
    expected: { worker: 0.1 },
  },
  {
    what: 'is about as deep as the deepest queue',
    signal: 'queue_depth',
    metrics: ['queue_depth', 'kafka_consumergroup_lag'],
    series: {
      'queue_depth{service_name="worker",queue="a"}': '3x20',
      'queue_depth{service_name="worker",queue="b"}': '9x20',
      'kafka_consumergroup_lag{consumergroup="mailer",partition="0"}': '4x20',
      'kafka_consumergroup_lag{consumergroup="mailer",partition="1"}': '5x20',
    },
    expected: { worker: 9, mailer: 9 },
  },
];

it.each(CASES)('$what', async ({ signal, metrics, series, service, markIdle = false, expected }) => {
  const expr = buildSignalQuery({ signal, metrics: new Set(metrics), window, service, markIdle });
  const output = await promtool(['test', 'rules'], {
    fuzzy_compare: true,
    tests: [
      {
        interval: '15s',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr,
            eval_time: '5m',
            exp_samples: Object.entries(expected).map(([name, value]) => ({ labels: `{service="${name}"}`, value })),
          },
        ],
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});

it('marks a service without traffic when it is asked to', async () => {
  const expr = buildSignalQuery({ signal: 'error_ratio', metrics: new Set(COUNT), window, markIdle: true });
  const output = await promtool(['test', 'rules'], {
    tests: [
      {
        interval: '15s',
        input_series: [
          { series: http('service_name="idle",http_response_status_code="200"'), values: '7x20' },
          { series: http('service_name="busy",http_response_status_code="200"'), values: '0+15x20' },
        ],
        promql_expr_test: [
          // NaN is the only value that differs from itself.
          {
            expr: `count by (service) ((${expr ?? ''}) != (${expr ?? ''}))`,
            eval_time: '5m',
            exp_samples: [{ labels: '{service="idle"}', value: 1 }],
          },
        ],
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});

it('takes the newest of all samples of a service, its own or those made from its traces', async () => {
  const metrics = new Set([...COUNT, 'process_cpu_seconds_total', 'traces_spanmetrics_calls_total']);
  const output = await promtool(['test', 'rules'], {
    tests: [
      {
        interval: '15s',
        input_series: [
          { series: 'process_cpu_seconds_total{service_name="scraped"}', values: '0+1x20' },
          { series: 'traces_spanmetrics_calls_total{service="scraped"}', values: '0+1x16' },
          { series: 'process_cpu_seconds_total{service_name="pushed"}', values: '0+1x15' },
          { series: 'traces_spanmetrics_calls_total{service="pushed"}', values: '0+1x18' },
          { series: http('service_name="web"'), values: '0+1x19' },
        ],
        promql_expr_test: [
          {
            expr: buildNewestSampleQuery({ metrics, window }),
            eval_time: '5m',
            exp_samples: [
              { labels: '{service="scraped"}', value: 300 },
              { labels: '{service="pushed"}', value: 270 },
              { labels: '{service="web"}', value: 285 },
            ],
          },
        ],
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});

it('takes a run of many spans for one, whatever else the service sent at other times', async () => {
  const spans = (labels: string): string => `traces_spanmetrics_calls_total{${labels}}`;
  const output = await promtool(['test', 'rules'], {
    fuzzy_compare: true,
    tests: [
      {
        interval: '15s',
        input_series: [
          { series: spans('service="hourly",span_name="run"'), values: '5x40 6x40' },
          {
            series: spans('service="hourly",span_name="row",status_code="STATUS_CODE_UNSET"'),
            values: '200x40 249x40',
          },
          { series: spans('service="hourly",span_name="row",status_code="STATUS_CODE_ERROR"'), values: '0x40 1x40' },
          { series: spans('service="hourly",span_name="clean up"'), values: '3x80' },
          { series: spans('service="idle",span_name="run"'), values: '7x80' },
        ],
        promql_expr_test: [
          {
            expr: buildServiceMapQueries(minutes(15)).senders,
            eval_time: '20m',
            exp_samples: [
              // 15 s between two samples are all that the window does not see.
              { labels: '{service="hourly"}', value: 1 / 885 },
              { labels: '{service="idle"}', value: 0 },
            ],
          },
        ],
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});
