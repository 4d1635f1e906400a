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
  expect(alertMarks(timeline).map(({ at, label }) => `${at} ${label}`)).toEqual(['2 crossed', '4 fired', '9 resolved']);
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
