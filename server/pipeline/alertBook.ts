import type { Alert, LevelTimers } from '../../src/core/alerts/alert.ts';
import type { Observation } from '../../src/core/alerts/observation.ts';
import { fingerprint, type Labels } from '../../src/core/labels.ts';
import { NOTHING_OPEN, type SeriesState } from '../../src/core/rules/evaluateRule.ts';
import { durationMs, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import { createSeriesWatch, type SeriesWatch } from './seriesWatch.ts';

/** An open alert of the engine's own, as the evaluator needs it. */
export interface OpenAlert {
  readonly labels: Labels;
  readonly ruleId: string;
  readonly service: string;
  readonly summary: string;
  readonly unit: string | null;
  readonly annotations: Labels;
  readonly state: Exclude<Alert['state'], 'resolved'>;
  readonly severity: Alert['severity'];
  readonly timers: LevelTimers;
  readonly value: number | null;
  readonly updatedAt: EpochMs;
}

/** A value that only moves is written this often at most: the history does not need it, a reader of the list likes it. */
const VALUE_EVERY: DurationMs = durationMs(30_000);

/** What the evaluator knows of the alerts of one namespace between two looks into the store. */
export interface AlertBook {
  /** Takes over what the store says is open: other engines and people change alerts too. */
  sync(alerts: readonly Alert[]): void;
  get(key: string): OpenAlert | undefined;
  open(): Iterable<readonly [string, OpenAlert]>;
  ofRule(ruleId: string): readonly string[];
  stateOf(key: string): SeriesState;
  readonly watch: SeriesWatch;
  /** Whether the store has to hear of it: everything but a value that moved a little while ago. */
  isNews(key: string, observation: Observation, now: EpochMs): boolean;
  applied(key: string, observation: Observation, now: EpochMs): void;
}

export const keyOf = (labels: Labels): string => fingerprint(labels);

/** Open alerts by their key, and the keys of each rule: there are many rules, and each asks for its own at every evaluation. */
function createOpenAlerts() {
  const open = new Map<string, OpenAlert>();
  const byRule = new Map<string, Set<string>>();

  const drop = (key: string): void => {
    const ruleId = open.get(key)?.ruleId ?? '';
    const ofRule = byRule.get(ruleId);
    ofRule?.delete(key);
    if (ofRule?.size === 0) {
      byRule.delete(ruleId);
    }
    open.delete(key);
  };

  const put = (key: string, alert: OpenAlert): void => {
    if (open.get(key)?.ruleId !== alert.ruleId) {
      drop(key);
      byRule.set(alert.ruleId, (byRule.get(alert.ruleId) ?? new Set()).add(key));
    }
    open.set(key, alert);
  };

  const clear = (): void => {
    open.clear();
    byRule.clear();
  };

  const view: ReadonlyMap<string, OpenAlert> = open;
  return { open: view, put, drop, clear, ofRule: (ruleId: string) => [...(byRule.get(ruleId) ?? [])] };
}

export function createAlertBook(): AlertBook {
  const { open, put, drop, clear, ofRule } = createOpenAlerts();
  const watch = createSeriesWatch();

  return {
    sync(alerts) {
      const before = [...open];
      clear();
      for (const alert of alerts.filter(({ state }) => state !== 'resolved')) {
        put(keyOf(alert.labels), openOf(alert));
      }
      for (const [key, alert] of before) {
        if (alert.state === 'no_data' && !open.has(key)) {
          watch.dismiss(key);
        }
      }
    },
    get: (key) => open.get(key),
    open: () => open.entries(),
    ofRule,
    stateOf(key) {
      const alert = open.get(key);
      if (alert !== undefined) {
        return { state: alert.state, severity: alert.severity, timers: alert.timers };
      }
      const missing = watch.missingSince(key);
      return missing === undefined ? NOTHING_OPEN : { ...NOTHING_OPEN, timers: { missing } };
    },
    watch,
    isNews(key, observation, now) {
      const alert = open.get(key);
      if (alert === undefined) {
        return observation.status !== 'clear';
      }
      return (
        alert.state !== observation.status ||
        alert.severity !== observation.severity ||
        !sameTimers(alert.timers, observation.timers) ||
        alert.ruleId !== observation.ruleId ||
        alert.summary !== observation.summary ||
        (alert.value !== observation.value && now - alert.updatedAt >= VALUE_EVERY)
      );
    },
    applied(key, observation, now) {
      if (observation.status === 'clear' || observation.status === 'resolved') {
        drop(key);
        return;
      }
      put(key, {
        labels: observation.labels,
        ruleId: observation.ruleId,
        service: observation.service,
        summary: observation.summary,
        unit: observation.unit,
        annotations: observation.annotations,
        state: observation.status,
        severity: observation.severity,
        timers: observation.timers,
        value: observation.value,
        updatedAt: now,
      });
    },
  };
}

function openOf(alert: Alert): OpenAlert {
  const { labels, ruleId, service, summary, unit, annotations, severity, timers, value, updatedAt } = alert;
  const state = alert.state === 'resolved' ? 'stale' : alert.state;
  return { labels, ruleId, service, summary, unit, annotations, state, severity, timers, value, updatedAt };
}

const sameTimers = (a: LevelTimers, b: LevelTimers): boolean =>
  a.warning === b.warning && a.critical === b.critical && a.clear === b.clear && a.missing === b.missing;
