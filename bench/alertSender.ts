import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { RealEngine } from '../tests/stack/support/startEngine.ts';

export interface SenderOptions {
  readonly connections: number;
  readonly batch: number;
  readonly seconds: number;
  /** Alerts per second over all connections; absent means as fast as they are taken. */
  readonly rate?: number;
  /** Different alerts; after that the first are sent again, as Prometheus does. Absent means that each is new. */
  readonly distinct?: number;
}

export interface Sent {
  readonly alerts: number;
  readonly seconds: number;
  /** Of each request, ms until its answer, which comes after the commit. */
  readonly latencies: readonly number[];
  /** Requests that were not answered with 200, by status. */
  readonly refused: Readonly<Record<string, number>>;
}

const alertOf = (n: number) => ({
  labels: {
    ...{ alertname: 'HighLatency', service: `service-${n % 100}`, severity: n % 10 === 0 ? 'critical' : 'warning' },
    ...{ instance: `10.0.${(n >> 8) & 255}.${n & 255}:9100`, job: 'shop', n: String(n) },
  },
  annotations: { summary: `p95 latency of service-${n % 100} is above 300 ms`, runbook: 'https://runbooks.example/1' },
  generatorURL: 'http://prometheus:9090/graph?g0.expr=latency',
});

/** Sends alerts as several Prometheus servers do, over connections that stay open, and waits for each answer. */
export async function sendAlerts(engine: RealEngine, options: SenderOptions): Promise<Sent> {
  const { connections, batch, seconds, rate, distinct = Number.MAX_SAFE_INTEGER } = options;
  const agent = new Agent({ connections, pipelining: 1 });
  const headers = { authorization: `Bearer ${engine.intakeToken}`, 'content-type': 'application/json' };
  const latencies: number[] = [];
  const refused: Record<string, number> = {};
  let count = 0;
  let alerts = 0;
  const started = performance.now();
  const end = started + seconds * 1000;

  const sendOne = async (): Promise<void> => {
    const body = JSON.stringify(Array.from({ length: batch }, () => alertOf(count++ % distinct)));
    const sentAt = performance.now();
    const answer = await request(`${engine.url}/api/v2/alerts`, { method: 'POST', headers, body, dispatcher: agent });
    await answer.body.dump();
    latencies.push(performance.now() - sentAt);
    if (answer.statusCode === 200) {
      alerts += batch;
    } else {
      refused[answer.statusCode] = (refused[answer.statusCode] ?? 0) + 1;
    }
  };
  const sender = async (index: number): Promise<void> => {
    const every = rate === undefined ? 0 : (1000 * batch * connections) / rate;
    for (let due = started + (index * every) / connections; performance.now() < end; due += every) {
      await pause(Math.max(0, due - performance.now()));
      await sendOne();
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, (_, index) => sender(index)));
  } finally {
    await agent.close();
  }
  return { alerts, seconds: (performance.now() - started) / 1000, latencies, refused };
}
