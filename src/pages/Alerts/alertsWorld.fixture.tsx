import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  acknowledgeAlert,
  listAlerts,
  listHistory,
  listTeams,
  unacknowledgeAlert,
  type AlertView,
} from '../../api/alerts.ts';
import {
  createSilence,
  expireSilence,
  listSilences,
  previewSilence,
  updateSilence,
  type SilenceView,
} from '../../api/routing.ts';
import { listServices } from '../../api/system.ts';
import { listViews } from '../../api/views.ts';
import { teamOf } from '../../core/alerts/team.ts';
import type { Role } from '../../core/identity.ts';
import { epochMs, hours } from '../../core/units.ts';
import { fakeEngine, renderPage } from '../../host/fakeEngine.fixture.tsx';
import { alert, delivery, listed, NOW } from './alerts.fixture.tsx';
import { Alerts } from './Alerts.tsx';

export const CHECKOUT = alert('checkout-1');
export const PAYMENTS = alert('payments-1', {
  severity: 'warning',
  summary: 'payments: error ratio above 2 %',
  service: 'payments',
  labels: { service: 'payments', signal: 'error_ratio', team: 'shop' },
});

export const silence = (rest: Partial<SilenceView> = {}): SilenceView => ({
  id: 's1',
  matchers: [{ name: 'service', op: '=', value: 'checkout' }],
  startsAt: NOW,
  endsAt: epochMs(NOW + hours(2)),
  createdBy: 'Ada',
  comment: 'maintenance',
  createdAt: NOW,
  updatedAt: NOW,
  state: 'active',
  matching: 1,
  ...rest,
});

/** An engine that keeps alerts: what is acknowledged shows as such at the next look. */
export function world(initial: AlertView[], role: Role = 'editor') {
  let alerts = initial;
  const change = (id: string, part: Partial<AlertView>): AlertView => {
    alerts = alerts.map((one) => (one.id === id ? { ...one, ...part, version: one.version + 1 } : one));
    return alerts.find((one) => one.id === id) ?? alert(id);
  };
  return fakeEngine(role)
    .on(listAlerts, ({ severity, team }) =>
      listed(
        alerts.filter(
          (one) =>
            (severity === undefined || severity.includes(one.severity)) &&
            (team === undefined || team.includes(teamOf(one.labels)))
        ),
        [delivery('checkout-1')]
      )
    )
    .on(listTeams, () => ({
      items: [
        { name: 'shop', openAlerts: 2 },
        { name: 'web, EU', openAlerts: 0 },
      ],
    }))
    .on(listViews, () => ({ items: [] }))
    .on(listServices, () => ({
      items: [],
      asOf: null,
      staleSince: null,
      problem: null,
      coverage: { services: 0, withThreshold: 0, withOwner: 0, withTestedRoute: 0 },
    }))
    .on(acknowledgeAlert, ({ id, comment }) => ({
      alert: change(id, { acknowledged: { by: 'Ada', at: NOW, comment, until: null, severity: 'critical' } }),
    }))
    .on(unacknowledgeAlert, ({ id }) => ({ alert: change(id, { acknowledged: null }) }))
    .on(listSilences, () => ({ items: [silence()], next: null }))
    .on(previewSilence, () => ({ total: 1, items: [CHECKOUT] }))
    .on(createSilence, ({ matchers, endsAt, comment }) => ({ silence: silence({ matchers, endsAt, comment }) }))
    .on(updateSilence, ({ matchers, endsAt, comment }) => ({
      silence: silence({ matchers, endsAt, comment }),
      replaced: null,
    }))
    .on(expireSilence, () => ({ silence: silence({ state: 'expired' }) }))
    .on(listHistory, () => ({ items: [], next: null }));
}

export const start = (engine: ReturnType<typeof world>, at = '/alerts') => ({
  ...renderPage(<Alerts />, { engine, at }),
  user: userEvent.setup({ advanceTimers: jest.advanceTimersByTime }),
});

export const rowOf = async (summary: string) => {
  const row = (await screen.findByRole('link', { name: summary })).closest('tr');
  if (row === null) {
    throw new Error(`expected "${summary}" in a row`);
  }
  return row;
};
