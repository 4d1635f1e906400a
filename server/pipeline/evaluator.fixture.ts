import pino from 'pino';
import type { Sample } from '../../src/core/series.ts';
import { METRIC_SIGNALS, type AgeSignal, type SignalName } from '../../src/core/signals/catalogue.ts';
import type { Threshold, ThresholdSpec } from '../../src/core/thresholds/threshold.ts';
import { withDefaults, type ThresholdDraft } from '../../src/core/thresholds/validateThreshold.ts';
import { minutes, seconds } from '../../src/core/units.ts';
import { buildSignalQuery, SIGNAL_METRICS } from '../../src/queries/promql/signalQuery.ts';
import type { NewestData } from '../deps.ts';
import { EngineError } from '../errors.ts';
import type { Leadership } from '../jobs/leadership.ts';
import { compileRegex } from '../regex.ts';
import { createMetricCatalogue } from '../sources/metricCatalogue.ts';
import type { PrometheusSource, Sources } from '../sources/source.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import type { StoredTransition } from '../store/store.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createPipeline, type RunningPipeline } from './createPipeline.ts';
import { createEvaluator } from './evaluator.ts';
import type { Evaluator } from './pipeline.ts';

export const INTERVAL = seconds(5);

/** What the fake Prometheus measures: by signal and service, or by expression. */
export type Measured = Partial<Record<string, Readonly<Record<string, number>>>>;

/** A threshold for p95 latency of one service. */
export const latency = {
  id: 'latency-checkout',
  service: 'checkout',
  signal: 'latency_p95',
  warning: 0.3,
  critical: 0.8,
  for: seconds(10),
  owner: 'shop',
  runbookUrl: 'https://runbooks.example/latency',
  labels: { team: 'shop' },
} as const;

export interface EvaluatorHarness {
  readonly clock: TestClock;
  readonly store: TestStore;
  readonly pipeline: RunningPipeline;
  readonly evaluator: Evaluator;
  measured: Measured;
  /** What discovery knows of the newest data of services. */
  newest: Partial<Record<AgeSignal, NewestData>>;
  /** The source fails with this while set. */
  outage: string | undefined;
  /** Another engine leads from now on, or this one. */
  lead(leads: boolean): Promise<void>;
  readonly asked: string[];
  /** Batches that went into the pipeline. */
  ingested(): number;
  set(...drafts: ReadonlyArray<ThresholdDraft & { id: string }>): Promise<void>;
  /** As {@link set}; no engine hears of it. */
  save(...drafts: ReadonlyArray<ThresholdDraft & { id: string }>): Promise<void>;
  remove(id: string, reason: string): Promise<void>;
  /** Lets whole intervals pass; every query of each of them has been judged when it resolves. */
  intervals(count: number): Promise<void>;
  restart(): Promise<void>;
  /** `state severity` of each open alert, by service and alertname. */
  states(): Promise<Record<string, string>>;
  history(): Promise<readonly StoredTransition[]>;
  dispose(): Promise<void>;
}

const KNOWN = { metrics: SIGNAL_METRICS, window: minutes(1) };

const SIGNAL_OF: ReadonlyMap<string | undefined, SignalName> = new Map(
  METRIC_SIGNALS.map((signal) => [buildSignalQuery({ signal, ...KNOWN, markIdle: true }), signal])
);

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) {
      throw new Error('waited 10 s in vain');
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface World {
  readonly clock: TestClock;
  readonly asked: string[];
  readonly world: () => Pick<EvaluatorHarness, 'measured' | 'outage'>;
}

/** A Prometheus that measures what the test says, in the default namespace. */
function fakeSources({ clock, asked, world }: World): Sources {
  const source: Pick<PrometheusSource, 'instant' | 'labelValues' | 'scrapeIntervals'> = {
    instant: (expr) => {
      asked.push(expr);
      const { outage, measured } = world();
      if (outage !== undefined) {
        return Promise.reject(new EngineError('source_failed', outage));
      }
      const values = measured[SIGNAL_OF.get(expr) ?? expr] ?? {};
      return Promise.resolve(
        Object.entries(values).map(([service, value]): Sample => ({ labels: { service }, at: clock.now(), value }))
      );
    },
    labelValues: () => Promise.resolve([...SIGNAL_METRICS]),
    scrapeIntervals: () => Promise.resolve({ demo: seconds(5) }),
  };
  return {
    own: { prometheus: (namespace: string) => (namespace === 'default' ? source : undefined) },
    namespaces: () => ['default'],
  } as unknown as Sources;
}

function fakeLead(): { leadership: Pick<Leadership, 'isLeader' | 'onGained'>; set(leads: boolean): void } {
  let leads = true;
  let gained = (): void => undefined;
  return {
    leadership: {
      isLeader: () => leads,
      onGained(listener) {
        gained = listener;
        return () => undefined;
      },
    },
    set(now) {
      leads = now;
      if (leads) {
        gained();
      }
    },
  };
}

export async function createEvaluatorHarness(): Promise<EvaluatorHarness> {
  const clock = createTestClock();
  const store = await createTestStore({ clock });
  const log = pino({ level: 'silent' });
  const pipeline = createPipeline({ store, clock, log, compileRegex });
  const asked: string[] = [];
  let ingested = 0;
  let evaluated = 0;
  const lead = fakeLead();

  const sources = fakeSources({ clock, asked, world: () => harness });

  const create = (): Evaluator =>
    createEvaluator({
      ...{ clock, log, sources, store, leadership: lead.leadership },
      config: { evaluationInterval: INTERVAL },
      catalogue: createMetricCatalogue({ sources, clock }),
      discovery: { newest: (namespace, signal) => (namespace === 'default' ? harness.newest[signal] : undefined) },
      pipeline: {
        ingest(namespace, observations) {
          ingested += 1;
          return pipeline.ingest(namespace, observations);
        },
      },
      onEvaluated: () => void (evaluated += 1),
    });

  let evaluator = create();
  const versionOf = new Map<string, number>();

  const harness: EvaluatorHarness = {
    ...{ clock, store, pipeline, asked },
    get evaluator() {
      return evaluator;
    },
    measured: {},
    newest: {},
    outage: undefined,
    async lead(leads) {
      lead.set(leads);
      await settle();
    },
    ingested: () => ingested,
    async set(...drafts) {
      await harness.save(...drafts);
      evaluator.reload();
      await settle();
    },
    save: (...drafts) => saveAll({ harness, versionOf }, drafts),
    async remove(id, reason) {
      await deleteThreshold(harness, id, reason);
      evaluator.reload();
      await settle();
    },
    async intervals(count) {
      for (let i = 0; i < count; i++) {
        const wanted = evaluated + (await unitCount(store));
        clock.advance(INTERVAL);
        await (lead.leadership.isLeader() ? until(() => evaluated >= wanted) : settle());
      }
    },
    async restart() {
      await evaluator.stop();
      evaluator = create();
      evaluator.start();
      await settle();
    },
    states: () => openStates(store),
    history: async () => (await store.read.history.list('default', {}, { limit: 1000 })).items.toReversed(),
    async dispose() {
      await evaluator.stop();
      await pipeline.stop();
      await store.dispose();
    },
  };
  evaluator.start();
  await settle();
  return harness;
}

/** Gives the store and the promises between it and the evaluator time to come to rest. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function deleteThreshold({ store, clock }: EvaluatorHarness, id: string, reason: string): Promise<void> {
  await store.write(async (tx) => {
    await tx.thresholds.delete('default', id);
    const deleted = { thresholdId: id, version: 99, at: clock.now(), by: 'ann', reason, change: 'deleted' as const };
    await tx.thresholds.appendVersions('default', [{ ...deleted, spec: null }]);
  });
}

async function openStates(store: TestStore): Promise<Record<string, string>> {
  const open = await store.read.alerts.listOpen('default');
  return Object.fromEntries(
    open.map(({ service, labels, state, severity }) => [
      `${service} ${labels['alertname'] ?? ''}`,
      `${state} ${severity}`,
    ])
  );
}

async function unitCount(store: TestStore): Promise<number> {
  const enabled = (await store.read.thresholds.list('default')).filter((threshold) => threshold.enabled);
  return new Set(enabled.map(({ signal }) => JSON.stringify(signal))).size;
}

async function saveAll(
  { harness, versionOf }: { harness: EvaluatorHarness; versionOf: Map<string, number> },
  drafts: ReadonlyArray<ThresholdDraft & { id: string }>
): Promise<void> {
  const now = harness.clock.now();
  const thresholds = drafts.map(({ id, ...draft }): Threshold => {
    const spec: ThresholdSpec = withDefaults(draft);
    const version = (versionOf.get(id) ?? 0) + 1;
    versionOf.set(id, version);
    return { ...spec, id, namespace: 'default', version, createdAt: now, updatedAt: now, updatedBy: 'ann' };
  });
  await harness.store.write((tx) => tx.thresholds.save(thresholds));
}
