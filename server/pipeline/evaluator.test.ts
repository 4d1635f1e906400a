import { epochMs, seconds } from '../../src/core/units.ts';
import { createEvaluatorHarness, latency, type EvaluatorHarness } from './evaluator.fixture.ts';

let engine: EvaluatorHarness;

beforeEach(async () => {
  engine = await createEvaluatorHarness();
});
afterEach(() => engine.dispose());

const reasons = async (): Promise<string[]> =>
  (await engine.history()).map(({ kind, actor, reason }) => `${kind} by ${actor}: ${reason}`);

describe('one threshold', () => {
  it('goes from a crossing to a critical alert and back, each step with its reason', async () => {
    await engine.set(latency);
    engine.measured = { latency_p95: { checkout: 0.12, cart: 9 } };
    await engine.intervals(2);
    expect(await engine.states()).toEqual({});

    engine.measured = { latency_p95: { checkout: 1.214 } };
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'pending critical' });
    await engine.intervals(2);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });

    engine.measured = { latency_p95: { checkout: 0.05 } };
    await engine.intervals(2);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });
    await engine.intervals(1);
    expect(await engine.states()).toEqual({});
    expect(await reasons()).toEqual([
      'pending by rule: p95 latency 1.21 s was above 800 ms; fires after 10 s',
      'fired by rule: p95 latency 1.21 s was above 800 ms for 10 s',
      'resolved by rule: p95 latency 50 ms is not above 300 ms',
    ]);
  });

  it('carries what routes and notifications need', async () => {
    await engine.set({ ...latency, for: seconds(0) });
    engine.measured = { latency_p95: { checkout: 0.5 } };
    await engine.intervals(1);
    const [alert] = await engine.store.read.alerts.listOpen('default');
    expect(alert).toMatchObject({
      source: 'pharos',
      state: 'firing',
      severity: 'warning',
      summary: 'checkout: p95 latency above 300 ms',
      service: 'checkout',
      ruleId: 'latency-checkout',
      value: 0.5,
      unit: 'seconds',
      labels: { alertname: 'latency_p95', service: 'checkout', signal: 'latency_p95', owner: 'shop', team: 'shop' },
      annotations: { runbook_url: 'https://runbooks.example/latency' },
    });
  });

  it('writes when something changed, and a value that only moves every 30 s', async () => {
    await engine.set({ ...latency, for: seconds(0) });
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(1);
    expect(engine.ingested()).toBe(1);
    for (let i = 1; i <= 5; i++) {
      engine.measured = { latency_p95: { checkout: 1 + i / 10 } };
      await engine.intervals(1);
    }
    expect(engine.ingested()).toBe(1);
    await engine.intervals(1);
    expect(engine.ingested()).toBe(2);
    expect((await engine.store.read.alerts.listOpen('default'))[0]?.value).toBe(1.5);
    engine.measured = { latency_p95: { checkout: 0.1 } };
    await engine.intervals(10);
    expect(await engine.states()).toEqual({});
    const after = engine.ingested();
    await engine.intervals(10);
    expect(engine.ingested()).toBe(after);
  });

  it('begins a new episode when a person resolved what is still so', async () => {
    await engine.set(latency);
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(3);
    const [alert] = await engine.store.read.alerts.listOpen('default');
    const identity = {
      subject: 'session:1',
      name: 'ann',
      role: 'editor',
      namespace: 'default',
      intakeOnly: false,
    } as const;
    await engine.store.write((tx) =>
      engine.pipeline.act(tx, {
        ...{ alertId: alert?.id ?? '', identity, now: engine.clock.now() },
        act: { kind: 'resolve', comment: 'done' },
      })
    );
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'pending critical' });
    await engine.intervals(2);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });
  });
});

describe('restarts', () => {
  it('goes on with `for` where it was', async () => {
    await engine.set(latency);
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(2);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'pending critical' });
    await engine.restart();
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });
    expect(await engine.history()).toHaveLength(2);
  });

  it('resolves at start what was deleted while it was away', async () => {
    await engine.set({ ...latency, for: seconds(0) });
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(1);
    await engine.evaluator.stop();
    await engine.remove('latency-checkout', 'too loud');
    await engine.restart();
    expect(await engine.states()).toEqual({});
    expect((await reasons()).at(-1)).toBe('resolved by ann: threshold deleted by ann: too loud');
  });
});

describe('changes of thresholds', () => {
  beforeEach(async () => {
    await engine.set({ ...latency, for: seconds(0) });
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(1);
  });

  it.each([
    ['deleted', async () => engine.remove('latency-checkout', ''), 'threshold deleted by ann'],
    ['disabled', async () => engine.set({ ...latency, enabled: false }), 'threshold disabled by ann'],
    ['moved', async () => engine.set({ ...latency, service: 'cart' }), 'threshold moved from checkout to cart by ann'],
  ])('resolves the alert of one that was %s, and says by whom', async (_what, change, reason) => {
    await change();
    expect(await engine.states()).toEqual({});
    expect((await engine.history()).at(-1)).toMatchObject({ kind: 'resolved', actor: 'ann', reason });
  });

  it('judges by new levels at the next evaluation, in the same episode', async () => {
    await engine.set({ ...latency, for: seconds(0), critical: 2 });
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing warning' });
    expect((await engine.history()).map(({ kind }) => kind)).toEqual(['fired', 'severity_lowered']);
  });
});

describe('silence', () => {
  const silence = { id: 'silence', service: '*', signal: 'log_age', critical: 60, for: seconds(10) } as const;
  /** As if discovery had just asked. */
  const heard = (ages: Readonly<Record<string, number>>): void => {
    const askedAt = engine.clock.now();
    const byService = new Map(Object.entries(ages).map(([name, age]) => [name, epochMs(askedAt - age * 1000)]));
    engine.newest = { log_age: { askedAt, every: seconds(60), byService } };
  };

  it('of logs alerts where somebody asked for it, and ends with the next line', async () => {
    await engine.set(silence);
    heard({ checkout: 4, cart: 75 });
    await engine.intervals(3);
    expect(await engine.states()).toEqual({ 'cart log_age': 'firing critical' });
    heard({ checkout: 4, cart: 0 });
    await engine.intervals(3);
    expect(await engine.states()).toEqual({});
    expect(await reasons()).toEqual([
      'pending by rule: log age 1.25 min was above 1 min; fires after 10 s',
      'fired by rule: log age 1.25 min was above 1 min for 10 s',
      'resolved by rule: log age 0 s is not above 1 min',
    ]);
    expect(engine.asked).toEqual([]);
  });

  it('is not made of a source that nobody heard: states are kept until it answers', async () => {
    await engine.set(silence);
    await engine.intervals(30);
    expect([await engine.states(), engine.evaluator.stats().failed]).toEqual([{}, 0]);
    heard({ cart: 61 });
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'cart log_age': 'pending critical' });
    engine.clock.advance(seconds(181));
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'cart log_age': 'pending critical' });
    expect(engine.evaluator.stats().failed).toBeGreaterThan(0);
    heard({ cart: 2 });
    await engine.intervals(1);
    expect(await engine.states()).toEqual({});
  });

  it('that has fired stays so when nobody remembers the age, as after a restart, until there is a next line', async () => {
    await engine.set({ ...silence, service: 'cart' });
    heard({ cart: 75 });
    await engine.intervals(3);
    heard({ checkout: 1 });
    await engine.intervals(40);
    expect(await engine.states()).toEqual({ 'cart log_age': 'firing critical' });
    heard({ cart: 0 });
    await engine.intervals(3);
    expect(await engine.states()).toEqual({});
  });

  it('of a named service alerts as missing when nobody ever heard of it', async () => {
    await engine.set({ ...silence, service: 'payments' });
    heard({ checkout: 1 });
    await engine.intervals(25);
    expect(await engine.states()).toEqual({ 'payments log_age': 'no_data critical' });
  });
});

describe('defaults', () => {
  const everywhere = { id: 'errors', service: '*', signal: 'error_ratio', critical: 0.05 } as const;

  it('watches every service but those with a threshold of their own', async () => {
    await engine.set(everywhere, { id: 'errors-cart', service: 'cart', signal: 'error_ratio', critical: 0.5 });
    engine.measured = { error_ratio: { checkout: 0.1, cart: 0.1, catalog: 0.01 } };
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout error_ratio': 'firing critical' });
    expect(engine.asked).toHaveLength(1);
  });

  it('hands an open alert over to an override that is as strict', async () => {
    await engine.set(everywhere);
    engine.measured = { error_ratio: { checkout: 0.1 } };
    await engine.intervals(1);
    await engine.set({ id: 'errors-checkout', service: 'checkout', signal: 'error_ratio', critical: 0.02 });
    await engine.intervals(1);
    const open = await engine.store.read.alerts.listOpen('default');
    expect(open.map(({ state, ruleId }) => [state, ruleId])).toEqual([['firing', 'errors-checkout']]);
    expect(await engine.history()).toHaveLength(1);
  });

  it('resolves the alert of a service that was taken out', async () => {
    await engine.set(everywhere);
    engine.measured = { error_ratio: { checkout: 0.1 } };
    await engine.intervals(1);
    await engine.set({ id: 'off', service: 'checkout', signal: 'error_ratio', critical: 0.5, enabled: false });
    expect(await engine.states()).toEqual({});
    expect((await engine.history()).at(-1)?.reason).toBe('threshold changed by ann, or checkout has another one now');
  });
});

describe('missing data', () => {
  it('is said after three intervals, and ends when data returns', async () => {
    await engine.set(latency);
    engine.measured = { latency_p95: { checkout: 0.1 } };
    await engine.intervals(1);
    engine.measured = {};
    await engine.intervals(3);
    expect(await engine.states()).toEqual({});
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'no_data warning' });
    engine.measured = { latency_p95: { checkout: 0.1 } };
    await engine.intervals(1);
    expect(await engine.states()).toEqual({});
    expect(await reasons()).toEqual([
      'no_data by rule: p95 latency has had no value for 15 s',
      'resolved by rule: p95 latency 100 ms is not above 300 ms',
    ]);
  });

  it('is not missing where there is no traffic', async () => {
    await engine.set({ ...latency, service: '*', id: 'all' });
    engine.measured = { latency_p95: { checkout: 0.1 } };
    await engine.intervals(1);
    engine.measured = { latency_p95: { checkout: Number.NaN } };
    await engine.intervals(10);
    expect(await engine.states()).toEqual({});
  });

  it('waits longer for a named service that was never seen, and not at all for others', async () => {
    await engine.set(latency, { id: 'cpu', service: '*', signal: 'cpu', critical: 2 });
    await engine.intervals(24);
    expect(await engine.states()).toEqual({});
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'no_data warning' });
  });

  it('keeps a firing alert firing until then', async () => {
    await engine.set({ ...latency, for: seconds(0) });
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(1);
    engine.measured = {};
    await engine.intervals(3);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });
    await engine.intervals(1);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'no_data critical' });
  });
});

describe('the source', () => {
  it('keeps every state while it fails, counts it, and goes on within one interval', async () => {
    await engine.set({ ...latency, for: seconds(0) });
    engine.measured = { latency_p95: { checkout: 1 } };
    await engine.intervals(1);
    engine.outage = 'Prometheus answered 503.';
    engine.measured = { latency_p95: { checkout: 0.1 } };
    await engine.intervals(20);
    expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });
    expect(engine.evaluator.stats().failed).toBe(20);
    expect(engine.evaluator.stats('elsewhere')).toMatchObject({ rules: 0, failed: 0, lastAt: null, perSecond: 0 });
    engine.outage = undefined;
    await engine.intervals(3);
    expect(await engine.states()).toEqual({});
  });

  it('is asked once per signal for a thousand thresholds', async () => {
    const signals = ['latency_p95', 'error_ratio', 'request_rate', 'cpu'] as const;
    await engine.set(
      ...Array.from({ length: 1000 }, (_, i) => ({
        id: `t${i}`,
        service: `service-${Math.floor(i / 4)}`,
        signal: signals[i % 4] ?? 'cpu',
        critical: 0.5,
        direction: 'above' as const,
      }))
    );
    const values = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`service-${i}`, i === 7 ? 0.9 : 0.1]));
    engine.measured = Object.fromEntries(signals.map((signal) => [signal, values]));
    await engine.intervals(1);
    expect(engine.asked).toHaveLength(4);
    expect(engine.evaluator.stats().rules).toBe(1000);
    expect(engine.evaluator.stats('default')).toEqual(engine.evaluator.stats());
    expect(Object.keys(await engine.states()).toSorted()).toEqual(signals.map((s) => `service-7 ${s}`).toSorted());
  });
});

it('judges every series of an expression, named by its own labels', async () => {
  const expr = 'sum by (queue) (depth)';
  await engine.set({
    ...{ id: 'x1', service: 'worker', signal: { expr }, critical: 10, unit: 'count' },
    labels: { alertname: 'Backlog' },
  });
  engine.measured = { [expr]: { orders: 12, mails: 3 } };
  await engine.intervals(1);
  const open = await engine.store.read.alerts.listOpen('default');
  expect(open.map(({ labels, summary }) => ({ labels, summary }))).toEqual([
    {
      labels: { alertname: 'Backlog', threshold: 'x1', service: 'orders' },
      summary: 'orders: sum by (queue) (depth) above 10',
    },
  ]);
});

it('leaves evaluation to the leader', async () => {
  await engine.lead(false);
  await engine.set({ ...latency, for: seconds(0) });
  engine.measured = { latency_p95: { checkout: 1 } };
  await engine.intervals(2);
  expect(engine.asked).toEqual([]);
  await engine.lead(true);
  await engine.intervals(1);
  expect(await engine.states()).toEqual({ 'checkout latency_p95': 'firing critical' });
});

it('begins anew when it leads again: what it knew, another engine has gone on from', async () => {
  await engine.set({ ...latency, service: '*', for: seconds(0) });
  engine.measured = { latency_p95: { checkout: 0.1 } };
  await engine.intervals(1);
  engine.measured = {};
  await engine.intervals(1);
  await engine.lead(false);
  await engine.intervals(100);
  expect(await engine.states()).toEqual({});
  await engine.lead(true);
  await engine.intervals(1);
  expect(await engine.states()).toEqual({});
});
