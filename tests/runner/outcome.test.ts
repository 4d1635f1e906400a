import { combine, enforceSkips, exitCodeOf, failedOnce, passedOnce, skippedOnce, summarise } from './outcome.ts';

describe('totals', () => {
  it('add up all steps and give each reason before the last line', () => {
    const total = combine([
      { passed: 40, failed: 2, skips: [], problems: ['a', 'b'] },
      passedOnce,
      skippedOnce('browser tests', 'no Chromium'),
      { passed: 3, failed: 0, skips: [{ about: 'Tempo search', count: 2, reason: 'not here' }], problems: [] },
    ]);
    expect(summarise(total)).toEqual([
      'skipped 1: browser tests: no Chromium',
      'skipped 2: Tempo search: not here',
      '44 passed, 2 failed, 3 skipped',
    ]);
    expect(total.problems).toEqual(['a', 'b']);
  });

  it.each([
    [[passedOnce], 0],
    [[passedOnce, skippedOnce('x', 'y')], 0],
    [[passedOnce, failedOnce('x')], 1],
    [[skippedOnce('x', 'y')], 1],
    [[], 1],
  ])('of %j give exit code %i', (outcomes, code) => {
    expect(exitCodeOf(combine(outcomes))).toBe(code);
  });
});

describe('with CI=true', () => {
  const skipped = combine([
    passedOnce,
    skippedOnce('tests with grafana', 'not installed'),
    skippedOnce('Tempo: finds a trace', 'not installed'),
    skippedOnce('Go tests', 'no Go'),
    { passed: 0, failed: 0, skips: [{ about: 'amtool', count: 4, reason: 'absent' }], problems: [] },
  ]);

  it('only Grafana and Tempo may be skipped; the rest has failed', () => {
    const judged = enforceSkips(skipped, true);
    expect(summarise(judged).at(-1)).toBe('1 passed, 5 failed, 2 skipped');
    expect(judged.problems).toEqual([
      'Go tests was skipped (no Go); with CI=true only Grafana and Tempo may be missing',
      'amtool was skipped (absent); with CI=true only Grafana and Tempo may be missing',
    ]);
  });

  it('is the only time that skips are judged', () => {
    expect(enforceSkips(skipped, false)).toEqual(skipped);
  });
});
