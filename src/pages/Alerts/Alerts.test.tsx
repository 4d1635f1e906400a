import { screen, waitFor, within } from '@testing-library/react';
import { acknowledgeAlert, listAlerts, listHistory, unacknowledgeAlert } from '../../api/alerts.ts';
import { ApiError } from '../../api/apiError.ts';
import { createSilence } from '../../api/routing.ts';
import { getChanges } from '../../api/system.ts';
import { hours } from '../../core/units.ts';
import { listed, NOW } from './alerts.fixture.tsx';
import { CHECKOUT, PAYMENTS, rowOf, start, world } from './alertsWorld.fixture.tsx';

jest.setTimeout(20_000);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('open alerts', () => {
  it('counts them in a sentence and lists them with value, age, standing and deliveries', async () => {
    start(world([CHECKOUT, PAYMENTS]));
    expect(screen.getByRole('status', { name: 'Loading: the alerts' })).toBeInTheDocument();
    expect(await screen.findByText('2 open: 1 critical, 1 warning. Oldest unacknowledged: 6 m.')).toBeInTheDocument();
    expect(await rowOf(CHECKOUT.summary)).toHaveTextContent(
      'Criticalcheckout: p95 latency above 800 ms1.21 s6 munacknowledgeddemo-inbox ✓'
    );
    expect(await rowOf(PAYMENTS.summary)).toHaveTextContent('nobody');
  });

  it('teaches when nothing is open', async () => {
    start(world([]));
    expect(await screen.findByRole('heading', { name: 'No alert is open' })).toBeInTheDocument();
    expect(screen.getByText('npm run demo -- fault latency checkout 1s')).toBeInTheDocument();
  });

  it('says what failed, and keeps what it had', async () => {
    const engine = world([CHECKOUT]).on(listAlerts, () => {
      throw new ApiError({ code: 'internal', status: 500, message: 'The store is locked.' });
    });
    start(engine);
    expect(await screen.findByText('The alerts could not be loaded')).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('The store is locked. Nothing was lost.');
  });

  it('takes its filters from the address, and clears them', async () => {
    const engine = world([CHECKOUT, PAYMENTS]);
    const { user, navigation } = start(engine, '/alerts?severity=warning&ack=no');
    expect(await screen.findByText(/^1 alert matches: 1 warning/)).toBeInTheDocument();
    expect(engine.calls(listAlerts)[0]).toEqual({ severity: ['warning'], acknowledged: false, limit: 100 });
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(navigation.current().search).toBe('');
    expect(await rowOf(CHECKOUT.summary)).toBeInTheDocument();
  });

  it('searches when the typing rests', async () => {
    const engine = world([CHECKOUT]);
    const { user, navigation } = start(engine);
    await user.type(await screen.findByRole('textbox', { name: 'Search alerts' }), 'team=shop');
    await waitFor(() => expect(navigation.current().search).toBe('?q=team%3Dshop'));
    expect(engine.calls(listAlerts).map(({ q }) => q)).toEqual([undefined, 'team=shop']);
  });

  it('is live: what the engine says has changed is asked again', async () => {
    let tell: (changes: { cursor: string; topics: ['alerts']; ids: [] }) => void = () => undefined;
    const engine = world([CHECKOUT]);
    let polls = 0;
    engine.on(getChanges, () => {
      polls += 1;
      return polls === 1 ? { cursor: '1', topics: [], ids: [] } : new Promise((resolve) => (tell = resolve));
    });
    start(engine);
    await rowOf(CHECKOUT.summary);
    engine.on(listAlerts, () => listed([CHECKOUT, PAYMENTS]));
    await waitFor(() => expect(polls).toBe(2), { timeout: 3000 });
    tell({ cursor: '2', topics: ['alerts'], ids: [] });
    expect(await rowOf(PAYMENTS.summary)).toBeInTheDocument();
  });
});

describe('acting', () => {
  it('acknowledges what is selected, with a comment, and takes it back by Undo', async () => {
    const engine = world([CHECKOUT, PAYMENTS]);
    const { user, navigation } = start(engine);
    await user.click(await screen.findByRole('checkbox', { name: `Select ${CHECKOUT.summary}` }));
    await user.click(screen.getByRole('checkbox', { name: `Select ${PAYMENTS.summary}` }));
    expect(navigation.current().search).toBe('?selected=checkout-1,payments-1');
    await user.click(screen.getByRole('button', { name: 'Acknowledge (2)' }));
    const dialog = await screen.findByRole('dialog', { name: 'Acknowledge 2 alerts' });
    await user.type(within(dialog).getByRole('textbox', { name: /^Comment/ }), 'deploy');
    await user.click(within(dialog).getByRole('button', { name: 'Acknowledge' }));

    expect(await screen.findByText('2 alerts acknowledged')).toBeInTheDocument();
    expect(engine.calls(acknowledgeAlert)).toEqual([
      { id: 'checkout-1', comment: 'deploy', until: null },
      { id: 'payments-1', comment: 'deploy', until: null },
    ]);
    expect(await screen.findByText(/All are acknowledged\./)).toBeInTheDocument();
    expect(await rowOf(CHECKOUT.summary)).toHaveTextContent('acknowledged by you, "deploy"');
    expect(navigation.current().search).toBe('');

    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(engine.calls(unacknowledgeAlert).map(({ id }) => id)).toEqual(['checkout-1', 'payments-1'])
    );
    expect(await screen.findByText(/Oldest unacknowledged/)).toBeInTheDocument();
  });

  it('says how many of many failed, and which way', async () => {
    const engine = world([CHECKOUT, PAYMENTS]);
    engine.on(acknowledgeAlert, ({ id }) => {
      if (id === 'payments-1') {
        throw new ApiError({ code: 'conflict', status: 409, message: 'It has resolved.' });
      }
      return { alert: CHECKOUT };
    });
    const { user } = start(engine, '/alerts?selected=checkout-1,payments-1');
    await user.click(await screen.findByRole('button', { name: 'Acknowledge (2)' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Acknowledge' }));
    expect(await screen.findByText('1 alert acknowledged, 1 not: It has resolved.')).toBeInTheDocument();
  });

  it('shows a viewer nothing that would be refused', async () => {
    const { user } = start(world([CHECKOUT], 'viewer'), '/alerts?selected=checkout-1');
    await rowOf(CHECKOUT.summary);
    await user.keyboard('ja');
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Acknowledge|Silence/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('silences: prefilled from the alert, previewed, with a reason', async () => {
    const engine = world([CHECKOUT]);
    const { user } = start(engine);
    await rowOf(CHECKOUT.summary);
    await user.keyboard('js');
    const dialog = await screen.findByRole('dialog', { name: 'Silence alerts' });
    expect(within(dialog).getByRole('textbox', { name: 'Label of matcher 1' })).toHaveValue('service');
    expect(within(dialog).getByRole('textbox', { name: 'Value of matcher 1' })).toHaveValue('checkout');
    expect(
      await within(dialog).findByText('Silences 1 open alert: checkout: p95 latency above 800 ms.')
    ).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
    expect(within(dialog).getByText('Enter the reason, so that others can see why.')).toBeInTheDocument();
    expect(engine.calls(createSilence)).toHaveLength(0);

    await user.type(within(dialog).getByRole('textbox', { name: /^Comment/ }), 'maintenance');
    await user.click(within(dialog).getByRole('radio', { name: '8 h' }));
    await user.click(within(dialog).getByRole('button', { name: 'Silence' }));
    await waitFor(() => expect(engine.calls(createSilence)).toHaveLength(1));
    const [asked] = engine.calls(createSilence);
    expect(asked?.matchers.map(({ name }) => name)).toEqual(['service', 'signal', 'team']);
    expect(Math.abs((asked?.endsAt ?? 0) - NOW - hours(8))).toBeLessThan(60_000);
    expect(await screen.findByText(/^Silenced until 2026-11-21 22:1/)).toBeInTheDocument();
  });
});

describe('by keyboard', () => {
  it('moves, selects, opens and clears', async () => {
    const { user, navigation } = start(world([CHECKOUT, PAYMENTS]));
    await rowOf(CHECKOUT.summary);
    await user.keyboard('jjk');
    expect(await rowOf(CHECKOUT.summary)).toHaveAttribute('aria-current', 'true');
    await user.keyboard('jx');
    expect(navigation.current().search).toBe('?selected=payments-1');
    await user.keyboard('{Escape}');
    expect(navigation.current().search).toBe('');
    await user.keyboard('{Enter}');
    expect(navigation.current().path).toBe('/alerts/payments-1');
  });

  it('goes to the search by / and leaves typing alone', async () => {
    const { user } = start(world([CHECKOUT]));
    await rowOf(CHECKOUT.summary);
    await user.keyboard('/');
    const search = screen.getByRole('textbox', { name: 'Search alerts' });
    expect(search).toHaveFocus();
    await user.keyboard('jas?');
    expect(search).toHaveValue('jas?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('explains itself by ?', async () => {
    const { user } = start(world([CHECKOUT]));
    await rowOf(CHECKOUT.summary);
    await user.keyboard('?');
    const help = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(help).getByText('Acknowledge the selected alerts, or the current one')).toBeInTheDocument();
  });
});

describe('history', () => {
  it('asks with the filters of the address, and offers the same as CSV', async () => {
    const engine = world([]);
    engine.on(listHistory, () => ({
      items: [
        {
          seq: 1,
          alertId: 'checkout-1',
          at: NOW,
          kind: 'resolved',
          from: 'firing',
          to: 'resolved',
          severity: 'critical',
          actor: 'Ada',
          reason: 'p95 latency 210 ms is fine',
          value: 0.21,
          detail: {},
          service: 'checkout',
          ruleId: 't1',
          summary: CHECKOUT.summary,
        } as const,
      ],
      next: null,
    }));
    start(engine, '/alerts?tab=history&service=checkout&kind=resolved&actor=Ada&from=now-6h');
    const row = await rowOf(CHECKOUT.summary);
    expect(row).toHaveTextContent('2026-11-21 14:10:00Resolvedcheckout: p95 latency above 800 ms');
    expect(row).toHaveTextContent('p95 latency 210 ms is fine');
    expect(engine.calls(listHistory)[0]).toEqual({
      from: NOW - hours(6),
      service: 'checkout',
      kind: ['resolved'],
      actor: 'Ada',
      limit: 200,
    });
    const csv = new URL(screen.getByRole('link', { name: 'CSV' }).getAttribute('href') ?? '', 'http://engine');
    expect(csv.pathname).toBe('/api/v1/history/export');
    expect(Object.fromEntries(csv.searchParams)).toEqual({
      service: 'checkout',
      actor: 'Ada',
      kind: 'resolved',
      from: '2026-11-21T08:10:00.000Z',
    });
  });

  it('says what would be here', async () => {
    start(world([]), '/alerts?tab=history');
    expect(await screen.findByRole('heading', { name: /No event matches/ })).toBeInTheDocument();
  });
});
