import type { TransitionView } from '../../../api/alerts.ts';
import { epochMs } from '../../../core/units.ts';
import { alertMarks, chartRange } from './alertMarks.ts';

const entry = (kind: TransitionView['kind'], at: number): TransitionView => ({
  seq: at,
  alertId: 'a',
  at: epochMs(at),
  kind,
  from: null,
  to: 'firing',
  severity: 'critical',
  actor: 'engine',
  reason: '',
  value: null,
  detail: {},
  service: '',
  ruleId: '',
  summary: '',
});
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it('marks what belongs on the chart, oldest first', () => {
  const timeline = [entry('resolved', 9), entry('notified', 5), entry('fired', 4), entry('pending', 2)];
  const marked = alertMarks(timeline, []).map(({ at, label }) => `${at} ${label}`);
  expect(marked).toEqual(['2 crossed', '4 fired', '9 resolved']);
});

it('marks deploys among them, with what fits of a long version', () => {
  const deploys = ['1.1.0', 'e87f13c7a5bbf1f0506573'].map((version, n) => ({
    at: epochMs(n * 3 + 1),
    version,
    previous: ['1.0.0'],
  }));
  const marked = alertMarks([entry('fired', 2)], deploys).map(({ at, label, tone }) => `${at} ${label} ${tone}`);
  expect(marked).toEqual(['1 deploy 1.1.0 info', '2 fired critical', '4 deploy e87f13c7a… info']);
});

describe('chartRange', () => {
  it('begins half an hour before and follows what is open', () => {
    expect(chartRange({ startsAt: HOUR, resolvedAt: null }, 2 * HOUR)).toEqual({ from: HOUR / 2, to: 2 * HOUR });
  });
  it('ends a little after the resolution, never in the future', () => {
    expect(chartRange({ startsAt: HOUR, resolvedAt: 2 * HOUR }, 5 * HOUR).to).toBe(2 * HOUR + 10 * MINUTE);
    expect(chartRange({ startsAt: HOUR, resolvedAt: 2 * HOUR }, 2 * HOUR).to).toBe(2 * HOUR);
  });
  it('does not stretch over days', () => {
    const { from, to } = chartRange({ startsAt: 0, resolvedAt: null }, 100 * HOUR);
    expect(to - from).toBe(12 * HOUR);
  });
});
