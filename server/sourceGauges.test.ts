import { days, type EpochMs } from '../src/core/units.ts';
import { createMetrics } from './metrics.ts';
import { createSourceGauges } from './sourceGauges.ts';
import { createTestEngine, type TestEngine } from './testing/createTestEngine.ts';
import { createFakePrometheus, type FakePrometheus } from './testing/fakePrometheus.ts';

const LABELS = '{source="Prometheus",kind="prometheus"}';

let engine: TestEngine;
let prometheus: FakePrometheus;

beforeEach(async () => {
  prometheus = createFakePrometheus();
  engine = await createTestEngine({ sources: [prometheus] });
});
afterEach(() => engine.dispose());

/** An engine that has just started on the same store. */
function start(): () => Promise<string> {
  const deps = { ...engine.deps, metrics: createMetrics() };
  const read = createSourceGauges(deps);
  return async () => {
    await read();
    return deps.metrics.render();
  };
}

const answers = () => engine.store.read.sources.answers();

function lose(staleSince: EpochMs, latencyMs: number | null): void {
  prometheus.status = { ...prometheus.status, status: 'down', staleSince, latencyMs };
}

function setUnknown(): void {
  prometheus.status = { ...prometheus.status, status: 'unknown', staleSince: null, latencyMs: null };
}

it('counts an outage from its beginning, over restarts and more than a day, until there is an answer', async () => {
  const { clock } = engine;
  const first = start();
  expect(await first()).toContain(`pharos_source_stale_seconds${LABELS} 0\n`);
  lose(clock.now(), 3);
  await first();
  clock.advance(days(2));
  setUnknown();
  const second = start();
  expect(await second()).toContain(`pharos_source_stale_seconds${LABELS} ${2 * 86_400}\n`);
  lose(clock.now(), null);
  clock.advance(days(1));
  const lost = await second();
  expect(lost).toContain(`pharos_source_stale_seconds${LABELS} ${3 * 86_400}\n`);
  expect(lost).toContain(`pharos_source_up${LABELS} 0\n`);
  prometheus.status = { ...prometheus.status, status: 'ok', latencyMs: 3, staleSince: null };
  expect(await second()).toContain(`pharos_source_stale_seconds${LABELS} 0\n`);
  expect(await answers()).toMatchObject([{ staleSince: null }]);
});

it('counts from the first failure where a source was lost while no engine ran', async () => {
  await start()();
  engine.clock.advance(days(1));
  lose(engine.clock.now(), null);
  const look = start();
  await look();
  engine.clock.advance(5000);
  expect(await look()).toContain(`pharos_source_stale_seconds${LABELS} 5\n`);
});

it('has no staleness of a source that has never answered, nor of one that has not at its present address', async () => {
  lose(engine.clock.now(), null);
  const never = await start()();
  expect(never).not.toContain('pharos_source_stale_seconds{');
  expect(never).toContain(`pharos_source_up${LABELS} 0\n`);
  await engine.store.write((tx) =>
    tx.sources.saveAnswer({ namespace: 'default', id: 'prometheus', url: 'http://elsewhere:9090', staleSince: null })
  );
  expect(await start()()).not.toContain('pharos_source_stale_seconds{');
  expect(await answers()).toEqual([]);
});

it('forgets a source that is gone, and writes only what changes', async () => {
  const write = jest.spyOn(engine.deps.store, 'write');
  const look = start();
  await look();
  await look();
  expect(write).toHaveBeenCalledTimes(1);
  jest.spyOn(engine.deps.sources, 'everywhere').mockReturnValue([]);
  expect(await look()).not.toContain('pharos_source_stale_seconds{');
  expect(write).toHaveBeenCalledTimes(2);
  expect(await answers()).toEqual([]);
});
