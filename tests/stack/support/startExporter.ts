import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How a service of the exporter does at the moment. */
export interface ServiceState {
  /** Requests per second. */
  rate: number;
  /** Seconds that each of them takes. */
  latency: number;
  /** Share that fails, 0–1. */
  errorRatio: number;
}

export interface Exporter {
  /** `host:port` for a scrape configuration. */
  readonly target: string;
  /** What the next scrape will show; change it at will. */
  service(name: string): ServiceState;
  close(): Promise<void>;
}

const BUCKETS = [0.1, 0.25, 0.5, 0.75, 1, 2.5, 5];
const HEALTHY: ServiceState = { rate: 20, latency: 0.05, errorRatio: 0 };

/** Metrics of services as OpenTelemetry names them. Each scrape shows the requests of the time since the one before. */
export async function startExporter(names: readonly string[]): Promise<Exporter> {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ['service_name', 'http_route', 'http_response_status_code'] as const;
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests.',
    buckets: BUCKETS,
    labelNames,
    registers,
  });
  const counter = (name: string) => new Counter({ name, help: name, labelNames: ['service_name'], registers });
  const gauge = (name: string) => new Gauge({ name, help: name, labelNames: ['service_name'], registers });
  const cpu = counter('process_cpu_seconds_total');
  const received = counter('process_network_receive_bytes_total');
  const transmitted = counter('process_network_transmit_bytes_total');
  const memory = gauge('process_resident_memory_bytes');
  const waiting = gauge('queue_depth');
  const services = new Map(names.map((name) => [name, { ...HEALTHY }]));
  let before = performance.now();

  const observe = (seconds: number): void => {
    for (const [service_name, { rate, latency, errorRatio }] of services) {
      const requests = Math.round(rate * seconds);
      const failed = Math.round(requests * errorRatio);
      const labels = { service_name, http_route: '/' };
      for (let i = 0; i < requests; i += 1) {
        duration.observe({ ...labels, http_response_status_code: i < failed ? '500' : '200' }, latency);
      }
      cpu.inc({ service_name }, 0.01 * seconds);
      received.inc({ service_name }, 1000 * requests);
      transmitted.inc({ service_name }, 5000 * requests);
      memory.set({ service_name }, 50e6);
      waiting.set({ service_name }, 2);
    }
  };

  const server = http.createServer((_request, response) => {
    const now = performance.now();
    observe((now - before) / 1000);
    before = now;
    void registry.metrics().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Series that begin with their first request have no rate before the second scrape.
  observe(1);
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    service(name) {
      const state = services.get(name);
      if (state === undefined) {
        throw new Error(`The exporter has no service ${name}.`);
      }
      return state;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
