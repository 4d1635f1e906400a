import { epochMs } from '../src/core/units.ts';
import { keepGauges } from './keepGauges.ts';
import { sampleAlert, sampleJob } from './store/testing/samples.ts';
import { createTestEngine, type TestEngine } from './testing/createTestEngine.ts';
import { createFakePrometheus, type FakePrometheus } from './testing/fakePrometheus.ts';

const INTERVAL_MS = 10_000;

let engine: TestEngine;
let prometheus: FakePrometheus;
let other: FakePrometheus;
let stop: () => Promise<void>;
let onPlanned: () => void;
let notReady: readonly string[];

beforeEach(async () => {
  prometheus = createFakePrometheus();
  other = createFakePrometheus();
  engine = await createTestEngine({ sources: [prometheus], otherSources: { 'org-2': [other] } });
  onPlanned = () => undefined;
  const { clock } = engine;
  const after: typeof clock.after = (ms, callback) => {
    const cancel = clock.after(ms, callback);
    onPlanned();
    return cancel;
  };
  notReady = [];
  stop = keepGauges({ ...engine.deps, clock: { ...clock, after } }, () => Promise.resolve(notReady));
});
afterEach(async () => {
  await stop();
  await engine.dispose();
});

/** Lets one look happen; it has ended when the next one is planned. */
async function look(): Promise<string> {
  const ended = new Promise<void>((resolve) => (onPlanned = resolve));
  engine.clock.advance(INTERVAL_MS);
  await ended;
  return engine.deps.metrics.render();
}

it('waits at its end for a look that runs, and looks no more', async () => {
  const { store, clock } = engine;
  let answer = (): void => undefined;
  const size = jest
    .spyOn(store, 'sizeBytes')
    .mockImplementation(() => new Promise((resolve) => (answer = () => resolve(7))));
  let planned = 0;
  onPlanned = () => (planned += 1);
  clock.advance(INTERVAL_MS);
  while (size.mock.calls.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  let ended = false;
  const ending = stop().then(() => (ended = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  answer();
  await ending;
  clock.advance(3 * INTERVAL_MS);
  expect([planned, size.mock.calls.length]).toEqual([0, 1]);
});

it('counts what the evaluator missed and was late with, from one look to the next', async () => {
  const stats = jest.spyOn(engine.deps.evaluator, 'stats');
  const seen = { ...engine.deps.evaluator.stats(), rules: 4 };
  stats.mockReturnValue({ ...seen, late: 2, missed: 1 });
  const first = await look();
  expect(first).toMatch(/^pharos_evaluations_late_total 2$/m);
  expect(first).toMatch(/^pharos_evaluations_missed_total 1$/m);
  expect(first).toMatch(/^pharos_rules 4$/m);
  stats.mockReturnValue({ ...seen, late: 2, missed: 5 });
  const second = await look();
  expect(second).toMatch(/^pharos_evaluations_late_total 2$/m);
  expect(second).toMatch(/^pharos_evaluations_missed_total 5$/m);
});

it('says for how long a source has not answered, and forgets one that is gone', async () => {
  const labels = '{source="Prometheus",kind="prometheus"}';
  expect(await look()).toContain(`pharos_source_up${labels} 1\n`);
  prometheus.status = { ...prometheus.status, status: 'down', staleSince: engine.clock.now() };
  const down = await look();
  expect(down).toContain(`pharos_source_up${labels} 0\n`);
  expect(down).toContain(`pharos_source_stale_seconds${labels} 10\n`);
  prometheus.status = { ...prometheus.status, status: 'degraded' };
  expect(await look()).toContain(`pharos_source_up${labels} 1\n`);
  jest.spyOn(engine.deps.sources, 'everywhere').mockReturnValue([]);
  expect(await look()).not.toContain('pharos_source_up{');
});

it('says nothing of a source that was not asked yet', async () => {
  prometheus.status = { ...prometheus.status, status: 'unknown' };
  other.status = prometheus.status;
  expect(await look()).not.toContain('pharos_source_up{');
});

it('shows the age of the oldest waiting notification, and the size of the store', async () => {
  const none = await look();
  expect(none).toMatch(/^pharos_queue_oldest_age_seconds 0$/m);
  expect(Number(/^pharos_store_size_bytes (\d+)$/m.exec(none)?.[1])).toBeGreaterThan(4096);
  const { clock, store } = engine;
  await store.write((tx) => tx.jobs.enqueue([sampleJob({ runAt: clock.now(), now: clock.now() })]));
  expect(await look()).toMatch(/^pharos_queue_oldest_age_seconds 10$/m);
});

it('says which version runs, whether it is ready, and how old the newest backup is', async () => {
  const first = await look();
  expect(first).toMatch(/^pharos_build_info\{version="0\.0\.0-test"\} 1$/m);
  expect(first).toMatch(/^pharos_ready 1$/m);
  expect(first).toMatch(/^pharos_backup_age_seconds Nan$/im);
  await engine.deps.backups.run();
  notReady = ['The store cannot be written'];
  const second = await look();
  expect(second).toMatch(/^pharos_ready 0$/m);
  expect(second).toMatch(/^pharos_backup_age_seconds 10$/m);
});

describe('over all namespaces', () => {
  const labels = '{source="Prometheus",kind="prometheus"}';

  it('adds up what waits, what was given up and what is open', async () => {
    const { clock, store } = engine;
    const later = clock.now();
    const since = epochMs(later - 5000);
    const job = { kind: 'notify', namespace: 'org-2', queue: 'pager' };
    const lease = { now: later, leaseUntil: epochMs(later + 1000), max: 1 };
    await store.write(async (tx) => {
      await tx.jobs.enqueue([sampleJob({ ...job, idempotencyKey: 'dead', runAt: since, now: since })]);
      const claim = await tx.jobs.claim({ ...job, ...lease });
      expect(claim && (await tx.jobs.bury(claim, later, { error: 'gone', skippedIds: [] }))).toBe(true);
      await tx.jobs.enqueue([
        sampleJob({ runAt: later, now: later }),
        sampleJob({ ...job, idempotencyKey: 'waits', runAt: since, now: since }),
      ]);
      await tx.alerts.save([
        sampleAlert(),
        sampleAlert({ namespace: 'org-2' }),
        sampleAlert({ namespace: 'org-2', id: 'w', fingerprint: 'w', severity: 'warning', state: 'no_data' }),
        sampleAlert({ namespace: 'org-2', id: 'p', fingerprint: 'p', state: 'pending' }),
      ]);
    });
    const text = await look();
    expect(text).toContain('pharos_queue_jobs{state="queued"} 2\n');
    expect(text).toContain('pharos_queue_jobs{state="dead"} 1\n');
    expect(text).toMatch(/^pharos_queue_oldest_age_seconds 15$/m);
    expect(text).toContain('pharos_open_alerts{severity="critical"} 2\n');
    expect(text).toContain('pharos_open_alerts{severity="warning"} 1\n');
    expect(text).not.toMatch(/namespace=|org-2/);
  });

  it('shows the worse of two sources of one name, whichever namespace it is in', async () => {
    const lost = { ...other.status, status: 'down' as const, staleSince: engine.clock.now() };
    other.status = lost;
    const text = await look();
    expect(text).toContain(`pharos_source_up${labels} 0\n`);
    expect(text).toContain(`pharos_source_stale_seconds${labels} 10\n`);
    other.status = { ...lost, status: 'ok', staleSince: null };
    prometheus.status = lost;
    expect(await look()).toContain(`pharos_source_stale_seconds${labels} 20\n`);
  });

  it('lets one that has never answered neither stand for another of its name, nor go unseen alone', async () => {
    other.status = { ...other.status, status: 'down', latencyMs: null, staleSince: engine.clock.now() };
    const both = await look();
    expect(both).toContain(`pharos_source_up${labels} 1\n`);
    expect(both).toContain(`pharos_source_stale_seconds${labels} 0\n`);
    prometheus.status = other.status;
    expect(await look()).toContain(`pharos_source_up${labels} 0\n`);
  });
});
