import type { Rule } from '../../src/core/rules/rule.ts';
import type { Sample } from '../../src/core/series.ts';
import type { Threshold } from '../../src/core/thresholds/threshold.ts';
import type { DurationMs, EpochMs } from '../../src/core/units.ts';
import { createAlertBook } from './alertBook.ts';
import type { EvaluatorDeps } from './evaluatorDeps.ts';
import type { EvaluationUnit } from './evaluatorUnits.ts';
import { judgeUnit, type Judgement } from './judgeUnit.ts';
import { resolveOrphans } from './orphanedAlerts.ts';
import { createSeriesMemory } from './seriesMemory.ts';

/**
 * The engine's own alerts of one namespace. Answers of the source are judged one after the other, each against what the store says
 * is open, so that two units and a person cannot undo each other's work.
 */
export interface NamespaceAlerts {
  /** Something was committed in the namespace: the store is read again before the next judgement. */
  markDirty(): void;
  judge(unit: EvaluationUnit, samples: readonly Sample[], missingAfter: DurationMs): Promise<void>;
  /** Resolves alerts whose rule is gone. */
  settle(rules: readonly Rule[], thresholds: readonly Threshold[]): Promise<void>;
}

/** Under a storm of pushed alerts something is committed all the time; the book needs no more than this. */
const SYNC_EVERY_MS = 2000;

type Needed = Pick<EvaluatorDeps, 'clock' | 'pipeline' | 'store' | 'leadership'>;

export function createNamespaceAlerts(namespace: string, deps: Needed): NamespaceAlerts {
  const { clock, pipeline, store, leadership } = deps;
  const book = createAlertBook();
  const memory = createSeriesMemory(namespace, book.watch, deps);
  let dirty = true;
  let syncedAt: EpochMs | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const sync = async (): Promise<void> => {
    const now = clock.now();
    if (dirty && (syncedAt === undefined || now - syncedAt >= SYNC_EVERY_MS)) {
      dirty = false;
      syncedAt = now;
      try {
        book.sync(await store.read.alerts.listOpen(namespace, { source: 'pharos' }));
      } catch (error) {
        dirty = true;
        syncedAt = undefined;
        throw error;
      }
    }
  };

  const commit = async (judgements: readonly Judgement[]): Promise<void> => {
    // Between the question to the source and now this process may have been paused, and another engine gone on.
    if (judgements.length === 0 || leadership?.isLeader() === false) {
      return;
    }
    await pipeline.ingest(
      namespace,
      judgements.map(({ observation }) => observation)
    );
    const now = clock.now();
    for (const { key, observation } of judgements) {
      book.applied(key, observation, now);
    }
  };

  return {
    markDirty: () => {
      dirty = true;
    },
    judge: (unit, samples, missingAfter) =>
      inTurn(async () => {
        await memory.recall();
        await sync();
        await commit(judgeUnit(unit, samples, { book, now: clock.now(), missingAfter }));
        await memory.remember();
      }),
    settle: (rules, thresholds) =>
      inTurn(async () => {
        await memory.recall();
        await sync();
        book.watch.forgetRulesBut(new Set(rules.map(({ id }) => id)));
        const versions = (id: string) => store.read.thresholds.versions(namespace, id);
        await commit(await resolveOrphans({ book, rules, thresholds, versions }));
        await memory.remember();
      }),
  };
}
