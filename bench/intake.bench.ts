import { startEngine } from '../tests/stack/support/startEngine.ts';
import { sendAlerts, type Sent, type SenderOptions } from './alertSender.ts';
import { quantile, rounded, type Benchmark, type Figures } from './benchmark.ts';
import { cpuSharesDuring, residentBytesOf } from './processUsage.ts';

const CONNECTIONS = 4;
const BATCH = 64;
const SECONDS = 20;
/** What the product promises; at this rate the answers' times are those that a sender sees. */
const PROMISED_PER_S = 2000;

const figuresOf = (name: string, { alerts, seconds, latencies, refused }: Sent): Figures => ({
  [`${name}_alerts_per_s`]: Math.round(alerts / seconds),
  [`${name}_p50_ms`]: rounded(quantile(latencies, 0.5)),
  [`${name}_p99_ms`]: rounded(quantile(latencies, 0.99)),
  [`${name}_refused`]: Object.values(refused).reduce((sum, count) => sum + count, 0),
});

const cases: ReadonlyArray<readonly [string, Partial<SenderOptions>]> = [
  ['new', {}],
  ['renewed', { distinct: 5000 }],
  ['paced_2000', { rate: PROMISED_PER_S }],
];

export const benchmark: Benchmark = {
  title: `alerts per second that are durable when answered: POST /api/v2/alerts, batches of ${BATCH}, ${CONNECTIONS} connections, ${SECONDS} s each`,
  async measure(say) {
    const all: Record<string, Figures[string]> = {};
    for (const [name, options] of cases) {
      // Each on a store of its own: a store full of open alerts is another case.
      // What the engine can do, not what one sender may ask of it.
      const engine = await startEngine({ PHAROS_INTAKE_RATE: '100000', PHAROS_INTAKE_BURST: '100000' });
      try {
        let sent: Sent | undefined;
        const [cpu = 0] = await cpuSharesDuring([engine.pid()], async () => {
          sent = await sendAlerts(engine, { connections: CONNECTIONS, batch: BATCH, seconds: SECONDS, ...options });
        });
        const found = sent === undefined ? {} : figuresOf(name, sent);
        const megabytes = rounded(residentBytesOf(engine.pid()) / 2 ** 20);
        Object.assign(all, found, {
          [`${name}_engine_cpu_cores`]: rounded(cpu, 2),
          [`${name}_engine_rss_mb`]: megabytes,
        });
        say(`${name}: ${JSON.stringify(found)}`);
      } finally {
        await engine.dispose();
      }
    }
    return all;
  },
};
