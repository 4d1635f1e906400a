import { epochMs } from '../core/units.ts';
import { answerAlerts } from './answerAlerts.ts';

const counts = {
  total: 3,
  bySeverity: { info: 0, warning: 1, error: 0, critical: 2 },
  unacknowledged: 2,
  oldestUnacknowledgedAt: epochMs(0),
};
const now = 6 * 60_000;

describe('answerAlerts', () => {
  it('counts by severity, the worst first, and says who has waited longest', () => {
    expect(answerAlerts(counts, { now, filtered: false })).toEqual({
      tone: 'critical',
      icon: 'exclamation-circle',
      text: '3 open: 2 critical, 1 warning. Oldest unacknowledged: 6 m.',
    });
  });

  it('is quiet when somebody has taken them all', () => {
    const taken = { ...counts, unacknowledged: 0, oldestUnacknowledgedAt: null };
    expect(answerAlerts(taken, { now, filtered: false })).toEqual({
      tone: 'quiet',
      icon: 'check',
      text: '3 open: 2 critical, 1 warning. All are acknowledged.',
    });
  });

  it('does not call a filtered list everything', () => {
    expect(answerAlerts(counts, { now, filtered: true }).text).toMatch(/^3 alerts match: /);
    const none = { ...counts, total: 0 };
    expect(answerAlerts(none, { now, filtered: true }).text).toBe('No alert matches these filters.');
    expect(answerAlerts(none, { now, filtered: false })).toMatchObject({ tone: 'ok', text: 'No alert is open.' });
  });
});
