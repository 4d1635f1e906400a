import { after, alertOf } from './alert.fixture.ts';
import { suppress } from './suppress.ts';

const silence = [{ kind: 'silence', id: 's1' } as const];

describe('suppress', () => {
  it('marks the alert and announces nothing', () => {
    const { alert, transitions, announce } = suppress(alertOf(), silence, after(1));
    expect(alert.suppressedBy).toEqual(silence);
    expect(transitions).toMatchObject([{ kind: 'suppressed', actor: 'engine', reason: 'suppressed by silence s1' }]);
    expect(announce).toBeUndefined();
  });

  it('announces an alert that still fires when the last suppression ends', () => {
    const { announce, alert } = suppress(alertOf({ suppressedBy: silence }), [], after(1));
    expect(announce).toMatchObject({ kind: 'unsuppressed', reason: 'silence s1 ended' });
    expect(alert.suppressedBy).toEqual([]);
  });

  it.each(['pending', 'stale'] as const)('lets a %s alert out without announcing it', (state) => {
    expect(suppress(alertOf({ state, suppressedBy: silence }), [], after(1)).announce).toBeUndefined();
  });

  it('announces nothing while one of two suppressions remains', () => {
    const two = [...silence, { kind: 'silence', id: 's2' } as const];
    const step = suppress(alertOf({ suppressedBy: two }), silence, after(1));
    expect([step.transitions.length, step.announce]).toEqual([1, undefined]);
  });

  it('changes nothing when nothing changed, or when the alert is resolved', () => {
    expect(suppress(alertOf({ suppressedBy: silence }), silence, after(1)).transitions).toEqual([]);
    expect(suppress(alertOf({ state: 'resolved' }), silence, after(1)).transitions).toEqual([]);
  });
});
