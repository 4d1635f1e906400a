import { otlpOf } from '../../src/core/traces/otlpTrace.fixture.ts';
import { addMs, epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import { systemClock } from '../clock.ts';
import type { DiscoveredService } from '../deps.ts';
import { noTrace, tempoTrace } from '../operations/traces/traces.fixture.ts';
import { json, startFakeStore, type Answer, type FakeStore } from '../sources/fakeStore.fixture.ts';
import { openSource } from '../sources/openSource.ts';
import type { PrometheusSource, Source } from '../sources/source.ts';
import { lokiStreams, tempoTraces } from '../sources/testing/storeAnswers.fixture.ts';
import { sampleAlert, sampleJob } from '../store/testing/samples.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { createFakePrometheus } from '../testing/fakePrometheus.ts';
import { NOTIFY } from '../notifyPayload.ts';

/** Stands in everything that a namespace has, and in nothing of the other. */
export type Mark = 'indigo' | 'crimson';
export const NAMESPACE: Readonly<Record<Mark, string>> = { indigo: 'default', crimson: 'org-2' };

/** The trace that the Tempo of a namespace has. */
export const TRACE: Readonly<Record<Mark, string>> = {
  indigo: '4bf92f3577b34da6a3ce929d0e0e4736',
  crimson: 'a3ce929d0e0e47364bf92f3577b34da6',
};

/** The clock of a test engine begins here and stands still. */
export const NOW: EpochMs = epochMs(Date.UTC(2026, 10, 21, 14, 0, 0));
/** Long enough ago that nothing of it can be on its way still. */
const AT = addMs(NOW, minutes(-10));

function tempoOf(mark: Mark): Answer {
  const trace = otlpOf(TRACE[mark], AT, [
    { id: '1', service: `${mark}-shop`, name: `GET /${mark}`, ms: 10, failed: `${mark} is out of stock` },
    { id: '2', parent: '1', service: `${mark}-stock`, name: `take ${mark}`, kind: 3, ms: 5 },
  ]);
  const answers: ReadonlyArray<readonly [RegExp, Answer]> = [
    [/\/search$/, tempoTraces([{ id: TRACE[mark], at: AT, ms: 10, service: `${mark}-shop`, name: `GET /${mark}` }])],
    [/\/tags$/, json({ scopes: [{ name: 'span', tags: [`${mark}.tag`] }] })],
    [/\/values$/, json({ tagValues: [{ type: 'string', value: `${mark}-value` }] })],
    [new RegExp(`/${TRACE[mark]}$`), tempoTrace(trace)],
  ];
  return (seen, response) => (answers.find(([path]) => path.test(seen.path))?.[1] ?? noTrace)(seen, response);
}

const lokiOf = (mark: Mark): Answer =>
  lokiStreams([
    [
      { service_name: `${mark}-shop`, detected_level: 'error', trace_id: TRACE[mark] },
      [{ at: AT, line: `${mark} fell` }],
    ],
  ]);

/** Answers every question with one series of the namespace. */
function prometheusOf(mark: Mark): PrometheusSource {
  const labels = { service: `${mark}-shop`, version: `${mark}-1` };
  return {
    ...createFakePrometheus(),
    instant: () => Promise.resolve([{ labels, value: 1, at: NOW }]),
    range: () => Promise.resolve([{ labels, times: [AT, NOW], values: [1, 1] }]),
  };
}

const open = (kind: 'loki' | 'tempo', name: string, { url }: FakeStore): Source =>
  openSource(
    { namespace: 'default', id: kind, kind, name, url, tenant: '', token: '', builtIn: true },
    { clock: systemClock }
  ).source;

const trend = { times: [NOW], values: [1] };
const SERVICE: DiscoveredService = {
  name: 'indigo-shop',
  health: { service: 'indigo-shop', state: 'healthy', since: NOW, checkedAt: NOW, reasons: [] },
  ...{ requestRate: 4, errorRatio: 0, latencyP95: 0.2, signals: ['up'], versions: ['indigo-1'], dependsOn: [] },
  trends: { requestRate: trend, errorRatio: trend, latencyP95: trend },
  ...{ newestSampleAt: NOW, newestLogAt: null, newestSpanAt: null },
};

export interface World {
  readonly engine: TestEngine;
  dispose(): Promise<void>;
}

/** An engine with a Prometheus, a Loki and a Tempo of each namespace, and one service of the first. */
export async function createWorld(): Promise<World> {
  const stores: FakeStore[] = [];
  const sourcesOf = async (mark: Mark): Promise<readonly Source[]> => {
    const [tempo, loki] = await Promise.all([startFakeStore(tempoOf(mark)), startFakeStore(lokiOf(mark))]);
    stores.push(tempo, loki);
    return [prometheusOf(mark), open('loki', `${mark}-loki`, loki), open('tempo', `${mark}-tempo`, tempo)];
  };
  const engine = await createTestEngine({
    services: [SERVICE],
    sources: await sourcesOf('indigo'),
    otherSources: { [NAMESPACE.crimson]: await sourcesOf('crimson') },
  });
  return {
    engine,
    async dispose() {
      await engine.dispose();
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}

const LEASE = minutes(1);

/** Two notifications of a namespace's own receiver, given up. */
export async function giveUp({ engine }: World, mark: Mark): Promise<void> {
  const [namespace, queue] = [NAMESPACE[mark], `${mark}-hook`];
  const alert = sampleAlert({ namespace, id: `${mark}-alert`, summary: `${mark} fell` });
  const jobs = [1, 2].map((n) =>
    sampleJob({
      ...{ namespace, queue, subject: alert.id, idempotencyKey: `${mark} ${n}`, runAt: NOW, now: NOW },
      payload: { kind: 'fired', reason: 'too slow', at: NOW, alert: { ...alert } } as never,
    })
  );
  const claimed = { namespace, queue, kind: NOTIFY, now: NOW, leaseUntil: addMs(NOW, LEASE), max: 100 };
  await engine.store.write(async (tx) => {
    await tx.jobs.enqueue(jobs);
    const claim = await tx.jobs.claim(claimed);
    if (claim !== undefined) {
      await tx.jobs.bury(claim, NOW, { error: `${mark} does not listen`, skippedIds: [] });
    }
  });
}
