import { severityRank } from '../alerts/severity.ts';
import type { Series } from '../series.ts';
import { durationMs, epochMs, type DurationMs, type EpochMs } from '../units.ts';
import { evaluateSeries, NOTHING_OPEN, type Evaluation, type SeriesState } from './evaluateRule.ts';
import type { Rule, RuleLevel } from './rule.ts';

export interface Episode {
  readonly level: RuleLevel['name'];
  readonly from: EpochMs;
  /** First evaluation at which the level was no longer reached, or the end of the series. */
  readonly to: EpochMs;
}

export interface LevelResult {
  readonly level: RuleLevel;
  /** How often it would have fired. */
  readonly count: number;
  readonly total: DurationMs;
}

export interface Backtest {
  readonly levels: readonly LevelResult[];
  /** By level, then by time. An alert that reaches critical has reached warning too. */
  readonly episodes: readonly Episode[];
}

const afterStep = ({ status, severity, timers }: Evaluation): SeriesState => ({
  state: status === 'clear' ? null : status,
  severity,
  timers: status === 'clear' && timers.missing === undefined ? {} : timers,
});

/**
 * What a rule would have done to a series, evaluated at each of its points by the same steps as live. Points that are no number
 * count as without traffic: in a range query a gap has no other meaning that would be safe to alert on.
 */
export function backtest(rule: Rule, given: Pick<Series, 'times' | 'values'>): Backtest {
  const series = withGaps(given);
  let state: SeriesState = NOTHING_OPEN;
  const reached = series.times.map((now, index) => {
    const value = series.values[index] ?? Number.NaN;
    const moment = { now, missingAfter: durationMs(Number.POSITIVE_INFINITY) };
    state = afterStep(evaluateSeries(rule, Number.isNaN(value) ? 'idle' : value, { before: state, moment }));
    return state.state === 'firing' ? severityRank(state.severity) : -1;
  });
  const episodes = rule.levels.flatMap((level) =>
    runsOf(series.times, (index) => (reached[index] ?? -1) >= severityRank(level.severity)).map(
      ([from, to]): Episode => ({ level: level.name, from, to })
    )
  );
  return { levels: rule.levels.map((level) => resultOf(level, episodes)), episodes };
}

/** Marks where points are missing: Prometheus leaves out the steps at which an expression has no value. */
function withGaps({ times, values }: Pick<Series, 'times' | 'values'>): { times: EpochMs[]; values: number[] } {
  const step = times.reduce((least, at, index) => Math.min(least, at - (times[index - 1] ?? -Infinity)), Infinity);
  const filled: { times: EpochMs[]; values: number[] } = { times: [], values: [] };
  for (const [index, at] of times.entries()) {
    const before = times[index - 1];
    if (before !== undefined && at - before > 1.5 * step) {
      filled.times.push(epochMs(before + step));
      filled.values.push(Number.NaN);
    }
    filled.times.push(at);
    filled.values.push(values[index] ?? Number.NaN);
  }
  return filled;
}

function resultOf(level: RuleLevel, episodes: readonly Episode[]): LevelResult {
  const own = episodes.filter((episode) => episode.level === level.name);
  return { level, count: own.length, total: durationMs(own.reduce((sum, { from, to }) => sum + (to - from), 0)) };
}

/** Stretches of time over which `holds` is true without a break. */
function runsOf(
  times: readonly EpochMs[],
  holds: (index: number) => boolean
): ReadonlyArray<readonly [EpochMs, EpochMs]> {
  const runs: Array<readonly [EpochMs, EpochMs]> = [];
  let from: EpochMs | undefined;
  for (const [index, at] of times.entries()) {
    if (holds(index)) {
      from ??= at;
    } else if (from !== undefined) {
      runs.push([from, at]);
      from = undefined;
    }
  }
  const end = times.at(-1);
  if (from !== undefined && end !== undefined) {
    runs.push([from, end]);
  }
  return runs;
}
