import { seconds } from '../../src/core/units.ts';
import { createEvaluatorHarness, type EvaluatorHarness } from './evaluator.fixture.ts';

let engine: EvaluatorHarness;

const latency = {
  id: 'latency-checkout',
  service: 'checkout',
  signal: 'latency_p95',
  warning: 0.3,
  critical: 0.8,
  for: seconds(10),
  owner: 'shop',
  runbookUrl: 'https://runbooks.example/latency',
  labels: { team: 'shop' },
} as const;

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
});
