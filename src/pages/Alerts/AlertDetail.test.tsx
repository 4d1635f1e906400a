import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { listSources } from '../../api/access.ts';
import { commentAlert, getAlert, resolveAlert, type AlertView, type TransitionView } from '../../api/alerts.ts';
import { ApiError } from '../../api/apiError.ts';
import { noEvidence } from '../../api/evidence.fixture.ts';
import { getAlertEvidence } from '../../api/evidence.ts';
import { queryMetrics } from '../../api/system.ts';
import { getThreshold } from '../../api/thresholds.ts';
import type { Role } from '../../core/identity.ts';
import { durationMs, epochMs, hours } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { AlertDetail } from './AlertDetail.tsx';
import { alert, delivery, NOW } from './alerts.fixture.tsx';

jest.setTimeout(20_000);

const entry = (seq: number, kind: TransitionView['kind'], rest: Partial<TransitionView> = {}): TransitionView => ({
  seq,
  alertId: 'checkout-1',
  at: epochMs(NOW - (10 - seq) * 60_000),
  kind,
  from: null,
  to: 'firing',
  severity: 'critical',
  actor: 'engine',
  reason: '',
  value: null,
  detail: {},
  service: 'checkout',
  ruleId: 't1',
  summary: '',
  ...rest,
});

const TIMELINE = [
  entry(1, 'pending'),
  entry(2, 'fired', { reason: 'p95 latency 1.21 s was above 800 ms for 10 s' }),
  entry(3, 'commented', { actor: 'Bob', reason: 'looking' }),
];

function world(one: AlertView, role: Role = 'editor') {
  const related = [alert('checkout-2', { summary: 'checkout: error ratio above 2 %' })];
  const deliveries = [
    delivery(one.id),
    delivery(one.id, {
      receiver: 'oncall',
      state: 'queued',
      attempts: 2,
      lastError: '503',
      nextAttemptAt: epochMs(NOW + 9000),
    }),
  ];
  return fakeEngine(role)
    .on(getAlert, () => ({ alert: one, timeline: TIMELINE, deliveries, related }))
    .on(getThreshold, () => ({
      threshold: {
        id: 't1',
        service: 'checkout',
        signal: 'latency_p95' as const,
        direction: 'above' as const,
        warning: 0.3,
        critical: 0.8,
        unit: 'seconds' as const,
        for: durationMs(10_000),
        owner: '',
        runbookUrl: '',
        labels: {},
        enabled: true,
        version: 1,
        createdAt: NOW,
        updatedAt: NOW,
        updatedBy: 'Ada',
      },
    }))
    .on(queryMetrics, () => ({
      results: [
        { id: 'signal', expr: 'x', series: [{ labels: {}, times: [NOW], values: [1.21] }], error: null, notKept: null },
      ],
      step: durationMs(5000),
    }))
    .on(getAlertEvidence, () => noEvidence(one.startsAt))
    .on(listSources, () => ({ items: [], grafanaUrl: null }))
    .on(commentAlert, () => ({ alert: one }))
    .on(resolveAlert, () => ({ alert: one }));
}

const start = (engine: ReturnType<typeof world>) => ({
  ...renderPage(<AlertDetail params={{ id: 'checkout-1' }} />, { engine, at: '/alerts/checkout-1' }),
  user: userEvent.setup({ advanceTimers: jest.advanceTimersByTime }),
});

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

it('says what it is, since when, who has it and where the runbook is', async () => {
  const runbook = { runbook_url: 'https://example.com/runbook' };
  start(world(alert('checkout-1', { annotations: runbook })));
  expect(await screen.findByRole('heading', { name: 'checkout: p95 latency above 800 ms' })).toBeInTheDocument();
  expect(screen.getByText(/since/)).toHaveTextContent('checkout, since 6 m ago, unacknowledged, runbook');
  expect(screen.getByRole('link', { name: 'runbook' })).toHaveAttribute('href', 'https://example.com/runbook');
});

it('links to no runbook that is not a web address', async () => {
  start(world(alert('checkout-1', { annotations: { runbook_url: 'javascript:alert(1)' } })));
  await screen.findByRole('heading', { name: 'checkout: p95 latency above 800 ms' });
  expect(screen.queryByRole('link', { name: 'runbook' })).not.toBeInTheDocument();
});

it('draws the signal with its levels and says so in words', async () => {
  const engine = world(alert('checkout-1'));
  start(engine);
  expect(
    await screen.findByRole('figure', {
      name: 'p95 latency: last 1.21 s, highest 1.21 s; warning at 300 ms; critical at 800 ms.',
    })
  ).toBeInTheDocument();
  expect(engine.calls(queryMetrics)[0]?.queries).toEqual([
    { id: 'signal', signal: 'latency_p95', service: 'checkout' },
  ]);
});

it.each([
  ['beside the signal', [{ labels: {}, times: [NOW], values: [1.21] }]],
  ['where there is none', []],
])('says what of its time is no longer kept %s', async (_, series) => {
  const notKept = { source: 'Prometheus', keeps: hours(6), since: epochMs(NOW - hours(6)) };
  const results = [{ id: 'signal', expr: 'x', series, error: null, notKept }];
  start(world(alert('checkout-1')).on(queryMetrics, () => ({ results, step: durationMs(5000) })));
  expect(await screen.findByText(/^Prometheus keeps its data for 6 h: data from before .*\.$/)).toBeInTheDocument();
  expect(screen.queryAllByText('The source has no data for this time.')).toHaveLength(series.length === 0 ? 1 : 0);
  expect(screen.queryAllByRole('figure', { name: /^p95 latency: last/ })).toHaveLength(series.length);
});

it('explains why it fired', async () => {
  start(world(alert('checkout-1', { severityMappedFrom: 'page' })));
  const why = await screen.findByRole('region', { name: 'Why it fired' });
  await waitFor(() =>
    expect(why).toHaveTextContent(
      'Thresholdp95 latency of checkout: above 300 ms is a warning, 800 ms is critical, after 10 s'
    )
  );
  expect(why).toHaveTextContent('the sender called it "page"');
  expect(within(why).getByRole('list', { name: 'Labels' })).toHaveTextContent('service=checkout');
});

it('tells what happened, the newest first, and whom the news reached', async () => {
  start(world(alert('checkout-1')));
  const timeline = await screen.findByRole('list', { name: 'Timeline' });
  expect(
    within(timeline)
      .getAllByRole('listitem')
      .map((item) => item.textContent)
  ).toEqual([
    'Comment by Boblooking7 m ago',
    'Firedp95 latency 1.21 s was above 800 ms for 10 s8 m ago',
    'Pending9 m ago',
  ]);
  const notifications = screen.getByRole('region', { name: 'Notifications' });
  expect(notifications).toHaveTextContent('Delivereddemo-inbox (webhook), that it fired, just now');
  expect(notifications).toHaveTextContent(
    /Queuedoncall \(webhook\), that it fired, just now, 2 attempts, next attempt in \d s503/
  );
  expect(screen.getByRole('link', { name: 'checkout: error ratio above 2 %' })).toHaveAttribute(
    'href',
    '/alerts/checkout-2'
  );
});

it('takes a comment', async () => {
  const engine = world(alert('checkout-1'));
  const { user } = start(engine);
  const field = await screen.findByRole('textbox', { name: 'Comment' });
  await user.type(field, 'rolled back');
  await user.click(screen.getByRole('button', { name: 'Comment' }));
  await waitFor(() => expect(engine.calls(commentAlert)).toEqual([{ id: 'checkout-1', comment: 'rolled back' }]));
  await waitFor(() => expect(field).toHaveValue(''));
});

it('resolves by hand after asking', async () => {
  const engine = world(alert('checkout-1'));
  const { user } = start(engine);
  await user.click(await screen.findByRole('button', { name: 'Resolve' }));
  expect(engine.calls(resolveAlert)).toHaveLength(0);
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Resolve' }));
  await waitFor(() => expect(engine.calls(resolveAlert)).toHaveLength(1));
});

it('opens the dialog by a', async () => {
  const { user } = start(world(alert('checkout-1')));
  await screen.findByRole('button', { name: 'Acknowledge' });
  await user.keyboard('a');
  expect(await screen.findByRole('dialog', { name: 'Acknowledge alert' })).toBeInTheDocument();
});

it.each([
  ['a viewer', world(alert('checkout-1'), 'viewer')],
  [
    'anybody, once it has resolved',
    world(alert('checkout-1', { state: 'resolved', resolvedAt: NOW, resolvedBy: 'rule' })),
  ],
])('offers no action to %s', async (_, engine) => {
  start(engine);
  await screen.findByRole('list', { name: 'Timeline' });
  for (const name of ['Acknowledge', 'Silence', 'Resolve']) {
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  }
});

it('says when there is no such alert', async () => {
  const engine = world(alert('checkout-1')).on(getAlert, () => {
    throw new ApiError({ code: 'not_found', status: 404, message: 'There is no alert "checkout-1".' });
  });
  start(engine);
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The alert could not be loaded' + 'There is no alert "checkout-1". Nothing was lost. It may have been removed'
  );
});
