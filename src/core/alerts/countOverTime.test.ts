import fc from 'fast-check';
import { epochMs } from '../units.ts';
import { ALERT_STATES } from './alert.ts';
import { countOverTime, peaksOverTime, type AlertChange } from './countOverTime.ts';
import { SEVERITIES } from './severity.ts';

const change = (alertId: string, at: number, rest: Partial<AlertChange> = {}): AlertChange => ({
  ...{ alertId, at: epochMs(at), state: 'firing', severity: 'warning' },
  ...rest,
});

const bySeverity = ({ state, severity }: AlertChange): string | undefined =>
  state === 'firing' ? severity : undefined;

const count = (times: readonly number[], changes: readonly AlertChange[]) =>
  Object.fromEntries(countOverTime({ times: times.map(epochMs), changes, groupOf: bySeverity }));

it('follows an alert through its severities to its end, each change from its own moment on', () => {
  const changes = [
    change('a', 10),
    change('a', 20, { severity: 'critical' }),
    change('a', 30, { severity: 'critical', state: 'resolved' }),
  ];
  expect(count([9, 10, 19, 20, 29, 30, 31], changes)).toEqual({
    warning: [0, 1, 1, 0, 0, 0, 0],
    critical: [0, 0, 0, 1, 1, 0, 0],
  });
});

it('counts what was open before the first time, and no alert twice', () => {
  expect(count([100], [change('a', 1), change('b', 2), change('b', 3), change('c', 4, { state: 'pending' })])).toEqual({
    warning: [2],
  });
});

it('takes the later of two changes at one moment, and knows of none after the last time', () => {
  const changes = [change('a', 5), change('a', 5, { state: 'resolved' }), change('b', 7)];
  expect(count([5, 6], changes)).toEqual({});
  expect(count([], changes)).toEqual({});
});

const changes = fc
  .array(
    fc.record({
      alertId: fc.constantFrom('a', 'b', 'c', 'd'),
      at: fc.integer({ min: 0, max: 30 }).map(epochMs),
      state: fc.constantFrom(...ALERT_STATES),
      severity: fc.constantFrom(...SEVERITIES),
    }),
    { maxLength: 40 }
  )
  .map((list) => list.toSorted((a, b) => a.at - b.at));

const times = fc
  .uniqueArray(fc.integer({ min: -2, max: 33 }), { maxLength: 20 })
  .map((list) => list.toSorted((a, b) => a - b).map(epochMs));

/** What the sweep is a shortcut for: at each time, look at the last change of each alert. */
function oracle(given: readonly AlertChange[], at: readonly number[], groups: readonly string[]) {
  const ids = [...new Set(given.map(({ alertId }) => alertId))];
  const countAt = (time: number, group: string) =>
    ids.filter((id) => {
      const last = given.findLast((one) => one.alertId === id && one.at <= time);
      return last !== undefined && groupOfAny(last) === group;
    }).length;
  return Object.fromEntries(
    groups
      .map((group) => [group, at.map((time) => countAt(time, group))] as const)
      .filter(([, row]) => row.some(Boolean))
  );
}

const groupOfAny = ({ state, severity }: AlertChange): string | undefined =>
  state === 'firing' || state === 'no_data' ? `${state} ${severity}` : undefined;

it('agrees with a look at every alert at every time', () => {
  const groups = ['firing', 'no_data'].flatMap((state) => SEVERITIES.map((severity) => `${state} ${severity}`));
  fc.assert(
    fc.property(changes, times, (given, at) => {
      const counted = Object.fromEntries(countOverTime({ times: at, changes: given, groupOf: groupOfAny }));
      expect(counted).toEqual(oracle(given, at, groups));
    }),
    { numRuns: 300 }
  );
});

it('has for each group the highest of its counts as the peak', () => {
  fc.assert(
    fc.property(changes, times, (given, at) => {
      const request = { times: at, changes: given, groupOf: groupOfAny };
      const highest = [...countOverTime(request)].map(([group, row]) => [group, Math.max(...row)] as const);
      expect(Object.fromEntries(peaksOverTime(request))).toEqual(Object.fromEntries(highest));
    }),
    { numRuns: 300 }
  );
});
