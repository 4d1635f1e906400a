import { epochMs } from '../../core/units.ts';
import { alert, delivery } from './alerts.fixture.tsx';
import { lookOf } from './AlertTag.tsx';
import { describeDeliveries, describeStanding } from './standing.ts';

const taken = { by: 'Ada', at: epochMs(0), comment: 'deploy', until: null, severity: 'critical' as const };

describe('describeStanding', () => {
  it('says who has it, and why', () => {
    expect(describeStanding(alert('a'), 'Ada')).toBe('unacknowledged');
    expect(describeStanding(alert('a', { acknowledged: taken }), 'Ada')).toBe('acknowledged by you, "deploy"');
    expect(describeStanding(alert('a', { acknowledged: { ...taken, comment: '' } }), 'Bob')).toBe(
      'acknowledged by Ada'
    );
  });

  it('says that it is silenced, once', () => {
    const suppressedBy = [
      { kind: 'silence' as const, id: '1' },
      { kind: 'silence' as const, id: '2' },
    ];
    expect(describeStanding(alert('a', { suppressedBy }), 'Ada')).toBe('silenced');
    expect(describeStanding(alert('a', { suppressedBy, acknowledged: taken }), 'Ada')).toBe(
      'acknowledged by you, "deploy", silenced'
    );
  });
});

it('describes where the news got to', () => {
  const deliveries = [delivery('a'), delivery('a', { receiver: 'oncall', state: 'failed' })];
  expect(describeDeliveries(deliveries)).toBe('demo-inbox ✓, oncall failed');
});

describe('lookOf', () => {
  it('is red only for what wants a person', () => {
    expect(lookOf(alert('a'))).toMatchObject({ tone: 'critical', word: 'Critical' });
    expect(lookOf(alert('a', { acknowledged: taken }))).toMatchObject({ tone: 'quiet', word: 'Critical' });
    expect(lookOf(alert('a', { suppressedBy: [{ kind: 'silence', id: '1' }] })).tone).toBe('quiet');
    expect(lookOf(alert('a', { state: 'resolved' }))).toMatchObject({ tone: 'ok', word: 'Resolved' });
  });

  it('says what it cannot know', () => {
    expect(lookOf(alert('a', { state: 'no_data' }))).toMatchObject({ tone: 'warning', word: 'Critical, no data' });
    expect(lookOf(alert('a', { state: 'stale' })).word).toBe('Critical, stale');
  });
});
