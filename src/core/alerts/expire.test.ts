import { after, alertOf, AT } from './alert.fixture.ts';
import { acknowledge } from './personActs.ts';
import { expire } from './expire.ts';

const pushed = alertOf({}, { source: 'alertmanager', endsAt: after(60) });
const taken = acknowledge(alertOf(), { by: 'Ada', at: AT, comment: '', until: after(60) }).alert;

describe('expire', () => {
  it('makes an alert stale whose end passed unrenewed, and tells nobody', () => {
    const { alert, transitions, announce } = expire(pushed, after(60));
    expect(transitions).toMatchObject([
      { kind: 'stale', from: 'firing', to: 'stale', reason: 'alertmanager stopped sending; last heard 14:00:00Z' },
    ]);
    expect([alert.state, alert.resolvedAt, announce]).toEqual(['stale', null, undefined]);
    expect(expire(alert, after(120)).transitions).toEqual([]);
  });

  it('leaves it before that time', () => {
    expect(expire(pushed, after(59)).transitions).toEqual([]);
    expect(expire(alertOf(), after(9999)).transitions).toEqual([]);
  });

  it('ends an acknowledgement at its time and announces the alert again', () => {
    const { alert, announce } = expire(taken, after(60));
    expect(alert.acknowledged).toBeNull();
    expect(announce).toMatchObject({
      kind: 'acknowledgement_expired',
      reason: 'the acknowledgement by Ada ended; the alert is still open',
    });
    expect(expire(taken, after(59)).transitions).toEqual([]);
  });

  it('announces no alert that is stale by then', () => {
    const both = { ...pushed, acknowledged: taken.acknowledged };
    const { transitions, announce } = expire(both, after(60));
    expect(transitions.map(({ kind }) => kind)).toEqual(['stale', 'acknowledgement_expired']);
    expect(announce).toBeUndefined();
  });

  it('leaves what is resolved', () => {
    expect(expire({ ...pushed, state: 'resolved' }, after(99)).transitions).toEqual([]);
  });
});
