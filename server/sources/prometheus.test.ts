import { epochMs, seconds } from '../../src/core/units.ts';
import { systemClock } from '../clock.ts';
import { json, plain, silent, startFakeStore, vector, type FakeStore } from './fakeStore.fixture.ts';
import { openSource } from './openSource.ts';
import type { PrometheusSource, Source } from './source.ts';

let store: FakeStore;
const { signal } = new AbortController();

const definition = {
  namespace: 'default',
  id: 'prometheus',
  kind: 'prometheus',
  name: 'Prometheus',
  tenant: '',
  token: '',
  builtIn: true,
} as const;

const isPrometheus = (source: Source): source is PrometheusSource => source.kind === 'prometheus';

function open(rest: { url?: string; tenant?: string; token?: string } = {}): PrometheusSource {
  const limits = { timeoutMs: 100, halfOpenAfterMs: 40 };
  const { source } = openSource({ ...definition, url: store.url, ...rest }, { clock: systemClock, limits });
  if (!isPrometheus(source)) {
    throw new Error('expected a Prometheus source');
  }
  return source;
}

const ask = (source: PrometheusSource, expr = 'up') => source.instant(expr, { signal });
const failure = async (source: PrometheusSource): Promise<string> =>
  ask(source).then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.message : '')
  );

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error('waited 5 s in vain');
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

beforeEach(async () => {
  store = await startFakeStore(vector([[{ service: 'checkout' }, '1.5']]));
});
afterEach(() => store.close());

describe('questions', () => {
  it('posts an instant query with its moment in seconds and reads samples', async () => {
    const samples = await open().instant('up{a="&"}', { at: epochMs(1_700_000_000_250), signal });
    expect(samples).toEqual([{ labels: { service: 'checkout' }, at: 1_700_000_000_250, value: 1.5 }]);
    expect(store.seen[0]).toMatchObject({ method: 'POST', path: '/api/v1/query' });
    expect(Object.fromEntries(store.seen[0]?.params ?? [])).toEqual({ query: 'up{a="&"}', time: '1700000000.250' });
  });

  it('reads NaN and infinities, scalars, and leaves out native histograms', async () => {
    store.answer = vector([
      [{}, 'NaN'],
      [{}, '+Inf'],
      [{}, '-Inf'],
    ]);
    const source = open();
    expect((await ask(source)).map(({ value }) => value)).toEqual([Number.NaN, Infinity, -Infinity]);
    store.answer = json({ status: 'success', data: { resultType: 'scalar', result: [1, '2'] } });
    expect(await ask(source)).toEqual([{ labels: {}, at: 1000, value: 2 }]);
    store.answer = json({
      status: 'success',
      data: { resultType: 'vector', result: [{ metric: {}, histogram: [1, { count: '4' }] }] },
    });
    expect(await ask(source)).toEqual([]);
  });

  it('reads a range', async () => {
    store.answer = json({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { a: 'b' },
            values: [
              [10, '1'],
              [15, 'NaN'],
            ],
          },
        ],
      },
    });
    const series = await open().range('x', { from: epochMs(10_000), to: epochMs(15_000), step: seconds(5), signal });
    expect(series).toEqual([{ labels: { a: 'b' }, times: [10_000, 15_000], values: [1, Number.NaN] }]);
    expect(Object.fromEntries(store.seen[0]?.params ?? [])).toEqual({
      query: 'x',
      start: '10.000',
      end: '15.000',
      step: '5',
    });
  });

  it('reads names, and scrape intervals by job', async () => {
    store.answer = json({ status: 'success', data: ['up', 'http_requests_total'] });
    expect(await open().labelValues('__name__', { match: '{a="b"}', signal })).toEqual(['up', 'http_requests_total']);
    expect(store.seen[0]).toMatchObject({ method: 'GET', path: '/api/v1/label/__name__/values' });
    expect(store.seen[0]?.params.get('match[]')).toBe('{a="b"}');
    store.answer = json({
      status: 'success',
      data: { activeTargets: [{ labels: { job: 'demo' }, scrapePool: 'demo', scrapeInterval: '5s' }] },
    });
    expect(await open().scrapeIntervals(signal)).toEqual({ demo: 5000 });
    store.answer = plain('404 page not found', { status: 404 });
    expect(await open().scrapeIntervals(signal)).toEqual({});
  });

  it('sends the tenant and the token, and keeps credentials out of its own address', async () => {
    await ask(open({ tenant: 'team-a', token: 'secret-token' }));
    expect(store.seen[0]?.headers).toMatchObject({ 'x-scope-orgid': 'team-a', authorization: 'Bearer secret-token' });
    const source = open({ url: store.url.replace('http://', 'http://ann:p%40ss@') });
    expect(source.url).toBe(store.url);
    await ask(source);
    expect(store.seen[1]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:p@ss').toString('base64')}`);
  });
});

describe('failures', () => {
  it('gives the words of the store for a wrong question, and does not hold it against the store', async () => {
    store.answer = json({ status: 'error', errorType: 'bad_data', error: 'parse error: unexpected "}"' }, 400);
    const source = open();
    for (let i = 0; i < 12; i++) {
      expect(await failure(source)).toBe('Prometheus answered 400: parse error: unexpected "}".');
    }
    store.answer = vector([]);
    expect(await failure(source)).toBe('answered');
    expect(source.health()).toMatchObject({ status: 'ok', lastError: null, staleSince: null });
  });

  it.each([
    [
      'a web page',
      plain('<html>login</html>', { type: 'text/html' }),
      'Prometheus answered a web page where JSON was expected: is that its address.',
    ],
    [
      'half a document',
      plain('{"status":"succ', { type: 'application/json' }),
      'Prometheus answered something that is not JSON where JSON was expected: is that its address.',
    ],
    ['503', plain('no healthy upstream', { status: 503 }), 'Prometheus answered 503: no healthy upstream.'],
    ['silence', silent, 'Prometheus gave no answer within 0.1 s.'],
  ])('names the fault: %s', async (_what, answer, message) => {
    store.answer = answer;
    const source = open();
    expect(await failure(source)).toBe(message);
    expect(source.health()).toMatchObject({ status: 'down', lastError: message.replace(/^Prometheus (.*)\.$/, '$1') });
  });

  it('refuses an answer with one sample that is no number', async () => {
    store.answer = vector([
      [{ service: 'a' }, '1'],
      [{ service: 'b' }, 'lots'],
    ]);
    expect(await failure(open())).toContain('expected a sample value, got \\"lots\\"');
  });

  it('refuses a redirect: it could lead to where the guard would not', async () => {
    store.answer = (_seen, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    };
    expect(await failure(open())).toBe('Prometheus answered 302.');
  });

  it('says why it cannot connect', async () => {
    const gone = await startFakeStore(silent);
    await gone.close();
    const source = open({ url: gone.url });
    expect(await failure(source)).toBe('Prometheus cannot be reached.');
    expect(source.health().lastError).toMatch(/^cannot be reached: .*ECONNREFUSED 127\.0\.0\.1:\d+/);
  });

  it('names no address of a part that fails behind it, but what is wrong with a question as it is', async () => {
    const trouble = 'dial tcp 10.1.2.3:9095: connection refused';
    store.answer = plain(trouble, { status: 502 });
    const source = open();
    expect(await failure(source)).toBe('Prometheus answered 502: dial tcp [address]: connection refused.');
    expect(source.health().lastError).toBe(`answered 502: ${trouble}`);
    const wrong = 'instance="10.1.2.3:9090" is no matcher';
    store.answer = json({ status: 'error', error: wrong }, 400);
    expect(await failure(source)).toBe(`Prometheus answered 400: ${wrong}.`);
  });

  it('does not blame the store when the caller goes away', async () => {
    store.answer = silent;
    const source = open();
    await expect(source.instant('up', { signal: AbortSignal.timeout(10) })).rejects.toThrow('was not waited for');
    expect(source.health().status).toBe('unknown');
  });

  it('opens after five failures, asks nothing while open, and is well again after one good answer', async () => {
    store.answer = plain('down', { status: 503 });
    const source = open();
    const before = Date.now();
    for (let i = 0; i < 5; i++) {
      await failure(source);
    }
    expect(await failure(source)).toBe('Prometheus has failed several times and is not queried for a moment.');
    expect(store.seen).toHaveLength(5);
    const { staleSince, status } = source.health();
    expect(status).toBe('down');
    expect(staleSince).toBeGreaterThanOrEqual(before);

    // Half open: one question goes through, and its failure closes the door again.
    await until(async () => (await failure(source)) === 'Prometheus answered 503: down.');
    expect(await failure(source)).toContain('is not queried for a moment');
    expect(source.health().staleSince).toBe(staleSince);

    store.answer = vector([]);
    await until(async () => (await failure(source)) === 'answered');
    expect(source.health()).toMatchObject({ status: 'ok', staleSince: null, lastError: null });
  });

  it('opens when half of ten fail, however they are mixed', async () => {
    const source = open();
    const seen: string[] = [];
    for (let i = 0; i < 12; i++) {
      store.answer = i % 2 === 0 ? vector([]) : plain('down', { status: 503 });
      seen.push(await failure(source));
    }
    expect(seen.slice(0, 10).filter((message) => message === 'answered')).toHaveLength(5);
    expect(seen.slice(10)).toEqual(
      Array(2).fill('Prometheus has failed several times and is not queried for a moment.')
    );
  });

  it('asks at most ten things at once', async () => {
    let running = 0;
    let most = 0;
    const release: Array<() => void> = [];
    store.answer = (seen, response) => {
      running += 1;
      most = Math.max(most, running);
      release.push(() => {
        running -= 1;
        vector([])(seen, response);
      });
    };
    const { source } = openSource({ ...definition, url: store.url }, { clock: systemClock });
    if (!isPrometheus(source)) {
      throw new Error('expected a Prometheus source');
    }
    const all = Promise.all(Array.from({ length: 25 }, () => ask(source)));
    let answered = 0;
    await until(() => {
      while (release.length > 0 && (running === 10 || answered >= 15)) {
        answered += 1;
        release.shift()?.();
      }
      return Promise.resolve(answered === 25);
    });
    await all;
    expect(most).toBe(10);
  });
});

it('checks by a query, and learns from it how new the data is', async () => {
  store.answer = vector([[{}, '1700000000.5']]);
  const source = open();
  expect(source.health()).toMatchObject({ status: 'unknown', newestDataAt: null });
  await source.check(signal);
  expect(source.health()).toMatchObject({ status: 'ok', newestDataAt: 1_700_000_000_500 });
  store.answer = silent;
  await source.check(signal);
  expect(source.health()).toMatchObject({ status: 'degraded', lastError: 'gave no answer within 0.1 s' });
});
