import { compileThreshold } from '../thresholds/compileThreshold.ts';
import { withDefaults } from '../thresholds/validateThreshold.ts';
import { epochMs, seconds } from '../units.ts';
import { evaluateSeries, NOTHING_OPEN, type Evaluation, type Measurement, type SeriesState } from './evaluateRule.ts';
import type { Rule } from './rule.ts';

const rule: Rule = compileThreshold({
  ...withDefaults({ service: 'checkout', signal: 'latency_p95', warning: 0.3, critical: 0.8, for: seconds(10) }),
  ...{ id: 't1', namespace: 'default' },
});

/** One evaluation each five seconds; `status severity` of each. */
function steps(measurements: readonly Measurement[], options: { rule?: Rule; from?: SeriesState } = {}): Evaluation[] {
  let before = options.from ?? NOTHING_OPEN;
  return measurements.map((measured, index) => {
    const moment = { now: epochMs(100_000 + index * 5000), missingAfter: seconds(15) };
    const evaluation = evaluateSeries(options.rule ?? rule, measured, { before, moment });
    const { status, severity, timers } = evaluation;
    before = { state: status === 'clear' ? null : status, severity, timers };
    return evaluation;
  });
}
const words = (evaluations: readonly Evaluation[]): string[] =>
  evaluations.map(({ status, severity }) => (status === 'clear' ? 'clear' : `${status} ${severity}`));

describe('evaluateSeries', () => {
  it('waits for `for`, then fires at the highest level that has held', () => {
    expect(words(steps([0.1, 0.5, 0.9, 0.9, 0.9, 0.9]))).toEqual([
      'clear',
      'pending warning',
      'pending critical',
      'firing warning',
      'firing critical',
      'firing critical',
    ]);
  });

  it('does not count a level as crossed at its own value', () => {
    expect(words(steps([0.3, 0.3, 0.3, 0.3]))).toEqual(['clear', 'clear', 'clear', 'clear']);
  });

  it('fires at once without `for`, and below as well as above', () => {
    expect(words(steps([0.9], { rule: { ...rule, for: seconds(0) } }))).toEqual(['firing critical']);
    const below: Rule = {
      ...rule,
      ...{ direction: 'below', for: seconds(0) },
      levels: rule.levels.map((level) => ({ ...level, value: level.name === 'warning' ? 0.2 : 0.1 })),
    };
    expect(words(steps([0.2, 0.15, 0.05], { rule: below }))).toEqual(['clear', 'firing warning', 'firing critical']);
  });

  it('begins `for` anew after a break', () => {
    expect(words(steps([0.5, 0.5, 0.1, 0.5, 0.5, 0.5]))).toEqual([
      'pending warning',
      'pending warning',
      'clear',
      'pending warning',
      'pending warning',
      'firing warning',
    ]);
  });

  it('falls in severity at once, and rises again only after `for`', () => {
    const firing: SeriesState = {
      state: 'firing',
      severity: 'critical',
      timers: { warning: epochMs(0), critical: epochMs(0) },
    };
    expect(words(steps([0.5, 0.9, 0.9, 0.9], { from: firing }))).toEqual([
      'firing warning',
      'firing warning',
      'firing warning',
      'firing critical',
    ]);
  });

  it('stays firing until it was clear for long enough, and through a dance on the level', () => {
    const firing: SeriesState = {
      state: 'firing',
      severity: 'critical',
      timers: { warning: epochMs(0), critical: epochMs(0) },
    };
    expect(words(steps([0.1, 0.1, 0.1], { from: firing }))).toEqual(['firing critical', 'firing critical', 'clear']);
    expect(words(steps([0.1, 0.9, 0.1, 0.1, 0.1], { from: firing }))).toEqual([
      'firing critical',
      'firing critical',
      'firing critical',
      'firing critical',
      'clear',
    ]);
  });

  it('calls data missing after its time, keeps the level timers over a gap, and never fires without data', () => {
    expect(words(steps([0.5, 'missing', 'missing', 'missing', 'missing', 0.5]))).toEqual([
      'pending warning',
      'pending warning',
      'pending warning',
      'pending warning',
      'no_data warning',
      'firing warning',
    ]);
    expect(words(steps([0.1, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0.1]))).toEqual([
      'clear',
      'clear',
      'clear',
      'clear',
      'no_data warning',
      'clear',
    ]);
  });

  it('takes no traffic for no trouble', () => {
    expect(words(steps(['idle', 'idle', 'idle', 'idle', 'idle']))).toEqual(Array(5).fill('clear'));
    const pending: SeriesState = { state: 'pending', severity: 'warning', timers: { warning: epochMs(0) } };
    expect(words(steps(['idle'], { from: pending }))).toEqual(['clear']);
  });

  it('says why, with the number', () => {
    const reasons = steps([0.1, 1.214, 1.214, 1.214, 'idle', 'missing']).map(({ reason }) => reason);
    expect(reasons).toEqual([
      'p95 latency 100 ms is not above 300 ms',
      'p95 latency 1.21 s was above 800 ms; fires after 10 s',
      'p95 latency 1.21 s was above 800 ms; fires after 10 s',
      'p95 latency 1.21 s was above 800 ms for 10 s',
      'p95 latency has no value, because there is no traffic',
      'p95 latency has no value at the moment',
    ]);
  });
});
