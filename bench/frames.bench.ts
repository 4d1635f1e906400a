import { listAlerts } from '../src/api/alerts.ts';
import { queryFrames, type FrameQuery } from '../src/api/frames.ts';
import { eventually } from '../tests/stack/support/eventually.ts';
import { startEngine, type RealEngine } from '../tests/stack/support/startEngine.ts';
import { quantile, rounded, type Benchmark, type Figures } from './benchmark.ts';
import { startCannedPrometheus } from './cannedPrometheus.ts';
import { residentBytesOf } from './processUsage.ts';

const ALERTS = 10_000;
const BATCH = 500;
const SERVICES = Array.from({ length: 50 }, (_, n) => `service-${String(n).padStart(2, '0')}`);
const TIMES = 15;
const DAY_MS = 86_400_000;

/** Each alert comes once more, so that half of them end: the history then holds what a count has to replay. */
async function sendAlerts(engine: RealEngine): Promise<void> {
  const send = async (from: number, ended: boolean): Promise<void> => {
    const alerts = Array.from({ length: BATCH }, (_, index) => ({
      labels: {
        ...{ alertname: 'HighLatency', service: SERVICES[(from + index) % SERVICES.length], n: String(from + index) },
        ...{ severity: (from + index) % 10 === 0 ? 'critical' : 'warning', instance: `10.0.0.${index % 256}:9100` },
      },
      annotations: { summary: 'p95 latency is above 300 ms' },
      ...(ended ? { endsAt: new Date(Date.now() - 1000).toISOString() } : {}),
    }));
    const response = await fetch(`${engine.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${engine.intakeToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    if (!response.ok) {
      throw new Error(`the alerts were answered with ${response.status}: ${await response.text()}`);
    }
  };
  for (let from = 0; from < 2 * ALERTS; from += BATCH) {
    await send(from, false);
  }
  for (let from = ALERTS; from < 2 * ALERTS; from += BATCH) {
    await send(from, true);
  }
}

/** As the relay asks: the answer is read, not decoded. @returns its size in bytes */
async function ask(engine: RealEngine, query: FrameQuery, interval: string): Promise<number> {
  const to = Date.now();
  const response = await fetch(`${engine.url}${queryFrames.path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ from: new Date(to - DAY_MS).toISOString(), to: new Date(to).toISOString() },
      queries: [{ refId: 'A', interval, query }],
    }),
  });
  const body = await response.text();
  if (!body.startsWith('{"results":[{"refId":"A","frames":[{')) {
    throw new Error(`no frames came: ${body.slice(0, 300)}`);
  }
  return Buffer.byteLength(body);
}

const CASES: ReadonlyArray<readonly [name: string, query: FrameQuery, interval: string]> = [
  ['alerts_10000', { queryType: 'alerts', limit: ALERTS }, '1m'],
  ['history_10000', { queryType: 'history', limit: ALERTS }, '1m'],
  ['counts_by_severity_24h', { queryType: 'alertCounts', groupBy: 'severity' }, '1m'],
  ['counts_by_service_24h', { queryType: 'alertCounts', groupBy: 'service' }, '1m'],
  ['signals_50_services_24h_1m', { queryType: 'signals', signal: 'latency_p95' }, '1m'],
  ['signals_50_services_24h_15s', { queryType: 'signals', signal: 'latency_p95' }, '15s'],
  ['status', { queryType: 'status' }, '1m'],
];

async function measureCase(engine: RealEngine, [name, query, interval]: (typeof CASES)[number]): Promise<Figures> {
  const durations: number[] = [];
  let bytes = 0;
  for (let n = 0; n < TIMES; n++) {
    const started = performance.now();
    bytes = await ask(engine, query, interval);
    durations.push(performance.now() - started);
  }
  return {
    [`${name}_p50_ms`]: rounded(quantile(durations, 0.5)),
    [`${name}_max_ms`]: rounded(Math.max(...durations)),
    [`${name}_kb`]: rounded(bytes / 1024),
  };
}

export const benchmark: Benchmark = {
  title: `data frames for Grafana: ${ALERTS} open alerts and as many that ended; ${SERVICES.length} services over 24 h`,
  async measure(say) {
    const prometheus = await startCannedPrometheus(SERVICES);
    const engine = await startEngine({ PHAROS_PROMETHEUS_URL: prometheus.url });
    try {
      await sendAlerts(engine);
      const { counts } = await engine.client.call(listAlerts, { limit: 1 });
      await eventually('the metrics are known', 30_000, () =>
        ask(engine, { queryType: 'signals', signal: 'latency_p95' }, '1h').catch(() => undefined)
      );
      const all: Record<string, Figures[string]> = { open_alerts: counts.total };
      for (const one of CASES) {
        const figures = await measureCase(engine, one);
        say(JSON.stringify(figures));
        Object.assign(all, figures);
      }
      return { ...all, engine_rss_mb: rounded(residentBytesOf(engine.pid()) / 2 ** 20) };
    } finally {
      await engine.dispose();
      await prometheus.close();
    }
  },
};
