import * as contract from '../../../src/api/thresholds.ts';
import type { OutputOf } from '../../../src/api/operation.ts';
import { backtest, type Backtest, type LevelResult } from '../../../src/core/rules/backtest.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { isAgeSignal } from '../../../src/core/signals/age.ts';
import type { Series } from '../../../src/core/series.ts';
import { compileThreshold } from '../../../src/core/thresholds/compileThreshold.ts';
import { overridesOf } from '../../../src/core/thresholds/overridesOf.ts';
import { ANY_SERVICE, type ThresholdSpec } from '../../../src/core/thresholds/threshold.ts';
import { days, durationMs, epochMs, hours } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import { query, type Call } from '../operation.ts';
import { requirePrometheus } from '../system/askRange.ts';
import { rangeOf } from '../system/rangeOf.ts';
import { previewAge } from './previewAge.ts';
import { specFrom } from './saveThreshold.ts';

type Preview = OutputOf<typeof contract.previewThreshold>;

const DEFAULT_RANGE = hours(6);
const LONGEST_RANGE = days(31);
/** A default threshold may match hundreds of services: the ones that would have fired most are shown. */
const MAX_SERIES = 20;

export const previewThreshold = query(contract.previewThreshold, async (deps, call, { range, ...input }) => {
  const spec = specFrom(input);
  const span = range ?? DEFAULT_RANGE;
  if (span <= 0 || span > LONGEST_RANGE) {
    throw new EngineError('invalid_input', 'range: expected a duration up to 31d', {
      errors: [{ path: 'range', message: 'expected a duration up to 31d' }],
    });
  }
  const time = rangeOf({ from: epochMs(call.now - span), to: call.now }, call.now);
  const rule = await ruleOf(deps, call, spec);
  if (isAgeSignal(spec.signal)) {
    const note = previewAge(deps.discovery, { namespace: call.identity.namespace, signal: spec.signal, rule });
    return { ...time, dataFrom: null, expr: '', series: [], levels: sumLevels(rule, []), note };
  }
  const prometheus = requirePrometheus(deps, call.identity.namespace);
  const expr = exprOf(deps, call, spec);
  const found = expr === undefined ? [] : await prometheus.range(expr, { ...time, signal: call.signal });
  const judged = found
    .filter(({ labels }) => isJudged(rule, labels['service'] ?? ''))
    .map((series) => ({ series, result: backtest(rule, series) }));
  const firsts = found.flatMap(({ times }) => times.slice(0, 1));
  return {
    ...time,
    dataFrom: firsts.length === 0 ? null : epochMs(Math.min(...firsts)),
    expr: expr ?? '',
    series: judged
      .toSorted((a, b) => firings(b.result) - firings(a.result))
      .slice(0, MAX_SERIES)
      .map(seriesView),
    levels: sumLevels(
      rule,
      judged.map(({ result }) => result)
    ),
  };
});

function exprOf(deps: Deps, { identity }: Call, { signal, service }: ThresholdSpec): string | undefined {
  if (typeof signal !== 'string') {
    return signal.expr;
  }
  return deps.discovery.signalExpr(identity.namespace, signal, service === ANY_SERVICE ? undefined : service);
}

async function ruleOf(deps: Deps, { identity }: Call, spec: ThresholdSpec): Promise<Rule> {
  const { namespace } = identity;
  const draft = { ...spec, id: 'preview', namespace };
  const others = await deps.store.read.thresholds.list(namespace);
  const overrides = overridesOf(others, draft);
  return compileThreshold(draft, overrides);
}

/** A default leaves alone what has a threshold of its own. */
const isJudged = ({ query: asked }: Rule, service: string): boolean =>
  asked.kind === 'expr' || !asked.except.includes(service);

const firings = ({ levels }: Backtest): number => levels.reduce((sum, { total }) => sum + total, 0);

const levelView = ({ level, count, total }: LevelResult): Preview['levels'][number] => ({
  level: level.name,
  severity: level.severity,
  count,
  total,
});

const seriesView = ({ series, result }: { series: Series; result: Backtest }): Preview['series'][number] => ({
  labels: { ...series.labels },
  times: [...series.times],
  values: [...series.values],
  levels: result.levels.map(levelView),
  episodes: result.episodes.map((episode) => ({ ...episode })),
});

function sumLevels(rule: Rule, results: readonly Backtest[]): Preview['levels'] {
  return rule.levels.map((level) => {
    const own = results.flatMap(({ levels }) => levels.filter((result) => result.level.name === level.name));
    return {
      level: level.name,
      severity: level.severity,
      count: own.reduce((sum, { count }) => sum + count, 0),
      total: durationMs(own.reduce((sum, { total }) => sum + total, 0)),
    };
  });
}
