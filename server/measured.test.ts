import { measuredIntake, measuredStore } from './measured.ts';
import { createMetrics } from './metrics.ts';
import { createTestEngine } from './testing/createTestEngine.ts';

it('times transactions, failed ones too, and intake', async () => {
  const engine = await createTestEngine();
  const metrics = createMetrics();
  const store = measuredStore(engine.store, metrics);
  expect(await store.write(() => Promise.resolve(42))).toBe(42);
  await expect(store.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await measuredIntake(engine.deps.pipeline, metrics).ingest('default', []);
  const text = await metrics.render();
  expect(text).toMatch(/^pharos_store_write_duration_seconds_count 2$/m);
  expect(text).toMatch(/^pharos_intake_duration_seconds_count 1$/m);
  await engine.dispose();
});
