import { screen, waitFor } from '@testing-library/react';
import { listAlerts, type AlertView } from '../../api/alerts.ts';
import { epochMs } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { alert, listed, NOW } from './alerts.fixture.tsx';
import { FindAlert } from './FindAlert.tsx';

const AT = `/alerts/find?${new URLSearchParams({ source: 'grafana', rule: 'rule-7', q: 'alertname="x"' }).toString()}`;
const past = (id: string, minutes: number) =>
  alert(id, { state: 'resolved', startsAt: epochMs(NOW - minutes * 60_000) });

function find(found: AlertView[], lacking: AlertView[] = [], at = AT) {
  const engine = fakeEngine().on(listAlerts, ({ q }) => listed(q === undefined ? lacking : found));
  return { engine, ...renderPage(<FindAlert />, { engine, at }) };
}

describe('FindAlert', () => {
  it.each([
    ['the one that is open', [past('old', 5), alert('now')], '/alerts/now'],
    ['the last episode when none is open', [past('older', 60), past('old', 5)], '/alerts/old'],
    ['the list when several are open', [alert('a'), alert('b')], '/alerts?q=alertname%3D%22x%22'],
  ])('goes to %s, and leaves no step for Back', async (_, found, place) => {
    const { navigation, engine } = find(found);
    await waitFor(() => expect(navigation.entries()).toEqual([place]));
    expect(engine.calls(listAlerts)[0]).toEqual({
      state: ['pending', 'firing', 'no_data', 'stale', 'resolved'],
      source: ['grafana'],
      ruleId: 'rule-7',
      q: 'alertname="x"',
      limit: 100,
    });
  });

  it('knows an alert without data by its rule, as Grafana gives it another name', async () => {
    const { navigation } = find([], [alert('lacking', { state: 'no_data' })]);
    await waitFor(() => expect(navigation.current().path).toBe('/alerts/lacking'));
  });

  it('says what is missing when Pharos never heard of it', async () => {
    const { navigation } = find([]);
    expect(await screen.findByRole('heading', { name: 'Pharos does not know this alert' })).toBeInTheDocument();
    expect(screen.getByText(/webhook contact point with the address of Pharos/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'View open alerts' })).toHaveAttribute('href', '/alerts');
    expect(navigation.entries()).toEqual([AT]);
  });

  it('asks by labels alone for an alert of a data source', async () => {
    const { engine } = find([], [alert('other')], '/alerts/find?q=alertname%3D%22Down%22');
    expect(await screen.findByText(/if Pharos is one of its Alertmanagers/)).toBeInTheDocument();
    expect(engine.calls(listAlerts)).toHaveLength(1);
  });
});
