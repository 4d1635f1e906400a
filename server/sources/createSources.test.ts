import pino from 'pino';
import { Agent, type Dispatcher } from 'undici';
import { epochMs, hours } from '../../src/core/units.ts';
import { createSecrets } from '../secrets.ts';
import { captureLog } from '../testing/captureLog.ts';
import { createTestClock } from '../testing/testClock.ts';
import type { StoredSource } from '../store/sourceRepository.ts';
import { EngineError } from '../errors.ts';
import { createSources, type SourcesDeps } from './createSources.ts';
import { json, plain, startFakeStore, vector, type FakeStore } from './fakeStore.fixture.ts';
import type { LokiSource, Sources, TempoSource } from './source.ts';

let store: FakeStore;
let opened: Sources[];
const secrets = createSecrets('a key of thirty-two bytes or more');
const clock = createTestClock();

const stored = (rest: Partial<StoredSource>): StoredSource => ({
  ...{ namespace: 'org-2', id: 's1', kind: 'prometheus', name: 'mimir', url: store.url, tenant: 'team-a' },
  ...{ secret: secrets.encrypt('the-token'), createdAt: epochMs(0), createdBy: 'ann' },
  ...rest,
});

function create(list: () => readonly StoredSource[], rest: Partial<SourcesDeps> = {}): Sources {
  const sources = createSources({
    ...{ clock, secrets, log: pino({ level: 'silent' }) },
    config: { prometheusUrl: store.url, lokiUrl: store.url, tempoUrl: store.url, grafanaUrl: store.url },
    store: { read: { sources: { listAll: () => Promise.resolve(list()) } } },
    ...rest,
  });
  opened.push(sources);
  return sources;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) {
      throw new Error('waited 5 s in vain');
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

beforeEach(async () => {
  opened = [];
  store = await startFakeStore(vector([]));
});
afterEach(async () => {
  await Promise.all(opened.map((sources) => sources.stop()));
  await store.close();
});

it('gives the sources of the settings to the default namespace at once, and stored ones to theirs', async () => {
  const sources = create(() => [stored({})]);
  expect(sources.list('default').map(({ kind, name, builtIn }) => [kind, name, builtIn])).toEqual([
    ['prometheus', 'Prometheus', true],
    ['loki', 'Loki', true],
    ['tempo', 'Tempo', true],
    ['grafana', 'Grafana', true],
  ]);
  expect(sources.list('org-2')).toEqual([]);
  await sources.reload();
  expect(sources.namespaces()).toEqual(['default', 'org-2']);
  expect(sources.prometheus('org-2')).toMatchObject({ id: 's1', name: 'mimir', tenant: 'team-a', builtIn: false });
  expect(sources.loki('org-2')).toBeUndefined();
  expect(sources.prometheus('org-3')).toBeUndefined();

  await sources.prometheus('org-2')?.instant('up', { signal: AbortSignal.timeout(5000) });
  expect(store.seen[0]?.headers).toMatchObject({ authorization: 'Bearer the-token', 'x-scope-orgid': 'team-a' });
});

it('keeps what it knows of a source over a reload, and lets go of one that is gone', async () => {
  let list = [stored({})];
  const sources = create(() => list);
  await sources.reload();
  const before = sources.prometheus('org-2');
  await sources.reload();
  expect(sources.prometheus('org-2')).toBe(before);
  list = [stored({ url: `${store.url}/other` })];
  await sources.reload();
  expect(sources.prometheus('org-2')?.url).toBe(`${store.url}/other`);
  list = [];
  await sources.reload();
  expect(sources.namespaces()).toEqual(['default']);
});

it('puts in place what was read last, however long a reading before it took', async () => {
  const answers: Array<(found: readonly StoredSource[]) => void> = [];
  const listAll = () => new Promise<readonly StoredSource[]>((resolve) => answers.push(resolve));
  const sources = create(() => [], { store: { read: { sources: { listAll } } } });
  const both = [sources.reload(), sources.reload()];
  await until(() => answers.length > 0);
  // Were both read side by side, the one that has seen less would be answered last.
  answers[1]?.([stored({})]);
  answers[0]?.([]);
  await until(() => answers.length > 1);
  answers[1]?.([stored({})]);
  await Promise.all(both);
  expect(sources.list('org-2').map(({ id }) => id)).toEqual(['s1']);
});

it('leaves out a source whose token cannot be read, and says so once', async () => {
  const other = createSecrets('another key of thirty-two bytes or more');
  const { log, lines } = captureLog('error');
  const broken = stored({ secret: other.encrypt('x') });
  const sources = create(() => [broken, stored({ id: 's2', secret: '' })], { log });
  await sources.reload();
  await sources.reload();
  expect(sources.list('org-2').map(({ id }) => id)).toEqual(['s2']);
  expect(lines).toHaveLength(1);
});

it('sees at the next look what another engine added or removed, also after the store was away', async () => {
  let list: readonly StoredSource[] | Error = [];
  const { log, lines } = captureLog('error');
  const listAll = () => (list instanceof Error ? Promise.reject(list) : Promise.resolve(list));
  let waits = 0;
  const after: SourcesDeps['clock']['after'] = (ms, callback) => {
    waits += ms === 10_000 ? 1 : 0;
    return clock.after(ms, callback);
  };
  const sources = create(() => [], {
    store: { read: { sources: { listAll } } },
    ...{ log, clock: { now: clock.now, after } },
  });
  const look = async (): Promise<readonly string[]> => {
    const before = waits;
    clock.advance(10_000);
    await until(() => waits > before);
    return sources.namespaces();
  };
  sources.start();
  await until(() => waits === 1);
  list = [stored({})];
  expect(await look()).toEqual(['default', 'org-2']);
  list = new Error('the database is away');
  expect([await look(), await look()]).toEqual(Array.from({ length: 2 }, () => ['default', 'org-2']));
  list = [];
  expect(await look()).toEqual(['default']);
  expect(lines).toEqual([expect.objectContaining({ msg: 'stored sources cannot be read' })]);
});

it('checks every source at the start and then every ten seconds', async () => {
  store.answer = (seen, response) => {
    if (seen.path === '/api/health') {
      return json({ database: 'ok' })(seen, response);
    }
    if (seen.path === '/loki/api/v1/labels') {
      return json({ status: 'success', data: [] })(seen, response);
    }
    return seen.path === '/api/search/tags'
      ? plain('ingester not ready', { status: 503 })(seen, response)
      : vector([])(seen, response);
  };
  const sources = create(() => []);
  const statuses = (): unknown => Object.fromEntries(sources.list('default').map((s) => [s.kind, s.health().status]));
  expect(statuses()).toEqual({ prometheus: 'unknown', loki: 'unknown', tempo: 'unknown', grafana: 'unknown' });
  sources.start();
  await until(() => sources.list('default').every((source) => source.health().status !== 'unknown'));
  expect(statuses()).toEqual({ prometheus: 'ok', loki: 'ok', tempo: 'down', grafana: 'ok' });
  expect(sources.tempo('default')?.health().lastError).toBe('answered 503: ingester not ready');
  expect(store.seen).toHaveLength(4);
  await new Promise((resolve) => setTimeout(resolve, 20));
  clock.advance(10_000);
  await until(() => store.seen.length === 8);
});

describe('the guard', () => {
  it('stands before what came in through the API, and not before the settings', async () => {
    const guarded: string[] = [];
    const guard = (url: string): Promise<Dispatcher> => {
      guarded.push(url);
      return Promise.reject(new EngineError('guarded_address', '127.0.0.1 is a loopback address.'));
    };
    const sources = create(() => [stored({})], { guard });
    await sources.reload();
    const ask = (namespace: string) =>
      sources.prometheus(namespace)?.instant('up', { signal: AbortSignal.timeout(5000) });
    await expect(ask('default')).resolves.toEqual([]);
    await expect(ask('org-2')).rejects.toMatchObject({
      code: 'source_failed',
      message: expect.stringMatching(/ is at an address that is not allowed\.$/),
    });
    expect(guarded).toEqual([store.url]);
    expect(store.seen).toHaveLength(1);
  });

  it('checks an address again after a minute', async () => {
    let checks = 0;
    const guard = (): Promise<Dispatcher> => {
      checks += 1;
      return Promise.resolve(new Agent());
    };
    const sources = create(() => [stored({})], { guard });
    await sources.reload();
    const ask = () => sources.prometheus('org-2')?.instant('up', { signal: AbortSignal.timeout(5000) });
    await ask();
    await ask();
    expect(checks).toBe(1);
    clock.advance(60_000);
    await ask();
    expect(checks).toBe(2);
  });
});

const newestOf = async (source: LokiSource | TempoSource | undefined): Promise<Record<string, number>> =>
  Object.fromEntries((await source?.newestByService(AbortSignal.timeout(5000))) ?? []);

it('reads the newest log line of each service from Loki, remembers it, and forgets it after a day', async () => {
  const loki = create(() => []).loki('default');
  const now = Math.floor(clock.now() / 1000);
  const matrix = (result: unknown[]) => json({ status: 'success', data: { resultType: 'matrix', result } });
  const series = (metric: Record<string, string>, ...counts: string[]) => ({
    metric,
    values: counts.map((count, index) => [now - 30 + index * 30, count]),
  });
  store.answer = matrix([
    series({ service_name: 'checkout' }, '4', '0'),
    // A step that ends after now: no line is newer than now.
    series({ service_name: 'cart' }, '1', '2', '3'),
    series({}, '1', '2'),
  ]);
  const found = { checkout: (now - 30) * 1000, cart: clock.now() };
  expect(await newestOf(loki)).toEqual(found);
  expect(store.seen[0]?.path).toBe('/loki/api/v1/query_range');
  expect(store.seen[0]?.params.get('query')).toBe('sum by (service_name) (count_over_time({service_name=~".+"}[30s]))');
  expect(loki?.health().newestDataAt).toBe(clock.now());
  store.answer = matrix([]);
  expect(await newestOf(loki)).toEqual(found);
  clock.advance(hours(24) - 15_000);
  expect(await newestOf(loki)).toEqual({ cart: found.cart });
});

const NEWEST_OF_ALL = '{} with (most_recent=true)';

/** A trace that began so many seconds ago, as Tempo lists it. */
const trace = (rootServiceName: string, age: number, rest: object = {}) => ({
  traceID: 'a',
  rootServiceName,
  startTimeUnixNano: `${clock.now() - age * 1000}000000`,
  ...rest,
});

it('reads the newest span of each service from Tempo', async () => {
  const tempo = create(() => []).tempo('default');
  store.answer = json({
    traces: [
      trace('storefront', 9, { durationMs: 250, serviceStats: { storefront: {}, checkout: {} } }),
      trace('<root span not yet received>', 2),
      trace('checkout', 40),
    ],
  });
  const at = clock.now() - 9000 + 250;
  expect(await newestOf(tempo)).toEqual({ storefront: at, checkout: at });
  expect(Object.fromEntries(store.seen[0]?.params ?? [])).toMatchObject({ q: NEWEST_OF_ALL, limit: '200' });
  expect(store.seen).toHaveLength(1);
});

it('asks Tempo by name for services that a cut-off answer may have left out, each in its turn', async () => {
  const tempo = create(() => []).tempo('default');
  const quiet = Array.from({ length: 60 }, (_, n) => `quiet "${n}"`);
  store.answer = json({ traces: quiet.map((name) => trace(name, 100)) });
  await newestOf(tempo);
  const asked: string[] = [];
  store.answer = (seen, response) => {
    const q = seen.params.get('q') ?? '';
    if (q === NEWEST_OF_ALL) {
      json({ traces: Array.from({ length: 200 }, () => trace('busy', 1)) })(seen, response);
    } else {
      asked.push(q);
      json({ traces: q.includes('"0\\"') ? [trace('quiet "0"', 3)] : [] })(seen, response);
    }
  };
  const newest = await newestOf(tempo);
  expect(asked).toHaveLength(50);
  expect(asked[0]).toBe('{resource.service.name="quiet \\"0\\""} with (most_recent=true)');
  expect([newest['quiet "0"'], newest['quiet "1"']]).toEqual([clock.now() - 3000, clock.now() - 100_000]);
  await newestOf(tempo);
  expect(new Set(asked).size).toBe(60);
});

it('says when the database of Grafana is not well', async () => {
  const grafana = create(() => [])
    .list('default')
    .find(({ kind }) => kind === 'grafana');
  store.answer = json({ database: 'failing' });
  await grafana?.check(AbortSignal.timeout(5000));
  expect(grafana?.health()).toMatchObject({ status: 'down' });
  expect(grafana?.health().lastError).toContain('its database is not ok');
});

it('cuts off an answer of more than 64 MiB while it streams in', async () => {
  let sent = 0;
  store.answer = (_seen, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const pump = (): void => {
      while (sent < 1000 && !response.destroyed) {
        sent += 1;
        if (!response.write(chunk)) {
          response.once('drain', pump);
          return;
        }
      }
    };
    pump();
  };
  const source = create(() => []).prometheus('default');
  await expect(source?.instant('up', { signal: AbortSignal.timeout(20_000) })).rejects.toThrow(
    'Prometheus answered more than 64 MiB.'
  );
  expect(sent).toBeLessThan(200);
});
