import pino from 'pino';
import { createSecrets } from '../secrets.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createSources } from './createSources.ts';
import { plain, silent, startFakeStore, vector, type FakeStore } from './fakeStore.fixture.ts';
import type { PrometheusSource, Sources } from './source.ts';

const DEAR = 'a caller asks';

let store: FakeStore;
let sources: Sources;

beforeEach(async () => {
  store = await startFakeStore(vector([]));
  sources = createSources({
    ...{ clock: createTestClock(), log: pino({ level: 'silent' }) },
    secrets: createSecrets('a key of thirty-two bytes or more'),
    config: { prometheusUrl: store.url, lokiUrl: undefined, tempoUrl: undefined, grafanaUrl: undefined },
    store: { read: { sources: { listAll: () => Promise.resolve([]) } } },
  });
});
afterEach(async () => {
  await store.close();
  await sources.stop();
});

const askAt = async (source: PrometheusSource | undefined, expr: string): Promise<string> => {
  try {
    await source?.instant(expr, { signal: AbortSignal.timeout(5000) });
    return 'answered';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};
const askAsCaller = (expr = DEAR): Promise<string> => askAt(sources.prometheus('default'), expr);
const askForEngine = (): Promise<string> => askAt(sources.own.prometheus('default'), 'up');
const health = () => sources.list('default')[0]?.health();

it('asks for the engine on while questions of callers fail, and calls the source well', async () => {
  store.answer = (seen, response) =>
    (seen.params.get('query') === DEAR ? plain('timed out', { status: 503 }) : vector([]))(seen, response);
  expect(await askForEngine()).toBe('answered');
  for (let i = 0; i < 5; i++) {
    expect(await askAsCaller()).toBe('Prometheus answered 503: timed out.');
  }
  expect(await askAsCaller('up')).toBe('Prometheus has failed several times and is not queried for a moment.');
  expect(await askForEngine()).toBe('answered');
  expect(health()).toMatchObject({ status: 'ok', staleSince: null, lastError: null });
  expect(sources.prometheus('default')?.health()).toEqual(health());
});

it('asks for callers on while the engine’s own questions fail, and says that the source is down', async () => {
  store.answer = (seen, response) =>
    (seen.params.get('query') === DEAR ? vector([]) : plain('broken', { status: 500 }))(seen, response);
  for (let i = 0; i < 5; i++) {
    await askForEngine();
  }
  expect(await askForEngine()).toContain('is not queried for a moment');
  expect(await askAsCaller()).toBe('answered');
  expect(health()).toMatchObject({ status: 'down', staleSince: expect.any(Number), lastError: 'answered 500: broken' });
});

it('has room for the engine however many questions of callers wait', async () => {
  store.answer = (seen, response) => (seen.params.get('query') === DEAR ? silent : vector([]))(seen, response);
  const callers = Array.from({ length: 20 }, () => askAsCaller());
  expect(await askForEngine()).toBe('answered');
  await store.close();
  expect(new Set(await Promise.all(callers))).not.toContain('answered');
});
