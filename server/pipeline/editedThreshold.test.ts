import { seconds } from '../../src/core/units.ts';
import { createEvaluatorHarness, latency, type EvaluatorHarness } from './evaluator.fixture.ts';

let engine: EvaluatorHarness;

beforeEach(async () => {
  engine = await createEvaluatorHarness();
});
afterEach(() => engine.dispose());

describe('a threshold that names its series anew', () => {
  const healthy = { ...latency, for: seconds(0), service: '*' } as const;

  it.each([
    ['another owner', { owner: 'other' }],
    ['no owner', { owner: '' }],
    ['another label', { labels: { team: 'other' } }],
  ])('misses none of the old ones: %s', async (_, edit) => {
    await engine.set(healthy);
    engine.measured = { latency_p95: { checkout: 0.1, cart: 0.1 } };
    await engine.intervals(2);
    await engine.set({ ...healthy, ...edit });
    await engine.intervals(10);
    expect(await engine.states()).toEqual({});
    await engine.evaluator.stop();
    await engine.restart();
    await engine.intervals(40);
    expect(await engine.history()).toEqual([]);

    engine.measured = { latency_p95: { cart: 0.1 } };
    await engine.intervals(40);
    expect(await engine.states()).toMatchObject({ 'checkout latency_p95': expect.stringContaining('no_data') });
  });

  const { signal: _signal, ...rest } = healthy;
  const expression = { ...rest, id: 'e', signal: { expr: 'old_expr' }, unit: 'seconds', direction: 'above' } as const;
  const EDITS = [
    ['is edited', { signal: { expr: 'new_expr' } }],
    ['gets another owner', { owner: 'other' }],
    ['loses its owner', { owner: '' }],
    ['loses a label', { labels: {} }],
  ] as const;

  it.each(EDITS)('misses none of the old ones where an expression %s', async (_, edit) => {
    await engine.set(expression);
    engine.measured = { old_expr: { checkout: 0.1, cart: 0.1 }, new_expr: { other: 0.1 } };
    await engine.intervals(2);
    await engine.set({ ...expression, ...edit });
    await engine.intervals(40);
    expect(await engine.history()).toEqual([]);
  });

  it.each(EDITS)('misses none of the old ones where an expression %s while no engine runs', async (_, edit) => {
    await engine.set(expression);
    engine.measured = { old_expr: { checkout: 0.1, cart: 0.1 }, new_expr: { other: 0.1 } };
    await engine.intervals(2);
    await engine.evaluator.stop();
    await engine.save({ ...expression, ...edit });
    await engine.restart();
    await engine.intervals(60);
    expect(await engine.history()).toEqual([]);
  });

  it('still misses the series of an expression that stayed as it was while no engine ran', async () => {
    await engine.set(expression);
    engine.measured = { old_expr: { checkout: 0.1, cart: 0.1 } };
    await engine.intervals(2);
    await engine.evaluator.stop();
    engine.measured = { old_expr: { cart: 0.1 } };
    await engine.restart();
    await engine.intervals(60);
    expect(await engine.states()).toEqual({ 'checkout expression': expect.stringContaining('no_data') });
  });

  it('still misses the others where one service gets a threshold of its own', async () => {
    await engine.set(healthy);
    engine.measured = { latency_p95: { checkout: 0.1, cart: 0.1 } };
    await engine.intervals(2);
    engine.measured = { latency_p95: { checkout: 0.1 } };
    await engine.intervals(1);
    await engine.set({ ...healthy, id: 'own', service: 'checkout' });
    await engine.intervals(20);
    expect(await engine.states()).toMatchObject({ 'cart latency_p95': expect.stringContaining('no_data') });
  });
});
