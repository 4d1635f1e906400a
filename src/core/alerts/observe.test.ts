import fc from 'fast-check';
import { epochMs } from '../units.ts';
import type { Alert } from './alert.ts';
import { after, alertOf, AT, observationOf } from './alert.fixture.ts';
import { observe, type Observed } from './observe.ts';
import type { Observation } from './observation.ts';
import { SEVERITIES, severityRank } from './severity.ts';
import type { Transition } from './transition.ts';

const at = (current: Alert | undefined, fields: Partial<Observation>, seconds = 1): Observed =>
  observe(current, observationOf(fields), { namespace: 'default', now: after(seconds) });

const kinds = (observed: Observed) => observed.transitions.map(({ kind }) => kind);

describe('observe', () => {
  it('begins an episode whose id holds the fingerprint, the source and the start', () => {
    const { alert, transitions, announce } = at(undefined, { startsAt: after(-60), reason: 'too slow' }, 0);
    expect(alert?.id).toBe(`${alert?.fingerprint}-p${after(-60).toString(36)}`);
    expect(alert).toMatchObject({
      namespace: 'default',
      state: 'firing',
      version: 1,
      acknowledged: null,
      updatedAt: AT,
    });
    expect(transitions).toEqual([
      {
        alertId: alert?.id,
        at: AT,
        kind: 'fired',
        from: null,
        to: 'firing',
        severity: 'warning',
        actor: 'rule',
        reason: 'too slow',
        value: 0.42,
        detail: {},
      },
    ]);
    expect(announce).toBe(transitions[0]);
  });

  it('does not begin in the future when the clock of the source is ahead', () => {
    expect(at(undefined, { startsAt: after(600) }, 0).alert?.startsAt).toBe(AT);
  });

  it.each(['clear', 'resolved'] as const)('makes nothing of %s without an open episode', (status) => {
    expect(at(undefined, { status })).toEqual({ alert: undefined, transitions: [], announce: undefined });
  });

  it('waits as pending without telling anybody, then fires in the same episode', () => {
    const pending = at(undefined, { status: 'pending' }, 0);
    expect([kinds(pending), pending.announce]).toEqual([['pending'], undefined]);
    const fired = at(pending.alert, {}, 10);
    expect(kinds(fired)).toEqual(['fired']);
    expect(fired.announce).toMatchObject({ from: 'pending', to: 'firing' });
    expect(fired.alert).toMatchObject({ id: pending.alert?.id, version: 2, startsAt: AT });
  });

  it('clears a pending alert without ever telling anybody', () => {
    const pending = alertOf({}, { status: 'pending' });
    const cleared = at(pending, { status: 'clear' });
    expect([kinds(cleared), cleared.announce]).toEqual([['cleared'], undefined]);
    expect(cleared.alert).toMatchObject({ state: 'resolved', resolvedAt: after(1), resolvedBy: 'rule' });
  });

  it('follows the severity of a pending alert without a transition', () => {
    const observed = at(alertOf({}, { status: 'pending' }), { status: 'pending', severity: 'critical' });
    expect([observed.alert?.severity, observed.transitions]).toEqual(['critical', []]);
  });

  it('announces a rise, not a fall, and not the second rise to the same level', () => {
    const raised = at(alertOf(), { severity: 'critical' });
    expect(raised.announce).toMatchObject({ kind: 'severity_raised', severity: 'critical' });
    const lowered = at(raised.alert, { severity: 'warning' }, 2);
    expect([kinds(lowered), lowered.announce]).toEqual([['severity_lowered'], undefined]);
    const again = at(lowered.alert, { severity: 'critical' }, 3);
    expect([kinds(again), again.announce]).toEqual([['severity_raised'], undefined]);
    expect(again.alert?.version).toBe(4);
  });

  it('keeps the episode through missing data, which it announces once', () => {
    const firing = alertOf();
    const missing = at(firing, { status: 'no_data', value: null }, 1);
    expect(missing.announce).toMatchObject({ kind: 'no_data', from: 'firing', to: 'no_data', severity: 'warning' });
    const back = at(missing.alert, {}, 2);
    expect([kinds(back), back.announce, back.alert?.id]).toEqual([['data_returned'], undefined, firing.id]);
    expect(at(back.alert, { status: 'no_data' }, 3).announce).toBeUndefined();
  });

  it('fires for the first time when an episode began as missing data', () => {
    const missing = at(undefined, { status: 'no_data' }, 0);
    const crossing = at(missing.alert, { status: 'pending' }, 1);
    expect([kinds(crossing), crossing.alert?.state]).toEqual([['data_returned'], 'pending']);
    expect(at(crossing.alert, {}, 2).announce).toMatchObject({ kind: 'fired', from: 'pending' });
    expect(at(crossing.alert, { status: 'clear' }, 2).announce).toMatchObject({ kind: 'resolved' });
  });

  it('stays firing while a crossing of an alert that fired is pending again', () => {
    const observed = at(alertOf(), { status: 'pending', severity: 'critical' });
    expect([observed.transitions, observed.alert?.state, observed.alert?.severity]).toEqual([[], 'firing', 'warning']);
    const missing = alertOf({ state: 'no_data' });
    expect(at(missing, { status: 'pending' }).alert?.state).toBe('firing');
  });

  it('renews a pushed alert without a transition, and updates what the source says', () => {
    const firing = alertOf({}, { source: 'alertmanager', endsAt: after(60) });
    const fields = {
      source: 'alertmanager',
      endsAt: after(90),
      value: 7,
      annotations: { runbook: 'https://r' },
    } as const;
    const renewed = at(firing, fields, 30);
    expect(renewed.transitions).toEqual([]);
    expect(renewed.alert).toMatchObject({
      id: firing.id,
      version: 1,
      endsAt: after(90),
      value: 7,
      annotations: { runbook: 'https://r' },
      updatedAt: after(30),
      startsAt: AT,
    });
  });

  it('renews a stale alert without telling anybody', () => {
    const observed = at(alertOf({ state: 'stale' }), {});
    expect([kinds(observed), observed.announce, observed.alert?.state]).toEqual([['renewed'], undefined, 'firing']);
    expect(at(alertOf({ state: 'stale' }), { status: 'pending' }).alert?.state).toBe('firing');
  });

  it('says a rise that came with the renewal, after it', () => {
    expect(kinds(at(alertOf({ state: 'stale' }), { severity: 'critical' }))).toEqual(['renewed', 'severity_raised']);
  });

  it('resolves when the source says so, with its time and name', () => {
    const pushed = alertOf({}, { source: 'alertmanager', endsAt: after(60) });
    const observed = at(pushed, { status: 'resolved', endsAt: after(20), actor: 'alertmanager' }, 30);
    expect(observed.alert).toMatchObject({
      state: 'resolved',
      resolvedAt: after(20),
      resolvedBy: 'alertmanager',
      endsAt: null,
    });
    expect(observed.announce).toMatchObject({ kind: 'resolved', from: 'firing', to: 'resolved' });
  });

  it('ignores a resolution that was overtaken by the next episode', () => {
    const current = alertOf();
    expect(at(current, { status: 'resolved', endsAt: after(-1) })).toEqual({
      alert: current,
      transitions: [],
      announce: undefined,
    });
  });

  it('gives a recurrence an id of its own, even when the source repeats its start', () => {
    const first = alertOf({ state: 'resolved' }, { startsAt: after(-60) });
    const second = at(first, { startsAt: after(-60) }, 5);
    expect(second.alert).toMatchObject({ startsAt: after(5), state: 'firing', version: 1 });
    expect(second.alert?.id).not.toBe(first.id);
    expect(at(alertOf({ state: 'resolved' }), { startsAt: AT }, 0).alert?.startsAt).toBe(AT + 1);
  });

  it('does not change what it was given', () => {
    const current = Object.freeze(alertOf());
    const observation = Object.freeze(observationOf({ severity: 'critical' }));
    expect(() => observe(current, observation, { namespace: 'default', now: after(1) })).not.toThrow();
  });
});

const anyObservation = fc
  .record({
    status: fc.constantFrom('pending', 'firing', 'no_data', 'clear', 'resolved'),
    severity: fc.constantFrom(...SEVERITIES),
    startsAt: fc.option(fc.integer({ min: -30, max: 30 }).map(after)),
    endsAt: fc.option(fc.integer({ min: -30, max: 90 }).map(after)),
    value: fc.option(fc.double()),
  })
  .map(observationOf);

/** Runs a sequence as the pipeline does: one second apart, the resolved episode kept only to tell ids apart. */
function run(observations: readonly Observation[]) {
  const episodes = new Map<string, Alert>();
  const history: Transition[] = [];
  const announcements: Transition[] = [];
  let current: Alert | undefined;
  for (const [index, observation] of observations.entries()) {
    const observed = observe(current, observation, { namespace: 'default', now: after(index) });
    history.push(...observed.transitions);
    announcements.push(...(observed.announce === undefined ? [] : [observed.announce]));
    current = observed.alert ?? current;
    if (current !== undefined) {
      episodes.set(current.id, current);
    }
  }
  return { episodes: [...episodes.values()], history, announcements, current };
}

const sequences = fc.array(anyObservation, { maxLength: 40 });

const byAlert = (transitions: readonly Transition[]) => Map.groupBy(transitions, ({ alertId }) => alertId);

describe('observe, over any sequence', () => {
  it('gives no id twice, whatever starts the source states', () => {
    fc.assert(
      fc.property(sequences, (observations) => {
        const ids = run(observations).episodes.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 5000 }
    );
  });

  it('has at most one open episode per fingerprint', () => {
    fc.assert(
      fc.property(sequences, (observations) => {
        const open = run(observations).episodes.filter(({ state }) => state !== 'resolved');
        expect(open.length).toBeLessThanOrEqual(1);
      })
    );
  });

  it('writes a history in which each state follows from the one before', () => {
    fc.assert(
      fc.property(sequences, (observations) => {
        const { history, episodes } = run(observations);
        for (const [id, rows] of byAlert(history)) {
          const states = rows.map(({ to }) => to);
          expect(rows.map(({ from }) => from)).toEqual([null, ...states.slice(0, -1)]);
          const alert = episodes.find((episode) => episode.id === id);
          expect([alert?.state, alert?.version]).toEqual([states.at(-1), rows.length]);
        }
      })
    );
  });

  it('makes nothing new of an observation that comes twice', () => {
    fc.assert(
      fc.property(sequences, anyObservation, (observations, last) => {
        const context = { namespace: 'default', now: after(observations.length) };
        const once = observe(run(observations).current, last, context);
        fc.pre(once.alert !== undefined && once.alert.state !== 'resolved');
        const twice = observe(once.alert, last, context);
        expect(twice).toEqual({ alert: once.alert, transitions: [], announce: undefined });
      })
    );
  });

  it('announces each severity at most once in an episode, and only upwards', () => {
    fc.assert(
      fc.property(sequences, (observations) => {
        const levels = run(observations).announcements.filter(
          ({ kind }) => kind === 'fired' || kind === 'severity_raised'
        );
        for (const rows of byAlert(levels).values()) {
          const ranks = rows.map(({ severity }) => severityRank(severity));
          expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
        }
      })
    );
  });

  it('announces a resolution exactly for episodes that were announced', () => {
    fc.assert(
      fc.property(sequences, (observations) => {
        const { announcements, episodes } = run(observations);
        const told = byAlert(announcements);
        for (const alert of episodes.filter(({ state }) => state === 'resolved')) {
          const kindsTold = (told.get(alert.id) ?? []).map(({ kind }) => kind);
          expect(kindsTold.includes('resolved')).toBe(kindsTold.length > 0);
          expect(kindsTold.indexOf('resolved')).not.toBe(0);
        }
      })
    );
  });

  it('keeps the start between the first word of it and now', () => {
    fc.assert(
      fc.property(sequences, (observations) => {
        for (const { startsAt, resolvedAt } of run(observations).episodes) {
          expect(resolvedAt ?? startsAt).toBeGreaterThanOrEqual(startsAt);
          expect(startsAt).toBeLessThanOrEqual(epochMs(after(observations.length)));
        }
      })
    );
  });
});
