import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { listSources } from '../../api/access.ts';
import { listAlerts } from '../../api/alerts.ts';
import { ApiError } from '../../api/apiError.ts';
import { evidence } from '../../api/evidence.fixture.ts';
import { getServiceEvidence } from '../../api/evidence.ts';
import { getServiceMap } from '../../api/serviceMap.ts';
import { epochMs, hours, minutes } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { edge, figures, node, NOW, shopMap, type MapOutput } from './map.fixture.ts';
import { ServiceMapPage } from './ServiceMapPage.tsx';

const none = { info: 0, warning: 0, error: 0, critical: 0 };

const world = (map: () => MapOutput = shopMap) =>
  fakeEngine()
    .on(getServiceMap, map)
    .on(getServiceEvidence, () => evidence(NOW))
    .on(listSources, () => ({ items: [], grafanaUrl: 'https://grafana.example.org' }))
    .on(listAlerts, () => ({
      items: [],
      next: null,
      counts: { total: 0, bySeverity: none, unacknowledged: 0, oldestUnacknowledgedAt: null },
      deliveries: [],
    }));

const open = (at = '/map', engine = world()) => ({ engine, ...renderPage(<ServiceMapPage />, { engine, at }) });

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

it('answers first, then draws each service with state, figures and alerts', async () => {
  open();
  expect(await screen.findByText(/3 services, 1 hurting/)).toHaveTextContent(
    '3 services, 1 hurting: payments (errors 4.1 %).'
  );
  const map = await screen.findByRole('group', { name: /^Service map: 4 nodes, 2 connections/ });
  const payments = await within(map).findByRole('button', {
    name: /^payments Degraded 2 alerts 3\/s · 4\.1 % · 45 ms ?, service$/,
  });
  expect(payments).toHaveTextContent('Degraded');
  expect(payments).toHaveTextContent('2 alerts');
  expect(within(map).getByRole('button', { name: /^lonely Healthy ?, service$/ })).toBeInTheDocument();
  expect(within(map).getByRole('button', { name: /^card-processor.*outside$/ })).toBeInTheDocument();
});

it('opens a panel with figures, calls and ways on; the address says so', async () => {
  const { navigation } = open();
  await userEvent.click(await screen.findByRole('button', { name: /^payments.*service$/ }));
  expect(navigation.current().search).toBe('?node=payments');
  const panel = await screen.findByRole('dialog');
  expect(panel).toHaveTextContent('Service in shop');
  expect(panel).toHaveTextContent('Errors4.1 %');
  expect(await within(panel).findByText('None is open.')).toBeInTheDocument();
  expect(within(panel).getByRole('link', { name: 'Traces' })).toHaveAttribute(
    'href',
    '/traces?service=payments&from=now-15m&to=now'
  );
  await userEvent.click(within(panel).getByRole('button', { name: 'card-processor' }));
  expect(decodeURIComponent(navigation.current().search).replaceAll('+', ' ')).toBe(
    '?edge=payments → external:card-processor'
  );
  expect(await screen.findByRole('dialog')).toHaveTextContent('payments → card-processor');
});

it('shows only what is near a service, and all again', async () => {
  const { navigation } = open('/map?around=card-processor&node=payments');
  expect(await screen.findByText('Nothing on the map matches these filters.')).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Show only its neighbors' }));
  expect(navigation.current().search).toBe('?around=payments');
  expect(await screen.findByRole('group', { name: /^Service map: 3 nodes, 2 connections/ })).toBeInTheDocument();
});

it('shows only calls that fail, from what is there', async () => {
  const { navigation, engine } = open();
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Errors only' }));
  expect(navigation.current().search).toBe('?errors=1');
  expect(await screen.findByRole('group', { name: /^Service map: 2 nodes, 1 connection/ })).toBeInTheDocument();
  expect(engine.calls(getServiceMap)).toHaveLength(1);
});

describe('of a map that was cut', () => {
  const omitted = { nodes: 900, edges: 40 };
  const problem = 'Left out, the quiet ones first: 900 of the nodes.';
  const cutWorld = (narrow: () => MapOutput | Promise<MapOutput>) =>
    world().on(getServiceMap, ({ around, namespace, errorsOnly }) =>
      around === undefined && namespace === undefined && errorsOnly === undefined
        ? shopMap({ omitted, problems: [problem] })
        : narrow()
    );
  const archive = () => shopMap({ nodes: [node('archive'), node('cron')], edges: [edge('cron', 'archive')] });

  it('asks the engine for what filters want, and shows what was left out', async () => {
    const { engine } = open('/map?around=cron&depth=2&errors=1', cutWorld(archive));
    expect(await screen.findByRole('group', { name: /^Service map: 2 nodes, 1 connection/ })).toBeInTheDocument();
    expect(engine.calls(getServiceMap)).toEqual([
      { window: minutes(15) },
      { window: minutes(15), around: 'cron', depth: 2, errorsOnly: true },
    ]);
    expect(screen.queryByText(problem)).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: /^archive.*service$/ }));
    expect(within(await screen.findByRole('dialog')).getByRole('button', { name: 'cron' })).toBeInTheDocument();
  });

  it('says that it could not be looked at, and asks again', async () => {
    let fails = true;
    open(
      '/map?around=cron&view=list',
      cutWorld(() => {
        if (fails) {
          throw new ApiError({ code: 'forbidden', status: 403, message: 'Prometheus does not let you.' });
        }
        return archive();
      })
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('The map could not be updated');
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'archive' })).toBeInTheDocument();
  });

  it('shows what there is until the engine has answered, and says so', async () => {
    let answer: (map: MapOutput) => void = () => undefined;
    open(
      '/map?namespace=bank',
      cutWorld(() => new Promise((resolve) => (answer = resolve)))
    );
    expect(await screen.findByText('Searching what the map left out')).toBeInTheDocument();
    expect(screen.getByText(problem)).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: /^lonely.*service$/ })).toBeInTheDocument();
    act(() => answer(archive()));
    expect(await screen.findByRole('button', { name: /^archive.*service$/ })).toBeInTheDocument();
    expect(screen.queryByText('Searching what the map left out')).not.toBeInTheDocument();
  });
});

it('has the same as a list, the worst first', async () => {
  const { navigation } = open();
  await userEvent.click(await screen.findByRole('radio', { name: 'List' }));
  expect(navigation.current().search).toBe('?view=list');
  const services = screen.getByRole('table', { name: 'Services and what they call' });
  const rows = within(services).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.getAttribute('data-row'))).toEqual([
    'payments',
    'external:card-processor',
    'checkout',
    'lonely',
  ]);
  expect(rows[0]).toHaveTextContent('paymentsDegradedService3/s4.1 %45 ms2');
  const calls = screen.getByRole('table', { name: 'Calls' });
  expect(within(calls).getAllByRole('row')[1]).toHaveTextContent('checkout → payments3/s4.1 %45 ms');
});

it('finds by name', async () => {
  open('/map?view=list');
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Find on the map' }), 'card');
  await waitFor(() => expect(screen.queryByRole('link', { name: 'checkout' })).not.toBeInTheDocument());
  expect(screen.getByRole('link', { name: 'card-processor' })).toBeInTheDocument();
});

it('compares with a baseline and says what is different', async () => {
  const changed = shopMap({
    baseline: { at: NOW, known: true, tests: 4 },
    edges: [
      edge('payments', 'external:card-processor', {
        ...{ figures: figures(3, 0, 1.2), before: figures(3, 0, 0.3), changes: [{ kind: 'slower', p: 0.0001 }] },
      }),
    ],
  });
  const { engine } = open(
    '/map?baseline=1h&view=list',
    world(() => changed)
  );
  expect(await screen.findByText(/Compared with 1 h earlier/)).toHaveTextContent(
    'Compared with 1 h earlier: payments → card-processor is slower (p95 1.2 s, was 300 ms).'
  );
  expect(engine.calls(getServiceMap)).toEqual([{ window: minutes(15), baseline: NOW - hours(1) }]);
  await userEvent.click(screen.getByRole('link', { name: 'payments → card-processor' }));
  const panel = await screen.findByRole('dialog');
  expect(panel).toHaveTextContent('Probability of chance: less than 1 in 1,000.');
  expect(panel).toHaveTextContent('p95 latency1.2 s was 300 ms');
  expect(within(panel).getByRole('link', { name: 'Compare traces of payments' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/traces\/compare\?kind=queries&.*afrom=now-4500s&ato=now-3600s&from=now-900s&to=now/)
  );
});

it('says which services came and went that nobody calls', async () => {
  const changed = shopMap({
    baseline: { at: NOW, known: true, tests: 2 },
    nodes: [
      node('cron', { received: null, changes: [{ kind: 'new', p: 0.02 }] }),
      node('mailer', { received: null, gone: true, changes: [{ kind: 'gone', p: 0.0001 }] }),
    ],
    edges: [],
  });
  const { navigation } = open(
    '/map?baseline=1h',
    world(() => changed)
  );
  expect(await screen.findByText(/Compared with 1 h earlier/)).toHaveTextContent('cron is new; mailer is gone.');
  expect(await screen.findByRole('button', { name: /^cron Healthy New ?, service$/ })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('link', { name: 'mailer is gone' }));
  expect(await screen.findByRole('dialog')).toHaveTextContent(
    'mailer is gone. Probability of chance: less than 1 in 1,000.'
  );
  act(() => navigation.go('/map?baseline=1h&view=list'));
  expect(await screen.findByRole('row', { name: /^cron/ })).toHaveTextContent(/New$/);
});

it('compares what came after a deploy with what was before it', async () => {
  const { navigation } = open('/map?node=payments');
  await userEvent.click(await screen.findByRole('button', { name: 'Compare with before 1.1.0' }));
  // It was a minute ago.
  expect(decodeURIComponent(navigation.current().search)).toBe('?baseline=2026-11-21T14:09:00.000Z&window=1m');
});

it('compares with a moment of this minute', async () => {
  const justNow = new Date(NOW + 40_000).toISOString();
  jest.useFakeTimers({ now: NOW + 50_000, advanceTimers: true });
  const { engine } = open(
    `/map?baseline=${justNow}`,
    world(() => shopMap())
  );
  await screen.findByText(/3 services, 1 hurting/);
  expect(engine.calls(getServiceMap)).toEqual([{ window: minutes(15), baseline: NOW + 40_000 }]);
});

it('goes back in time and returns', async () => {
  const { engine, navigation } = open();
  const slider = await screen.findByRole('slider', { name: 'Back in time, over the last day' });
  fireEvent.change(slider, { target: { value: '-120' } });
  await waitFor(() => expect(navigation.current().search).toBe('?at=2026-11-21T12:10:00.000Z'));
  await waitFor(() => expect(engine.calls(getServiceMap).at(-1)).toEqual({ window: minutes(15), at: NOW - hours(2) }));
  await userEvent.click(screen.getByRole('button', { name: 'Now' }));
  expect(navigation.current().search).toBe('');
});

const ago = epochMs(NOW - hours(2));
const pastMap = (rest: Partial<MapOutput> = {}): MapOutput =>
  shopMap({
    ...{ at: ago, alertsOf: 'then' },
    nodes: [
      node('payments', {
        health: { state: 'critical', since: ago, why: 'Alert (critical): payments: slow', toldBy: 'history' },
        alerts: { info: 0, warning: 5, error: 0, critical: 1 },
        openThen: [
          {
            id: 'a 1',
            state: 'firing',
            severity: 'critical',
            summary: 'payments: slow',
            startsAt: epochMs(NOW - hours(3)),
          },
        ],
      }),
      node('cart', { health: { state: 'healthy', since: null, why: null, toldBy: 'history' } }),
    ],
    ...rest,
  });
const PAST = `/map?at=${new Date(ago).toISOString()}`;

it('shows the alerts that were open then, and says what is not known of then', async () => {
  const { engine, navigation } = open(`${PAST}&node=payments`, world(pastMap));
  expect(await screen.findByText(/^As of 12:10/)).toHaveTextContent(
    'states come from the alerts that were open then and from failed calls. Whether targets were down, data was missing or a neighbor failed is not recorded.'
  );
  const panel = await screen.findByRole('dialog');
  const then = within(panel).getByRole('region', { name: 'Alerts open then' });
  expect(within(then).getByRole('link', { name: 'payments: slow' })).toHaveAttribute('href', '/alerts/a%201');
  expect(then).toHaveTextContent('since 11:10and 5 more');
  expect(engine.calls(listAlerts)).toEqual([]);
  expect(within(panel).getByRole('link', { name: 'Alerts at that time' })).toHaveAttribute(
    'href',
    `/alerts?tab=history&service=payments&from=${ago - minutes(15)}&to=${ago}`
  );
  act(() => navigation.go(`${PAST}&node=cart`));
  expect(
    await screen.findByText('Nothing was wrong then, as far as alerts and failed calls show.')
  ).toBeInTheDocument();
  expect(screen.getByText('None was open.')).toBeInTheDocument();
});

it('does not say that there were no alerts where that is not known', async () => {
  open(
    `${PAST}&node=cart&view=list`,
    world(() => pastMap({ alertsOf: 'unknown', nodes: [node('cart')] }))
  );
  expect(await screen.findByText(/Neither alerts nor health are known for that time\.$/)).toBeInTheDocument();
  expect(await screen.findByText('Which alerts were open is not known.')).toBeInTheDocument();
  expect(screen.queryByRole('columnheader', { name: 'Alerts' })).not.toBeInTheDocument();
});

it('leads to the logs of the window in Explore', async () => {
  open('/map?node=payments');
  const link = await screen.findByRole('link', { name: /^Logs in Explore/ });
  const panes: unknown = JSON.parse(new URL(link.getAttribute('href') ?? '').searchParams.get('panes') ?? '');
  expect(panes).toMatchObject({
    pharos: {
      queries: [{ expr: '{service_name="payments"}' }],
      range: { from: String(NOW - minutes(15)), to: String(NOW) },
    },
  });
});

const searchOf = (link: HTMLElement) =>
  Object.fromEntries(new URLSearchParams(link.getAttribute('href')?.split('?')[1]));

it('leads from a call, and from what sends no spans, to the traces of it', async () => {
  const { navigation } = open('/map?edge=payments → external:card-processor');
  const panel = await screen.findByRole('dialog');
  const all = searchOf(within(panel).getByRole('link', { name: 'Traces of these calls' }));
  expect(all).toMatchObject({ from: 'now-15m', to: 'now' });
  expect(all['q']).toMatch(
    /^\{ resource\.service\.name = "payments" && kind = client && \(span\.peer\.service = "card-p/
  );
  const failed = searchOf(within(panel).getByRole('link', { name: 'Traces in which they failed' }));
  expect(failed['q']).toMatch(/status = error \}$/);
  expect(within(panel).getByRole('link', { name: 'All calls of payments in detail' })).toHaveAttribute(
    'href',
    '/traces?service=payments&tab=calls&from=now-15m&to=now'
  );
  act(() => navigation.go('/map?node=external:card-processor'));
  const ofNode = searchOf(await screen.findByRole('link', { name: 'Traces of these calls' }));
  expect(ofNode['q']).toMatch(/^\{ kind = client && \(span\.peer\.service = "card-processor"/);
});

it('leads from a service of the past to what it called then, and to its metrics of then', async () => {
  open(`${PAST}&node=payments`, world(pastMap));
  const panel = await screen.findByRole('dialog');
  expect(within(panel).getByRole('link', { name: 'What it calls, in detail' })).toHaveAttribute(
    'href',
    `/traces?service=payments&tab=calls&from=${ago - minutes(15)}&to=${ago}`
  );
  const link = await within(panel).findByRole('link', { name: /^Calls over time in Explore/ });
  const panes: unknown = JSON.parse(new URL(link.getAttribute('href') ?? '').searchParams.get('panes') ?? '');
  expect(panes).toMatchObject({
    pharos: {
      queries: [{ expr: 'sum by (client, server) (rate(traces_service_graph_request_total{server="payments"}[5m]))' }],
      range: { from: String(ago - minutes(15)), to: String(ago) },
    },
  });
});

it('teaches where nothing is known', async () => {
  const empty = shopMap({ nodes: [], edges: [], source: 'none', problems: ['Prometheus has no service graph.'] });
  open(
    '/map',
    world(() => empty)
  );
  expect(await screen.findByRole('heading', { name: 'No calls are known yet' })).toBeInTheDocument();
  expect(screen.getByText('Prometheus has no service graph.')).toBeInTheDocument();
  expect(screen.getByText(/processors: \[service-graphs, span-metrics\]/)).toBeInTheDocument();
});

it('says that figures of traces are those of a sample', async () => {
  const map = shopMap({ source: 'traces', sample: { traces: 100, spans: 900, more: true } });
  open(
    '/map',
    world(() => map)
  );
  expect(await screen.findByText(/Counted from a sample of 100 traces from 15m/)).toBeInTheDocument();
});

it('says what failed and tries again', async () => {
  let fails = true;
  const engine = world(() => {
    if (fails) {
      throw new ApiError({ code: 'source_failed', status: 502, message: 'Prometheus does not answer.' });
    }
    return shopMap();
  });
  open('/map', engine);
  expect(await screen.findByRole('alert')).toHaveTextContent('The map could not be loaded');
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/3 services, 1 hurting/)).toBeInTheDocument();
});

it('says that what the address chose is not on the map', async () => {
  open('/map?node=nobody');
  expect(await screen.findByRole('dialog')).toHaveTextContent('It is not on the map in this window.');
});
