import { setTimeout as pause } from 'node:timers/promises';
import { getSystemStatus, listServices } from '../src/api/system.ts';
import { createThreshold, type ThresholdInput } from '../src/api/thresholds.ts';
import { eventually } from '../tests/stack/support/eventually.ts';
import { startEngine, type RealEngine } from '../tests/stack/support/startEngine.ts';
import { startExporter } from '../tests/stack/support/startExporter.ts';
import { startRealPrometheus } from '../tests/stack/support/startRealPrometheus.ts';
import { rounded, type Benchmark } from './benchmark.ts';
import { startCountingProxy } from './countingProxy.ts';
import { cpuSharesDuring } from './processUsage.ts';

const SERVICES = Array.from({ length: 100 }, (_, n) => `service-${String(n).padStart(3, '0')}`);
const INTERVAL_S = 5;
/** Long enough for many rounds and for the catalogue's and discovery's own questions to even out. */
const PHASE_S = 60;

/** Ten signals, none of which is crossed: the usual round is one in which nothing happens. */
const LEVELS: ReadonlyArray<Omit<ThresholdInput, 'service'>> = [
  { signal: 'request_rate', warning: 1 },
  { signal: 'error_ratio', warning: 0.1 },
  { signal: 'latency_p50', warning: 1 },
  { signal: 'latency_p95', warning: 2 },
  { signal: 'latency_p99', warning: 3 },
  { signal: 'cpu', warning: 2 },
  { signal: 'memory', warning: 2e9 },
  { signal: 'network_receive', warning: 1e9 },
  { signal: 'network_transmit', warning: 1e9 },
  { signal: 'queue_depth', warning: 1000 },
];

async function setThresholds(engine: RealEngine): Promise<void> {
  for (const service of SERVICES) {
    await Promise.all(LEVELS.map((level) => engine.client.call(createThreshold, { ...level, service, reason: '' })));
  }
}

export const benchmark: Benchmark = {
  title: '1,000 thresholds on 100 services of a real Prometheus, every 5 s: time and questions of a round',
  async measure(say) {
    const exporter = await startExporter(SERVICES);
    const prometheus = await startRealPrometheus({ targets: [exporter.target] });
    const proxy = await startCountingProxy(prometheus.url);
    const engine = await startEngine({
      PHAROS_PROMETHEUS_URL: proxy.url,
      PHAROS_EVALUATION_INTERVAL: `${INTERVAL_S}s`,
    });
    try {
      await eventually('all services are found', 120_000, async () => {
        const { items } = await engine.client.call(listServices, {});
        // The scrape job is a service too, one without requests.
        return items.filter(({ latencyP95 }) => latencyP95 !== null).length >= SERVICES.length ? true : undefined;
      });
      const phase = async () => {
        const before = proxy.counts();
        const shares = await cpuSharesDuring([engine.pid(), prometheus.pid()], () => pause(PHASE_S * 1000));
        const asked = (path: string) => (proxy.counts()[path] ?? 0) - (before[path] ?? 0);
        return { asked: asked('/api/v1/query'), ranges: asked('/api/v1/query_range'), shares };
      };
      const without = await phase();
      say(`without thresholds: ${JSON.stringify(without)}`);
      await setThresholds(engine);
      await pause(2 * INTERVAL_S * 1000);
      const before = (await engine.client.call(getSystemStatus, {})).evaluation;
      const loaded = await phase();
      say(`with 1,000: ${JSON.stringify(loaded)}`);
      const { evaluation } = await engine.client.call(getSystemStatus, {});
      const more = (index: number): number =>
        rounded(100 * ((loaded.shares[index] ?? 0) - (without.shares[index] ?? 0)));
      return {
        thresholds: evaluation.rules,
        round_ms: evaluation.lastDurationMs ?? Number.NaN,
        queries_per_round: rounded((loaded.asked - without.asked) / (PHASE_S / INTERVAL_S)),
        queries_per_round_with_discovery: rounded((loaded.asked + loaded.ranges) / (PHASE_S / INTERVAL_S)),
        evaluations_per_s: rounded(evaluation.perSecond),
        late: evaluation.late - before.late,
        missed: evaluation.missed - before.missed,
        failed: evaluation.failed - before.failed,
        engine_cpu_percent_more: more(0),
        prometheus_cpu_percent_more: more(1),
      };
    } finally {
      await engine.dispose();
      await proxy.close();
      await prometheus.dispose();
      await exporter.close();
    }
  },
};
