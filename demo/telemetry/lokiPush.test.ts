import { LokiPush } from './lokiPush.ts';

interface Pushed {
  streams: Array<{ stream: Record<string, string>; values: Array<[string, string, Record<string, string>]> }>;
}

function createLoki(statuses: Array<number | Error>) {
  const bodies: Pushed[] = [];
  const answer: typeof fetch = async (_, init) => {
    bodies.push(JSON.parse(String(init?.body)));
    const status = statuses.shift() ?? 204;
    if (status instanceof Error) {
      throw status;
    }
    return new Response(null, { status });
  };
  return { bodies, answer };
}

function createPush(statuses: Array<number | Error>, capacity = 5_000) {
  const { bodies, answer } = createLoki(statuses);
  let now = 0;
  const push = new LokiPush({
    url: 'http://127.0.0.1:3100',
    labels: { service_name: 'cart' },
    capacity,
    now: () => now,
    fetch: answer,
  });
  const add = (line: string, level = 'info') =>
    push.add({ at: 1_700_000_000_000, level, line, metadata: { trace_id: 'abc' } });
  return { push, bodies, add, wait: (ms: number) => (now += ms) };
}

const getLines = (bodies: readonly Pushed[]) =>
  bodies.flatMap(({ streams }) => streams.flatMap(({ values }) => values.map(([, line]) => line)));

describe('LokiPush', () => {
  it('sends one stream for each level, in order, with the trace as structured metadata', async () => {
    const { push, bodies, add } = createPush([]);
    add('one');
    add('two', 'error');
    add('three');
    await push.flush();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]?.streams.map(({ stream }) => stream)).toEqual([
      { service_name: 'cart', level: 'info' },
      { service_name: 'cart', level: 'error' },
    ]);
    const values = bodies[0]?.streams[0]?.values ?? [];
    expect(values).toEqual([
      [expect.stringMatching(/^1700000000000\d{6}$/), 'one', { trace_id: 'abc' }],
      [expect.stringMatching(/^1700000000000\d{6}$/), 'three', { trace_id: 'abc' }],
    ]);
    const times = values.map(([time]) => time);
    expect(times.toSorted()).toEqual(times);
    expect(new Set(times).size).toBe(2);
  });

  it.each([[new Error('refused')], [503], [429]])('keeps lines on %s and sends them again, later', async (failure) => {
    const { push, bodies, add, wait } = createPush([failure]);
    add('one');
    await push.flush();
    expect(push.getWaiting()).toBe(1);
    await push.flush();
    expect(bodies).toHaveLength(1);
    wait(1_000);
    await push.flush();
    expect(push.getWaiting()).toBe(0);
    expect(getLines(bodies)).toEqual(['one', 'one']);
    expect(push.getDropped()).toBe(0);
  });

  it('gives up lines that Loki will never take', async () => {
    const { push, add } = createPush([400]);
    add('one');
    await push.flush();
    expect(push.getWaiting()).toBe(0);
    expect(push.getDropped()).toBe(1);
  });

  it('keeps no more than its capacity, and the newest of them', async () => {
    const { push, bodies, add, wait } = createPush([new Error('refused')], 3);
    ['a', 'b', 'c', 'd'].forEach((line) => add(line));
    await push.flush();
    add('e');
    wait(1_000);
    await push.flush();
    expect(push.getDropped()).toBe(2);
    expect(getLines(bodies.slice(1))).toEqual(['c', 'd', 'e']);
  });
});
