import type { Silence } from '../routing/silence.ts';
import { after, alertOf, AT } from './alert.fixture.ts';
import { suppress, type Suppressor } from './suppress.ts';

const now = after(1);
const silenceOf = (id: string, changes: Partial<Silence> = {}): Suppressor & { readonly silence: Silence } => ({
  ...{ kind: 'silence', id },
  silence: {
    ...{ id, namespace: 'default', matchers: [], startsAt: AT, endsAt: after(3600), createdAt: AT, updatedAt: AT },
    ...{ createdBy: 'Ada', madeBy: 'Ada', comment: 'work on it' },
    ...changes,
  },
});
const mark = (id: string) => ({ kind: 'silence', id }) as const;
const s1 = silenceOf('s1');
const linesOf = ({ transitions }: ReturnType<typeof suppress>) =>
  transitions.map(({ actor, reason }) => [actor, reason]);

describe('suppress', () => {
  it('marks the alert, says whose silence it is, until when and why, and announces nothing', () => {
    const { alert, transitions, announce } = suppress(alertOf(), [s1], { now });
    expect(alert.suppressedBy).toEqual([mark('s1')]);
    expect(transitions).toMatchObject([
      {
        ...{ kind: 'suppressed', actor: 'Ada' },
        reason: 'suppressed by silence s1 (by Ada, until 2026-11-21 15:00:00Z): work on it',
      },
    ]);
    expect(announce).toBeUndefined();
  });

  it('tells who called from the name that the client gave', () => {
    const { createdBy: _by, madeBy: _made, ...rest } = s1.silence;
    const called = suppress(alertOf(), [silenceOf('s1', { madeBy: 'ci' })], { now });
    const unknown = suppress(alertOf(), [{ ...mark('s1'), silence: { ...rest, createdBy: 'Ada' } }], { now });
    expect([...linesOf(called), ...linesOf(unknown)]).toEqual([
      ['ci', 'suppressed by silence s1 (by ci in the name of Ada, until 2026-11-21 15:00:00Z): work on it'],
      ['engine', 'suppressed by silence s1 (in the name of Ada, until 2026-11-21 15:00:00Z): work on it'],
    ]);
  });

  it('has a line for each silence, by its own person', () => {
    const s2 = silenceOf('s2', { createdBy: 'Bob', madeBy: 'Bob', comment: 'deploy' });
    const step = suppress(alertOf({ version: 3 }), [s1, s2], { now });
    expect(linesOf(step).map(([actor]) => actor)).toEqual(['Ada', 'Bob']);
    expect([step.alert.suppressedBy, step.alert.version]).toEqual([[mark('s1'), mark('s2')], 5]);
  });

  it('announces an alert that still fires when the last suppression ends', () => {
    const { announce, alert } = suppress(alertOf({ suppressedBy: [mark('s1')] }), [], { now });
    expect(announce).toMatchObject({ kind: 'unsuppressed', actor: 'engine', reason: 'silence s1 ended' });
    expect(alert.suppressedBy).toEqual([]);
  });

  it('says who ended a silence, of that one alone', () => {
    const ended = { id: 's1', by: 'Bob' };
    const both = suppress(alertOf({ suppressedBy: [mark('s1'), mark('s2')] }), [], { now, ended });
    const other = suppress(alertOf({ suppressedBy: [mark('s2')] }), [], { now, ended });
    expect([...linesOf(both), ...linesOf(other)]).toEqual([
      ['Bob', 'silence s1 ended by Bob, silence s2 ended'],
      ['engine', 'silence s2 ended'],
    ]);
  });

  it('tells a silence that is in force, and matches the changed alert no more, from one that ended', () => {
    const inForce = new Set(['s1']);
    const { announce, transitions } = suppress(alertOf({ suppressedBy: [mark('s1'), mark('s2')] }), [], {
      now,
      inForce,
      ended: { id: 's2', by: 'Bob' },
    });
    expect(transitions.map(({ reason }) => reason)).toEqual(['silence s1 no longer matches, silence s2 ended by Bob']);
    expect(announce?.kind).toBe('unsuppressed');
  });

  it.each(['pending', 'stale'] as const)('lets a %s alert out without announcing it', (state) => {
    expect(suppress(alertOf({ state, suppressedBy: [mark('s1')] }), [], { now }).announce).toBeUndefined();
  });

  it('announces nothing while one of two suppressions remains', () => {
    const step = suppress(alertOf({ suppressedBy: [mark('s1'), mark('s2')] }), [s1], { now });
    expect(linesOf(step)).toEqual([
      ['engine', `silence s2 ended; still suppressed by silence s1 (by Ada, until 2026-11-21 15:00:00Z): work on it`],
    ]);
    expect([step.announce, step.alert.suppressedBy]).toEqual([undefined, [mark('s1')]]);
  });

  it('says in one line that a silence took the place of another', () => {
    const step = suppress(alertOf({ suppressedBy: [mark('s0')] }), [s1], { now, ended: { id: 's0', by: 'Ada' } });
    expect(linesOf(step)).toEqual([
      ['Ada', expect.stringMatching(/^silence s0 ended by Ada; suppressed by silence s1 \(by Ada, /)],
    ]);
  });

  it('changes nothing when nothing changed, or when the alert is resolved', () => {
    expect(suppress(alertOf({ suppressedBy: [mark('s1')] }), [s1], { now }).transitions).toEqual([]);
    expect(suppress(alertOf({ state: 'resolved' }), [s1], { now }).transitions).toEqual([]);
  });
});
