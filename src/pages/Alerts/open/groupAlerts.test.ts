import { alert } from '../alerts.fixture.tsx';
import { describeGroup, groupAlerts, readGrouping } from './groupAlerts.ts';

const ALERTS = [
  alert('a', { service: 'checkout', labels: { team: 'shop' } }),
  alert('b', { service: 'payments', severity: 'error', labels: { owner: 'shop', team: '' } }),
  alert('c', { service: 'checkout', severity: 'warning', labels: {} }),
  alert('d', { service: '', severity: 'warning', labels: { owner: 'web' } }),
];

const shape = (grouping: 'service' | 'severity' | 'team') =>
  groupAlerts(ALERTS, grouping).map(({ key, title, alerts }) => [key, title, alerts.map(({ id }) => id).join('')]);

describe('groupAlerts', () => {
  it('keeps alerts of a service together, the most urgent group first', () => {
    expect(shape('service')).toEqual([
      ['checkout', 'checkout', 'ac'],
      ['payments', 'payments', 'b'],
      ['-', 'No service', 'd'],
    ]);
  });

  it('groups by severity and by team, which may be the owner', () => {
    expect(shape('severity')).toEqual([
      ['critical', 'Critical', 'a'],
      ['error', 'Error', 'b'],
      ['warning', 'Warning', 'cd'],
    ]);
    expect(shape('team')).toEqual([
      ['shop', 'shop', 'ab'],
      ['-', 'No team', 'c'],
      ['web', 'web', 'd'],
    ]);
  });
});

it('counts a group by severity, the worst first', () => {
  expect(describeGroup(ALERTS)).toBe('4 alerts: 1 critical, 1 error, 2 warning');
  expect(describeGroup(ALERTS.slice(0, 1))).toBe('1 alert: 1 critical');
});

it('knows three groupings and no other', () => {
  expect(['service', 'severity', 'team', 'weather', undefined].map(readGrouping)).toEqual([
    'service',
    'severity',
    'team',
    undefined,
    undefined,
  ]);
});
