import { createTestClock } from '../testing/testClock.ts';
import { createMetricCatalogue } from './metricCatalogue.ts';
import type { Sources } from './source.ts';

function create() {
  const clock = createTestClock();
  const state = { names: ['up', 'go_goroutines'], intervals: { demo: 5000 }, fails: false, asked: 0 };
  const source = {
    labelValues: () => {
      state.asked += 1;
      return state.fails ? Promise.reject(new Error('down')) : Promise.resolve(state.names);
    },
    scrapeIntervals: () => Promise.resolve(state.intervals),
  };
  const sources = {
    own: { prometheus: (namespace: string) => (namespace === 'default' ? source : undefined) },
  } as unknown as Sources;
  const catalogue = createMetricCatalogue({ sources, clock });
  const { signal } = new AbortController();
  return { clock, state, catalogue, read: (namespace = 'default') => catalogue.read(namespace, signal) };
}

it('knows the names that queries read, and the window over which rates are taken', async () => {
  const { read, catalogue, state } = create();
  expect(catalogue.known('default')).toBeUndefined();
  expect(await read()).toEqual({ metrics: new Set(['up']), scrapeInterval: 5000, window: 60_000 });
  expect(catalogue.known('default')?.metrics.has('up')).toBe(true);
  expect(await read('org-2')).toBeUndefined();
  expect(state.asked).toBe(1);
});

it('takes the slowest job for the window, within reason, and 15 s where nothing tells', async () => {
  const slow = create();
  slow.state.intervals = { demo: 60_000 };
  expect(await slow.read()).toMatchObject({ scrapeInterval: 60_000, window: 240_000 });
  const very = create();
  very.state.intervals = { demo: 3_600_000 };
  expect(await very.read()).toMatchObject({ window: 300_000 });
  const silent = create();
  silent.state.intervals = { demo: 0 };
  expect(await silent.read()).toMatchObject({ scrapeInterval: 15_000, window: 60_000 });
});

it('looks often while names are new, and each minute later', async () => {
  const { clock, state, read } = create();
  await read();
  state.names = ['up', 'http_requests_total'];
  clock.advance(3000);
  expect((await read())?.metrics.size).toBe(2);
  for (let i = 0; i < 40; i++) {
    clock.advance(3000);
    await read();
  }
  const before = state.asked;
  clock.advance(59_000);
  await read();
  clock.advance(1000);
  await read();
  expect(state.asked).toBe(before + 1);
});

it('looks often for a name that is new, also where another went at the same time', async () => {
  const { clock, state, read } = create();
  await read();
  for (let i = 0; i < 40; i++) {
    clock.advance(3000);
    await read();
  }
  state.names = ['http_requests_total'];
  clock.advance(60_000);
  await read();
  await new Promise((resolve) => setImmediate(resolve));
  const before = state.asked;
  clock.advance(3000);
  await read();
  expect(state.asked).toBe(before + 1);
});

it('keeps what it knew while the source fails, and fails only where it knows nothing', async () => {
  const { clock, state, read } = create();
  state.fails = true;
  await expect(read()).rejects.toThrow('down');
  state.fails = false;
  await read();
  state.fails = true;
  clock.advance(3000);
  expect((await read())?.metrics.has('up')).toBe(true);
});
