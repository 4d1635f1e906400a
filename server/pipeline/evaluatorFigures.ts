import type { EpochMs } from '../../src/core/units.ts';
import { wholeMessageOf } from '../errors.ts';
import type { Evaluated, EvaluatorDeps } from './evaluatorDeps.ts';
import type { EvaluationUnit } from './evaluatorUnits.ts';
import type { EvaluatorStats } from './pipeline.ts';
import { createRateMeter, type RateMeter } from './rateMeter.ts';

type Outcome = Pick<EvaluatorStats, 'failed' | 'lastAt' | 'perSecond' | 'lastDurationMs'>;

/** How the evaluations of each namespace went. */
export interface EvaluatorFigures {
  /** Times and counts one evaluation; what it throws is logged here and goes no further. */
  measure(unit: EvaluationUnit, evaluate: () => Promise<void>): Promise<void>;
  /** Units that are gone take no time any more. */
  forgetBut(units: ReadonlyMap<string, EvaluationUnit>): void;
  /** Of one namespace, or of all together. */
  read(namespace?: string): Outcome;
}

interface Figures {
  failed: number;
  lastAt: EpochMs | null;
  readonly rate: RateMeter;
  /** Milliseconds of the last evaluation, by key of the unit. */
  readonly durations: Map<string, number>;
}

export function createEvaluatorFigures({ clock, log, onEvaluated }: EvaluatorDeps): EvaluatorFigures {
  const byNamespace = new Map<string, Figures>();
  const of = (namespace: string): Figures => {
    const present = byNamespace.get(namespace) ?? {
      failed: 0,
      lastAt: null,
      rate: createRateMeter(clock),
      durations: new Map(),
    };
    byNamespace.set(namespace, present);
    return present;
  };
  return {
    async measure({ key, namespace, query, rules }, evaluate) {
      const figures = of(namespace);
      const started = clock.now();
      let outcome: Evaluated['outcome'] = 'done';
      try {
        await evaluate();
        figures.rate.add(rules.length);
      } catch (error) {
        outcome = 'failed';
        figures.failed += 1;
        log.warn(
          { namespace, query, error: wholeMessageOf(error) },
          'rules could not be evaluated: their states are kept'
        );
      }
      const ended = clock.now();
      figures.lastAt = ended;
      figures.durations.set(key, ended - started);
      onEvaluated?.({ outcome, rules: rules.length, seconds: (ended - started) / 1000 });
    },
    forgetBut(units) {
      for (const { durations } of byNamespace.values()) {
        for (const key of durations.keys()) {
          if (!units.has(key)) {
            durations.delete(key);
          }
        }
      }
    },
    read: (namespace) => addUp(namespace === undefined ? [...byNamespace.values()] : [of(namespace)]),
  };
}

function addUp(all: readonly Figures[]): Outcome {
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, figures) => total + of(figures), 0);
  const ends = all.flatMap(({ lastAt }) => lastAt ?? []);
  const durations = all.flatMap((figures) => [...figures.durations.values()]);
  return {
    failed: sum(({ failed }) => failed),
    lastAt: ends.length === 0 ? null : ends.reduce((latest, end) => (end > latest ? end : latest)),
    perSecond: sum(({ rate }) => rate.perSecond()),
    /** All questions of a round, added up. */
    lastDurationMs: durations.length === 0 ? null : durations.reduce((total, ms) => total + ms, 0),
  };
}
