import type { Client } from '../../../src/api/client.ts';
import { queryMetrics } from '../../../src/api/system.ts';
import { listSignals } from '../../../src/api/thresholds.ts';
import { systemClock } from '../../clock.ts';
import { json, startFakeStore, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { openSource } from '../../sources/openSource.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { createFakePrometheus, type FakePrometheus } from '../../testing/fakePrometheus.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let viewer: Client;
afterEach(() => engine.dispose());

async function start(source: Parameters<typeof createTestEngine>[0]): Promise<void> {
  engine = await createTestEngine(source);
  ({ viewer } = await testClients(engine));
}

const queries = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(n), expr: `expr_${n}` }));

describe('at once', () => {
  let prometheus: FakePrometheus;
  let running: number;
  let most: number;
  beforeEach(async () => {
    prometheus = createFakePrometheus();
    await start({ sources: [prometheus] });
    [running, most] = [0, 0];
  });

  const slowly = async (): Promise<never[]> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return [];
  };

  it('one request asks four of its queries', async () => {
    jest.spyOn(prometheus, 'range').mockImplementation(slowly);
    const { results } = await viewer.call(queryMetrics, { queries: queries(20) });
    expect(results.map(({ id }) => id)).toEqual(queries(20).map(({ id }) => id));
    expect(most).toBe(4);
  });

  it('the list of signals asks for four of them', async () => {
    jest.spyOn(prometheus, 'instant').mockImplementation(slowly);
    await viewer.call(listSignals, { service: 'checkout' });
    expect(most).toBe(4);
  });
});

describe('answers', () => {
  const MEBIBYTE = 1024 * 1024;
  let store: FakeStore;
  let sizes: readonly number[];
  beforeEach(async () => {
    let turn: Promise<unknown> = Promise.resolve();
    store = await startFakeStore((seen, response) => {
      const n = Number(/\d+/.exec(seen.params.get('query') ?? '')?.[0]);
      const metric = { padding: 'x'.repeat((sizes[n] ?? 0) * MEBIBYTE) };
      const answer = json({ status: 'success', data: { resultType: 'matrix', result: [{ metric, values: [] }] } });
      // One after the other, so that it is certain which finds too little left.
      turn = turn.then(async () => {
        const closed = new Promise((resolve) => response.once('close', resolve));
        answer(seen, response);
        await closed;
      });
    });
    const definition = {
      namespace: 'default',
      id: 'p',
      kind: 'prometheus',
      name: 'Prometheus',
      url: store.url,
    } as const;
    const { source } = openSource({ ...definition, tenant: '', token: '', builtIn: true }, { clock: systemClock });
    await start({ sources: [source] });
  });
  afterEach(() => store.close());

  const errors = async (): Promise<ReadonlyArray<string | null>> => {
    const { results } = await viewer.call(queryMetrics, { queries: queries(sizes.length) });
    return results.map(({ error }) => error);
  };

  it('beyond 8 MiB fail their own query, and leave their share to the others', async () => {
    sizes = [9, 9, 9, 9, 7];
    const tooLarge = 'Prometheus answered more than 8 MiB.';
    expect(await errors()).toEqual([tooLarge, tooLarge, tooLarge, tooLarge, null]);
  });

  it('have 16 MiB together', async () => {
    sizes = [7, 7, 0, 7, 0];
    const found = await errors();
    expect(found.filter((error) => error !== null)).toEqual([
      'Prometheus answered more than is left of the 16 MiB that the answers to one request may have together.',
    ]);
    expect([found[2], found[4]]).toEqual([null, null]);
  });
});
