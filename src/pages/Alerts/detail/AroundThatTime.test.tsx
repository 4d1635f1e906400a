import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { listSources } from '../../../api/access.ts';
import { ApiError } from '../../../api/apiError.ts';
import { evidence, noEvidence, TRACE_ID } from '../../../api/evidence.fixture.ts';
import { getAlertEvidence, type EvidenceView } from '../../../api/evidence.ts';
import { epochMs, type EpochMs } from '../../../core/units.ts';
import { fakeEngine, renderPage } from '../../../host/fakeEngine.fixture.tsx';
import { alert, NOW } from '../alerts.fixture.tsx';
import { AroundThatTime, useAlertEvidence } from './AroundThatTime.tsx';

const GRAFANA = 'https://grafana.example.org';
const ALERT = alert('checkout-1');

function Page({ startsAt }: { startsAt: EpochMs }) {
  return <AroundThatTime query={useAlertEvidence({ id: ALERT.id, startsAt })} />;
}

function world(answer: EvidenceView | Error, grafanaUrl: string | null = GRAFANA) {
  return fakeEngine('viewer')
    .on(listSources, () => ({ items: [], grafanaUrl }))
    .on(getAlertEvidence, () => {
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    });
}

const start = (engine: ReturnType<typeof world>, startsAt = ALERT.startsAt) => ({
  ...renderPage(<Page startsAt={startsAt} />, { engine }),
  user: userEvent.setup({ advanceTimers: jest.advanceTimersByTime }),
});
const part = (name: string) => screen.findByRole('group', { name });

const panesOf = (link: HTMLElement) => {
  const url = new URL(link.getAttribute('href') ?? '');
  expect([url.origin, url.pathname, url.searchParams.get('schemaVersion')]).toEqual([GRAFANA, '/explore', '1']);
  const { pharos } = JSON.parse(url.searchParams.get('panes') ?? '{}');
  return [pharos.datasource, pharos.queries[0].expr ?? pharos.queries[0].query, pharos.range];
};

beforeEach(() => {
  // Browsers give the clipboard to pages that came over https or from this machine.
  Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

it('says which version came when, and what ran before', async () => {
  start(world(evidence(ALERT.startsAt)));
  const deploy = within(await part('Deploys')).getByRole('listitem');
  expect(deploy).toHaveTextContent('1.1.0 after 1.0.0, 1 m before the start, 7 m ago');
  const compare = within(deploy).getByRole('link', { name: 'Compare traces before and after' });
  expect(Object.fromEntries(new URL(compare.getAttribute('href') ?? '', 'http://pharos').searchParams)).toEqual({
    kind: 'time',
    q: '{ resource.service.name = "checkout" }',
    ...{ at: String(ALERT.startsAt - 60_000), each: '15m' },
  });
});

it('says how many lines of which time, and what recurs in them', async () => {
  start(world(evidence(ALERT.startsAt)));
  const logs = await part('Log lines');
  expect(logs).toHaveTextContent('3 lines of level warning and above from 14:03:30 to 14:04:30.');
  expect(within(logs).getByRole('list', { name: 'Recurring patterns' })).toHaveTextContent('2 ×Errororder <*> failed');
  const [first] = within(within(logs).getByRole('list', { name: 'Log lines' })).getAllByRole('button');
  expect(first).toHaveTextContent('14:04:00.120Errororder 1 failed');
});

it('opens a line by keyboard: how it was written, copied, what was left out, and its trace', async () => {
  const { user } = start(world(evidence(ALERT.startsAt)));
  const first = await screen.findByRole('button', { name: /order 1 failed/ });
  expect(first).toHaveAttribute('aria-expanded', 'false');
  expect(screen.queryByText(/"msg":"order 1 failed"/)).not.toBeVisible();
  first.focus();
  await user.keyboard('{Enter}');
  expect(first).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByText(/"msg":"order 1 failed"/)).toBeVisible();
  const link = await screen.findByRole('link', { name: 'Trace 4bf92f35' });
  const window = { from: String(ALERT.startsAt - 30_000), to: String(ALERT.startsAt + 30_000) };
  expect(link).toHaveAttribute('href', `/traces/${TRACE_ID}?from=${window.from}&to=${window.to}`);
  const [inGrafana] = await screen.findAllByRole('link', { name: /^Explore/ });
  expect(panesOf(inGrafana ?? link)).toEqual(['tempo', TRACE_ID, window]);
  const copied = jest.spyOn(navigator.clipboard, 'writeText');
  await user.click(screen.getAllByRole('button', { name: 'Copy line' })[0] ?? first);
  await waitFor(() => expect(copied).toHaveBeenCalledWith(expect.stringContaining('"msg":"order 1 failed"')));
  expect(await screen.findByText('Copied')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: /retrying/ }));
  expect(screen.getByText('1200 more characters were left out.')).toBeVisible();
});

it('lists the traces with what they did, whether they failed, and how long they took', async () => {
  start(world(evidence(ALERT.startsAt)));
  const traces = await part('Traces');
  expect(traces).toHaveTextContent(
    '2 traces from 14:03:30 to 14:04:30 in which checkout failed or took longer than 300 ms.'
  );
  const [, failed, slow] = within(traces).getAllByRole('row');
  expect(failed).toHaveTextContent(/storefront: POST \/checkout.*Failed in checkout, payments1\.5 s[56] m ago/);
  expect(slow).toHaveTextContent(/First span not yet received.*Slow900 ms[56] m ago/);
});

it('leads to the same questions in Grafana', async () => {
  const found = evidence(ALERT.startsAt);
  start(world(found));
  const links = await screen.findAllByRole('link', { name: /Open in Explore/ });
  const range = { from: String(found.logs.window.from), to: String(found.logs.window.to) };
  expect(links.map(panesOf)).toEqual([
    ['loki', found.logs.query, range],
    ['tempo', found.traces.query, range],
  ]);
});

it('opens each trace here, and a search of them, whether or not there is a Grafana', async () => {
  const { user, navigation } = start(world(evidence(ALERT.startsAt), null));
  const traces = await part('Traces');
  expect(screen.queryAllByRole('link', { name: /Explore/ })).toEqual([]);
  await user.click(within(traces).getByRole('link', { name: 'Search traces' }));
  const window = `from=${ALERT.startsAt - 30_000}&to=${ALERT.startsAt + 30_000}`;
  expect(navigation.entries().at(-1)).toBe(`/traces?service=checkout&${window}`);
  await user.click(within(traces).getByRole('link', { name: 'First span not yet received' }));
  expect(navigation.entries().at(-1)).toBe(`/traces/${'a'.repeat(32)}?${window}`);
});

it('shows ten lines, and the rest when asked', async () => {
  const items = Array.from({ length: 100 }, (_, n) => ({
    ...{ at: epochMs(ALERT.startsAt + n), level: 'error' as const, message: `line ${n}`, line: 'x', cut: 0 },
    traceId: null,
  }));
  const { user } = start(world(evidence(ALERT.startsAt, { logs: { items, more: true, levels: 'all' } })));
  const logs = await part('Log lines');
  expect(logs).toHaveTextContent('The first 100 lines from 14:03:30 to 14:04:30; there may be more.');
  const count = () => within(within(logs).getByRole('list', { name: 'Log lines' })).getAllByRole('listitem').length;
  expect(count()).toBe(10);
  await user.click(within(logs).getByRole('button', { name: 'Show all 100 lines' }));
  expect(count()).toBe(100);
  expect(within(logs).queryByRole('button', { name: /Show all/ })).not.toBeInTheDocument();
});

it('says in words when there was nothing, and where it was looked', async () => {
  const window = { from: epochMs(ALERT.startsAt - 1_800_000), to: NOW };
  start(
    world(
      evidence(ALERT.startsAt, {
        deploys: { items: [], versions: ['1.0.0'] },
        logs: { items: [], patterns: [], levels: 'all', window },
        traces: { items: [], window },
      })
    )
  );
  expect(await part('Deploys')).toHaveTextContent(
    'No new version of checkout from 11:04 to 15:04: 1.0.0 ran all along.'
  );
  expect(await part('Log lines')).toHaveTextContent('Loki has no line of checkout from 13:34 to 14:10.');
  expect(await part('Traces')).toHaveTextContent(
    'No trace from 13:34 to 14:10 in which checkout failed or took longer than 300 ms.'
  );
});

it('says of each part what is missing, and nothing that it does not know', async () => {
  start(world(noEvidence(ALERT.startsAt)));
  await part('Deploys');
  const texts = screen.getAllByRole('group').map(({ textContent }) => textContent?.replace(/\s+/g, ' '));
  expect(texts).toEqual([
    'Deploys No metric shows the version of checkout.',
    'Log lines No Loki is configured for this namespace.',
    'Traces No Tempo is configured for this namespace.',
  ]);
});

it('waits at the size of what comes, says what failed, and tries again when asked', async () => {
  const engine = world(new ApiError({ code: 'internal', status: 500, message: 'The store is locked.' }));
  const { user } = start(engine);
  expect(screen.getByRole('status', { name: 'Loading: what else happened' })).toBeInTheDocument();
  expect(await screen.findByRole('alert')).toHaveTextContent('What else happened could not be loaded');
  engine.on(getAlertEvidence, () => evidence(ALERT.startsAt));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await part('Deploys')).toBeInTheDocument();
});

it('asks again while that time goes on, and no more once it is over', async () => {
  const young = world(evidence(NOW));
  const { unmount } = start(young, NOW);
  await part('Deploys');
  act(() => jest.advanceTimersByTime(30_000));
  await waitFor(() => expect(young.calls(getAlertEvidence)).toHaveLength(2));
  unmount();
  const over = epochMs(NOW - 3_600_000);
  const old = world(evidence(over));
  start(old, over);
  await part('Deploys');
  act(() => jest.advanceTimersByTime(300_000));
  await part('Deploys');
  expect(old.calls(getAlertEvidence)).toHaveLength(1);
});
