import { setTimeout as pause } from 'node:timers/promises';
import { createThreshold } from '../src/api/thresholds.ts';
import { listServices } from '../src/api/system.ts';
import { ANY_SERVICE } from '../src/core/thresholds/threshold.ts';
import { seconds } from '../src/core/units.ts';
import { eventually } from '../tests/stack/support/eventually.ts';
import { startEngine } from '../tests/stack/support/startEngine.ts';
import { startExporter } from '../tests/stack/support/startExporter.ts';
import { startRealPrometheus } from '../tests/stack/support/startRealPrometheus.ts';
import { startTestInbox } from '../tests/stack/support/startTestInbox.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';

const RUNS = 10;
const INTERVAL = '5s';
/** The exporter counts requests when it is asked. Asked this often, none that came before the breach is shown as slow. */
const COUNT_EVERY_MS = 200;
const SERVICES = Array.from({ length: RUNS }, (_, n) => `service-${n}`);

export const benchmark: Benchmark = {
  title: `from the first slow request to the delivered webhook: p95 latency above 800 ms, for 0, ${INTERVAL} scrape and evaluation, ${RUNS} runs`,
  async measure(say) {
    const exporter = await startExporter(SERVICES);
    const prometheus = await startRealPrometheus({ targets: [exporter.target], scrapeInterval: INTERVAL });
    const engine = await startEngine({ PHAROS_PROMETHEUS_URL: prometheus.url, PHAROS_EVALUATION_INTERVAL: INTERVAL });
    const inbox = await startTestInbox();
    const counting = setInterval(() => {
      void fetch(`http://${exporter.target}/metrics`).then((response) => response.text());
    }, COUNT_EVERY_MS);
    try {
      await inbox.provision(engine);
      await engine.client.call(createThreshold, {
        service: ANY_SERVICE,
        signal: 'latency_p95',
        critical: 0.8,
        for: seconds(0),
        reason: '',
      });
      // A rate window that is not full yet would make the share of slow requests larger, and the breach faster.
      await eventually('a minute of healthy history', 180_000, async () => {
        const query = new URLSearchParams({ query: 'count_over_time(up[1m]) >= 12' });
        const text = await (await fetch(`${prometheus.url}/api/v1/query?${query}`)).text();
        const { items } = await engine.client.call(listServices, {});
        return text.includes('"value"') && items.length >= RUNS ? true : undefined;
      });
      const taken: number[] = [];
      for (const service of SERVICES) {
        // Not in step with scrapes and evaluations.
        await pause(Math.random() * 5000);
        const began = Date.now();
        exporter.service(service).latency = 2;
        const delivered = await eventually(`the webhook for ${service}`, 120_000, async () =>
          (await inbox.deliveries()).find(({ body }) => body.alerts.some((alert) => alert.service === service))
        );
        taken.push((delivered.at - began) / 1000);
        say(`${service}: ${rounded(taken.at(-1) ?? 0, 2)} s`);
      }
      const deliveries = await inbox.deliveries();
      return {
        runs: taken.length,
        p50_s: rounded(quantile(taken, 0.5), 2),
        p95_s: rounded(quantile(taken, 0.95), 2),
        longest_s: rounded(Math.max(...taken), 2),
        all_verified: deliveries.every(({ verified }) => verified),
      };
    } finally {
      clearInterval(counting);
      await engine.dispose();
      await inbox.close();
      await prometheus.dispose();
      await exporter.close();
    }
  },
};
