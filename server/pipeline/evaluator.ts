import type { Sample } from '../../src/core/series.ts';
import { isAgeSignal } from '../../src/core/signals/age.ts';
import { durationMs, seconds, type DurationMs } from '../../src/core/units.ts';
import { buildSignalQuery } from '../../src/queries/promql/signalQuery.ts';
import { EngineError } from '../errors.ts';
import { createThrottle } from '../jobs/throttle.ts';
import type { KnownMetrics } from '../sources/metricCatalogue.ts';
import type { EvaluatorDeps } from './evaluatorDeps.ts';
import { createEvaluatorFigures } from './evaluatorFigures.ts';
import { createEvaluatorRules } from './evaluatorRules.ts';
import { createSchedule } from './evaluatorSchedule.ts';
import { isUnitOf, type EvaluationUnit } from './evaluatorUnits.ts';
import { measureAges } from './measureAges.ts';
import { createNamespaceAlerts, type NamespaceAlerts } from './namespaceAlerts.ts';
import type { Evaluator } from './pipeline.ts';

/** Missing for three intervals is missing; two failed scrapes in a row are not. */
const MISSING_INTERVALS = 3;
/** Changes that another engine made to thresholds are looked for at most this often. */
const FOREIGN_RELOAD = seconds(10);

/** Evaluates every enabled threshold once per interval, one question to the source for all that share it. */
export function createEvaluator(deps: EvaluatorDeps): Evaluator {
  const { clock, store } = deps;
  const interval = deps.config.evaluationInterval;
  const stopped = new AbortController();
  const alerts = new Map<string, NamespaceAlerts>();
  const alertsOf = (namespace: string): NamespaceAlerts => {
    const present = alerts.get(namespace) ?? createNamespaceAlerts(namespace, deps);
    alerts.set(namespace, present);
    return present;
  };
  const figures = createEvaluatorFigures(deps);
  let unsubscribe = (): void => undefined;
  let forgetLeadership = (): void => undefined;

  const rules = createEvaluatorRules(deps, {
    alertsOf,
    onLoaded: (units) => {
      if (!stopped.signal.aborted) {
        schedule.set(units.keys());
        figures.forgetBut(units);
      }
    },
  });

  const foreign = createThrottle({ clock, every: FOREIGN_RELOAD }, () => rules.reload());

  const schedule = createSchedule({ clock, interval }, async (key) => {
    const unit = await rules.unit(key);
    if (unit === undefined || stopped.signal.aborted || deps.leadership?.isLeader() === false) {
      return;
    }
    await figures.measure(unit, async () => {
      const samples = await measure(deps, unit, stopped.signal);
      // The rules may have changed while the source was asked: the newest judge.
      const current = await rules.unit(key);
      if (samples !== undefined && current !== undefined) {
        const known = deps.catalogue.known(unit.namespace);
        await alertsOf(unit.namespace).judge(current, samples, missingAfter(interval, known));
      }
    });
  });

  return {
    start() {
      unsubscribe = store.read.changes.onCommit((namespace) => {
        alerts.get(namespace)?.markDirty();
        if (store.kind === 'postgres') {
          foreign.ask();
        }
      });
      forgetLeadership =
        deps.leadership?.onGained(() => {
          // What was known when this engine led before, another one has gone on from.
          alerts.clear();
          rules.reload();
        }) ?? forgetLeadership;
      rules.reload();
    },
    async stop() {
      stopped.abort(new EngineError('unavailable', 'The engine is stopping.'));
      unsubscribe();
      foreign.stop();
      forgetLeadership();
      await rules.settled();
      await schedule.stop();
    },
    reload: rules.reload,
    stats: (namespace) => ({
      rules: rules.count(namespace),
      ...figures.read(namespace),
      ...schedule.counts((key) => namespace === undefined || isUnitOf(namespace, key)),
    }),
  };
}

/** Undefined where the namespace has no such source: then nothing is known, not even that data is missing. */
async function measure(
  deps: EvaluatorDeps,
  unit: EvaluationUnit,
  signal: AbortSignal
): Promise<readonly Sample[] | undefined> {
  if (unit.query.kind === 'signal' && isAgeSignal(unit.query.signal)) {
    return measureAges(deps, unit.namespace, unit.query.signal);
  }
  const known = await deps.catalogue.read(unit.namespace, signal);
  const source = deps.sources.own.prometheus(unit.namespace);
  if (source === undefined || known === undefined) {
    return undefined;
  }
  const expr =
    unit.query.kind === 'expr'
      ? unit.query.expr
      : buildSignalQuery({ signal: unit.query.signal, metrics: known.metrics, window: known.window, markIdle: true });
  return expr === undefined ? [] : source.instant(expr, { signal });
}

const missingAfter = (interval: DurationMs, known: KnownMetrics | undefined): DurationMs =>
  durationMs(MISSING_INTERVALS * Math.max(interval, known?.scrapeInterval ?? 0));
