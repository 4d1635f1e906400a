import { epochMs } from '../../../core/units.ts';
import {
  commonMatchers,
  CUSTOM,
  EXPIRY_PRESETS,
  expiryOf,
  sameMatchers,
  silenceProblems,
  startExpiry,
} from './silenceForm.ts';

const alert = (labels: Record<string, string>) => ({ labels });

describe('commonMatchers', () => {
  it('takes every lasting label of one alert', () => {
    expect(
      commonMatchers([alert({ service: 'checkout', signal: 'latency_p95', pod: 'checkout-7f', severity: 'critical' })])
    ).toEqual([
      { name: 'service', op: '=', value: 'checkout' },
      { name: 'signal', op: '=', value: 'latency_p95' },
    ]);
  });

  it('takes only what several alerts share', () => {
    const both = [
      alert({ service: 'checkout', signal: 'a', team: 'shop' }),
      alert({ service: 'payments', signal: 'b', team: 'shop' }),
    ];
    expect(commonMatchers(both)).toEqual([{ name: 'team', op: '=', value: 'shop' }]);
  });

  it('falls back to passing labels, and to nothing when nothing is shared', () => {
    expect(commonMatchers([alert({ pod: 'a' })])).toEqual([{ name: 'pod', op: '=', value: 'a' }]);
    expect(commonMatchers([alert({ a: '1' }), alert({ a: '2' })])).toEqual([]);
    expect(commonMatchers([])).toEqual([]);
  });
});

describe('silenceProblems', () => {
  const draft = { matchers: [{ name: 'a', op: '=', value: '1' } as const], comment: 'why', endsAt: epochMs(200) };

  it('asks for what is missing, beside its field', () => {
    const matchers = [{ name: '', op: '=', value: 'x' } as const, { name: 'a', op: '=', value: '' } as const];
    const problems = silenceProblems({ matchers, comment: ' ', endsAt: undefined }, 100);
    expect([...problems.keys()]).toEqual(['matchers[0].name', 'matchers[1].value', 'endsAt', 'comment']);
    expect(silenceProblems({ ...draft, matchers: [] }, 100).get('matchers')).toMatch(/at least one matcher/);
  });

  it('lets an empty value pass where it means something', () => {
    expect(silenceProblems({ ...draft, matchers: [{ name: 'team', op: '!=', value: '' }] }, 100).size).toBe(0);
  });

  it('wants an end that is still to come', () => {
    expect(silenceProblems(draft, 200).get('endsAt')).toBe('Enter a time in the future.');
    expect(silenceProblems(draft, 199).size).toBe(0);
  });
});

describe('the end', () => {
  const now = Date.UTC(2026, 10, 21, 14, 10);
  const clock = { now, timeZone: 'Europe/Berlin' };

  it('is two hours at first, and counts on with the clock', () => {
    const choice = startExpiry(undefined, clock);
    expect(choice).toEqual({ preset: 1, field: '2026-11-21T17:10' });
    expect(expiryOf(choice, { ...clock, now: now + 5000 })).toBe(now + 7_205_000);
  });

  it('is that of the silence which is edited, to the millisecond, until the field is changed', () => {
    const endsAt = epochMs(now + 1_234_567);
    const choice = startExpiry(endsAt, clock);
    expect(choice).toEqual({ preset: CUSTOM, field: '2026-11-21T15:30' });
    expect(expiryOf(choice, clock, endsAt)).toBe(endsAt);
    expect(expiryOf({ ...choice, field: '2026-11-21T15:31' }, clock, endsAt)).toBe(Date.UTC(2026, 10, 21, 14, 31));
  });

  it('is unknown while the field holds no time', () => {
    expect(expiryOf({ preset: CUSTOM, field: '' }, clock)).toBeUndefined();
  });
});

it('takes matchers in another order for the same', () => {
  const a = { name: 'a', op: '=', value: '1' } as const;
  const b = { name: 'b', op: '!~', value: '1' } as const;
  expect(sameMatchers([a, b], [b, a])).toBe(true);
  expect(sameMatchers([a], [{ ...a, op: '!=' }])).toBe(false);
});

it('presets count from now', () => {
  expect(EXPIRY_PRESETS.map(({ label, until }) => [label, until(0) / 60_000])).toEqual([
    ['30 m', 30],
    ['2 h', 120],
    ['8 h', 480],
    ['1 d', 1440],
    ['1 w', 10_080],
  ]);
});
