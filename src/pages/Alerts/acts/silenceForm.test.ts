import { commonMatchers, EXPIRY_PRESETS, silenceProblems } from './silenceForm.ts';

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
  it('asks for what is missing, beside its field', () => {
    const matchers = [{ name: '', op: '=', value: 'x' } as const, { name: 'a', op: '=', value: '' } as const];
    expect([...silenceProblems(matchers, ' ').keys()]).toEqual(['matchers[0].name', 'matchers[1].value', 'comment']);
    expect(silenceProblems([], 'why').get('matchers')).toMatch(/at least one matcher/);
  });

  it('lets an empty value pass where it means something', () => {
    expect(silenceProblems([{ name: 'team', op: '!=', value: '' }], 'deploy').size).toBe(0);
  });
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
