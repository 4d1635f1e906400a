import { epochMs, seconds } from '../../src/core/units.ts';
import { createEvaluatorHarness, type EvaluatorHarness } from './evaluator.fixture.ts';

let engine: EvaluatorHarness;

const everywhere = { id: 'latency', service: '*', signal: 'latency_p95', warning: 0.3, for: seconds(10) } as const;
const NO_DATA = { 'checkout latency_p95': 'no_data warning' };

beforeEach(async () => {
  engine = await createEvaluatorHarness();
  await engine.set(everywhere);
  engine.measured = { latency_p95: { checkout: 0.1, cart: 0.1 } };
  await engine.intervals(1);
});
afterEach(() => engine.dispose());

const kept = async (): Promise<readonly string[]> =>
  (await engine.store.read.seenSeries.list('default')).map(({ labels }) => labels['service'] ?? '').toSorted();

/** The engine is down while one of the services goes. */
async function restartWithout(signal: string, values: Readonly<Record<string, number>>): Promise<void> {
  engine.measured = { [signal]: values };
  engine.clock.advance(seconds(3600));
  await engine.restart();
}

async function closeByHand(): Promise<void> {
  const [alert] = await engine.store.read.alerts.listOpen('default');
  const identity = {
    subject: 'ann',
    name: 'ann',
    role: 'editor',
    namespace: 'default',
    via: 'session',
    intakeOnly: false,
  } as const;
  const act = { kind: 'resolve', comment: 'retired' } as const;
  await engine.store.write((tx) =>
    engine.pipeline.act(tx, { alertId: alert?.id ?? '', identity, now: engine.clock.now(), act })
  );
}

describe('a series that ends while no engine runs', () => {
  it('is missed after the restart, once it has had the time to come back with what was restarted', async () => {
    await restartWithout('latency_p95', { cart: 0.1 });
    await engine.intervals(24);
    expect(await engine.states()).toEqual({});
    await engine.intervals(2);
    expect(await engine.states()).toEqual(NO_DATA);
    expect((await engine.history()).map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
      'no_data: p95 latency has had no value for 2 m',
    ]);
  });

  it('is no news when it comes back in time', async () => {
    await restartWithout('latency_p95', { cart: 0.1 });
    await engine.intervals(20);
    engine.measured = { latency_p95: { checkout: 0.1, cart: 0.1 } };
    await engine.intervals(30);
    expect(await engine.history()).toEqual([]);
  });

  it('stays missed over the next restart, and is told once', async () => {
    await restartWithout('latency_p95', { cart: 0.1 });
    await engine.intervals(26);
    await engine.restart();
    await engine.intervals(30);
    expect(await engine.states()).toEqual(NO_DATA);
    expect(await engine.history()).toHaveLength(1);
  });

  it('is not missed any more when a person has closed the alert of it', async () => {
    engine.measured = { latency_p95: { cart: 0.1 } };
    await engine.intervals(5);
    expect(await engine.states()).toEqual(NO_DATA);
    await closeByHand();
    await engine.intervals(2);
    expect(await kept()).toEqual(['cart']);
    await engine.restart();
    await engine.intervals(30);
    expect(await engine.states()).toEqual({});
    engine.measured = { latency_p95: { checkout: 0.1, cart: 0.1 } };
    await engine.intervals(1);
    expect(await kept()).toEqual(['cart', 'checkout']);
  });

  it('goes with its threshold', async () => {
    await engine.set({ ...everywhere, id: 'cart-cpu', service: 'cart', signal: 'cpu' });
    await engine.remove('latency', 'not needed');
    expect(await kept()).toEqual([]);
  });

  it('is waited for by an override that takes it over', async () => {
    await engine.set({ ...everywhere, id: 'own', service: 'checkout' });
    await engine.intervals(1);
    const rules = (await engine.store.read.seenSeries.list('default')).map(({ ruleId }) => ruleId);
    expect(rules.toSorted()).toEqual(['latency', 'own']);
    await restartWithout('latency_p95', { cart: 0.1 });
    await engine.intervals(26);
    expect(await engine.states()).toEqual(NO_DATA);
  });
});

it('writes what it has seen once, not at every evaluation', async () => {
  const write = jest.spyOn(engine.store, 'write');
  await engine.intervals(10);
  expect(write).not.toHaveBeenCalled();
});

it('keeps no ages: what was silent before a restart stays no news', async () => {
  await engine.set({ ...everywhere, id: 'silence', signal: 'log_age', warning: 60 });
  const byService = new Map([['payments', epochMs(engine.clock.now() - 4000)]]);
  engine.newest = { log_age: { askedAt: engine.clock.now(), every: seconds(60), byService } };
  await engine.intervals(2);
  expect(await kept()).toEqual(['cart', 'checkout']);
});
