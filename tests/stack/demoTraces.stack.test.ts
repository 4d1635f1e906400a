import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { compareTraces, type ComparedTraces, type TraceSides } from '../../src/api/traceComparison.ts';
import { getLinkedTraces, getTraceLogs } from '../../src/api/traceAnalysis.ts';
import { getTrace, searchTraces } from '../../src/api/traces.ts';
import { addMs, epochMs, minutes, seconds, type EpochMs } from '../../src/core/units.ts';
import { repositoryRoot } from '../../stack/paths.ts';
import { tempo } from '../../stack/tempo.ts';
import { findOnPath } from '../runner/programs.ts';
import { eventually, nextLook } from './support/eventually.ts';
import { startDemoStack, type DemoStack } from './support/startDemoStack.ts';

jest.setTimeout(400_000);

const CHECKOUTS = '{ resource.service.name = "storefront" && name = "POST /checkout" }';
const SLOW = 'payments: check fraud rules';
/** What the demo's bad release adds to each request. */
const ADDED_NS = 450e6;
/** A trace of so long ago opens within so long. */
const AGO_MS = 10_000;
const OPENS_WITHIN_MS = 5_000;
const TRACES_TIMED = 20;

const samples = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.coerce.number()]) })) }),
});
const exemplars = z.object({
  data: z.array(
    z.object({
      seriesLabels: z.record(z.string(), z.string()),
      exemplars: z.array(z.object({ labels: z.record(z.string(), z.string()), timestamp: z.number() })),
    })
  ),
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The runner says when there is none, and why. */
if (findOnPath([...tempo.programs]) !== null) {
  describe('traces of the demo shop', () => {
    let stack: DemoStack;
    let started: EpochMs;
    /** When payments went out slower. */
    let released: EpochMs;

    const searched = async (query: string) =>
      (await stack.client.call(searchTraces, { query, from: started, to: epochMs(Date.now()), limit: 200 })).items;
    const several = (what: string, count: number, query: string) =>
      eventually(what, 120_000, async () => {
        const items = await searched(query);
        return items.length >= count ? items : undefined;
      });

    beforeAll(async () => {
      stack = await startDemoStack();
      started = epochMs(Date.now());
      await several('healthy checkouts', 40, CHECKOUTS);
      released = epochMs(Date.now());
      await stack.fault({ fault: 'bad-release', service: 'payments' });
      await several('checkouts of the bad release', 40, `${CHECKOUTS} && { resource.service.version = "1.1.0" }`);
    });
    afterAll(() => stack?.dispose());

    const compare = (sides: TraceSides): Promise<ComparedTraces> => stack.client.call(compareTraces, { sides });
    const window = () => ({ from: started, to: epochMs(Date.now()), limit: 200 });
    const firstOf = ({ comparison }: ComparedTraces): string => {
      const [most] = comparison.paths;
      return `${most?.service}: ${most?.operation}`;
    };
    const ask = async (path: string, params: Readonly<Record<string, string>>): Promise<unknown> =>
      (await fetch(`${stack.prometheus}/api/v1/${path}?${new URLSearchParams(params).toString()}`)).json();

    const ways: ReadonlyArray<readonly [string, () => TraceSides | Promise<TraceSides>]> = [
      [
        'before and after',
        () => ({ kind: 'before_after', query: CHECKOUTS, at: released, each: minutes(2), limit: 200 }),
      ],
      [
        'two versions',
        () => ({ kind: 'versions', service: 'payments', a: '1.0.0', b: '1.1.0', query: CHECKOUTS, ...window() }),
      ],
      [
        'two searches',
        () => ({
          kind: 'sets',
          a: { query: `${CHECKOUTS} && { duration < 300ms && kind = server }`, ...window(), to: released },
          b: { query: `${CHECKOUTS} && { resource.service.version = "1.1.0" }`, ...window() },
        }),
      ],
      [
        'a selection and the rest',
        async () => {
          const slow = (await searched(CHECKOUTS)).filter(({ durationMs }) => durationMs > 400);
          return {
            ...{ kind: 'selection_rest', query: CHECKOUTS, ...window() },
            selection: slow.map(({ traceId }) => traceId),
          };
        },
      ],
    ];

    it.each(ways)('compares %s, and finds what the bad release made slow', async (_, sides) => {
      const answer = await compare(await sides());
      const { a, b, paths, durationP } = answer.comparison;
      expect([answer.a.used.problem, answer.b.used.problem]).toEqual([null, null]);
      expect(Math.min(a.traces, b.traces)).toBeGreaterThanOrEqual(20);
      expect(firstOf(answer)).toBe(SLOW);
      expect(paths[0]?.contributionNs).toBeGreaterThan(0.8 * ADDED_NS);
      expect(paths[0]?.contributionNs).toBeLessThan(1.4 * ADDED_NS);
      expect(paths[0]?.duration?.isSignificant).toBe(true);
      expect(durationP).toBeLessThan(0.001);
    });

    it('compares slow traces with normal ones of the same search', async () => {
      const { comparison, slowerThanNs } = await compare({ kind: 'slow_normal', query: CHECKOUTS, ...window() });
      expect(comparison.a.traces / comparison.b.traces).toBeGreaterThan(8);
      expect(comparison.b.medianNs).toBeGreaterThan(slowerThanNs ?? Infinity);
      expect(comparison.a.p95Ns).toBeLessThanOrEqual(slowerThanNs ?? 0);
    });

    it('compares two single traces without a test, over the API and on the command line alike', async () => {
      const items = (await searched(CHECKOUTS)).filter(({ failedIn }) => failedIn.length === 0);
      const fast = items.find(({ durationMs }) => durationMs < 300)?.traceId ?? '';
      const slow = items.find(({ durationMs }) => durationMs > 400)?.traceId ?? '';
      const answer = await compare({ kind: 'sets', a: { traceIds: [fast] }, b: { traceIds: [slow] } });
      expect(answer.comparison.untested).toBe('one_trace_each');
      expect(firstOf(answer)).toBe(SLOW);
      const { url, token } = stack.engine;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [path.join(repositoryRoot, 'bin', 'pharos.mjs'), 'trace', 'compare', fast, slow, '--format', 'json'],
        { env: { ...process.env, PHAROS_URL: url, PHAROS_TOKEN: token } }
      );
      expect(JSON.parse(stdout)).toMatchObject({
        answer: expect.stringMatching(
          /^B is \d+ ms slower .* one trace each: no test\).* payments: check fraud rules\.$/
        ),
        a: { traces: 1 },
        b: { traces: 1 },
        paths: expect.arrayContaining([
          expect.objectContaining({ service: 'payments', operation: 'check fraud rules' }),
        ]),
      });
    });

    it('says the same durations as the metrics', async () => {
      const end = epochMs(Date.now());
      const { comparison } = await compare({
        kind: 'before_after',
        query: CHECKOUTS,
        at: released,
        each: seconds(30),
        limit: 500,
      });
      const meanAt = async (at: EpochMs): Promise<number> => {
        const rate = (part: string): string =>
          `sum(rate(http_server_request_duration_seconds_${part}{service_name="storefront", http_route="/checkout"}[25s]))`;
        const answer = await ask('query', { query: `${rate('sum')} / ${rate('count')}`, time: String(at / 1000) });
        return samples.parse(answer).data.result[0]?.value[1] ?? Number.NaN;
      };
      const ratios = [
        comparison.a.meanNs / 1e9 / (await meanAt(released)),
        comparison.b.meanNs / 1e9 / (await meanAt(epochMs(Math.min(end, addMs(released, seconds(35)))))),
      ];
      console.log(
        `mean of the traces by that of the metrics: ${ratios.map((ratio) => ratio.toFixed(2)).join(' before, ')} after`
      );
      ratios.forEach((ratio) => expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.35)));
    });

    it('joins orders and the batches that confirm them, from either side, with the wait in the queue', async () => {
      const batches = await several('batches of confirmations', 2, '{ name = "process confirmations" }');
      const batch = batches.find(({ startedAt }) => startedAt < Date.now() - seconds(5))?.traceId ?? '';
      const before = await stack.client.call(getLinkedTraces, { traceId: batch });
      expect(before.problem).toBeNull();
      expect(before.items.length).toBeGreaterThan(0);
      for (const { direction, producer, consumer, queueWaitNs, trace } of before.items) {
        expect([direction, producer?.operation, consumer?.operation]).toEqual([
          ...['upstream', 'send confirmations', 'process confirmations'],
        ]);
        expect(trace?.rootName).toBe('POST /checkout');
        expect(queueWaitNs).toBeGreaterThan(0);
        expect(queueWaitNs).toBeLessThan(6e9);
      }
      const [order] = before.items;
      const after = await stack.client.call(getLinkedTraces, { traceId: order?.traceId ?? '' });
      expect(after.items).toMatchObject([
        { direction: 'downstream', traceId: batch, queueWaitNs: order?.queueWaitNs, trace: { rootService: 'worker' } },
      ]);
    });

    it('finds the log lines of a trace by its id, far off where nothing is near, else those of the service', async () => {
      const [found] = (await searched(CHECKOUTS)).filter(({ startedAt }) => startedAt < Date.now() - seconds(10));
      const { traceId = '', startedAt: at = started } = found ?? {};
      const span = { from: at, to: addMs(at, seconds(1)) };
      const near = await stack.client.call(getTraceLogs, { traceId, service: 'checkout', ...span });
      expect(near).toMatchObject({ by: 'trace', widened: false, problem: null });
      expect(near.items.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^POST \/orders \d{3}$/));
      const off = { from: addMs(at, minutes(-3)), to: addMs(at, minutes(-2)) };
      const far = await stack.client.call(getTraceLogs, { traceId, service: 'checkout', ...off });
      expect(far).toMatchObject({ by: 'trace', widened: true, problem: null });
      expect(far.items).toEqual(near.items);
      const none = await stack.client.call(getTraceLogs, { traceId: 'c'.repeat(32), service: 'checkout', ...span });
      expect(none).toMatchObject({ by: 'service', problem: null });
      expect(none.items.length).toBeGreaterThan(0);
    });

    /** Ids of traces that exemplars of a metric name, and when each was measured. */
    async function exemplarsOf(query: string, label: string) {
      const now = Date.now() / 1000;
      const answer = await ask('query_exemplars', { query, start: String(now - 30), end: String(now) });
      return exemplars
        .parse(answer)
        .data.flatMap(({ exemplars: of }) =>
          of.flatMap(({ labels: { [label]: id }, timestamp }) =>
            id === undefined ? [] : [{ id, at: timestamp * 1000 }]
          )
        );
    }

    it.each([
      ['the shop', 'http_server_request_duration_seconds_bucket{service_name="storefront"}', 'trace_id'],
      ['the span metrics of Tempo', 'traces_spanmetrics_latency_bucket{service="storefront"}', 'traceID'],
    ])('opens the traces that exemplars of %s name', async (_, metric, label) => {
      const named = await eventually('there are exemplars', 60_000, async () => {
        const all = await exemplarsOf(metric, label);
        return all.length > 5 ? all.slice(0, 5) : undefined;
      });
      for (const { id } of named) {
        const { document, problem } = await stack.client.call(getTrace, { traceId: id });
        expect([problem, JSON.stringify(document).includes('storefront')]).toEqual([null, true]);
      }
    });

    it('opens traces that ended ten seconds ago within five, and says that spans may be on their way', async () => {
      const timed = new Map<string, number>();
      await eventually('enough traces have ended', 120_000, async () => {
        for (const { id, at } of await exemplarsOf('http_server_request_duration_seconds_bucket', 'trace_id')) {
          const age = Date.now() - at;
          if (!timed.has(id) && age > AGO_MS - 1000 && age < AGO_MS + 5000) {
            await nextLook(Math.max(0, AGO_MS - age));
            const clicked = performance.now();
            const { settling } = await stack.client.call(getTrace, { traceId: id });
            timed.set(id, performance.now() - clicked);
            expect(settling).toBe(true);
          }
        }
        return timed.size >= TRACES_TIMED ? true : undefined;
      });
      const taken = [...timed.values()];
      console.log(
        `ms from asking for ${taken.length} traces of 10 s ago to the answer: median ${median(taken).toFixed(0)}, most ${Math.max(...taken).toFixed(0)}`
      );
      expect(Math.max(...taken)).toBeLessThan(OPENS_WITHIN_MS);
    });
  });
}
