import { buildServiceMap, type ServiceGraphRates } from '../src/core/serviceMap/buildServiceMap.ts';
import { diffServiceMaps } from '../src/core/serviceMap/diffServiceMaps.ts';
import { layoutMap, type LayoutInput } from '../src/core/serviceMap/layout/layoutMap.ts';
import { placeNodes } from '../src/core/serviceMap/layout/placeNodes.ts';
import type { Sample } from '../src/core/series.ts';
import { epochMs } from '../src/core/units.ts';
import { quantile, rounded, type Benchmark, type Figures } from './benchmark.ts';
import { CALLS, makeCalls, SERVICES } from './manyCalls.ts';

const TIMES = 10;
const BOUNDS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf'];

function ratesOf(calls: ReadonlyArray<readonly [string, string]>, slowness: number): ServiceGraphRates {
  const at = epochMs(0);
  const labelled = calls.map(([client, server]) => ({ client, server, connection_type: '' }));
  const buckets = (names: ReadonlyArray<Readonly<Record<string, string>>>): Sample[] =>
    names.flatMap((labels) =>
      BOUNDS.map((le, index) => ({ labels: { ...labels, le }, at, value: Math.min(1, (index / 8) * slowness) }))
    );
  const servers = [...new Set(calls.map(([, server]) => server))].map((server) => ({ server, connection_type: '' }));
  return {
    ...{ windowSeconds: 900, serverBuckets: [], known: [] },
    calls: labelled.map((labels) => ({ labels, at, value: 1 })),
    failed: labelled.map((labels, index) => ({ labels, at, value: index % 7 === 0 ? 0.02 : 0 })),
    clientBuckets: buckets(labelled),
    servedBuckets: buckets(servers),
  };
}

function timed(work: () => unknown): Pick<Figures, string> {
  const durations = Array.from({ length: TIMES }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return { p50: rounded(quantile(durations, 0.5)), max: rounded(Math.max(...durations)) };
}

export const benchmark: Benchmark = {
  title: `service map: ${SERVICES} services and ${CALLS} calls built, compared, laid out and refreshed`,
  measure(say) {
    const calls = makeCalls();
    const input: LayoutInput = {
      nodes: Array.from({ length: SERVICES }, (_, n) => `service-${n}`),
      edges: calls.map(([from, to]) => ({ from, to })),
    };
    const [rates, before] = [ratesOf(calls, 1), ratesOf(calls, 1.1)];
    const [map, earlier] = [buildServiceMap(rates), buildServiceMap(before)];
    const known = layoutMap(input);
    const cases: ReadonlyArray<readonly [string, () => unknown]> = [
      ['build', () => buildServiceMap(rates)],
      ['diff', () => diffServiceMaps(map, earlier)],
      ['layout', () => layoutMap(input)],
      ['refresh', () => placeNodes({ ...input, nodes: [...input.nodes, 'new-1', 'new-2'] }, known)],
    ];
    const figures: Record<string, Figures[string]> = {
      columns: 1 + Math.max(...[...known.values()].map(({ column }) => column)),
      rows: Math.ceil(Math.max(...[...known.values()].map(({ row }) => row))),
    };
    for (const [name, work] of cases) {
      const { p50 = 0, max = 0 } = timed(work);
      Object.assign(figures, { [`${name}_p50_ms`]: p50, [`${name}_max_ms`]: max });
      say(`${name}: ${p50} ms, at most ${max} ms`);
    }
    return Promise.resolve(figures);
  },
};
