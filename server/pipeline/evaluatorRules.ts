import { compileThresholds } from '../../src/core/thresholds/compileThreshold.ts';
import { messageOf } from '../errors.ts';
import type { EvaluatorDeps } from './evaluatorDeps.ts';
import { planUnits, type EvaluationUnit } from './evaluatorUnits.ts';
import type { NamespaceAlerts } from './namespaceAlerts.ts';

type Units = ReadonlyMap<string, EvaluationUnit>;

/** The compiled thresholds of all namespaces, as last read from the store. */
export interface EvaluatorRules {
  /** As of the newest load that was asked for. */
  unit(key: string): Promise<EvaluationUnit | undefined>;
  /** Of one namespace, or of all. */
  count(namespace?: string): number;
  reload(): void;
  settled(): Promise<void>;
}

interface Hooks {
  readonly alertsOf: (namespace: string) => NamespaceAlerts;
  readonly onLoaded: (units: Units) => void;
}

type Needed = Pick<EvaluatorDeps, 'log' | 'store' | 'sources' | 'leadership'>;

export function createEvaluatorRules(deps: Needed, { alertsOf, onLoaded }: Hooks): EvaluatorRules {
  let units: Units = new Map();
  let loading: Promise<void> = Promise.resolve();
  let wanted = false;
  const touched = new Set<string>();

  const load = async (): Promise<void> => {
    wanted = false;
    const thresholds = Map.groupBy(await deps.store.read.thresholds.listAll(), ({ namespace }) => namespace);
    const rules = [...thresholds.values()].flatMap(compileThresholds);
    units = planUnits(rules);
    onLoaded(units);
    if (deps.leadership?.isLeader() === false) {
      return;
    }
    const byNamespace = Map.groupBy(rules, ({ namespace }) => namespace);
    for (const namespace of [...thresholds.keys(), ...deps.sources.namespaces()]) {
      touched.add(namespace);
    }
    await Promise.all(
      [...touched].map((namespace) =>
        alertsOf(namespace).settle(byNamespace.get(namespace) ?? [], thresholds.get(namespace) ?? [])
      )
    );
  };

  return {
    async unit(key) {
      await loading;
      return units.get(key);
    },
    count: (namespace) =>
      [...units.values()]
        .filter((unit) => namespace === undefined || unit.namespace === namespace)
        .reduce((total, unit) => total + unit.rules.length, 0),
    reload() {
      // One load at a time; a wish that comes during one is served by the next.
      if (!wanted) {
        wanted = true;
        loading = loading.then(load).catch((error: unknown) => {
          deps.log.error({ error: messageOf(error) }, 'thresholds cannot be read: the rules stay as they were');
        });
      }
    },
    settled: () => loading,
  };
}
