import type { Logger } from 'pino';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Suppressor } from '../../src/core/alerts/suppress.ts';
import { compileMatchers, type CompileRegex, type LabelPredicate, type Matcher } from '../../src/core/matchers.ts';
import { matchingLabels } from '../../src/core/routing/matchingLabels.ts';
import { matchRoutes, type CompiledRoute } from '../../src/core/routing/route.ts';
import { silenceState } from '../../src/core/routing/silence.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { messageOf } from '../errors.ts';
import type { Transaction } from '../store/store.ts';

/** The silences of this moment. */
export interface SilencesInForce {
  readonly ids: ReadonlySet<string>;
  /** What suppresses an alert now. */
  of(alert: Alert): readonly Suppressor[];
}
/** Receivers that the routes name for an alert. */
export type FindReceivers = (alert: Alert) => readonly string[];

/** Silences and routes as a transaction sees them. Compiled forms are kept by content, so that no change can be missed. */
export interface Matching {
  suppression(tx: Transaction, namespace: string, now: EpochMs): Promise<SilencesInForce>;
  receivers(tx: Transaction, namespace: string): Promise<FindReceivers>;
}

/** Forgotten all at once beyond this: only a steady churn of silences gets there. */
const MAX_COMPILED = 10_000;

export function createMatching(compileRegex: CompileRegex, log: Pick<Logger, 'error'>): Matching {
  const predicates = new Map<string, LabelPredicate>();
  const routeTables = new Map<string, { text: string; routes: readonly CompiledRoute[] }>();

  const predicateOf = (matchers: readonly Matcher[]): LabelPredicate => {
    const key = JSON.stringify(matchers);
    const known = predicates.get(key);
    if (known !== undefined) {
      return known;
    }
    if (predicates.size >= MAX_COMPILED) {
      predicates.clear();
    }
    const predicate = neverThrowing(matchers, { compileRegex, log });
    predicates.set(key, predicate);
    return predicate;
  };

  return {
    async suppression(tx, namespace, now) {
      const active = (await tx.silences.listLive(now))
        .filter((silence) => silence.namespace === namespace && silenceState(silence, now) === 'active')
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map((silence) => ({
          suppressor: { kind: 'silence' as const, id: silence.id, silence },
          matches: predicateOf(silence.matchers),
        }));
      return {
        ids: new Set(active.map(({ suppressor }) => suppressor.id)),
        of(alert) {
          const labels = active.length === 0 ? {} : matchingLabels(alert);
          return [
            ...alert.suppressedBy.filter(({ kind }) => kind !== 'silence'),
            ...active.filter(({ matches }) => matches(labels)).map(({ suppressor }) => suppressor),
          ];
        },
      };
    },

    async receivers(tx, namespace) {
      const table = await tx.routes.get(namespace);
      const text = JSON.stringify(table.routes);
      const known = routeTables.get(namespace);
      const routes =
        known?.text === text
          ? known.routes
          : table.routes.map((route) => ({ ...route, matches: predicateOf(route.matchers) }));
      routeTables.set(namespace, { text, routes });
      return (alert) => matchRoutes(routes, matchingLabels(alert)).receivers;
    },
  };
}

/** One silence or route that cannot be matched must not keep alerts from being stored: it counts as not matching, and is told of once. */
function neverThrowing(
  matchers: readonly Matcher[],
  { compileRegex, log }: { compileRegex: CompileRegex; log: Pick<Logger, 'error'> }
): LabelPredicate {
  let matches: LabelPredicate | undefined;
  let isTold = false;
  return (labels) => {
    try {
      matches ??= compileMatchers(matchers, compileRegex);
      return matches(labels);
    } catch (error) {
      if (!isTold) {
        isTold = true;
        log.error(
          { matchers, reason: messageOf(error) },
          'a silence or route cannot be matched: it counts as not matching'
        );
      }
      return false;
    }
  };
}
