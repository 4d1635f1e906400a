/** Units that Grafana's formatters and ours know. `ratio` is 0–1. */
export const UNITS = ['seconds', 'ratio', 'per_second', 'bytes', 'bytes_per_second', 'count', 'none'] as const;
export type Unit = (typeof UNITS)[number];

export interface Signal {
  readonly name: SignalName;
  readonly title: string;
  readonly unit: Unit;
  /** The side on which trouble usually lies; a threshold may choose the other. */
  readonly direction: 'above' | 'below';
  readonly description: string;
}

/** Told by metrics; how to ask for them is in `src/queries`. */
export const METRIC_SIGNALS = [
  'request_rate',
  'error_ratio',
  'latency_p50',
  'latency_p95',
  'latency_p99',
  'cpu',
  'memory',
  'disk_free',
  'saturation',
  'network_receive',
  'network_transmit',
  'network_drops',
  'queue_depth',
  'queue_age',
  'job_failure_ratio',
  'job_duration',
  'up',
] as const;

/** How old the newest data of a service is. Discovery finds it out as it goes, and nothing of it is kept. */
export const AGE_SIGNALS = ['sample_age', 'log_age', 'span_age'] as const;
export type AgeSignal = (typeof AGE_SIGNALS)[number];

export const SIGNAL_NAMES = [...METRIC_SIGNALS, ...AGE_SIGNALS] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

const signal = (name: SignalName, title: string, rest: Omit<Signal, 'name' | 'title'>): Signal => ({
  name,
  title,
  ...rest,
});

/** What can be measured of a service, in the order in which a person asks for it. */
export const SIGNALS: readonly Signal[] = [
  signal('request_rate', 'Request rate', {
    unit: 'per_second',
    direction: 'below',
    description: 'Requests served per second.',
  }),
  signal('error_ratio', 'Error ratio', {
    unit: 'ratio',
    direction: 'above',
    description: 'Share of requests that failed: HTTP 5xx or gRPC error.',
  }),
  signal('latency_p50', 'p50 latency', {
    unit: 'seconds',
    direction: 'above',
    description: 'Half of the requests took longer.',
  }),
  signal('latency_p95', 'p95 latency', {
    unit: 'seconds',
    direction: 'above',
    description: 'One request in twenty took longer.',
  }),
  signal('latency_p99', 'p99 latency', {
    unit: 'seconds',
    direction: 'above',
    description: 'One request in a hundred took longer.',
  }),
  signal('cpu', 'CPU', { unit: 'count', direction: 'above', description: 'Cores in use, the busiest instance.' }),
  signal('memory', 'Memory', {
    unit: 'bytes',
    direction: 'above',
    description: 'Resident memory, the largest instance.',
  }),
  signal('disk_free', 'Disk free', {
    unit: 'ratio',
    direction: 'below',
    description: 'Free share of the fullest file system.',
  }),
  signal('saturation', 'Saturation', {
    unit: 'ratio',
    direction: 'above',
    description: 'How full the tightest resource is: event loop, CPU limit or load per core.',
  }),
  signal('network_receive', 'Network in', {
    unit: 'bytes_per_second',
    direction: 'above',
    description: 'Bytes received per second.',
  }),
  signal('network_transmit', 'Network out', {
    unit: 'bytes_per_second',
    direction: 'above',
    description: 'Bytes sent per second.',
  }),
  signal('network_drops', 'Network drops', {
    unit: 'per_second',
    direction: 'above',
    description: 'Packets dropped per second, both ways.',
  }),
  signal('queue_depth', 'Queue depth', {
    unit: 'count',
    direction: 'above',
    description: 'Messages waiting in the deepest queue.',
  }),
  signal('queue_age', 'Queue age', {
    unit: 'seconds',
    direction: 'above',
    description: 'Age of the oldest waiting message.',
  }),
  signal('job_failure_ratio', 'Job failure ratio', {
    unit: 'ratio',
    direction: 'above',
    description: 'Share of background jobs that failed.',
  }),
  signal('job_duration', 'Job duration', {
    unit: 'seconds',
    direction: 'above',
    description: 'p95 of the run time of background jobs.',
  }),
  signal('up', 'Up', { unit: 'ratio', direction: 'below', description: 'Share of the scrape targets that answer.' }),
  signal('sample_age', 'Sample age', {
    unit: 'seconds',
    direction: 'above',
    description: 'Time since the newest sample of its metrics: silence.',
  }),
  signal('log_age', 'Log age', {
    unit: 'seconds',
    direction: 'above',
    description: 'Time since its newest log line: silence. Looked at once a minute.',
  }),
  signal('span_age', 'Span age', {
    unit: 'seconds',
    direction: 'above',
    description: 'Time since its newest span: silence. Looked at once a minute.',
  }),
];

const BY_NAME: ReadonlyMap<string, Signal> = new Map(SIGNALS.map((s) => [s.name, s]));

export const findSignal = (name: string): Signal | undefined => BY_NAME.get(name);
