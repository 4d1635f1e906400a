import { measuredIntake, measuredStore } from './measured.ts';
import { createMetrics } from './metrics.ts';
import { createTestEngine } from './testing/createTestEngine.ts';

it('times commits by their outcome, and intake', async () => {
  const engine = await createTestEngine();
  const metrics = createMetrics();
  const store = measuredStore(engine.store, metrics);
  expect(await store.write(() => Promise.resolve(42))).toBe(42);
  await expect(store.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await measuredIntake(engine.deps.pipeline, metrics).ingest('default', []);
  const text = await metrics.render();
  expect(text).toMatch(/^pharos_store_commit_duration_seconds_count\{outcome="committed"\} 1$/m);
  expect(text).toMatch(/^pharos_store_commit_duration_seconds_count\{outcome="failed"\} 1$/m);
  expect(text).toMatch(/^pharos_intake_duration_seconds_count 1$/m);
  await engine.dispose();
});
