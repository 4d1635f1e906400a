import { lookOf } from './AlertTag.tsx';
import { describeStanding } from './describeStanding.ts';

const firing = { state: 'firing', severity: 'critical', acknowledged: null, suppressedBy: [] } as const;
const acknowledged = { by: 'Ada', comment: 'deploy' };
const suppressedBy = [{ kind: 'silence' }, { kind: 'silence' }] as const;

describe('describeStanding', () => {
  it('says who has it, and why', () => {
    expect(describeStanding(firing, 'Ada')).toBe('unacknowledged');
    expect(describeStanding({ ...firing, acknowledged }, 'Ada')).toBe('acknowledged by you, "deploy"');
    expect(describeStanding({ ...firing, acknowledged: { ...acknowledged, comment: '' } }, 'Bob')).toBe(
      'acknowledged by Ada'
    );
  });

  it('says that it is silenced, once', () => {
    expect(describeStanding({ ...firing, suppressedBy }, 'Ada')).toBe('silenced');
    expect(describeStanding({ ...firing, suppressedBy, acknowledged }, 'Ada')).toBe(
      'acknowledged by you, "deploy", silenced'
    );
  });
});

describe('lookOf', () => {
  it('is red only for what wants a person', () => {
    expect(lookOf(firing)).toMatchObject({ tone: 'critical', word: 'Critical' });
    expect(lookOf({ ...firing, acknowledged })).toMatchObject({ tone: 'quiet', word: 'Critical' });
    expect(lookOf({ ...firing, suppressedBy }).tone).toBe('quiet');
    expect(lookOf({ ...firing, state: 'resolved' })).toMatchObject({ tone: 'ok', word: 'Resolved' });
  });

  it('says what it cannot know', () => {
    expect(lookOf({ ...firing, state: 'no_data' })).toMatchObject({ tone: 'warning', word: 'Critical, no data' });
    expect(lookOf({ ...firing, state: 'stale' }).word).toBe('Critical, stale');
  });
});
