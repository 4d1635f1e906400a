import { addMs, minutes } from '../../src/core/units.ts';
import { sampleJob } from '../store/testing/samples.ts';
import { createFakePrometheus } from '../testing/fakePrometheus.ts';
import { createTestEngine } from '../testing/createTestEngine.ts';
import { readGauges } from './gauges.ts';

it('shows the state of the engine', async () => {
  const prometheus = createFakePrometheus();
  const engine = await createTestEngine({ sources: [prometheus] });
  const { deps, clock, store } = engine;
  const value = async (sample: string): Promise<number> => {
    const line = (await deps.metrics.render()).split('\n').find((text) => text.startsWith(`${sample} `));
    return Number(line?.split(' ').at(-1));
  };
  await readGauges(deps, () => Promise.resolve([]));
  expect(await value('pharos_ready')).toBe(1);
  expect(await value('pharos_queue_oldest_seconds')).toBe(0);
  expect(await value('pharos_backup_age_seconds')).toBeNaN();
  expect(await value('pharos_source_up{kind="prometheus",source="Prometheus"}')).toBe(1);
  expect(await value('pharos_source_stale_seconds{kind="prometheus",source="Prometheus"}')).toBe(0);
  expect(await value('pharos_store_size_bytes')).toBeGreaterThan(10_000);

  await store.write((tx) => tx.jobs.enqueue([sampleJob({ now: addMs(clock.now(), minutes(-2)) })]));
  await deps.backups.run();
  prometheus.status = { ...prometheus.status, status: 'down', staleSince: addMs(clock.now(), minutes(-1)) };
  clock.advance(minutes(1));
  await readGauges(deps, () => Promise.resolve(['The store cannot be written']));
  expect(await value('pharos_ready')).toBe(0);
  expect(await value('pharos_queue_oldest_seconds')).toBe(180);
  expect(await value('pharos_queue_jobs{state="queued"}')).toBe(1);
  expect(await value('pharos_backup_age_seconds')).toBe(60);
  expect(await value('pharos_source_up{kind="prometheus",source="Prometheus"}')).toBe(0);
  expect(await value('pharos_source_stale_seconds{kind="prometheus",source="Prometheus"}')).toBe(120);
  await engine.dispose();
});
