import { FRAMES } from '../../../src/api/frames.fixture.ts';
import { epochMs, minutes } from '../../../src/core/units.ts';
import { createFakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';
import { frameAsker, saysOf } from './frames.fixture.ts';

let engine: TestEngine;
const prometheus = createFakePrometheus();
beforeEach(async () => {
  engine = await createTestEngine({ sources: [prometheus] });
});
afterEach(() => engine.dispose());

/** The other half of this test is in src/datasource: Grafana reads exactly these frames. */
it('answers each type of query with the frames that Grafana is proved to read', async () => {
  const now = engine.clock.now();
  const points = { times: [epochMs(now - minutes(1)), now], values: [0.2, Number.NaN] };
  prometheus.series.set('latency_p95{service=""}', [{ labels: { service: 'checkout' }, ...points }]);
  await engine.deps.pipeline.ingest('default', [
    saysOf('slow', { severity: 'critical', labels: { alertname: 'slow', service: 'checkout', owner: 'shop' } }),
    saysOf('gone', { status: 'no_data', value: null, unit: null }),
  ]);
  const asker = frameAsker(engine, (await testClients(engine)).viewer);
  const rest = { from: epochMs(now - minutes(1)), interval: minutes(1) };
  const answered = {
    alerts: await asker.frames({ queryType: 'alerts' }, rest),
    alertCounts: await asker.frames({ queryType: 'alertCounts', groupBy: 'state' }, rest),
    history: await asker.frames({ queryType: 'history', kinds: ['fired'] }, rest),
    signals: await asker.frames({ queryType: 'signals', signal: 'latency_p95' }, rest),
    status: await asker.frames({ queryType: 'status', figures: ['alerts_critical', 'rules'] }, rest),
  };
  expect(answered).toEqual(FRAMES);
});
