import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createThreshold, deleteThreshold, listThresholds } from '../src/api/thresholds.ts';
import { findSignal, type SignalName } from '../src/core/signals/catalogue.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { cpuSharesDuring } from './processUsage.ts';
import { startShop, type Shop } from './shop.ts';

const SERVICES = ['storefront', 'catalog', 'cart', 'checkout', 'payments'];
const SIGNALS = [
  ...['request_rate', 'error_ratio', 'latency_p50', 'latency_p95', 'latency_p99', 'cpu', 'memory'],
  ...['network_receive', 'queue_depth', 'up'],
] as const satisfies readonly SignalName[];
const THRESHOLDS = 1000;
/** A threshold is per service and signal: beyond the shop's own, services that it does not have. */
const FURTHER = THRESHOLDS / SIGNALS.length - SERVICES.length;
const ROUNDS = 4;
const PHASE_S = 60;
/** Until nothing of the phase before is left in a rate of a minute, and the reload is done. */
const SETTLE_S = 15;

/** A level that no value crosses: what is measured is evaluation, not alerts. */
function outOfReach(signal: SignalName): number {
  const known = findSignal(signal);
  if (known?.direction === 'below') {
    return 0;
  }
  return known?.unit === 'ratio' ? 1 : 1e12;
}

async function setThresholds(shop: Shop): Promise<readonly string[]> {
  const names = [...SERVICES, ...Array.from({ length: FURTHER }, (_, n) => `absent-${n}`)];
  const made: string[] = [];
  for (const service of names) {
    for (const signal of SIGNALS) {
      const known = await shop.client.call(listThresholds, { service });
      if (!known.items.some((threshold) => threshold.signal === signal && threshold.service === service)) {
        const { threshold } = await shop.client.call(createThreshold, {
          service,
          signal,
          warning: outOfReach(signal),
          reason: '',
        });
        made.push(threshold.id);
      }
    }
  }
  return made;
}

const answerSchema = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** p95 of all requests that the shop served in the last `PHASE_S`, in seconds, from its own histograms. */
async function latencyOf(shop: Shop): Promise<number> {
  const query = `histogram_quantile(0.95, sum by (le) (increase(http_server_request_duration_seconds_bucket[${PHASE_S}s])))`;
  const answer = await fetch(`${shop.prometheusUrl}/api/v1/query?${new URLSearchParams({ query })}`);
  return Number(answerSchema.parse(await answer.json()).data.result[0]?.value[1]);
}

interface Phase {
  readonly p95: number;
  readonly prometheus: number;
  readonly engine: number;
}

async function phase(shop: Shop): Promise<Phase> {
  await pause(SETTLE_S * 1000);
  const [prometheus = 0, engine = 0] = await cpuSharesDuring([shop.pidOf('prometheus'), shop.pidOf('engine')], () =>
    pause(PHASE_S * 1000)
  );
  return { p95: await latencyOf(shop), prometheus, engine };
}

const median = (phases: readonly Phase[], of: keyof Phase): number =>
  quantile(
    phases.map((each) => each[of]),
    0.5
  );

export const benchmark: Benchmark = {
  title: `what ${THRESHOLDS} thresholds cost the shop and its Prometheus: ${ROUNDS} phases of ${PHASE_S} s with and without, in turn`,
  async measure(say) {
    const shop = await startShop();
    const without: Phase[] = [];
    const loaded: Phase[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        without.push(await phase(shop));
        const made = await setThresholds(shop);
        loaded.push(await phase(shop));
        say(`round ${round + 1}: ${JSON.stringify({ without: without.at(-1), loaded: loaded.at(-1) })}`);
        for (const id of made) {
          await shop.client.call(deleteThreshold, { id, reason: '' });
        }
      }
      const change = (median(loaded, 'p95') - median(without, 'p95')) / median(without, 'p95');
      const more = (of: 'prometheus' | 'engine'): number => rounded(100 * (median(loaded, of) - median(without, of)));
      const spread = without.map(({ p95 }) => p95);
      return {
        shop_p95_without_ms: rounded(1000 * median(without, 'p95')),
        shop_p95_with_ms: rounded(1000 * median(loaded, 'p95')),
        shop_p95_change_percent: rounded(100 * change, 2),
        /** What two phases without thresholds differ by: a change below it is none. */
        shop_p95_spread_without_percent: rounded(
          (100 * (Math.max(...spread) - Math.min(...spread))) / median(without, 'p95'),
          2
        ),
        prometheus_cpu_percent_more: more('prometheus'),
        engine_cpu_percent_more: more('engine'),
      };
    } finally {
      await shop.dispose();
    }
  },
};
