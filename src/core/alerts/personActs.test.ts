import { after, alertOf } from './alert.fixture.ts';
import { acknowledge, comment, resolve, unacknowledge } from './personActs.ts';

const ada = (text = '') => ({ by: 'Ada', at: after(5), comment: text });

describe('acknowledge', () => {
  it('notes who has it, at which severity, and why', () => {
    const { alert, transitions, announce } = acknowledge(alertOf(), { ...ada('deploy'), until: null });
    expect(alert.acknowledged).toEqual({
      by: 'Ada',
      at: after(5),
      comment: 'deploy',
      until: null,
      severity: 'warning',
    });
    expect(transitions).toMatchObject([
      { kind: 'acknowledged', from: 'firing', to: 'firing', actor: 'Ada', reason: 'acknowledged by Ada: deploy' },
    ]);
    expect([alert.version, announce]).toEqual([2, undefined]);
  });

  it('changes nothing when the same is said again, and replaces when it is not', () => {
    const { alert } = acknowledge(alertOf(), { ...ada('deploy'), until: null });
    expect(acknowledge(alert, { ...ada('deploy'), until: null }).transitions).toEqual([]);
    const bob = acknowledge(alert, { by: 'Bob', at: after(9), comment: '', until: after(60) });
    expect(bob.transitions[0]?.reason).toBe('acknowledged by Bob');
    expect(bob.alert.acknowledged).toMatchObject({ by: 'Bob', until: after(60) });
  });

  it('takes the alert anew at a higher severity', () => {
    const { alert } = acknowledge(alertOf(), { ...ada(), until: null });
    const risen = acknowledge({ ...alert, severity: 'critical' }, { ...ada(), until: null });
    expect(risen.alert.acknowledged?.severity).toBe('critical');
  });
});

describe('unacknowledge', () => {
  it('gives it back', () => {
    const { alert } = acknowledge(alertOf(), { ...ada(), until: null });
    const back = unacknowledge(alert, ada('off shift'));
    expect(back.alert.acknowledged).toBeNull();
    expect(back.transitions).toMatchObject([{ kind: 'unacknowledged', reason: 'given back by Ada: off shift' }]);
  });

  it('changes nothing when nobody had it', () => {
    expect(unacknowledge(alertOf(), ada()).transitions).toEqual([]);
  });
});

describe('resolve', () => {
  it('ends the episode in the name of the person, and announces it', () => {
    const { alert, announce } = resolve(alertOf(), ada('rolled back'));
    expect(alert).toMatchObject({ state: 'resolved', resolvedBy: 'Ada', resolvedAt: after(5), version: 2 });
    expect(announce).toMatchObject({ kind: 'resolved', from: 'firing', reason: 'resolved by Ada: rolled back' });
  });

  it('leaves a resolved alert as it is', () => {
    expect(resolve(alertOf({ state: 'resolved' }), ada()).transitions).toEqual([]);
  });
});

describe('comment', () => {
  it('adds a line and changes no state', () => {
    const { alert, transitions } = comment(alertOf({ state: 'resolved' }), ada('was the cache'));
    expect(alert.state).toBe('resolved');
    expect(transitions).toMatchObject([{ kind: 'commented', actor: 'Ada', reason: 'was the cache' }]);
  });
});
