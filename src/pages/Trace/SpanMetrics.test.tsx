import { screen } from '@testing-library/react';
import { listSources } from '../../api/access.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { SpanMetrics } from './SpanMetrics.tsx';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const MINUTE = 60_000;

beforeEach(() => void jest.useFakeTimers({ now: NOW, advanceTimers: true }));
afterEach(() => void jest.useRealTimers());

/** The metrics of a span that began so long ago and took a second. */
function open(ago: number, grafanaUrl: string | null) {
  const engine = fakeEngine('viewer').on(listSources, () => ({ items: [], grafanaUrl }));
  const from = epochMs(NOW - ago);
  renderPage(<SpanMetrics service="payments" from={from} to={epochMs(from + 1000)} />, { engine });
  return from;
}

const TOO_OLD = /^The charts of payments go back one day, and this span is older\./;

it('leads to the calls at the time of a span of any age, where Grafana is known', async () => {
  const from = open(30 * 24 * 60 * MINUTE, 'https://grafana.example.org');
  const link = await screen.findByRole('link', { name: /^Calls over time in Explore/ });
  const panes: unknown = JSON.parse(new URL(link.getAttribute('href') ?? '').searchParams.get('panes') ?? '');
  expect(panes).toMatchObject({
    pharos: {
      queries: [{ expr: 'sum by (client, server) (rate(traces_service_graph_request_total{server="payments"}[5m]))' }],
      range: { from: String(from - 15 * MINUTE), to: String(from + 1000 + 15 * MINUTE) },
    },
  });
  expect(screen.queryByText(TOO_OLD)).not.toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Metrics of payments' })).not.toBeInTheDocument();
});

it('leads to charts that go back as far as the span, without Grafana too', () => {
  open(20 * MINUTE, null);
  expect(screen.getByRole('link', { name: 'Metrics of payments' })).toHaveAttribute(
    'href',
    '/?service=payments&range=1h'
  );
  expect(screen.queryByText(TOO_OLD)).not.toBeInTheDocument();
});

it('says why there are none for a span of long ago without Grafana', () => {
  open(24 * 60 * MINUTE, null);
  expect(screen.getByText(TOO_OLD)).toHaveTextContent(/if a Grafana is connected and you may use Explore\.$/);
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});
