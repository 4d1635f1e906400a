import { screen, within } from '@testing-library/react';
import { listAlerts } from '../../../api/alerts.ts';
import { alert, listed, NOW } from '../alerts.fixture.tsx';
import { CHECKOUT, PAYMENTS, rowOf, start, world } from '../alertsWorld.fixture.tsx';

jest.setTimeout(20_000);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, advanceTimers: true });
});
afterEach(() => {
  jest.useRealTimers();
});

const CPU = alert('checkout-2', { summary: 'checkout: CPU', severity: 'warning', labels: { owner: 'web' } });

/** Headings and ids of the rows, from top to bottom. */
const lines = () =>
  within(screen.getByRole('table', { name: 'Alerts' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).queryByRole('rowheader')?.textContent ?? row.dataset['row']);

const heading = (name: RegExp) => screen.getByRole('button', { name });

describe('grouping', () => {
  it.each([
    [
      'service',
      ['checkout2 alerts: 1 critical, 1 warning', 'checkout-1', 'checkout-2'],
      ['payments1 alert: 1 warning', 'payments-1'],
    ],
    [
      'severity',
      ['Critical1 alert: 1 critical', 'checkout-1'],
      ['Warning2 alerts: 2 warning', 'payments-1', 'checkout-2'],
    ],
    [
      'team',
      ['shop2 alerts: 1 critical, 1 warning', 'checkout-1', 'payments-1'],
      ['web1 alert: 1 warning', 'checkout-2'],
    ],
  ])('by %s puts alerts under headings that count them', async (group, ...expected) => {
    start(world([CHECKOUT, PAYMENTS, CPU]), `/alerts?group=${group}`);
    await rowOf(CHECKOUT.summary);
    expect(lines()).toEqual(expected.flat());
  });

  it('is chosen in the bar, and kept in the address', async () => {
    const { user, navigation } = start(world([CHECKOUT, PAYMENTS, CPU]), '/alerts?collapsed=checkout');
    await rowOf(CHECKOUT.summary);
    await user.click(screen.getByRole('button', { name: 'Group by: none' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Team' }));
    expect(navigation.current().search).toBe('?group=team');
    expect(lines()[0]).toMatch(/^shop/);
    await user.click(screen.getByRole('button', { name: 'Group by: team' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'None' }));
    expect(navigation.current().search).toBe('');
  });

  it('folds a group and unfolds it, also from a link, and all at once', async () => {
    const { user, navigation } = start(world([CHECKOUT, PAYMENTS, CPU]), '/alerts?group=service&collapsed=payments');
    await rowOf(CHECKOUT.summary);
    expect(heading(/^payments/)).toHaveAttribute('aria-expanded', 'false');
    expect(lines()).toHaveLength(4);
    await user.click(heading(/^checkout/));
    expect(navigation.current().search).toBe('?group=service&collapsed=payments,checkout');
    expect(lines()).toEqual(['checkout2 alerts: 1 critical, 1 warning', 'payments1 alert: 1 warning']);
    await user.click(screen.getByRole('button', { name: 'Expand all' }));
    expect(navigation.current().search).toBe('?group=service');
    await user.click(screen.getByRole('button', { name: 'Collapse all' }));
    expect(lines()).toHaveLength(2);
  });

  it('says what the counts are of when not all alerts are shown', async () => {
    const engine = world([]);
    engine.on(listAlerts, () => {
      const list = listed([CHECKOUT, PAYMENTS]);
      return { ...list, counts: { ...list.counts, total: 340 } };
    });
    start(engine, '/alerts?group=service');
    expect(
      await screen.findByText(/The 2 most urgent of 340; the group counts cover only these\./)
    ).toBeInTheDocument();
  });
});

describe('the keyboard in groups', () => {
  it('goes through them in the order in which they stand, and acts', async () => {
    const { user, navigation } = start(world([CHECKOUT, PAYMENTS, CPU]), '/alerts?group=service');
    await rowOf(CHECKOUT.summary);
    await user.keyboard('jj');
    expect(await rowOf(CPU.summary)).toHaveAttribute('aria-current', 'true');
    await user.keyboard('x');
    expect(navigation.current().search).toBe('?group=service&selected=checkout-2');
    await user.keyboard('js');
    expect(await screen.findByRole('dialog', { name: 'Silence alerts' })).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await user.keyboard('a');
    expect(await screen.findByRole('dialog', { name: 'Acknowledge alert' })).toHaveTextContent('checkout: CPU');
  });

  it('steps over what is folded, and does not act on it', async () => {
    const { user, navigation } = start(world([CHECKOUT, PAYMENTS, CPU]), '/alerts?group=service&collapsed=checkout');
    await rowOf(PAYMENTS.summary);
    await user.keyboard('jk');
    expect(await rowOf(PAYMENTS.summary)).toHaveAttribute('aria-current', 'true');
    await user.keyboard('c');
    expect(heading(/^payments/)).toHaveAttribute('aria-expanded', 'false');
    await user.keyboard('xa{Enter}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(navigation.current()).toEqual({ path: '/alerts', search: '?group=service&collapsed=checkout,payments' });
    await user.keyboard('c{Enter}');
    expect(navigation.current().path).toBe('/alerts/payments-1');
  });

  it('folds by Enter on the heading without opening an alert', async () => {
    const { user, navigation } = start(world([CHECKOUT, PAYMENTS]), '/alerts?group=service');
    await rowOf(CHECKOUT.summary);
    await user.keyboard('j');
    heading(/^payments/).focus();
    await user.keyboard('{Enter}');
    expect(navigation.current()).toEqual({ path: '/alerts', search: '?group=service&collapsed=payments' });
  });
});

describe('teams', () => {
  it('filters by what the address says, commas in names and all', async () => {
    const engine = world([CHECKOUT, CPU]);
    start(engine, '/alerts?team=web,x%5C,%20y');
    expect(await screen.findByText(/^1 alert matches: 1 warning/)).toBeInTheDocument();
    expect(engine.calls(listAlerts)).toEqual([{ team: ['web', 'x, y'], limit: 100 }]);
    expect(screen.queryByRole('link', { name: CHECKOUT.summary })).not.toBeInTheDocument();
  });
});
