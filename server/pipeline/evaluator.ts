import type { Sample } from '../../src/core/series.ts';
import { isAgeSignal } from '../../src/core/signals/age.ts';
import { durationMs, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import { buildSignalQuery } from '../../src/queries/promql/signalQuery.ts';
import { EngineError, messageOf } from '../errors.ts';
import type { KnownMetrics } from '../sources/metricCatalogue.ts';
import type { Evaluated, EvaluatorDeps } from './evaluatorDeps.ts';
import { createEvaluatorRules } from './evaluatorRules.ts';
import { createSchedule } from './evaluatorSchedule.ts';
import type { EvaluationUnit } from './evaluatorUnits.ts';
import { measureAges } from './measureAges.ts';
import { createNamespaceAlerts, type NamespaceAlerts } from './namespaceAlerts.ts';
import type { Evaluator } from './pipeline.ts';
import { createRateMeter } from './rateMeter.ts';

/** Missing for three intervals is missing; two failed scrapes in a row are not. */
const MISSING_INTERVALS = 3;
/** Changes that another engine made to thresholds are looked for at most this often. */
const FOREIGN_RELOAD_MS = 10_000;

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
  const figures = createFigures(deps);
  let foreignAt: EpochMs | undefined;
  let unsubscribe = (): void => undefined;

  const rules = createEvaluatorRules(deps, {
    alertsOf,
    onLoaded: (units) => {
      if (!stopped.signal.aborted) {
        schedule.set(units.keys());
        figures.forgetBut(units);
      }
    },
  });

  const schedule = createSchedule({ clock, interval }, async (key) => {
    const unit = await rules.unit(key);
    if (unit === undefined || stopped.signal.aborted || !(await (deps.isLeader?.() ?? true))) {
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
        const now = clock.now();
        if (store.kind === 'postgres' && now - (foreignAt ?? 0) >= FOREIGN_RELOAD_MS) {
          foreignAt = now;
          rules.reload();
        }
      });
      rules.reload();
    },
    async stop() {
      stopped.abort(new EngineError('unavailable', 'The engine is stopping.'));
      unsubscribe();
      await rules.settled();
      await schedule.stop();
    },
    reload: rules.reload,
    stats: () => ({ rules: rules.count(), ...figures.read(), ...schedule.counts() }),
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
  const source = deps.sources.prometheus(unit.namespace);
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

/** Times and counts the evaluations; what one of them throws is logged here and goes no further. */
function createFigures({ clock, log, onEvaluated }: EvaluatorDeps) {
  const durations = new Map<string, number>();
  const rate = createRateMeter(clock);
  let failed = 0;
  let lastAt: EpochMs | null = null;
  return {
    async measure({ key, namespace, query, rules }: EvaluationUnit, evaluate: () => Promise<void>): Promise<void> {
      const started = clock.now();
      let outcome: Evaluated['outcome'] = 'done';
      try {
        await evaluate();
        rate.add(rules.length);
      } catch (error) {
        outcome = 'failed';
        failed += 1;
        log.warn({ namespace, query, error: messageOf(error) }, 'rules could not be evaluated: their states are kept');
      }
      lastAt = clock.now();
      durations.set(key, lastAt - started);
      onEvaluated?.({ outcome, rules: rules.length, seconds: (lastAt - started) / 1000 });
    },
    forgetBut(units: ReadonlyMap<string, EvaluationUnit>): void {
      for (const key of durations.keys()) {
        if (!units.has(key)) {
          durations.delete(key);
        }
      }
    },
    read: () => ({
      failed,
      lastAt,
      perSecond: rate.perSecond(),
      /** All questions of a round, added up. */
      lastDurationMs: durations.size === 0 ? null : [...durations.values()].reduce((total, ms) => total + ms, 0),
    }),
  };
}
