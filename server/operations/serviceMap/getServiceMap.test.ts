import { ApiError } from '../../../src/api/apiError.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import type { InputOf } from '../../../src/api/operation.ts';
import { getServiceMap } from '../../../src/api/serviceMap.ts';
import type { Labels } from '../../../src/core/labels.ts';
import type { Sample } from '../../../src/core/series.ts';
import { days, epochMs, hours, minutes, type EpochMs } from '../../../src/core/units.ts';
import { buildServiceMapQueries, type ServiceMapQueries } from '../../../src/queries/promql/serviceMapQueries.ts';
import type { DiscoveredService } from '../../deps.ts';
import { createFakePrometheus, type FakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

const sample = (value: number, labels: Labels): Sample => ({ labels, value, at: epochMs(0) });
const buckets = (labels: Labels, counts: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(counts).map(([le, value]) => sample(value, { ...labels, le }));

const PAYMENTS = { client: 'checkout', server: 'payments', connection_type: '', client_service_namespace: 'shop' };
const BANK = { client: 'payments', server: 'bank', connection_type: 'virtual_node', virtual_node: 'server' };

type Answers = Partial<Record<keyof ServiceMapQueries, readonly Sample[]>>;
const NOW_ANSWERS: Answers = {
  calls: [sample(2, PAYMENTS), sample(2, BANK)],
  failed: [sample(0.2, PAYMENTS), sample(0.6, BANK)],
  clientBuckets: [
    ...buckets(PAYMENTS, { '0.1': 0, '0.2': 2, '+Inf': 2 }),
    ...buckets(BANK, { '0.1': 0, '0.2': 2, '+Inf': 2 }),
  ],
};
const BEFORE_ANSWERS: Answers = {
  calls: [sample(2, PAYMENTS), sample(1, { ...PAYMENTS, server: 'coupons' })],
  clientBuckets: buckets(PAYMENTS, { '0.1': 2, '0.2': 2, '+Inf': 2 }),
};

let engine: TestEngine;
let viewer: Client;
let admin: Client;
let prometheus: FakePrometheus;
/** Moments that were asked for, each once. */
let asked: Set<EpochMs | undefined>;

/** Answers the queries of a window; what came before the given moment by others. */
function answer(now: Answers, before?: { readonly until: EpochMs; readonly answers: Answers }): void {
  const queries = buildServiceMapQueries(minutes(15));
  prometheus.instant = (expr, { at }) => {
    asked.add(at);
    const answers = before !== undefined && at !== undefined && at <= before.until ? before.answers : now;
    const name = (Object.keys(queries) as Array<keyof ServiceMapQueries>).find((key) => queries[key] === expr);
    return Promise.resolve((name && answers[name]) ?? []);
  };
}

function service(
  name: string,
  state: DiscoveredService['health']['state'],
  requestRate: number | null = 1
): DiscoveredService {
  const trend = { times: [], values: [] };
  const at = epochMs(1000);
  return {
    name,
    health: {
      ...{ service: name, state, since: at, checkedAt: at },
      reasons: state === 'healthy' ? [] : [{ kind: 'up', state, text: '1 of 2 targets is down', since: at }],
    },
    ...{ requestRate, errorRatio: null, latencyP95: 0.2, signals: [], versions: [], dependsOn: [] },
    trends: { requestRate: trend, errorRatio: trend, latencyP95: trend },
    ...{ newestSampleAt: at, newestLogAt: null, newestSpanAt: null },
  };
}

beforeEach(async () => {
  asked = new Set();
  prometheus = createFakePrometheus();
  const services = [
    service('payments', 'degraded'),
    service('lonely', 'healthy'),
    service('exporter', 'healthy', null),
  ];
  engine = await createTestEngine({ sources: [prometheus], services });
  ({ admin, viewer } = await testClients(engine));
  answer(NOW_ANSWERS);
});
afterEach(() => engine.dispose());

it('answers nodes and edges with figures, health and open alerts', async () => {
  const events = [{ labels: { alertname: 'Slow', service: 'payments' }, severity: 'critical' }];
  await admin.call(intakeEvents, { events });
  const map = await viewer.call(getServiceMap, {});
  expect(map).toMatchObject({ source: 'metrics', sample: null, window: minutes(15), baseline: null, problems: [] });
  expect(map.namespaces).toEqual(['shop']);
  expect(map.nodes.map(({ id, health }) => [id, health.state, health.toldBy])).toEqual([
    ...[
      ['checkout', 'unknown', 'errors'],
      ['external:bank', 'degraded', 'errors'],
      ['lonely', 'healthy', 'health'],
    ],
    ['payments', 'degraded', 'health'],
  ]);
  expect(map.nodes.find(({ id }) => id === 'external:bank')?.health.why).toBe('30 % of the calls to it fail');
  expect(map.nodes.find(({ id }) => id === 'payments')).toMatchObject({
    ...{ alerts: { critical: 1 }, health: { why: '1 of 2 targets is down' } },
    received: { rate: 2, errorRatio: 0.1 },
  });
  expect(map.edges.map(({ id, figures }) => [id, figures.rate, figures.errorRatio, figures.p95?.toFixed(3)])).toEqual([
    ['checkout → payments', 2, 0.1, '0.195'],
    ['payments → external:bank', 2, 0.3, '0.195'],
  ]);
});

it('tells what differs from a baseline of the same length, and shows what is gone', async () => {
  const until = epochMs(engine.clock.now() - hours(1));
  answer(NOW_ANSWERS, { until, answers: BEFORE_ANSWERS });
  const map = await viewer.call(getServiceMap, { baseline: until });
  expect([...asked]).toEqual([engine.clock.now(), until]);
  expect(map.baseline).toMatchObject({ at: until, known: true, tests: 4 });
  const changed = map.edges.map(({ id, changes, before }) => [id, changes.map(({ kind }) => kind), before?.rate]);
  expect(changed).toEqual([
    ['checkout → payments', ['slower', 'more_errors'], 2],
    ['payments → external:bank', ['new'], undefined],
    ['checkout → coupons', ['gone'], 1],
  ]);
  expect(map.nodes.filter(({ gone }) => gone).map(({ id }) => id)).toEqual(['coupons']);
});

it('tells services that came and went without a call', async () => {
  const until = epochMs(engine.clock.now() - hours(1));
  const sends = (service: string, value: number) => sample(value, { service, service_namespace: 'shop' });
  const once = sends('hourly', 1 / 900);
  answer(
    { calls: [sample(2, PAYMENTS)], senders: [sends('payments', 9), sends('cron', 1), sends('lonely', 1), once] },
    {
      until,
      answers: {
        calls: [sample(2, PAYMENTS)],
        senders: [sends('mailer', 1), sends('lonely', 1), sends('exporter', 1)],
      },
    }
  );
  const { nodes } = await viewer.call(getServiceMap, { baseline: until });
  expect(nodes.flatMap(({ id, gone, changes }) => changes.map(({ kind }) => [id, kind, gone]))).toEqual([
    ['cron', 'new', false],
    ['exporter', 'gone', true],
    ['mailer', 'gone', true],
  ]);
});

it('does not call all new when nothing is known of the baseline', async () => {
  const until = epochMs(engine.clock.now() - hours(1));
  answer(NOW_ANSWERS, { until, answers: {} });
  const map = await viewer.call(getServiceMap, { baseline: until });
  expect(map.baseline).toMatchObject({ known: false, tests: 0 });
  expect(map.edges.flatMap(({ changes }) => changes)).toEqual([]);
  expect(map.problems).toEqual(['Nothing is known of the 15m of the baseline: no calls were counted.']);
});

it('shows the past without the health and the alerts of now', async () => {
  await admin.call(intakeEvents, { events: [{ labels: { alertname: 'Slow', service: 'payments' } }] });
  const at = epochMs(engine.clock.now() - hours(2));
  const { nodes, alertsOf } = await viewer.call(getServiceMap, { at });
  expect([alertsOf, nodes.map(({ alerts }) => alerts.warning)]).toEqual(['unknown', [0, 0, 0]]);
  expect([...asked]).toEqual([at]);
  expect(nodes.map(({ id, health }) => `${id} ${health.toldBy}`)).toEqual([
    ...['checkout errors', 'external:bank errors', 'payments errors'],
  ]);
});

it('filters', async () => {
  const around = await viewer.call(getServiceMap, { around: 'checkout', depth: 1 });
  expect(around.nodes.map(({ id }) => id)).toEqual(['checkout', 'payments']);
  const failing = await viewer.call(getServiceMap, { errorsOnly: true });
  expect(failing.nodes.map(({ id }) => id)).toEqual(['checkout', 'external:bank', 'payments']);
  expect((await viewer.call(getServiceMap, { namespace: 'nobody' })).nodes).toEqual([]);
});

it('finds by filters what a map of too many services left out', async () => {
  const busy = Array.from({ length: 1200 }, (_, n) => ({
    client: `web-${n}`,
    server: `api-${n}`,
    connection_type: '',
  }));
  const quiet = { client: 'cron', server: 'archive', connection_type: '', server_service_namespace: 'attic' };
  answer({
    calls: [...busy.map((labels) => sample(5, labels)), sample(0.01, quiet)],
    failed: [sample(0.001, quiet)],
  });
  const idsOf = async (input: InputOf<typeof getServiceMap>) =>
    (await viewer.call(getServiceMap, input)).nodes.map(({ id }) => id);
  const whole = await viewer.call(getServiceMap, {});
  expect([whole.nodes.length, whole.omitted.nodes]).toEqual([1000, 1404]);
  expect(whole.problems.at(-1)).toMatch(/^Left out, the quiet ones first: 1404 of the nodes .* Filters show them\.$/);
  expect(whole.nodes.map(({ id }) => id)).not.toContain('cron');
  expect(await idsOf({ around: 'cron' })).toEqual(['archive', 'cron']);
  expect(await idsOf({ namespace: 'attic' })).toEqual(['archive', 'cron']);
  expect(await idsOf({ errorsOnly: true })).toEqual(['archive', 'cron', 'payments']);
});

it('says what is missing where there are neither metrics nor traces', async () => {
  answer({});
  const map = await viewer.call(getServiceMap, {});
  expect(map).toMatchObject({ source: 'none', edges: [], sample: null });
  expect(map.problems[0]).toMatch(/^Prometheus has no traces_service_graph_request_total in this window/);
  expect(map.problems[1]).toMatch(/Tempo/);
});

it('says that Prometheus failed and does not fail itself', async () => {
  prometheus.instant = () => Promise.reject(new Error('Prometheus gave no answer within 10 s'));
  const map = await viewer.call(getServiceMap, {});
  expect(map.source).toBe('none');
  expect(map.problems[0]).toBe('The calls could not be read from Prometheus: Prometheus gave no answer within 10 s');
});

it.each([
  [{ window: days(8) }, 'window: expected at most 1w, got 8d; "baseline" compares with an earlier window'],
  [{ window: minutes(0.5) }, 'window: expected at least 1m, so that rates have two samples'],
  [{ at: epochMs(1000), baseline: epochMs(1000) }, 'baseline: expected a time before "at"'],
])('refuses %j', async (input, message) => {
  const refused = await viewer.call(getServiceMap, input).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(refused).toMatchObject({ status: 400, message });
});

it('counts what it costs', async () => {
  await viewer.call(getServiceMap, {});
  const text = await engine.deps.metrics.render();
  expect(text).toContain('pharos_service_map_duration_seconds_count{source="metrics"} 1');
  expect(text).toContain('pharos_service_map_samples_total 10');
});
