import { getRate } from './control/traffic.ts';
import { HistogramSeries } from './history/histogramSeries.ts';
import { scheduleIncidents, type GetTrouble } from './history/incidents.ts';
import { routeProfiles, type RouteProfile } from './history/profile.ts';
import { createRandom, type Random } from './random.ts';
import { durationBuckets } from './telemetry/metrics.ts';
import { releases, shopServices, type ShopService } from './topology.ts';

export interface BackfillOptions {
  /** Epoch milliseconds, as `to`, which is included when a step falls on it. */
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  /** Length of the simulated day, in milliseconds; by default a real one. */
  readonly trafficDayMs?: number;
  /** Visits per second at the busiest time; by default 20. */
  readonly peakRps?: number;
  /** Over which time the incidents are laid, where this is a piece of a longer history; by default over the piece itself. */
  readonly incidentsOver?: { readonly from: number; readonly to: number };
}

interface History extends Required<Omit<BackfillOptions, 'incidentsOver'>> {
  readonly getTrouble: GetTrouble;
}

interface Moment {
  readonly at: number;
  /** Seconds with milliseconds, as OpenMetrics has it. */
  readonly timestamp: string;
  /** Visits of the storefront since the moment before. */
  readonly visits: number;
}

/**
 * The history that the shop would have had: the series of the live shop, marked `generated="true"`, with a daily shape
 * and a few incidents, as lines of OpenMetrics 1.0 that `promtool tsdb create-blocks-from openmetrics` reads. The
 * same span always gives the same lines.
 *
 * @throws RangeError when the span is empty or the step is not longer than nothing
 */
export function* backfillOpenMetrics(options: BackfillOptions): Generator<string> {
  if (!(options.stepMs > 0) || !(options.to > options.from)) {
    throw new RangeError('A history needs `to` after `from` and a step above 0 ms.');
  }
  const history: History = {
    trafficDayMs: 86_400_000,
    peakRps: 20,
    ...options,
    getTrouble: scheduleIncidents(options.incidentsOver ?? options),
  };
  yield* writeRequests(history);
  yield* writeJobs(history);
  for (const family of families) {
    yield* writeFamily(history, family);
  }
  yield '# EOF';
}

function* getMoments(history: History): Generator<Moment> {
  for (let at = history.from; at <= history.to; at += history.stepMs) {
    const visits = at === history.from ? 0 : (getRate(at, history) * history.stepMs) / 1_000;
    yield { at, timestamp: (at / 1_000).toFixed(3), visits };
  }
}

function buildLabels(service: ShopService, more: Readonly<Record<string, string>> = {}): string {
  const labels = { service_name: service, version: releases.current, generated: 'true', ...more };
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
}

/** The same numbers for the same series each time, others for another series. */
function createNoise(name: string): Random {
  let seed = 0;
  for (const character of name) {
    seed = (Math.imul(seed, 31) + (character.codePointAt(0) ?? 0)) | 0;
  }
  const random = createRandom(seed);
  return () => 0.9 + 0.2 * random();
}

function* writeHead(name: string, type: string, help: string): Generator<string> {
  yield `# TYPE ${name} ${type}`;
  yield `# HELP ${name} ${help}`;
}

function* writeRequests(history: History): Generator<string> {
  const name = 'http_server_request_duration_seconds';
  yield* writeHead(name, 'histogram', 'Duration of HTTP requests that were served.');
  for (const profile of routeProfiles) {
    yield* writeRoute(history, { name, profile, outcome: 'ok' });
    yield* writeRoute(history, { name, profile, outcome: 'error' });
  }
}

interface RouteSeries {
  readonly name: string;
  readonly profile: RouteProfile;
  readonly outcome: 'ok' | 'error';
}

function* writeRoute(history: History, { name, profile, outcome }: RouteSeries): Generator<string> {
  const { service, route, method, share, median, errorRatio, errorStatus } = profile;
  const okStatus = method === 'POST' ? '201' : '200';
  const labels = buildLabels(service, {
    http_route: route,
    http_request_method: method,
    http_response_status_code: outcome === 'ok' ? okStatus : errorStatus,
  });
  const series = new HistogramSeries(durationBuckets);
  const noise = createNoise(labels);
  for (const { at, timestamp, visits } of getMoments(history)) {
    const trouble = history.getTrouble(at, service, route);
    const failing = Math.min(1, errorRatio + trouble.errorRatio);
    const count = visits * share * noise() * (outcome === 'ok' ? 1 - failing : failing);
    series.add(count, { median, addSeconds: trouble.addSeconds });
    yield* series.write(name, labels, timestamp);
  }
}

const jobsPerVisit = 0.177;
const jobMedian = 0.067;

function* writeJobs(history: History): Generator<string> {
  yield* writeHead('job_duration_seconds', 'histogram', 'Duration of attempts at a job.');
  for (const { labels, steps } of getJobSeries(history)) {
    const series = new HistogramSeries(durationBuckets);
    for (const { count, addSeconds, timestamp } of steps()) {
      series.add(count, { median: jobMedian, addSeconds });
      yield* series.write('job_duration_seconds', labels, timestamp);
    }
  }
  yield* writeHead('jobs', 'counter', 'Attempts at a job by their end.');
  for (const { labels, steps } of getJobSeries(history)) {
    let total = 0;
    for (const { count, timestamp } of steps()) {
      total += count;
      yield `jobs_total{${labels}} ${Math.floor(total)} ${timestamp}`;
    }
  }
}

interface JobStep {
  readonly count: number;
  readonly addSeconds: number;
  readonly timestamp: string;
}

function getJobSeries(history: History): Array<{ labels: string; steps: () => Generator<JobStep> }> {
  return (['succeeded', 'failed'] as const).map((status) => ({
    labels: buildLabels('worker', { queue: 'payments', status }),
    *steps() {
      for (const { at, timestamp, visits } of getMoments(history)) {
        const { errorRatio, addSeconds } = history.getTrouble(at, 'worker');
        const share = status === 'failed' ? errorRatio : 1 - errorRatio;
        yield { count: visits * jobsPerVisit * share, addSeconds, timestamp };
      }
    },
  }));
}

/** A family with one series a service. */
interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly services: readonly ShopService[];
  readonly labels?: Readonly<Record<string, string>>;
  /** A gauge's value, or by how much a counter grew. */
  readonly getValue: (context: {
    moment: Moment;
    requests: number;
    seconds: number;
    trouble: ReturnType<GetTrouble>;
    noise: number;
  }) => number;
}

const queue = { services: ['checkout', 'worker'], labels: { queue: 'payments' }, type: 'gauge' } as const;
const everywhere = { services: shopServices, type: 'counter' } as const;

/** What a request costs, and what a process costs that serves none; measured on the running shop. */
const cost = {
  coresAtRest: 0.008,
  secondsPerRequest: 0.0011,
  residentBytes: 116e6,
  bytesIn: 620,
  bytesOut: 690,
} as const;

const families: readonly Family[] = [
  {
    ...everywhere,
    name: 'process_cpu_seconds',
    help: 'Total user and system CPU time spent in seconds.',
    getValue: ({ requests, seconds, trouble, noise }) =>
      (cost.coresAtRest * seconds + requests * cost.secondsPerRequest) * noise + trouble.cores * seconds,
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    services: shopServices,
    help: 'Resident memory size in bytes.',
    getValue: ({ trouble, noise }) => Math.round(cost.residentBytes * (0.95 + 0.05 * noise) + trouble.leakBytes),
  },
  {
    ...everywhere,
    name: 'process_network_receive_bytes',
    help: 'Bytes received by this process over its sockets.',
    getValue: ({ requests, noise }) => requests * cost.bytesIn * noise,
  },
  {
    ...everywhere,
    name: 'process_network_transmit_bytes',
    help: 'Bytes transmitted by this process over its sockets.',
    getValue: ({ requests, noise }) => requests * cost.bytesOut * noise,
  },
  {
    ...queue,
    name: 'queue_depth',
    help: 'Jobs that wait in the queue.',
    getValue: ({ moment, trouble, noise }) => Math.round(trouble.backlog + (moment.visits > 0 ? 4 * (noise - 0.9) : 0)),
  },
  {
    ...queue,
    name: 'queue_oldest_age_seconds',
    help: 'How long the oldest waiting job has waited; 0 when none waits.',
    getValue: ({ trouble, noise }) => Number((trouble.backlog / 3 + 0.4 * (noise - 0.9)).toFixed(3)),
  },
];

/**
 * For so long Prometheus shows the last value of a series that has ended. Gauges end that much earlier, else they would
 * stand beside those of the live shop and be added to them.
 */
const lookBackMs = 300_000;

function* writeFamily(history: History, family: Family): Generator<string> {
  yield* writeHead(family.name, family.type, family.help);
  const sample = family.type === 'counter' ? `${family.name}_total` : family.name;
  for (const service of family.services) {
    const labels = buildLabels(service, family.labels);
    const noise = createNoise(sample + labels);
    const perVisit = getRequestsPerVisit(service);
    // Both ends of the queue look at one backlog, which is the worker's.
    const troubled = 'labels' in family ? 'worker' : service;
    const lastGaugeAt = history.to - Math.min(lookBackMs, (history.to - history.from) / 2);
    let total = 0;
    for (const moment of getMoments(history)) {
      if (family.type === 'gauge' && moment.at > lastGaugeAt) {
        break;
      }
      const value = family.getValue({
        moment,
        requests: moment.visits * perVisit,
        seconds: moment.at === history.from ? 0 : history.stepMs / 1_000,
        trouble: history.getTrouble(moment.at, troubled),
        noise: noise(),
      });
      total += value;
      const written = family.type === 'counter' ? total.toFixed(3) : String(value);
      yield `${sample}{${labels}} ${written} ${moment.timestamp}`;
    }
  }
}

function getRequestsPerVisit(service: ShopService): number {
  const served = routeProfiles.filter((profile) => profile.service === service);
  return service === 'worker' ? jobsPerVisit : served.reduce((sum, { share }) => sum + share, 0);
}
