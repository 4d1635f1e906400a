import { intakeEvents } from '../../../src/api/intake.ts';
import type { Client } from '../../../src/api/client.ts';
import { listSources } from '../../../src/api/access.ts';
import { createReceiver, testReceiver, updateRoutes } from '../../../src/api/routing.ts';
import { getServiceHealth, getSystemStatus, listServices } from '../../../src/api/system.ts';
import { createThreshold, type ThresholdInput } from '../../../src/api/thresholds.ts';
import type { ServiceHealth } from '../../../src/core/services/service.ts';
import type { Matcher } from '../../../src/core/matchers.ts';
import { epochMs } from '../../../src/core/units.ts';
import type { DiscoveredService } from '../../deps.ts';
import { createFakePrometheus, type FakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

const AT = epochMs(Date.UTC(2026, 10, 21, 14, 0, 0));

function service(
  name: string,
  state: ServiceHealth['state'],
  signals: DiscoveredService['signals']
): DiscoveredService {
  const trend = { times: [AT], values: [Number.NaN] };
  return {
    name,
    health: {
      ...{ service: name, state, since: AT, checkedAt: AT },
      reasons: state === 'healthy' ? [] : [{ kind: 'up', state, text: '1 of 2 targets is down', since: AT }],
    },
    ...{ requestRate: 4, errorRatio: null, latencyP95: 0.2, signals, versions: ['1.0.0'], dependsOn: [] },
    trends: { requestRate: trend, errorRatio: trend, latencyP95: trend },
    ...{ newestSampleAt: AT, newestLogAt: null, newestSpanAt: null },
  };
}

let engine: TestEngine;
let admin: Client;
let viewer: Client;
let prometheus: FakePrometheus;
beforeEach(async () => {
  prometheus = createFakePrometheus();
  const services = [
    service('cart', 'healthy', ['latency_p95']),
    service('checkout', 'healthy', ['latency_p95', 'queue_depth']),
    service('catalog', 'critical', ['disk_free']),
  ];
  engine = await createTestEngine({ sources: [prometheus], services });
  ({ admin, viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const setThreshold = (input: ThresholdInput) => admin.call(createThreshold, { ...input, reason: '' });

it('lists the hurting ones first, with their figures and open alerts', async () => {
  const events = ['critical', 'critical', 'info'].map((severity, n) => ({
    labels: { alertname: `a${n}`, service: 'cart' },
    severity,
  }));
  await admin.call(intakeEvents, { events });
  const { items, problem, staleSince } = await viewer.call(listServices, {});
  expect(items.map(({ name }) => name)).toEqual(['catalog', 'cart', 'checkout']);
  expect(items[1]).toMatchObject({
    ...{ requestRate: 4, errorRatio: null, alerts: { critical: 2, info: 1, warning: 0, error: 0 } },
    trends: { latencyP95: { values: [Number.NaN] } },
  });
  expect([problem, staleSince]).toEqual([null, null]);
});

it('says of each whether it has a threshold, an owner and a route that was tried', async () => {
  const before = await viewer.call(listServices, {});
  expect(before.coverage).toEqual({ services: 3, withThreshold: 0, withOwner: 0, withTestedRoute: 0 });
  await setThreshold({ service: 'checkout', signal: 'latency_p95', warning: 1, owner: 'shop' });
  await setThreshold({ service: '*', signal: 'disk_free', warning: 0.1, owner: 'platform' });
  await setThreshold({ service: 'cart', signal: 'latency_p95', warning: 1, owner: 'shop', enabled: false });
  await admin.call(createReceiver, { name: 'hook', kind: 'webhook', settings: { url: 'https://example.org/' } });
  const matchers = [{ name: 'owner', op: '=' as const, value: 'shop' }];
  await admin.call(updateRoutes, { items: [{ matchers, receiver: 'hook', continue: false }] });
  expect((await viewer.call(listServices, {})).coverage.withTestedRoute).toBe(0);
  await admin.call(testReceiver, { name: 'hook' });
  const { items, coverage } = await viewer.call(listServices, {});
  const facts = items.map((item) => [item.name, item.hasThreshold, item.owner, item.hasTestedRoute]);
  expect(facts).toEqual([
    ['catalog', true, 'platform', false],
    ['cart', false, '', false],
    ['checkout', true, 'shop', true],
  ]);
  expect(coverage).toEqual({ services: 3, withThreshold: 2, withOwner: 2, withTestedRoute: 1 });
});

describe('what counts as covered', () => {
  const byTeam = [{ name: 'team', op: '=' as const, value: 'shop' }];
  const checkout = { service: 'checkout', signal: 'latency_p95', warning: 1 } as const;

  async function routeTo(matchers: Matcher[]): Promise<void> {
    await admin.call(createReceiver, { name: 'hook', kind: 'webhook', settings: { url: 'https://example.org/' } });
    await admin.call(testReceiver, { name: 'hook' });
    await admin.call(updateRoutes, { items: [{ matchers, receiver: 'hook', continue: false }] });
  }
  async function covered(what: 'hasThreshold' | 'hasTestedRoute'): Promise<string[]> {
    const { items } = await viewer.call(listServices, {});
    return items.filter((item) => item[what]).map(({ name }) => name);
  }

  it.each([
    ['a label of the threshold', byTeam],
    ['the signal', [{ name: 'signal', op: '=' as const, value: 'latency_p95' }]],
    ['the name of the alert', [{ name: 'alertname', op: '=' as const, value: 'latency_p95' }]],
    ['the service', [{ name: 'service', op: '=' as const, value: 'checkout' }]],
  ])('takes a route by %s', async (_what, matchers) => {
    await routeTo(matchers);
    await setThreshold({ ...checkout, labels: { team: 'shop' } });
    expect(await covered('hasTestedRoute')).toEqual(['checkout']);
  });

  it('wants a route for every level that is set', async () => {
    await routeTo([{ name: 'severity', op: '=', value: 'critical' }]);
    await setThreshold({ ...checkout, critical: 2 });
    await setThreshold({ service: 'cart', signal: 'latency_p95', critical: 2 });
    expect(await covered('hasTestedRoute')).toEqual(['cart']);
  });

  it('wants a route for every rule that watches the service', async () => {
    await routeTo(byTeam);
    await setThreshold({ ...checkout, labels: { team: 'shop' } });
    await setThreshold({ service: '*', signal: 'queue_depth', warning: 5 });
    expect(await covered('hasTestedRoute')).toEqual([]);
  });

  it('leaves a service without a threshold uncovered, whatever the routes take', async () => {
    await routeTo([]);
    await setThreshold(checkout);
    expect(await covered('hasTestedRoute')).toEqual(['checkout']);
  });

  it('counts an expression for the service that it names alone', async () => {
    await routeTo([{ name: 'service', op: '=', value: 'cart' }]);
    await setThreshold({ service: '*', signal: { expr: 'sum(orders)' }, warning: 1 });
    expect(await covered('hasThreshold')).toEqual([]);
    await setThreshold({ service: 'cart', signal: { expr: 'sum(orders)' }, warning: 1 });
    expect(await covered('hasThreshold')).toEqual(['cart']);
    expect(await covered('hasTestedRoute')).toEqual(['cart']);
  });

  it('leaves out a service that a disabled threshold takes out of the default', async () => {
    await routeTo([]);
    await setThreshold({ service: '*', signal: 'latency_p95', warning: 1, owner: 'platform' });
    expect(await covered('hasThreshold')).toEqual(['cart', 'checkout']);
    await setThreshold({ ...checkout, enabled: false });
    expect(await covered('hasThreshold')).toEqual(['cart']);
    expect(await covered('hasTestedRoute')).toEqual(['cart']);
    expect((await viewer.call(listServices, {})).coverage.withOwner).toBe(1);
  });
});

it('says why the list is empty or old', async () => {
  prometheus.status = { ...prometheus.status, status: 'down', lastError: 'gave no answer within 10 s', staleSince: AT };
  expect(await viewer.call(listServices, {})).toMatchObject({
    problem: 'Prometheus does not answer: gave no answer within 10 s',
    staleSince: AT,
  });
  const other = testClient(engine, await engine.token('read', 'org-2'));
  expect(await other.call(listServices, {})).toMatchObject({
    items: [],
    problem: expect.stringContaining('No Prometheus is configured'),
  });
});

it('gives the health of one, with its reasons', async () => {
  expect(await viewer.call(getServiceHealth, { name: 'catalog' })).toMatchObject({
    state: 'critical',
    reasons: [{ kind: 'up', text: '1 of 2 targets is down' }],
  });
  await expect(viewer.call(getServiceHealth, { name: 'none' })).rejects.toMatchObject({ status: 404 });
});

describe('status', () => {
  it('is well while everything answers', async () => {
    const status = await admin.call(getSystemStatus, {});
    expect(status).toMatchObject({
      ...{ status: 'ok', problems: [], version: '0.0.0-test', store: { kind: 'sqlite' } },
      sources: [{ id: 'prometheus', status: 'ok', url: 'http://prometheus:9090' }],
      deliveries: { queued: 0, dead: 0, oldestQueuedAt: null },
    });
    expect(status.store.sizeBytes ?? 0).toBeGreaterThan(0);
  });

  it('names what is not: a source, waiting notifications', async () => {
    await admin.call(createReceiver, { name: 'hook', kind: 'webhook', settings: { url: 'https://example.org/' } });
    await admin.call(updateRoutes, { items: [{ matchers: [], receiver: 'hook', continue: false }] });
    await admin.call(intakeEvents, { events: [{ labels: { alertname: 'x' } }] });
    prometheus.status = { ...prometheus.status, status: 'down', lastError: 'cannot be reached', staleSince: AT };
    engine.clock.advance(61_000);
    const { status, problems, alerts } = await viewer.call(getSystemStatus, {});
    expect([status, alerts.warning]).toEqual(['degraded', 1]);
    expect(problems).toEqual([
      'Prometheus does not answer: cannot be reached',
      '1 notifications are waiting, the oldest since 2026-11-21T14:00:00.000Z',
    ]);
  });

  it('says that nothing can be measured without Prometheus, and hides addresses from all but admins', async () => {
    const other = testClient(engine, await engine.token('read', 'org-2'));
    expect((await other.call(getSystemStatus, {})).problems).toEqual([
      'No Prometheus is configured: nothing can be measured',
    ]);
    expect((await viewer.call(getSystemStatus, {})).sources.map(({ url }) => url)).toEqual(['']);
    const detail = 'connect ECONNREFUSED 127.0.0.1:9';
    prometheus.status = { ...prometheus.status, status: 'down', lastError: `cannot be reached: ${detail}` };
    const everything = async (client: Client) =>
      JSON.stringify([
        await client.call(getSystemStatus, {}),
        await client.call(listServices, {}),
        await client.call(listSources, {}),
      ]);
    const seen = await everything(viewer);
    expect(seen.match(/does not answer: cannot be reached"/g)).toHaveLength(2);
    expect(seen.match(/"lastError":"cannot be reached"/g)).toHaveLength(2);
    expect([seen, await everything(other)].join('')).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|prometheus:9090/);
    expect((await everything(admin)).split(detail)).toHaveLength(5);
  });
});
