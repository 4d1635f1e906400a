import { setTimeout as pause } from 'node:timers/promises';
import { createThreshold } from '../src/api/thresholds.ts';
import { listServices } from '../src/api/system.ts';
import { ANY_SERVICE } from '../src/core/thresholds/threshold.ts';
import { eventually } from '../tests/stack/support/eventually.ts';
import { startEngine, type RealEngine } from '../tests/stack/support/startEngine.ts';
import { startExporter } from '../tests/stack/support/startExporter.ts';
import { startRealPrometheus } from '../tests/stack/support/startRealPrometheus.ts';
import { rounded, type Benchmark } from './benchmark.ts';
import { cpuSharesDuring, residentBytesOf } from './processUsage.ts';

const SETTLE_S = 30;
/** For two minutes after names of metrics were found, the engine looks for more of them often. */
const SETTLE_WATCHING_S = 130;
const MEASURE_S = 60;

async function rest(engine: RealEngine, settleSeconds: number): Promise<{ megabytes: number; percent: number }> {
  await pause(settleSeconds * 1000);
  const [share = Number.NaN] = await cpuSharesDuring([engine.pid()], () => pause(MEASURE_S * 1000));
  return { megabytes: rounded(residentBytesOf(engine.pid()) / 2 ** 20), percent: rounded(100 * share, 2) };
}

async function alone() {
  const engine = await startEngine();
  try {
    return await rest(engine, SETTLE_S);
  } finally {
    await engine.dispose();
  }
}

/** As after `npm start`: five services, a few thresholds, everything at its default interval. */
async function withShop() {
  const exporter = await startExporter(['storefront', 'catalog', 'cart', 'checkout', 'payments']);
  const prometheus = await startRealPrometheus({ targets: [exporter.target] });
  const engine = await startEngine({ PHAROS_PROMETHEUS_URL: prometheus.url });
  try {
    for (const [signal, warning] of [
      ['latency_p95', 1],
      ['error_ratio', 0.1],
      ['cpu', 2],
    ] as const) {
      await engine.client.call(createThreshold, { service: ANY_SERVICE, signal, warning, reason: '' });
    }
    await eventually('the services are found', 120_000, async () =>
      (await engine.client.call(listServices, {})).items.length >= 5 ? true : undefined
    );
    return await rest(engine, SETTLE_WATCHING_S);
  } finally {
    await engine.dispose();
    await prometheus.dispose();
    await exporter.close();
  }
}

export const benchmark: Benchmark = {
  title: `resident memory and share of one core over ${MEASURE_S} s of rest: the engine alone, and watching five services`,
  async measure(say) {
    const bare = await alone();
    say(`alone: ${JSON.stringify(bare)}`);
    const watching = await withShop();
    return {
      alone_rss_mb: bare.megabytes,
      alone_cpu_percent_of_a_core: bare.percent,
      watching_rss_mb: watching.megabytes,
      watching_cpu_percent_of_a_core: watching.percent,
    };
  },
};
