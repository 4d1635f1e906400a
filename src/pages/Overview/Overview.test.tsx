import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { listSources } from '../../api/access.ts';
import { listAlerts } from '../../api/alerts.ts';
import { ApiError } from '../../api/apiError.ts';
import { evidence, TRACE_ID } from '../../api/evidence.fixture.ts';
import { getServiceEvidence } from '../../api/evidence.ts';
import { getServiceHealth, getSystemStatus, listServices, queryMetrics, type ServiceView } from '../../api/system.ts';
import { systemStatus } from '../../api/systemStatus.fixture.ts';
import { listThresholds } from '../../api/thresholds.ts';
import type { Role } from '../../core/identity.ts';
import { durationMs, epochMs, hours } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { Overview } from './Overview.tsx';
import { NOW, service } from './services.fixture.tsx';

const none = { info: 0, warning: 0, error: 0, critical: 0 };

function servicesAnswer(items: ServiceView[], problem: string | null = null) {
  const coverage = { services: items.length, withThreshold: 0, withOwner: 0, withTestedRoute: 0 };
  return { items, asOf: NOW, staleSince: null, problem, coverage };
}

function world(
  items: ServiceView[],
  { role = 'admin', problem = null }: { role?: Role; problem?: string | null } = {}
) {
  return fakeEngine(role)
    .on(listServices, () => servicesAnswer(items, problem))
    .on(getSystemStatus, () =>
      systemStatus({
        ...{ status: 'degraded', problems: ['Tempo has not answered for 3 m.'] },
        deliveries: { queued: 0, oldestQueuedAt: null, dead: 2, deliveredLastHour: 1, failedLastHour: 0 },
        alerts: { ...none, critical: 2, warning: 1 },
      })
    )
    .on(getServiceHealth, ({ name }) => service(name, 'critical').health)
    .on(listThresholds, () => ({ items: [], next: null }))
    .on(queryMetrics, () => ({ results: [], step: durationMs(5000) }))
    .on(getServiceEvidence, () => evidence(NOW))
    .on(listSources, () => ({ items: [], grafanaUrl: 'https://grafana.example.org' }))
    .on(listAlerts, () => ({
      items: [],
      next: null,
      counts: { total: 0, bySeverity: none, unacknowledged: 0, oldestUnacknowledgedAt: null },
      deliveries: [],
    }));
}

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

it('answers first: which services hurt, why and since when', async () => {
  renderPage(<Overview />, { engine: world([service('checkout', 'critical'), service('cart')]) });
  expect(screen.getByRole('status', { name: 'Loading the summary' })).toBeInTheDocument();
  const answer = await screen.findByText(/1 of 2 services is hurting/);
  expect(answer).toHaveTextContent(
    '1 of 2 services is hurting: checkout (p95 latency 1.2 s is above 800 ms, since 14:02).'
  );
});

it('shows alerts, sources and the engine at a glance, each leading on', async () => {
  renderPage(<Overview />, { engine: world([service('cart')]) });
  expect(await screen.findByRole('link', { name: '2 critical' })).toHaveAttribute('href', '/alerts?severity=critical');
  expect(screen.getByRole('link', { name: '1 warning' })).toBeInTheDocument();
  expect(screen.getByText('Tempo has not answered for 3 m.')).toBeInTheDocument();
  expect(screen.getByText('evaluations 41/s')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: '2 undelivered' })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'None connected: add one' })).toBeInTheDocument();
});

it('lists each service with its figures', async () => {
  renderPage(<Overview />, {
    engine: world([service('checkout', 'critical'), service('cart', 'unknown', { requestRate: null })]),
  });
  const table = await screen.findByRole('table', { name: 'Services' });
  const [, first, second] = within(table).getAllByRole('row');
  expect(first).toHaveTextContent(/^checkoutCritical41\/s0\.2 %1\.2 s18 m$/);
  expect(second).toHaveTextContent(/^cartUnknown–No such signal, or no traffic/);
});

it('says who lacks what, and leads to where it is set', async () => {
  const gaps = [service('a'), service('b', 'healthy', { hasThreshold: false })];
  renderPage(<Overview />, { engine: world(gaps) });
  const coverage = await screen.findByRole('region', { name: 'Coverage' });
  expect(coverage).toHaveTextContent('1 of 2 services have a threshold; without: b.');
  expect(coverage).toHaveTextContent('2 of 2 services have an owner.');
  expect(within(coverage).getByRole('link', { name: 'b' })).toHaveAttribute('href', '/thresholds?new=1&service=b');
});

it('offers a viewer no form that only an admin may fill in', async () => {
  const gaps = [service('b', 'healthy', { hasThreshold: false, hasTestedRoute: false })];
  renderPage(<Overview />, { engine: world(gaps, { role: 'viewer' }) });
  const coverage = await screen.findByRole('region', { name: 'Coverage' });
  expect(coverage).toHaveTextContent('0 of 1 service has a threshold; without: b.');
  expect(within(coverage).getByRole('link', { name: 'b' })).toHaveAttribute('href', '/settings?tab=routes');
  expect(await screen.findByText('None connected')).toBeInTheDocument();
});

it('opens a service from its row, keeps that in the address, and Back closes it', async () => {
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  const { navigation } = renderPage(<Overview />, { engine: world([service('checkout', 'critical')]) });
  await user.click(await screen.findByText('1.2 s'));
  expect(navigation.current().search).toBe('?service=checkout');
  expect(navigation.entries()).toHaveLength(2);
  const drawer = await screen.findByRole('dialog');
  expect(await within(drawer).findByText('p95 latency 1.2 s is above 800 ms')).toBeInTheDocument();
  await user.click(within(drawer).getByRole('button', { name: /close/i }));
  await waitFor(() => expect(navigation.current().search).toBe(''));
});

it('asks for the signals that the service has, over the range in the address', async () => {
  const engine = world([service('checkout', 'critical', { signals: ['up', 'cpu', 'log_age'] })]);
  renderPage(<Overview />, { engine, at: '/?service=checkout&range=6h' });
  await waitFor(() => expect(engine.calls(queryMetrics).length).toBeGreaterThan(0));
  const asked = engine.calls(queryMetrics).at(-1);
  expect(asked?.queries).toEqual([
    { id: 'up', signal: 'up', service: 'checkout' },
    { id: 'cpu', signal: 'cpu', service: 'checkout' },
  ]);
  expect((asked?.to ?? 0) - (asked?.from ?? 0)).toBe(6 * 3_600_000);
});

it('says beside a chart what of its time is no longer kept', async () => {
  const notKept = { source: 'Prometheus', keeps: hours(2), since: epochMs(NOW - hours(2)) };
  const series = [{ labels: {}, times: [NOW], values: [1] }];
  const engine = world([service('checkout', 'critical', { signals: ['up', 'cpu'] })]).on(queryMetrics, () => ({
    results: [
      { id: 'up', expr: 'x', series, error: null, notKept },
      { id: 'cpu', expr: 'x', series, error: null, notKept: null },
    ],
    step: durationMs(5000),
  }));
  renderPage(<Overview />, { engine, at: '/?service=checkout&range=6h' });
  expect(await screen.findAllByText(/^Prometheus keeps its data for 2 h: data from before .*\.$/)).toHaveLength(1);
});

it('shows what an opened service logged last and its bad traces, in short', async () => {
  const line = { at: NOW, level: 'info' as const, message: 'started', line: 'started', cut: 0, traceId: null };
  const items = Array.from({ length: 7 }, (_, n) => ({ ...line, message: `started ${n}` }));
  const engine = world([service('checkout')]).on(getServiceEvidence, () => evidence(NOW, { logs: { items } }));
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  renderPage(<Overview />, { engine, at: '/?service=checkout' });
  const section = await screen.findByRole('region', { name: 'Logs and traces' });
  const lines = await within(section).findByRole('list', { name: 'Log lines' });
  expect(within(lines).getAllByRole('listitem')).toHaveLength(5);
  expect(within(section).queryByRole('list', { name: 'Recurring patterns' })).not.toBeInTheDocument();
  await user.click(within(section).getByRole('button', { name: 'Show all 7 lines' }));
  expect(within(lines).getAllByRole('listitem')).toHaveLength(7);
  const window = `from=${NOW - 30_000}&to=${NOW + 30_000}`;
  expect(within(section).getByRole('link', { name: 'storefront: POST /checkout' })).toHaveAttribute(
    'href',
    `/traces/${TRACE_ID}?${window}`
  );
  expect(within(section).getByRole('link', { name: 'What it calls' })).toHaveAttribute(
    'href',
    `/traces?service=checkout&${window}&tab=calls`
  );
  expect(within(section).getByRole('link', { name: 'Search traces' })).toHaveAttribute(
    'href',
    `/traces?service=checkout&${window}`
  );
  const [inGrafana] = await within(section).findAllByRole('link', { name: /^Explore/ });
  expect(inGrafana).toHaveAttribute(
    'href',
    expect.stringMatching(/^https:\/\/grafana\.example\.org\/explore\?schemaVersion=1&panes=/)
  );
  expect(engine.calls(getServiceEvidence)[0]).toEqual({ name: 'checkout' });
});

it.each([
  ['admin', 1],
  ['viewer', 0],
] as const)('lets a %s see %d buttons to add a threshold', async (role, count) => {
  renderPage(<Overview />, { engine: world([service('checkout')], { role }), at: '/?service=checkout' });
  await screen.findByText('None: nothing about this service can raise an alert here.');
  await waitFor(() => expect(screen.queryAllByRole('link', { name: 'Add threshold' })).toHaveLength(count));
});

it('teaches when nothing was found, with the reason', async () => {
  renderPage(<Overview />, { engine: world([], { problem: 'Set PHAROS_PROMETHEUS_URL, or add a source.' }) });
  expect(await screen.findByRole('heading', { name: 'No Prometheus is connected' })).toBeInTheDocument();
  expect(screen.getByText('Set PHAROS_PROMETHEUS_URL, or add a source.')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Add a source' })).toHaveAttribute('href', '/settings?tab=sources');
});

it('says what failed and tries again when asked', async () => {
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  const engine = world([service('cart')]).on(listServices, () => {
    throw new ApiError({ code: 'internal', status: 500, message: 'The store is locked.', requestId: 'r1' });
  });
  renderPage(<Overview />, { engine });
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The services could not be loaded');
  expect(alert).toHaveTextContent('The store is locked. Nothing was lost.');
  expect(alert).toHaveTextContent('Request r1');
  engine.on(listServices, () => servicesAnswer([service('cart')]));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/The one service found is healthy/)).toBeInTheDocument();
});
